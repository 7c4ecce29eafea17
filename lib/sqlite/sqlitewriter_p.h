// SPDX-License-Identifier: MIT
#pragma once

#include "sqlitelistener_p.h"
#include "sqlitereader_p.h"

#include <limits>

namespace Sojourn {

/// How far a removal of sessions is.
struct SqliteRemoval
{
    qint64 removed = 0;
    bool isComplete = false;
    TimePoint created = TimePoint::min(); ///< of the user's last session that was looked at
    qint64 id = std::numeric_limits<qint64>::min();
    qint64 newestId = 0; ///< a user's sessions that came after the call stay
    QVariant newest; ///< the same by creation, as an id may be given anew; no time where that is damaged
};

/// What is written to the database, each function within a transaction that its caller opens. Like SqliteReader it leaves SQL
/// errors in the connection; a function that fails for another reason has written nothing that must be undone.
class SqliteWriter
{
public:
    /// The circumstances of a call, taken where it was made.
    struct Context
    {
        TimePoint now;
        qsizetype sizeLimit;
    };

    /// \a origin marks what this writer does, for the listeners of other processes.
    SqliteWriter(SqliteConnection &db, qint64 origin, int historyLimit);

    Result<SessionInfo> create(const SessionRecord &record, const std::optional<UserCap> &cap, SessionStore::CreateMode mode,
                               const Context &context);
    /// An update if the keys are equal.
    Result<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                               std::chrono::milliseconds grace, const Context &context);
    Result<SessionInfo> remove(const SessionKey &key, std::optional<quint64> version, SessionStore::Removal why, TimePoint now);
    /// Whether the last create() or rotate() has left more of the user's sessions than the cap allows, to be ended by
    /// endSurplus().
    [[nodiscard]] bool takeSurplus() { return std::exchange(m_hasSurplus, false); }
    /// Goes on to end sessions of the user of session \a kept, but not that one. \return whether more have to go.
    bool endSurplus(const SessionKey &kept, const UserCap &cap, TimePoint now);
    /// Goes on from \a last with at most \a limit sessions.
    SqliteRemoval removeUser(const QString &user, const std::optional<SessionKey> &except, SessionStore::Removal why,
                             TimePoint now, SqliteRemoval last, int limit);
    /// Removes at most \a limit sessions, and as many of what rotation has left behind.
    SqliteRemoval removeExpired(int limit, TimePoint now);
    Result<QByteArray> takeFlash(const SessionKey &key, TimePoint now);
    /// What a file that an earlier version made needs before freePages(): it is written anew. Outside of a transaction.
    void prepareToFreePages();
    /// Writes what the log holds into the file and cuts both. Outside of a transaction.
    void emptyLog();
    /// Takes up to \a pages empty pages out of the file. \return whether none is left.
    bool freePages(int pages);
    /// SqliteReader::find(), and a record that cannot be decoded is set aside.
    Result<SessionRecord> load(const SessionKey &key, TimePoint now);
    /// Sets the row aside if it cannot be decoded.
    void checkRow(qint64 id, TimePoint now);

    /// Announces for some time from \a realTime that this origin's store listens. \return from where; \a lapsed tells whether
    /// that is the first time, or comes too late after the last.
    SqlitePosition announceListener(TimePoint realTime, bool *lapsed);

    /// For who reads through the same connection, whose own writes are no news to other readers.
    [[nodiscard]] SqliteReader &reader() { return m_reader; }

    /// What happened since the last call.
    [[nodiscard]] SqliteEvents takeEvents() { return std::exchange(m_events, {}); }

private:
    Result<SqliteRecord> find(const SessionKey &key, TimePoint now);
    Result<void> makeRoom(const QString &user, const std::optional<UserCap> &cap, qint64 self, TimePoint now);
    void dropExpired(const SessionKey &key, TimePoint now);
    void freeKey(const SessionKey &key, TimePoint now);
    void save(qint64 id, const SessionRecord &before, const SessionRecord &after, const QByteArray &data);
    void quarantine(qint64 id, TimePoint now);
    void drop(qint64 id, const SessionKey &key);
    void forget(const SessionKey &key);
    void tell(const SessionEvent &event);
    void trim();
    bool isWatched();

    SqliteConnection &m_db;
    SqliteReader m_reader;
    qint64 m_origin;
    int m_historyLimit;
    int m_untrimmed = 0;
    qint64 m_longestEvent = 1; // in bytes, of those since the history was trimmed
    bool m_hasSurplus = false;
    SqliteConnection::Moment m_lastLook;
    TimePoint m_watchedUntil{};
    SqliteEvents m_events;
};

} // namespace Sojourn
