// SPDX-License-Identifier: MIT
#include "sessionrecord.h"

#include "jsonrules.h"
#include "sessionchange.h"

#include <QtCore/QJsonObject>
#include <QtCore/QVarLengthArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

std::unexpected<Error> badField(QLatin1StringView name, const ErrorText &expected)
{
    return failure(Error::Invalid, ErrorText::fromFormat(u"%1: %2"_s).arg(name, expected));
}

std::optional<TimePoint> readTime(const QJsonValue &json)
{
    const QString text = json.toString();
    const QDateTime time = fromIsoString(text);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    return toTimePoint(time);
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
    QJsonObject json = {
        {u"key"_s, key.toString()},
        {u"user"_s, user.isNull() ? QJsonValue() : QJsonValue(user)},
        {u"createdAt"_s, toIsoString(createdAt)},
        {u"lastSeenAt"_s, toIsoString(lastSeenAt)},
        {u"expiresAt"_s, toIsoString(expiresAt)},
        {u"absoluteExpiresAt"_s, absoluteExpiresAt ? QJsonValue(toIsoString(*absoluteExpiresAt)) : QJsonValue()},
        {u"version"_s, static_cast<qint64>(version)},
        {u"expiry"_s, expiry ? expiry->toJson() : QJsonValue()},
    };
    if (!visit.isEmpty())
        json.insert("visit"_L1, visitFacts().toJson());
    return json;
}

void SessionRecord::updateCounts()
{
    attributeCount = data.count();
    size = data.sizeOf(attributeCount);
}

Result<void> SessionRecord::check(qsizetype sizeLimit) const
{
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
    QJsonObject json = SessionInfo::toJson();
    json.insert("data"_L1, data.toJson());
    return json;
}

Result<SessionRecord> SessionRecord::fromJson(const QJsonObject &json)
{
    const ErrorText wantsTime = Error::tr("must be a time like 2026-11-22T07:12:00.000Z");
    SessionRecord record;

    const auto key = SessionKey::fromString(json["key"_L1].toString());
    if (!key)
        return badField("key"_L1, Error::tr("must be a session key, 43 characters of base64url"));
    record.key = *key;

    const QJsonValue user = json["user"_L1];
    if (!user.isNull() && !user.isUndefined() && !(user.isString() && !user.toString().isEmpty()))
        return badField("user"_L1, Error::tr("must be text that is not empty, or null"));
    record.user = user.isString() ? user.toString() : QString();
    if (const auto valid = checkUser(record.user); !valid)
        return badField("user"_L1, valid.error().sentence().withoutStop());

    const struct
    {
        QLatin1StringView name;
        TimePoint *time;
    } times[] = {{"createdAt"_L1, &record.createdAt}, {"lastSeenAt"_L1, &record.lastSeenAt}, {"expiresAt"_L1, &record.expiresAt}};
    for (const auto &[name, time] : times) {
        const auto read = readTime(json[name]);
        if (!read)
            return badField(name, wantsTime);
        *time = *read;
    }
    const QJsonValue absolute = json["absoluteExpiresAt"_L1];
    if (!absolute.isNull() && !absolute.isUndefined()) {
        record.absoluteExpiresAt = readTime(absolute);
        if (!record.absoluteExpiresAt)
            return badField("absoluteExpiresAt"_L1, Error::tr("%1, or null").arg(wantsTime));
    }
    record.idIssuedAt = record.createdAt;

    const qint64 version = json["version"_L1].toInteger(0);
    if (version < 1)
        return badField("version"_L1, Error::tr("must be a whole number from 1"));
    record.version = static_cast<quint64>(version);

    const QJsonValue expiry = json["expiry"_L1];
    if (!expiry.isNull() && !expiry.isUndefined()) {
        record.expiry = Expiry::fromJson(expiry);
        if (!record.expiry)
            return badField("expiry"_L1,
                            Error::tr("must be {\"idle\": seconds}, {\"at\": time}, {\"sessionEnd\": true} or null"));
    }

    const QJsonValue visit = json["visit"_L1];
    if (!visit.isNull() && !visit.isUndefined() && !visit.isObject())
        return badField("visit"_L1, Error::tr("must be an object"));
    record.visit = VisitFacts::fromJson(visit.toObject()).toText();

    if (!json["data"_L1].isObject())
        return badField("data"_L1, Error::tr("must be an object"));
    const QJsonObject data = json["data"_L1].toObject();
    for (auto it = data.begin(); it != data.end(); ++it) {
        const QString name = it.key();
        if (const auto valid = checkAttributeName(name); !valid)
            return badField("data"_L1, valid.error().sentence().withoutStop());
        const Result<QByteArray> value = writeJson(it.value());
        if (!value)
            return badField("data"_L1,
                            Error::tr("attribute \"%1\": %2").arg(name.left(40), value.error().sentence().withoutStop()));
        record.data.append(name.toUtf8(), *value);
    }
    record.updateCounts();
    return record;
}

} // namespace Sojourn
