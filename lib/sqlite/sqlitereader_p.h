// SPDX-License-Identifier: MIT
#pragma once

#include "sqliterow_p.h"

#include <Sojourn/SessionStore>

namespace Sojourn {

class SqliteConnection;

[[nodiscard]] std::unexpected<Error> sessionNotFound();

/// What is read from the database. An SQL error is left in the connection, and then the answer means nothing.
class SqliteReader
{
public:
    explicit SqliteReader(SqliteConnection &db) : m_db(db) { }

    /// The living session of \a key, by a key in its grace time too.
    std::optional<SqliteRecord> find(const SessionKey &key, TimePoint now);
    /// Error::Invalid for a damaged cursor.
    Result<SessionPage> list(const SessionQuery &query, TimePoint now);
    qint64 count(TimePoint now);
    /// From the newest \a historyLimit events.
    QList<SessionEvent> history(const HistoryQuery &query, int historyLimit);

    /// Ids of the rows in lists since the last call that could not be decoded.
    [[nodiscard]] QList<qint64> takeUndecodable() { return std::exchange(m_undecodable, {}); }

private:
    SqliteConnection &m_db;
    QList<qint64> m_undecodable;
};

} // namespace Sojourn
