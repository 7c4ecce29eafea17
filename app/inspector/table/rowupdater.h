// SPDX-License-Identifier: MIT
#pragma once

#include "rowloader.h"
#include "sessionsearch.h"

namespace Sojourn::Inspector {

/// Applies events to the rows, at most every 300 ms: a row that changed is loaded again and glows, one that ended turns into a
/// ghost, and new sessions are sorted in.
class RowUpdater final : public QObject
{
    Q_OBJECT
public:
    /// The most events that wait.
    static constexpr int MostEvents = 20'000;

    RowUpdater(SessionRows &rows, RowLoader &loader, SessionSearch &search, EventBatch &waiting);

    void reset();
    void handleEvent(const SessionEvent &event);
    /// Applies what waits, if anything does.
    void applySoon();
    /// What an edit of this program made of a session: its row need not be loaded again.
    void take(const SessionRecord &record);
    void reloadStale(int first, int last);
    /// The store counts sessions no more once their deadline has passed, and tells of their end when it sweeps.
    void checkDeadlines();

Q_SIGNALS:
    /// So much happened that the rows have to be loaded again.
    void refreshWanted();

private:
    void applyEvents();
    void findCandidates(const EventBatch &batch, const QSet<SessionKey> &loaded);
    void loadCandidates();
    void insertArrived();
    void reload(const SessionKey &key);
    void applyTaken();
    void takeEnding(const SessionKey &key);

    SessionRows &m_rows;
    RowLoader &m_loader;
    SessionSearch &m_search;
    EventBatch &m_waiting;
    bool m_eventsMissed = false;           ///< too many came while nothing could be shown
    int m_reloads = 0;                     ///< single sessions that were asked for
    QList<SessionKey> m_candidates;        ///< sessions that may belong into the table since they were created or changed
    std::vector<SessionRecord> m_arrived;  ///< candidates that were loaded
    QHash<SessionKey, SessionRecord> m_taken; ///< what edits here have made of sessions
    int m_candidateLoads = 0;
    QTimer m_throttle, m_arrival, m_taking;
};

} // namespace Sojourn::Inspector
