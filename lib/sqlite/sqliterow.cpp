// SPDX-License-Identifier: MIT
#include "sqliterow_p.h"

#include "jsontext_p.h"
#include "sqliteconnection_p.h"

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

// SQLite keeps any type in any column; what is of another type than was written has been damaged.
bool readNumber(const QVariant &value, qint64 *number)
{
    *number = value.toLongLong();
    return value.typeId() == QMetaType::LongLong;
}

bool readTime(const QVariant &value, TimePoint *time)
{
    qint64 number;
    if (!readNumber(value, &number))
        return false;
    *time = TimePoint(std::chrono::milliseconds(number));
    return true;
}

bool readAbsolute(const QVariant &value, std::optional<TimePoint> *time)
{
    return value.isNull() || readTime(value, &time->emplace());
}

bool readExpiry(const QVariant &value, std::optional<Expiry> *expiry)
{
    if (value.isNull())
        return true;
    const auto json = decodeJson(value.toString().toUtf8());
    *expiry = json ? Expiry::fromJson(*json) : std::nullopt;
    return expiry->has_value();
}

bool readUser(const QVariant &value, QString *user)
{
    if (value.typeId() != QMetaType::QString)
        return false;
    *user = value.toString();
    if (user->isEmpty())
        *user = QString();
    return true;
}

bool readInto(SessionInfo *info, const SqliteRows &row, int at)
{
    qint64 version, rotate, attributes, size;
    const bool ok = readUser(row.value(at), &info->user) && readTime(row.value(at + 1), &info->createdAt)
                    && readTime(row.value(at + 2), &info->lastSeenAt) && readTime(row.value(at + 3), &info->expiresAt)
                    && readAbsolute(row.value(at + 4), &info->absoluteExpiresAt) && readTime(row.value(at + 5), &info->idIssuedAt)
                    && readNumber(row.value(at + 6), &version) && version > 0 && readExpiry(row.value(at + 7), &info->expiry)
                    && readNumber(row.value(at + 8), &rotate) && readNumber(row.value(at + 9), &attributes)
                    && readNumber(row.value(at + 10), &size);
    if (!ok)
        return false;
    info->version = static_cast<quint64>(version);
    info->rotateRequested = rotate != 0;
    info->attributeCount = attributes;
    info->size = size;
    return true;
}

} // namespace

std::optional<SessionInfo> readInfo(const SqliteRows &row, const SessionKey &key, int first)
{
    SessionInfo info;
    info.key = key;
    return readInto(&info, row, first) ? std::optional(info) : std::nullopt;
}

std::optional<SessionRecord> readRecord(const SqliteRows &row, const SessionKey &key, int first)
{
    SessionRecord record;
    record.key = key;
    if (!readInto(&record, row, first))
        return std::nullopt;
    record.flash = row.bytes(first + 11);
    if (!record.flash.isEmpty() && !(record.flash.startsWith('[') && decodeJson(record.flash)))
        return std::nullopt;
    record.csrfSecret = row.bytes(first + 12);
    auto data = fromJsonText(row.bytes(first + 13));
    if (!data)
        return std::nullopt;
    record.data = std::move(*data);
    // Somebody may have edited the text with another tool.
    record.updateCounts();
    return record;
}

std::optional<SessionEvent> readEvent(const SqliteRows &row, int first)
{
    const auto type = SessionEvent::typeFromName(row.text(first));
    const auto key = SessionKey::fromString(row.text(first + 1));
    if (!type || !key)
        return std::nullopt;
    SessionEvent event;
    event.type = *type;
    event.key = *key;
    event.oldKey = SessionKey::fromString(row.text(first + 2));
    readUser(row.value(first + 3), &event.user);
    readTime(row.value(first + 4), &event.at);
    event.version = static_cast<quint64>(row.number(first + 5));
    if (!row.isNull(first + 6))
        event.reason = row.text(first + 6);
    return event;
}

QString userText(const QString &user)
{
    return user.isNull() ? u""_s : user;
}

QString expiryText(const std::optional<Expiry> &expiry)
{
    return expiry ? QString::fromUtf8(encodeJson(expiry->toJson())) : QString();
}

} // namespace Sojourn
