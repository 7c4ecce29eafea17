// SPDX-License-Identifier: MIT
#pragma once

#include "sessionrows.h"
#include "store/storewalk.h"

namespace Sojourn::Inspector {

/// Looks at every session of the store in the background, and makes rows of those that belong to the filter.
class SessionSearch final : public QObject
{
    Q_OBJECT
public:
    SessionSearch(SessionRows &rows, std::shared_ptr<SessionStore> store);

    void reset();
    void start();
    /// Time has passed, so that others belong to the filter now. What was found stays meanwhile.
    void repeat();
    void stop();

    /// Not while a search that was complete is repeated.
    [[nodiscard]] bool isRunning() const { return m_walk.isRunning() && !m_searchedAll; }
    /// Whether it has looked at every session.
    [[nodiscard]] bool isComplete() const { return m_searchedAll; }
    [[nodiscard]] qint64 searched() const { return m_searched; }
    [[nodiscard]] qint64 toSearch() const { return m_toSearch; }

    /// The session of \a key has become a row, or is none any more, or has another key.
    void note(const SessionKey &key) { m_found.insert(key); }
    void forget(const SessionKey &key) { m_found.remove(key); }
    void rename(const SessionKey &oldKey, const SessionKey &newKey);

Q_SIGNALS:
    /// What was found may be older than events that wait.
    void loaded();

private:
    void walk();
    void takeFound(const SessionPage &page);
    void dropUnfound();

    SessionRows &m_rows;
    StoreWalk m_walk;
    qint64 m_searched = 0, m_toSearch = 0;
    bool m_searchedAll = false;
    TimePoint m_searchStarted{}, m_searchEnded{};
    QSet<SessionKey> m_found;      ///< by any search of this filter
    QSet<SessionKey> m_foundAgain; ///< by the search that is under way
};

} // namespace Sojourn::Inspector
