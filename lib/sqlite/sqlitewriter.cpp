// SPDX-License-Identifier: MIT
#include "sqlitewriter_p.h"

#include "jsontext_p.h"
#include "sqliterow_p.h"

#include <Sojourn/Author>
#include <Sojourn/jsonrules.h>
#include <Sojourn/recordrules_p.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

namespace {

// Trimmed in batches: one DELETE an event is too slow.
constexpr int TrimInterval = 128;
// Of an event without a user.
constexpr qint64 EventBytes = 200;
// Events that listeners may be behind.
constexpr int ListenerBacklog = 20'000;
// A user's sessions that a login ends at once.
constexpr int EvictLimit = 250;
// Bytes of a record that is handed on to the other connections of this process. They can read larger ones themselves.
constexpr qsizetype MostHandedOn = 4096;
// How long a listener counts as one without a word; SqliteStore announces it more often.
constexpr auto ListenerLease = 60s;

QList<SqliteInfo> readInfos(SqliteRows rows)
{
    QList<SqliteInfo> found;
    while (rows.next())
        found.append(readInfo(rows.bytes(0)));
    return found;
}

SessionEvent eventOf(SessionEvent::Type type, const SessionInfo &info, TimePoint at)
{
    SessionEvent event{.type = type,
                       .key = info.key,
                       .oldKey = {},
                       .user = info.user,
                       .at = at,
                       .version = info.version,
                       .reason = type == SessionEvent::Expired ? QString(info.expiryReason()) : QString()};
    Author::sign(event);
    return event;
}

std::unexpected<Error> keyTaken()
{
    return failure(Error::Exists, Error::tr("There is a session with this key already. Take a fresh id."));
}

std::unexpected<Error> notJson()
{
    return failure(Error::Invalid, Error::tr("An attribute of the session is no JSON. Set it to a JSON value."));
}

} // namespace

SqliteWriter::SqliteWriter(SqliteConnection &db, qint64 origin, int historyLimit)
    : m_db(db), m_reader(db), m_origin(origin), m_historyLimit(historyLimit)
{ }

Result<SessionInfo> SqliteWriter::create(const SessionRecord &record, const std::optional<UserCap> &cap,
                                         SessionStore::CreateMode mode, const Context &context)
{
    const TimePoint now = context.now;
    if (record.isExpired(now))
        return failure(Error::Invalid, Error::tr("The session has expired already. Give it a deadline that lies ahead."));
    SessionRecord stored = record;
    stored.updateCounts();
    if (const Result<void> valid = stored.check(context.sizeLimit); !valid)
        return std::unexpected(valid.error());
    const auto data = toJsonText(stored.data);
    if (!data)
        return notJson();

    // Nearly every key is free, and then one statement does for four.
    const bool isFree =
        m_db.number("SELECT EXISTS (SELECT 1 FROM sessions WHERE key = ?) OR EXISTS (SELECT 1 FROM graces WHERE key = ?)"
                    " OR EXISTS (SELECT 1 FROM replaced WHERE key = ?)",
                    record.key, record.key, record.key)
        == 0;
    const auto taken = isFree ? Result<SqliteRecord>(sessionNotFound()) : find(record.key, now);
    if (!taken && taken.error() == Error::Unsupported)
        return std::unexpected(taken.error());
    if (taken && mode == SessionStore::CreateMode::New)
        return keyTaken();
    const bool overwrites = taken && taken->record->key == record.key;
    if (const auto room = makeRoom(record.user, cap, overwrites ? taken->id : 0, now); !room)
        return std::unexpected(room.error());
    if (overwrites)
        drop(taken->id, record.key);
    else if (!isFree)
        freeKey(record.key, now);
    insertRow(m_db, stored, *data);
    tell(eventOf(overwrites ? SessionEvent::Changed : SessionEvent::Created, stored, now));
    return SessionInfo(stored);
}

Result<SessionInfo> SqliteWriter::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                         std::chrono::milliseconds grace, const Context &context)
{
    const TimePoint now = context.now;
    const auto row = find(oldKey, now);
    if (!row)
        return std::unexpected(row.error());
    const SessionRecord &before = *row->record;
    const Detail::RecordCall call{.key = oldKey,
                                  .newKey = newKey == oldKey ? std::nullopt : std::optional(newKey),
                                  .grace = grace,
                                  .now = now,
                                  .sizeLimit = context.sizeLimit};
    if (Detail::movesKey(before.key, call)) {
        const auto taken = find(newKey, now);
        if (taken || taken.error() == Error::Unsupported)
            return keyTaken();
    }
    if (const auto valid = checkUser(change.user.value_or(QString())); !valid)
        return std::unexpected(valid.error());
    const auto step = Detail::recordAfter(SessionRecord(before), change, call);
    if (!step)
        return std::unexpected(step.error());
    const auto data = toJsonText(step->record.data);
    if (!data)
        return notJson();
    if (step->changesUser) {
        if (const auto room = makeRoom(step->record.user, change.cap, row->id, now); !room)
            return std::unexpected(room.error());
    }
    if (step->movesKey())
        freeKey(newKey, now);
    save(row->id, before, step->record, *data);

    const TimePoint remembered = now + SessionStore::ReplacedKept;
    if (step->endsGraces) {
        m_db.run("INSERT OR REPLACE INTO replaced (key, until) SELECT key, ? FROM graces WHERE session = ? AND until > ?",
                 remembered, row->id, now);
        m_db.run("DELETE FROM graces WHERE session = ?", row->id);
    }
    if (step->oldKey == Detail::RecordStep::OldKey::Replaced)
        m_db.run("INSERT OR REPLACE INTO replaced (key, until) VALUES (?, ?)", before.key, remembered);
    else if (step->oldKey == Detail::RecordStep::OldKey::InGrace)
        m_db.run("INSERT OR REPLACE INTO graces (key, session, until) VALUES (?, ?, ?)", before.key, row->id, now + grace);
    if (step->event)
        tell(*step->event);
    if (step->end) {
        drop(row->id, step->record.key);
        tell(*step->end);
    }
    return SessionInfo(step->record);
}

Result<SessionInfo> SqliteWriter::remove(const SessionKey &key, std::optional<quint64> version, SessionStore::Removal why,
                                         TimePoint now)
{
    const auto row = find(key, now);
    if (!row) {
        if (row.error() == Error::NotFound)
            dropExpired(key, now); // for good, even if the clock should go back
        return std::unexpected(row.error());
    }
    if (const auto same = SessionChange::checkVersion(row->record->version, version); !same)
        return std::unexpected(same.error());
    drop(row->id, row->record->key);
    tell(removalEvent(*row->record, why, now));
    return SessionInfo(*row->record);
}

SqliteRemoval SqliteWriter::removeUser(const QString &user, const std::optional<SessionKey> &except, SessionStore::Removal why,
                                       TimePoint now, SqliteRemoval last, int limit)
{
    if (last.newestId == 0) {
        last.newestId = m_db.number("SELECT max(id) FROM sessions");
        SqliteRows row = m_db.run("SELECT max(created) FROM sessions WHERE user = CAST(? AS TEXT)", userText(user));
        if (row.next())
            last.newest = row.value(0);
    }
    const auto kept = except ? m_reader.findByOldKey(*except, now) : std::nullopt;
    const QList<SqliteInfo> rows = readInfos(m_db.run("SELECT " SOJOURN_INFO
                                                      " FROM sessions WHERE user = CAST(? AS TEXT) AND (created, id) > (?, ?)"
                                                      " AND created <= ? AND +id <= ? ORDER BY created, id LIMIT ?",
                                                      userText(user), last.created, last.id, last.newest, last.newestId, limit));
    for (const auto &[id, info, isSound] : rows) {
        last.id = id;
        last.created = info.createdAt;
        if (kept && id == kept->id)
            continue;
        if (!isSound) {
            quarantine(id, now);
            continue;
        }
        const bool isOver = info.isExpired(now); // it goes too: a clock that goes back would bring it back
        drop(id, info.key);
        tell(isOver ? eventOf(SessionEvent::Expired, info, now) : removalEvent(info, why, now));
        last.removed += isOver ? 0 : 1;
    }
    last.isComplete = rows.size() < limit;
    return last;
}

SqliteRemoval SqliteWriter::removeExpired(int limit, TimePoint now)
{
    limit = std::max(limit, 0);
    SqliteRemoval done;
    for (const auto &[id, info, isSound] : readInfos(m_db.run("SELECT " SOJOURN_INFO " FROM sessions"
                                                              " WHERE expires <= ? ORDER BY expires LIMIT ?",
                                                              now, limit))) {
        if (isSound) {
            drop(id, info.key);
            tell(eventOf(SessionEvent::Expired, info, now));
        } else {
            quarantine(id, now);
        }
        ++done.removed;
    }
    if (done.removed < limit) {
        const TimePoint overForAll = now - SessionStore::ReplacedKept; // another process's clock may be behind
        m_db.run("DELETE FROM graces WHERE key IN (SELECT key FROM graces WHERE until <= ? LIMIT ?)", overForAll, limit);
        const qint64 graces = m_db.number("SELECT changes()");
        m_db.run("DELETE FROM replaced WHERE key IN (SELECT key FROM replaced WHERE until <= ? LIMIT ?)", overForAll, limit);
        done.isComplete = graces < limit && m_db.number("SELECT changes()") < limit;
    }
    return done;
}

void SqliteWriter::prepareToFreePages()
{
    static constexpr qint64 incremental = 2;
    if (m_db.number("PRAGMA auto_vacuum") == incremental)
        return;
    m_db.runScript("PRAGMA auto_vacuum = INCREMENTAL");
    m_db.runScript("VACUUM");
}

void SqliteWriter::emptyLog()
{
    m_db.runScript("PRAGMA wal_checkpoint(TRUNCATE)");
}

bool SqliteWriter::freePages(int pages)
{
    {
        // The statement gives one page back for each row that is taken from it.
        SqliteRows rows = m_db.runOnce(u"PRAGMA incremental_vacuum(%1)"_s.arg(pages), {});
        while (rows.next()) { }
    }
    return m_db.number("PRAGMA freelist_count") == 0;
}

Result<QByteArray> SqliteWriter::takeFlash(const SessionKey &key, TimePoint now)
{
    const auto row = find(key, now);
    if (!row)
        return std::unexpected(row.error());
    if (!row->record->flash.isEmpty()) {
        m_db.run("UPDATE sessions SET flash = NULL WHERE id = ?", row->id);
        forget(row->record->key);
        tell(eventOf(SessionEvent::Changed, *row->record, now));
    }
    return row->record->flash;
}

Result<SessionRecord> SqliteWriter::load(const SessionKey &key, TimePoint now)
{
    auto row = find(key, now);
    if (row)
        return std::move(*row->record);
    if (row.error() == Error::NotFound)
        return m_reader.absent(key, now);
    return std::unexpected(row.error());
}

void SqliteWriter::checkRow(qint64 id, TimePoint now)
{
    const auto readable = [this, id] {
        SqliteRows row = m_db.run("SELECT " SOJOURN_RECORD " FROM sessions WHERE id = ?", id);
        if (!row.next())
            return true;
        const SqliteRecord found = readRecord(row.bytes(0));
        return found.record || found.isNewer;
    };
    if (!readable())
        quarantine(id, now);
}

void SqliteWriter::quarantine(qint64 id, TimePoint now)
{
    SessionEvent event;
    {
        SqliteRows row = m_db.run("SELECT key, user, version FROM sessions WHERE id = ?", id);
        if (!row.next())
            return;
        event = {.type = SessionEvent::Quarantined,
                 .key = SessionKey::fromString(row.text(0)).value_or(SessionKey()),
                 .oldKey = {},
                 .user = row.text(1).isEmpty() ? QString() : row.text(1),
                 .at = now,
                 .version = static_cast<quint64>(row.number(2)),
                 .reason = {}};
    }
    m_db.run("INSERT INTO quarantined (at, " SOJOURN_COLUMNS ") SELECT ?, " SOJOURN_COLUMNS " FROM sessions WHERE id = ?", now,
             id);
    drop(id, event.key);
    tell(event);
    qCWarning(lcSqlite, "Session %ls cannot be decoded and was set aside. Look at table \"quarantined\" of %ls.",
              qUtf16Printable(event.key.toString()), qUtf16Printable(m_db.path()));
}

/// The living session of \a key. One that cannot be decoded is set aside, and then there is none.
Result<SqliteRecord> SqliteWriter::find(const SessionKey &key, TimePoint now)
{
    auto row = m_reader.find(key, now);
    if (!row)
        return sessionNotFound();
    if (row->isNewer)
        return newerRow(m_db.path());
    if (!row->record) {
        quarantine(row->id, now);
        return sessionNotFound();
    }
    return std::move(*row);
}

/// Makes the sessions of \a user besides row \a self fewer than the cap, by at most EvictLimit: takeSurplus() tells whether more
/// have to go.
Result<void> SqliteWriter::makeRoom(const QString &user, const std::optional<UserCap> &cap, qint64 self, TimePoint now)
{
    if (user.isEmpty() || !cap || cap->limit <= 0)
        return {};
    SqliteInfo first; // of those that are too many, from the newest on
    {
        SqliteRows rows = m_db.run("SELECT " SOJOURN_INFO " FROM sessions"
                                   " WHERE user = CAST(? AS TEXT) AND expires > ? AND id <> ? ORDER BY created DESC, id DESC",
                                   userText(user), now, self);
        for (int others = 0; others < cap->limit;) {
            if (!rows.next())
                return {};
            first = readInfo(rows.bytes(0));
            others += first.isSound ? 1 : 0;
        }
    }
    if (cap->policy == UserCap::Refuse)
        return failure(Error::LimitReached,
                       Error::tr("This user has as many sessions as allowed (%1). End one of them first.").arg(cap->limit));
    int ended = 0;
    for (const auto &[id, info, isSound] :
         readInfos(m_db.run("SELECT " SOJOURN_INFO " FROM sessions"
                            " WHERE user = CAST(? AS TEXT) AND expires > ? AND id <> ? AND (created, id) <= (?, ?)"
                            " ORDER BY created, id LIMIT ?",
                            userText(user), now, self, first.info.createdAt, first.id, EvictLimit))) {
        if (!isSound)
            continue;
        m_hasSurplus = ++ended == EvictLimit && id != first.id;
        drop(id, info.key);
        tell(removalEvent(info, SessionStore::Removal::Cap, now));
    }
    return {};
}

bool SqliteWriter::endSurplus(const SessionKey &kept, const UserCap &cap, TimePoint now)
{
    m_hasSurplus = false;
    const auto row = m_reader.find(kept, now);
    if (!row || !row->record)
        return false;
    // A cap that refuses has no surplus.
    [[maybe_unused]] const auto room = makeRoom(row->record->user, cap, row->id, now);
    return takeSurplus();
}

/// Drops the record of a key that no living session has.
void SqliteWriter::dropExpired(const SessionKey &key, TimePoint now)
{
    for (const auto &[id, info, isSound] : readInfos(m_db.run("SELECT " SOJOURN_INFO " FROM sessions WHERE key = ?", key))) {
        if (isSound) {
            drop(id, info.key);
            tell(eventOf(SessionEvent::Expired, info, now));
        } else {
            quarantine(id, now);
        }
    }
}

/// Drops what is left of a key that no living session has.
void SqliteWriter::freeKey(const SessionKey &key, TimePoint now)
{
    dropExpired(key, now);
    m_db.run("DELETE FROM graces WHERE key = ?", key);
    m_db.run("DELETE FROM replaced WHERE key = ?", key);
}

void SqliteWriter::save(qint64 id, const SessionRecord &before, const SessionRecord &after, const QByteArray &data)
{
    saveRow(m_db, id, before, after, data);
    if (!samePlace(before, after)) {
        forget(before.key);
        return;
    }
    const auto row = std::make_shared<SqliteRecord>(SqliteRecord{id, after});
    row->record->data = fromJsonText(data).value_or(after.data); // as it would be read, which odd text is not
    m_reader.keep(*row);
    m_db.changes(before.key, row->record->memoryUse() <= MostHandedOn ? row : nullptr);
}

/// The record of \a key is gone, or is to be read again, whoever wants it.
void SqliteWriter::forget(const SessionKey &key)
{
    m_reader.forget(key);
    m_db.changes(key);
}

void SqliteWriter::drop(qint64 id, const SessionKey &key)
{
    forget(key);
    m_db.run("DELETE FROM sessions WHERE id = ?", id);
    m_db.run("DELETE FROM graces WHERE session = ?", id);
}

SqlitePosition SqliteWriter::announceListener(TimePoint realTime, bool *lapsed)
{
    m_db.run("DELETE FROM subscribers WHERE until <= ?", realTime);
    *lapsed = m_db.number("SELECT count(*) FROM subscribers WHERE origin = ?", m_origin) == 0;
    m_db.run("INSERT OR REPLACE INTO subscribers (origin, until) VALUES (?, ?)", m_origin, realTime + ListenerLease);
    return m_reader.newestEvent();
}

void SqliteWriter::tell(const SessionEvent &event)
{
    m_events.append(event);
    const QLatin1StringView name = SessionEvent::name(event.type);
    const QString cause = QString::fromLatin1(event.cause());
    if (event.isLifecycle())
        m_db.run("INSERT INTO history (" SOJOURN_EVENT ", origin) VALUES (?, ?, ?, CAST(? AS TEXT), ?, ?, ?, ?)", QString(name),
                 event.key, event.oldKey ? event.oldKey->toString() : QString(), userText(event.user), event.at, event.version,
                 cause, m_origin);
    else if (isWatched())
        m_db.run("INSERT INTO changes (after, event, key, user, at, version, origin)"
                 " VALUES ((SELECT ifnull(max(seq), 0) FROM history), ?, ?, CAST(? AS TEXT), ?, ?, ?)",
                 QString(name), event.key, userText(event.user), event.at, event.version, QString::number(m_origin) + cause);
    else
        return;
    m_longestEvent = std::max<qint64>(m_longestEvent, EventBytes + Detail::utf8Size(event.user) + cause.size());
    if (++m_untrimmed >= TrimInterval)
        trim();
}

void SqliteWriter::trim()
{
    m_untrimmed = 0;
    const qint64 fitting = std::max<qint64>(SessionStore::HistoryBytes / std::exchange(m_longestEvent, 1), TrimInterval);
    m_db.run("DELETE FROM history WHERE seq <= (SELECT max(seq) FROM history) - ?",
             std::min<qint64>(fitting, std::max(m_historyLimit, TrimInterval)));
    m_db.run("DELETE FROM changes WHERE seq <= (SELECT max(seq) FROM changes) - ?", std::min<qint64>(fitting, ListenerBacklog));
}

/// Whether a store of another process listens. Only then are changes and touches written down.
bool SqliteWriter::isWatched()
{
    if (m_db.hasNews(&m_lastLook))
        m_watchedUntil =
            TimePoint(std::chrono::milliseconds(m_db.number("SELECT max(until) FROM subscribers WHERE origin <> ?", m_origin)));
    return m_watchedUntil > systemNow();
}

} // namespace Sojourn
