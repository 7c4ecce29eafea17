// SPDX-License-Identifier: MIT
#include "sessionevent.h"

#include "author.h"

#include <QtCore/QUrl>

#include <array>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constexpr std::array<QLatin1StringView, SessionEvent::TypeCount> Names = {
    QLatin1StringView("created"),   QLatin1StringView("changed"), QLatin1StringView("touched"), QLatin1StringView("rotated"),
    QLatin1StringView("destroyed"), QLatin1StringView("expired"), QLatin1StringView("revoked"), QLatin1StringView("quarantined")};

} // namespace

QLatin1StringView SessionEvent::name(Type type)
{
    return Names.at(type);
}

std::optional<SessionEvent::Type> SessionEvent::typeFromName(QAnyStringView name)
{
    for (size_t i = 0; i < Names.size(); ++i) {
        if (name == Names[i])
            return static_cast<Type>(i);
    }
    return std::nullopt;
}

QByteArray SessionEvent::cause() const
{
    QByteArray cause = reason.toLatin1();
    if (!by.isEmpty())
        cause += '/' + QUrl::toPercentEncoding(by);
    return cause;
}

void SessionEvent::setCause(QByteArrayView cause)
{
    const qsizetype slash = cause.indexOf('/');
    const QByteArrayView word = slash < 0 ? cause : cause.first(slash);
    reason = word.isEmpty() ? QString() : QString::fromLatin1(word);
    by = slash < 0 ? QString() : QUrl::fromPercentEncoding(cause.sliced(slash + 1).toByteArray()).left(Author::MaxLength);
}

QJsonObject SessionEvent::toJson() const
{
    QJsonObject json{
        {u"event"_s, name(type)},
        {u"key"_s, key.toString()},
        {u"user"_s, user.isNull() ? QJsonValue() : QJsonValue(user)},
        {u"at"_s, toIsoString(at)},
        {u"version"_s, static_cast<qint64>(version)},
    };
    if (oldKey)
        json.insert("oldKey"_L1, oldKey->toString());
    if (!reason.isNull())
        json.insert("reason"_L1, reason);
    if (!by.isNull())
        json.insert("by"_L1, by);
    return json;
}

Result<SessionEvent> SessionEvent::fromJson(const QJsonObject &json)
{
    const auto type = typeFromName(json["event"_L1].toString());
    const auto key = SessionKey::fromString(json["key"_L1].toString());
    const QDateTime at = fromZonedIsoString(json["at"_L1].toString());
    const QJsonValue oldKey = json["oldKey"_L1];
    const QJsonValue reason = json["reason"_L1];
    const qint64 version = json["version"_L1].toInteger(-1);
    if (!type || !key || !at.isValid() || version < 0)
        return failure(Error::Invalid, Error::tr("This is not a session event."));

    SessionEvent event{.type = *type,
                       .key = *key,
                       .oldKey = {},
                       .user = json["user"_L1].toString(),
                       .at = toTimePoint(at),
                       .version = static_cast<quint64>(version),
                       .reason = reason.toString(),
                       .by = json["by"_L1].toString()};
    if (oldKey.isString()) {
        event.oldKey = SessionKey::fromString(oldKey.toString());
        if (!event.oldKey)
            return failure(Error::Invalid, Error::tr("oldKey of a session event must be a session key."));
    }
    return event;
}

} // namespace Sojourn
