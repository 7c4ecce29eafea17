// SPDX-License-Identifier: MIT
#include "sessionrecord.h"

#include "jsonrules.h"
#include "recordfields_p.h"
#include "sessionchange.h"

#include <QtCore/QJsonObject>
#include <QtCore/QVarLengthArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

// How the fields of a record look in JSON. An undefined value leaves a field out.

QJsonValue jsonOf(const SessionKey &key)
{
    return key.toString();
}

QJsonValue jsonOf(const QString &user)
{
    return user.isNull() ? QJsonValue() : QJsonValue(user);
}

QJsonValue jsonOf(TimePoint time)
{
    return toIsoString(time);
}

QJsonValue jsonOf(const std::optional<TimePoint> &time)
{
    return time ? jsonOf(*time) : QJsonValue();
}

QJsonValue jsonOf(quint64 version)
{
    return static_cast<qint64>(version);
}

QJsonValue jsonOf(const SessionData &data)
{
    return data.toJson();
}

QJsonValue jsonOf(const std::optional<Expiry> &expiry)
{
    return expiry ? expiry->toJson() : QJsonValue();
}

QJsonValue jsonOf(const QByteArray &visit)
{
    return visit.isEmpty() ? QJsonValue(QJsonValue::Undefined) : VisitFacts::fromText(visit).toJson();
}

template<class Record>
QJsonObject objectOf(const Record &record)
{
    QJsonObject json;
    Detail::forEachJsonField(record,
                             [&json](Detail::FieldName field, const auto &value) { json.insert(field.name(), jsonOf(value)); });
    return json;
}

// The way back. What is wrong is answered with what the field must be.
using Expected = std::optional<ErrorText>;

bool isThere(const QJsonValue &json)
{
    return !json.isNull() && !json.isUndefined();
}

Expected read(const QJsonValue &json, SessionKey &key)
{
    const auto read = SessionKey::fromString(json.toString());
    if (!read)
        return Error::tr("must be a session key, 43 characters of base64url");
    key = *read;
    return {};
}

Expected read(const QJsonValue &json, QString &user)
{
    if (isThere(json) && json.toString().isEmpty())
        return Error::tr("must be text that is not empty, or null");
    user = json.isString() ? json.toString() : QString();
    const auto valid = checkUser(user);
    return valid ? Expected() : valid.error().sentence().withoutStop();
}

Expected read(const QJsonValue &json, TimePoint &time)
{
    const QDateTime read = fromZonedIsoString(json.toString());
    if (!read.isValid())
        return Error::tr("must be a time like 2026-11-22T07:12:00.000Z");
    time = toTimePoint(read);
    return {};
}

Expected read(const QJsonValue &json, std::optional<TimePoint> &time)
{
    const Expected wrong = isThere(json) ? read(json, time.emplace()) : Expected();
    return wrong ? Error::tr("%1, or null").arg(*wrong) : Expected();
}

Expected read(const QJsonValue &json, quint64 &version)
{
    const qint64 read = json.toInteger(0);
    if (read < 1)
        return Error::tr("must be a whole number from 1");
    version = static_cast<quint64>(read);
    return {};
}

Expected read(const QJsonValue &json, SessionData &data)
{
    if (!json.isObject())
        return Error::tr("must be an object");
    const QJsonObject attributes = json.toObject();
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        const QString name = it.key();
        if (const auto valid = checkAttributeName(name); !valid)
            return valid.error().sentence().withoutStop();
        const Result<QByteArray> value = writeJson(it.value());
        if (!value)
            return Error::tr("attribute \"%1\": %2").arg(name.left(40), value.error().sentence().withoutStop());
        data.append(name.toUtf8(), *value);
    }
    return {};
}

Expected read(const QJsonValue &json, std::optional<Expiry> &expiry)
{
    expiry = isThere(json) ? Expiry::fromJson(json) : std::nullopt;
    if (isThere(json) && !expiry)
        return Error::tr("must be {\"idle\": seconds}, {\"at\": time}, {\"sessionEnd\": true} or null");
    return {};
}

Expected read(const QJsonValue &json, QByteArray &visit)
{
    if (isThere(json) && !json.isObject())
        return Error::tr("must be an object");
    visit = VisitFacts::fromJson(json.toObject()).toText();
    return {};
}

} // namespace

TimePoint SessionInfo::deadlineFrom(TimePoint at, std::chrono::milliseconds defaultIdle) const
{
    const TimePoint deadline = expiry ? expiry->deadlineFrom(at, defaultIdle) : at + defaultIdle;
    return absoluteExpiresAt ? std::min(deadline, *absoluteExpiresAt) : deadline;
}

QLatin1StringView SessionInfo::expiryReason() const
{
    if (absoluteExpiresAt && expiresAt >= *absoluteExpiresAt)
        return "absolute"_L1;
    return expiry && expiry->kind() == Expiry::Kind::AtDateTime ? "fixed"_L1 : "idle"_L1;
}

QJsonObject SessionInfo::toJson() const
{
    return objectOf(*this);
}

void SessionRecord::updateCounts()
{
    attributeCount = data.count();
    size = data.sizeOf(attributeCount);
}

Result<void> SessionRecord::check(qsizetype sizeLimit) const
{
    if (version == 0 || version > Detail::LargestVersion)
        return failure(Error::Invalid, Error::tr("%1 is no version of a session. Versions begin with 1.").arg(version));
    if (auto valid = checkUser(user); !valid)
        return valid;
    if (auto valid = Detail::checkFlash(flash); !valid)
        return valid;
    if (auto valid = Detail::checkVisit(visit); !valid)
        return valid;
    Result<void> valid;
    QVarLengthArray<QByteArrayView, 16> names;
    data.forEach([&](QByteArrayView name, QByteArrayView json) {
        names.append(name);
        if (valid)
            valid = checkAttributeName(QUtf8StringView(name.data(), name.size()));
        if (!valid)
            return;
        if (const Result<QByteArray> read = readJson(json); !read)
            valid = std::unexpected(read.error());
    });
    if (!valid)
        return valid;
    std::ranges::sort(names);
    if (std::ranges::adjacent_find(names) != names.end())
        return failure(Error::Invalid, Error::tr("The session has two attributes of one name. Give each its own."));
    if (const qsizetype bytes = data.size() + Detail::utf8Size(user); bytes > sizeLimit)
        return std::unexpected(SessionChange::tooLarge(bytes, sizeLimit));
    return {};
}

qsizetype SessionRecord::memoryUse() const
{
    constexpr qsizetype Overhead = 200; // of the cache, the allocations and the CSRF secret
    return qsizetype(sizeof *this) + Overhead + data.encoded().size() + flash.size() + visit.size() + user.size() * 2;
}

QJsonObject SessionRecord::toJson() const
{
    return objectOf(*this);
}

Result<SessionRecord> SessionRecord::fromJson(const QJsonObject &json)
{
    SessionRecord record;
    std::optional<Error> error;
    Detail::forEachJsonField(record, [&](Detail::FieldName field, auto &value) {
        const Expected wrong = error ? Expected() : read(json[field.name()], value);
        if (wrong)
            error = Error(Error::Invalid, ErrorText::fromFormat(u"%1: %2"_s).arg(field.name(), *wrong));
    });
    if (error)
        return std::unexpected(*std::move(error));
    Detail::completeRead(record);
    return record;
}

} // namespace Sojourn
