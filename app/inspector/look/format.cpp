// SPDX-License-Identifier: MIT
#include "format.h"

#include "foreigntext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector::Format {

namespace {
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

constexpr qsizetype MostOfAuthor = 100;
} // namespace

QString ago(TimePoint at, TimePoint now)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - at).count();
    if (seconds < 1)
        return Text::tr("now");
    if (seconds < 60)
        return Text::tr("%1 s ago", "seconds").arg(seconds);
    if (seconds < 3600)
        return Text::tr("%1 min ago", "minutes").arg(seconds / 60);
    return when(at, now);
}

QString countdown(std::chrono::milliseconds left)
{
    if (left <= 0ms)
        return Text::tr("ended");
    const qint64 seconds = (left.count() + 999) / 1000;
    const QString clock = u"%1:%2:%3"_s.arg(seconds / 3600 % 24, 2, 10, '0'_L1)
                              .arg(seconds / 60 % 60, 2, 10, '0'_L1)
                              .arg(seconds % 60, 2, 10, '0'_L1);
    return seconds < 86400 ? clock : Text::tr("%1 d %2", "days, then hours:minutes:seconds").arg(seconds / 86400).arg(clock);
}

QString span(std::chrono::milliseconds span)
{
    const auto in = [span](std::chrono::milliseconds unit) {
        const double tenths = std::round(10.0 * double(span.count()) / double(unit.count()));
        return QLocale().toString(tenths / 10, 'f', QLocale::FloatingPointShortest);
    };
    const auto fits = [span](std::chrono::milliseconds unit) { return span >= 2 * unit || span == unit; };
    if (fits(24h))
        return Text::tr("%1 d", "days").arg(in(24h));
    if (fits(1h))
        return Text::tr("%1 h", "hours").arg(in(1h));
    if (fits(1min))
        return Text::tr("%1 min", "minutes").arg(in(1min));
    return Text::tr("%1 s", "seconds").arg(in(1s));
}

QString when(TimePoint at, TimePoint now)
{
    const QDateTime local = toDateTime(at).toLocalTime();
    if (local.date() == toDateTime(now).toLocalTime().date())
        return local.toString(u"HH:mm:ss"_s);
    return local.toString(u"yyyy-MM-dd HH:mm"_s);
}

QString exact(TimePoint at)
{
    return toDateTime(at).toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss t"_s);
}

QString bothZones(TimePoint at)
{
    return exact(at) + toDateTime(at).toUTC().toString(u"\nyyyy-MM-dd HH:mm:ss"_s) + u" UTC"_s;
}

QString bytes(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1024 ? 0 : 1, QLocale::DataSizeTraditionalFormat);
}

QString number(qint64 number)
{
    return QLocale().toString(number);
}

QString shortKey(const SessionKey &key)
{
    return key.toString().left(8) + u'…';
}

// The library marks its texts with Error::tr(). It speaks English, in whatever process it runs: an application that is inspected
// live sends its errors here, with their arguments apart.
QString text(const ErrorText &text)
{
    return Foreign::sentence(text.toString([](const QString &format) {
        return QCoreApplication::translate("Sojourn::Error", format.toUtf8().constData());
    }));
}

QString error(const Error &error)
{
    return text(error.sentence());
}

QString event(const SessionEvent &event)
{
    const QString by = Foreign::line(event.by, MostOfAuthor);
    switch (event.type) {
    case SessionEvent::Created:
        if (event.by.isEmpty())
            return Text::tr("Created");
        return (event.reason == "restored"_L1 ? Text::tr("Brought back by %1", "an administrator")
                                              : Text::tr("Brought into this store by %1", "an administrator"))
            .arg(by);
    case SessionEvent::Changed:
        return event.by.isEmpty() ? Text::tr("Changed") : Text::tr("Changed by %1", "an administrator").arg(by);
    case SessionEvent::Touched:
        return Text::tr("Used");
    case SessionEvent::Rotated:
        if (!event.by.isEmpty())
            return Text::tr("Fresh id, by %1", "an administrator").arg(by);
        return event.oldKey ? Text::tr("Fresh id: key %1 became %2").arg(shortKey(*event.oldKey), shortKey(event.key))
                            : Text::tr("Fresh id");
    case SessionEvent::Destroyed:
        return Text::tr("Destroyed by the application (logged out)");
    case SessionEvent::Expired:
        if (!event.by.isEmpty())
            return Text::tr("Ended by %1, who set its deadline", "an administrator").arg(by);
        if (event.reason == "idle"_L1)
            return Text::tr("Expired: no request for the whole idle time");
        if (event.reason == "absolute"_L1)
            return Text::tr("Expired: reached the absolute end of its life");
        return Text::tr("Expired: its fixed deadline passed");
    case SessionEvent::Revoked:
        if (event.reason == "cap"_L1)
            return Text::tr("Evicted: the user had too many sessions");
        if (event.reason == "user"_L1)
            return Text::tr("Revoked: the user logged out everywhere");
        return event.by.isEmpty() ? Text::tr("Revoked by an administrator")
                                  : Text::tr("Revoked by %1", "an administrator").arg(by);
    case SessionEvent::Quarantined:
        return Text::tr("Set aside: the record could not be decoded");
    }
    return {};
}

QString ending(const SessionEvent &event)
{
    switch (event.type) {
    case SessionEvent::Rotated:
        return Text::tr("rotated");
    case SessionEvent::Destroyed:
        return Text::tr("destroyed");
    case SessionEvent::Expired:
        if (event.reason == "idle"_L1)
            return Text::tr("expired (idle)");
        if (event.reason == "absolute"_L1)
            return Text::tr("expired (absolute)");
        return Text::tr("expired (deadline)");
    case SessionEvent::Revoked:
        if (event.reason == "cap"_L1)
            return Text::tr("evicted (too many)");
        if (event.reason == "user"_L1)
            return Text::tr("revoked (by user)");
        return Text::tr("revoked (admin)");
    case SessionEvent::Quarantined:
        return Text::tr("set aside");
    default:
        return {};
    }
}

QString expiry(const std::optional<Expiry> &expiry)
{
    if (!expiry)
        return Text::tr("as the application decides");
    switch (expiry->kind()) {
    case Expiry::Kind::OnInactivity:
        return Text::tr("after %1 without a request").arg(span(expiry->idle()));
    case Expiry::Kind::OnSessionEnd:
        return Text::tr("when the browser closes");
    case Expiry::Kind::AtDateTime:
        return Text::tr("at %1, whatever happens").arg(exact(expiry->deadline()));
    }
    return {};
}

QString json(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object:
        return Text::tr("{%Ln names}", nullptr, int(value.toObject().size()));
    case QJsonValue::Array:
        return Text::tr("[%Ln items]", nullptr, int(value.toArray().size()));
    default:
        break;
    }
    QString text = QString::fromUtf8(encodeJson(value));
    return text.size() > 300 ? text.left(300) + u'…' : text;
}

bool looksSecret(QStringView name)
{
    static const QRegularExpression secret(
        u"pass(word|wd|phrase)?|secret|token|api[_-]?key|credential|private|\\bpin\\b|otp|csrf|bearer|auth(orization)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
}

QJsonValue masked(const QJsonValue &value, bool secret)
{
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            it.value() = masked(it.value(), secret || looksSecret(it.key()));
        return object;
    }
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (auto &&element : array)
            element = masked(element, secret);
        return array;
    }
    return secret ? QJsonValue(Mask) : value;
}

} // namespace Sojourn::Inspector::Format
