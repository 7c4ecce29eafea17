// SPDX-License-Identifier: MIT
#pragma once

#include "sqliteconnection_p.h"
#include "sqlitelistener_p.h"
#include "sqliterow_p.h"

#include <Sojourn/SessionStore>

#include <QtCore/QCache>
#include <QtCore/QDeadlineTimer>

#include <tuple>

namespace Sojourn {

[[nodiscard]] std::unexpected<Error> sessionNotFound();
/// For a row that a newer version of this library wrote.
[[nodiscard]] std::unexpected<Error> newerRow(const QString &path);

/// What is read from the database. An SQL error is left in the connection, and then the answer means nothing.
class SqliteReader
{
public:
    /// Bytes of rows that are kept, about.
    static constexpr qsizetype MaximumKept = 4 * 1024 * 1024;

    explicit SqliteReader(SqliteConnection &db) : m_db(db) { }

    /// The living session of \a key, by a key in its grace time too. Rows that were found before are read again only if something
    /// may have changed since: to ask for that is several times quicker.
    std::optional<SqliteRecord> find(const SessionKey &key, TimePoint now);
    /// Also by a key that a rotation took away of late, as far as the history goes back.
    std::optional<SqliteRecord> findByOldKey(SessionKey key, TimePoint now);
    /// The record of find(), or why there is none; Error::Corrupt for one that cannot be decoded.
    Result<SessionRecord> load(const SessionKey &key, TimePoint now);
    /// The error for a key without a living session: Error::Replaced for some time after rotation took it away.
    std::unexpected<Error> absent(const SessionKey &key, TimePoint now);
    /// For what this connection itself writes: the row as it is now.
    void keep(const SqliteRecord &row);
    /// The same for a row that is gone or is to be read again.
    void forget(const SessionKey &key) { m_kept.remove(key); }
    /// Error::Invalid for a damaged cursor.
    Result<SessionPage> list(const SessionQuery &query, TimePoint now);
    qint64 count(TimePoint now);
    /// From the newest \a historyLimit events.
    QList<SessionEvent> history(const HistoryQuery &query, int historyLimit);

    /// Where events that are still to come begin.
    SqlitePosition newestEvent();

    /// Ids of the rows in lists since the last call that could not be decoded.
    [[nodiscard]] QList<qint64> takeUndecodable() { return std::exchange(m_undecodable, {}); }

private:
    using Filters =
        std::tuple<std::optional<QString>, QByteArray, bool>; // user, prefix of the key, whether of quarantined records

    void bringUpToDate();
    Result<qint64> addRows(SessionPage &page, SqliteRows row, const SessionQuery &query, bool withData);
    bool addRecord(SessionPage &page, const QByteArray &row);
    void addInfo(SessionPage &page, const QByteArray &row, bool damagedToo);
    bool isWhole(const QStringList &columns);
    qint64 countAll(const SessionQuery &query);
    qint64 countSessions();

    /// How many sessions there were after an event of the history.
    struct Base
    {
        qint64 sessions = 0;
        qint64 event = 0;
        QDeadlineTimer until;
    };

    SqliteConnection &m_db;
    QCache<SessionKey, SqliteRecord> m_kept{MaximumKept}; // as they were at m_keptAt or later
    SqliteConnection::Moment m_keptAt;
    std::optional<Filters> m_counted; // as m_count was at m_countedAt
    qint64 m_count = 0;
    SqliteConnection::Moment m_countedAt;
    QList<qint64> m_undecodable;
    std::optional<Base> m_base; // from which countSessions() goes on
};

} // namespace Sojourn
