// SPDX-License-Identifier: MIT
#pragma once

#include "sqliteconnection_p.h"

#include <Sojourn/SessionEvent>

namespace Sojourn {

/// Up to where a listener has read.
struct SqlitePosition
{
    qint64 history = 0;
    qint64 changes = 0;
};

/// Finds out what other processes did to the sessions.
///
/// Lifecycle events stand in the history anyway. Changes and touches are written to table "changes" only while a store of another
/// process listens, which it announces in table "subscribers" (SqliteWriter::announceListener()). Both tables number their rows
/// without gaps, so that a gap means that rows were deleted unread.
class SqliteListener
{
public:
    struct News
    {
        QList<SessionEvent> events; ///< of other origins, in the order in which they were committed
        bool lost = false; ///< some are missing
        bool silent = false; ///< somebody wrote, perhaps without leaving an event
    };

    /// \a origin marks this process's own events, which it has heard of already.
    SqliteListener(SqliteConnection &db, qint64 origin) : m_db(db), m_origin(origin) { }

    [[nodiscard]] bool isListening() const { return m_position.has_value(); }
    void listenFrom(const SqlitePosition &position) { m_position = position; }
    /// What happened since the last call, or a part of it. Cheap if there was nothing.
    News poll();

private:
    void read(News *news);

    SqliteConnection &m_db;
    qint64 m_origin;
    std::optional<SqlitePosition> m_position;
    SqliteConnection::Moment m_lastPoll;
    bool m_more = false;
};

} // namespace Sojourn
