// SPDX-License-Identifier: MIT
#include "sqliterow_p.h"

#include "jsontext_p.h"
#include "sqliteconnection_p.h"

#include <Sojourn/jsonrules.h>

#include <charconv>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

/// Reads the parts of a row one after the other. What is not as it was written has been damaged: isSound() tells.
class Parts
{
public:
    explicit Parts(QByteArrayView row) : m_rest(row) { }

    bool isSound() const { return m_sound; }

    QByteArrayView text()
    {
        const qsizetype end = m_rest.indexOf('\x1f');
        if (end < 0) {
            m_sound = false;
            return {};
        }
        const QByteArrayView part = m_rest.first(end);
        m_rest = m_rest.sliced(end + 1);
        return part;
    }
    QByteArrayView rest() const { return m_rest; }
    qint64 number() { return toNumber(text()); }
    TimePoint time() { return TimePoint(std::chrono::milliseconds(number())); }
    std::optional<TimePoint> timeOrNone()
    {
        const QByteArrayView part = text();
        return part.isEmpty() ? std::nullopt : std::optional(TimePoint(std::chrono::milliseconds(toNumber(part))));
    }

private:
    qint64 toNumber(QByteArrayView part)
    {
        qint64 number = 0;
        const auto [end, error] = std::from_chars(part.begin(), part.end(), number);
        m_sound = m_sound && error == std::errc() && end == part.end();
        return number;
    }

    QByteArrayView m_rest;
    bool m_sound = true;
};

// Fills *info from the parts before the user; false if they are damaged.
bool readParts(Parts &parts, qint64 *id, SessionInfo *info)
{
    *id = parts.number();
    const QByteArrayView keyText = parts.text();
    const auto key = SessionKey::fromString(QLatin1StringView(keyText));
    info->key = key.value_or(SessionKey());
    info->createdAt = parts.time();
    info->lastSeenAt = parts.time();
    info->expiresAt = parts.time();
    info->absoluteExpiresAt = parts.timeOrNone();
    info->idIssuedAt = parts.time();
    const qint64 version = parts.number();
    info->version = static_cast<quint64>(version);
    info->rotateRequested = parts.number() != 0;
    info->attributeCount = parts.number();
    info->size = parts.number();
    const QByteArrayView expiry = parts.text();
    if (!expiry.isEmpty()) {
        const auto json = decodeJson(expiry);
        info->expiry = json ? Expiry::fromJson(*json) : std::nullopt;
    }
    info->visit = VisitFacts::fromText(parts.text()).toText();
    return key && version > 0 && parts.isSound() && (expiry.isEmpty() || info->expiry);
}

QString readUser(QByteArrayView user)
{
    return user.isEmpty() ? QString() : Detail::fromUtf8(user);
}

bool isJsonArray(const QByteArray &text)
{
    return text.startsWith('[') && decodeJson(text);
}

bool sameTimes(const SessionInfo &a, const SessionInfo &b)
{
    return a.lastSeenAt == b.lastSeenAt && a.expiresAt == b.expiresAt;
}

bool sameMarks(const SessionRecord &a, const SessionRecord &b)
{
    return a.rotateRequested == b.rotateRequested && a.flash == b.flash && a.csrfSecret == b.csrfSecret && a.visit == b.visit;
}

bool sameData(const SessionRecord &a, const SessionRecord &b)
{
    return a.version == b.version && a.data == b.data;
}

} // namespace

SqliteInfo readInfo(const QByteArray &row)
{
    Parts parts(row);
    SqliteInfo read;
    read.isSound = readParts(parts, &read.id, &read.info);
    read.info.user = readUser(parts.rest());
    return read;
}

SqliteRecord readRecord(const QByteArray &row)
{
    Parts parts(row);
    SqliteRecord read;
    SessionRecord record;
    const qint64 format = parts.number();
    const bool sound = readParts(parts, &read.id, &record);
    if (parts.isSound() && format > RowFormat) {
        read.isNewer = true;
        return read;
    }
    record.csrfSecret = QByteArray::fromHex(parts.text().toByteArray());
    record.flash = parts.text().toByteArray();
    auto data = fromJsonText(parts.text().toByteArray());
    record.user = readUser(parts.rest());
    if (!sound || !parts.isSound() || !data || !(record.flash.isEmpty() || isJsonArray(record.flash)))
        return read;
    record.data = std::move(*data);
    // Somebody may have edited the text with another tool.
    record.updateCounts();
    read.record = std::move(record);
    return read;
}

std::optional<SessionEvent> readEvent(const SqliteRows &row)
{
    const auto type = SessionEvent::typeFromName(row.text(0));
    const auto key = SessionKey::fromString(row.text(1));
    if (!type || !key)
        return std::nullopt;
    SessionEvent event;
    event.type = *type;
    event.key = *key;
    event.oldKey = SessionKey::fromString(row.text(2));
    event.user = readUser(row.text(3).toUtf8());
    event.at = TimePoint(std::chrono::milliseconds(row.number(4)));
    event.version = static_cast<quint64>(row.number(5));
    if (!row.isNull(6))
        event.setCause(row.text(6).toLatin1());
    return event;
}

QByteArray userText(const QString &user)
{
    return user.isEmpty() ? QByteArray("") : user.toUtf8();
}

QString expiryText(const std::optional<Expiry> &expiry)
{
    return expiry ? QString::fromUtf8(encodeJson(expiry->toJson())) : QString();
}

void insertRow(SqliteConnection &db, const SessionRecord &r, const QByteArray &data)
{
    db.run("INSERT INTO sessions (" SOJOURN_COLUMNS ")"
           " VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?, CAST(? AS TEXT), CAST(? AS TEXT))",
           r.key, userText(r.user), r.createdAt, r.lastSeenAt, r.expiresAt, r.absoluteExpiresAt, r.idIssuedAt, r.version,
           expiryText(r.expiry), r.rotateRequested, r.attributeCount, r.size, r.flash, r.csrfSecret, r.visit, data);
}

void saveRow(SqliteConnection &db, qint64 id, const SessionRecord &before, const SessionRecord &after, const QByteArray &data)
{
    // A column that a statement sets costs time, and the entry of its index, equal or not: hence one statement for each kind of
    // change.
    if (!sameData(before, after))
        db.run("UPDATE sessions SET version = ?, attributes = ?, size = ?, data = CAST(? AS TEXT) WHERE id = ?", after.version,
               after.attributeCount, after.size, data, id);
    if (!sameMarks(before, after))
        db.run("UPDATE sessions SET rotate = ?, flash = CAST(? AS TEXT), csrf = ?, visit = CAST(? AS TEXT) WHERE id = ?",
               after.rotateRequested, after.flash, after.csrfSecret, after.visit, id);
    if (!sameTimes(before, after))
        db.run("UPDATE sessions SET seen = ?, expires = ? WHERE id = ?", after.lastSeenAt, after.expiresAt, id);
    if (!samePlace(before, after))
        db.run("UPDATE sessions SET key = ?, user = CAST(? AS TEXT), issued = ?, expiry = ? WHERE id = ?", after.key,
               userText(after.user), after.idIssuedAt, expiryText(after.expiry), id);
}

bool samePlace(const SessionInfo &a, const SessionInfo &b)
{
    return a.key == b.key && a.user == b.user && a.idIssuedAt == b.idIssuedAt && a.expiry == b.expiry;
}

} // namespace Sojourn
