// SPDX-License-Identifier: MIT
#pragma once

#include "sqlitereader_p.h"

namespace Sojourn {

/// What is written to the database, each function within a transaction that its caller opens. Like SqliteReader it leaves SQL errors
/// in the connection; a function that fails for another reason has written nothing that must be undone.
class SqliteWriter
{
public:
    /// The circumstances of a call, taken where it was made.
    struct Context
    {
        TimePoint now;
        qsizetype sizeLimit;
    };

    SqliteWriter(SqliteConnection &db, int historyLimit) : m_db(db), m_reader(db), m_historyLimit(historyLimit) { }

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

    /// What happened since the last call.
    [[nodiscard]] QList<SessionEvent> takeEvents() { return std::exchange(m_events, {}); }

private:
    std::optional<SqliteReader::Row> findOrQuarantine(const SessionKey &key, TimePoint now);
    Result<void> makeRoom(const QString &user, const std::optional<UserCap> &cap, qint64 self, TimePoint now);
    void insert(const SessionRecord &record, const QByteArray &data);
    void save(qint64 id, const SessionRecord &before, const SessionRecord &after, const QByteArray &data);
    void quarantine(qint64 id, TimePoint now);
    void drop(qint64 id);
    void tell(const SessionEvent &event);

    SqliteConnection &m_db;
    SqliteReader m_reader;
    int m_historyLimit;
    int m_untrimmed = 0;
    QList<SessionEvent> m_events;
};

} // namespace Sojourn
