// SPDX-License-Identifier: MIT
#pragma once

#include "sqlitelistener_p.h"
#include "sqlitereader_p.h"

namespace Sojourn {

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
    Result<SessionInfo> remove(const SessionKey &key, SessionStore::Removal why, TimePoint now);
    qint64 removeUser(const QString &user, const std::optional<SessionKey> &except, SessionStore::Removal why, TimePoint now);
    qint64 removeExpired(int limit, TimePoint now);
    Result<QByteArray> takeFlash(const SessionKey &key, TimePoint now);
    /// SqliteReader::find(), and a record that cannot be decoded is set aside.
    Result<SessionRecord> load(const SessionKey &key, TimePoint now);
    /// Sets the row aside if it cannot be decoded.
    void checkRow(qint64 id, TimePoint now);

    /// Announces for some time from \a realTime that this origin's store listens. \return from where; \a lapsed tells whether
    /// that is the first time, or comes too late after the last.
    SqlitePosition announceListener(TimePoint realTime, bool *lapsed);

    /// What happened since the last call.
    [[nodiscard]] SqliteEvents takeEvents() { return std::exchange(m_events, {}); }

private:
    Result<SqliteRecord> find(const SessionKey &key, TimePoint now);
    Result<void> makeRoom(const QString &user, const std::optional<UserCap> &cap, qint64 self, TimePoint now);
    void freeKey(const SessionKey &key, TimePoint now);
    void insert(const SessionRecord &record, const QByteArray &data);
    void save(qint64 id, const SessionRecord &before, const SessionRecord &after, const QByteArray &data);
    void quarantine(qint64 id, TimePoint now);
    void drop(qint64 id, const SessionKey &key);
    void tell(const SessionEvent &event);
    bool isWatched();

    SqliteConnection &m_db;
    SqliteReader m_reader;
    qint64 m_origin;
    int m_historyLimit;
    int m_untrimmed = 0;
    SqliteConnection::Moment m_lastLook;
    TimePoint m_watchedUntil{};
    SqliteEvents m_events;
};

} // namespace Sojourn
