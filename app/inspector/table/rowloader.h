// SPDX-License-Identifier: MIT
#pragma once

#include "eventbatch.h"
#include "sessionrows.h"

namespace Sojourn::Inspector {

/// Loads pages of the store into the rows around those in view, one at a time, so that nothing that is out of date is waited
/// for, and asks how many there are, now and then and whenever events say that it changed.
class RowLoader final : public QObject
{
    Q_OBJECT
public:
    static constexpr int PageSize = 200;

    /// \a waiting are the events that have not been applied to the rows.
    RowLoader(SessionRows &rows, const EventBatch &waiting);

    void reset();
    /// Loads the first page of a table that starts over, or what the history says.
    void begin();
    /// What is in view and around it is loaded again; rows stay until the answer is there.
    void reloadAll();
    /// Other rows are in view.
    void show(int first, int last);
    void loadVisible();
    /// How many sessions the store has, where a filter hides some.
    [[nodiscard]] qint64 total() const { return m_total; }
    /// Whether the store is asked just now how many there are.
    [[nodiscard]] bool isCounting() const { return m_counting; }
    /// Asks the store how many sessions there are, in all and of the filter.
    void recount();
    /// Something happened since the store was asked.
    void countLater() { m_countAgain = true; }
    void recountIfDue();
    void recountNowAndThen();

Q_SIGNALS:
    /// What was loaded may be older than events that wait.
    void loaded();

private:
    void loadAround();
    bool loadMissing(int first, int last);
    void loadPage(qint64 offset, int limit);
    void takePage(qint64 offset, const SessionPage &page, int life);
    void loadHistory();
    void takeCount(qint64 count);

    SessionRows &m_rows;
    const EventBatch &m_waiting;
    qint64 m_total = 0;
    bool m_loading = false; ///< a page
    bool m_counting = false;
    bool m_countAgain = false;
    TimePoint m_countedAt{}, m_takenAt{};
    TimePoint m_pageAskedAt{};
    QTimer m_idle;
};

} // namespace Sojourn::Inspector
