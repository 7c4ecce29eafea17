// SPDX-License-Identifier: MIT
#include "sessionsearch.h"

#include <algorithm>
#include <numeric>
#include <ranges>

using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int SearchPage = 500;
static constexpr qint64 SearchPageBytes = 500'000; // so that looking through a page is quick, however large the sessions
static constexpr int FoundLimit = 100'000;
static constexpr int RepeatRatio = 10; // a search that is repeated takes a tenth of the time
static constexpr std::chrono::milliseconds RepeatInterval = 2s;

SessionSearch::SessionSearch(SessionRows &rows, std::shared_ptr<SessionStore> store) : m_rows(rows), m_walk(std::move(store)) { }

void SessionSearch::reset()
{
    m_walk.stop();
    m_searched = 0;
    m_searchedAll = false;
    m_found.clear();
    m_foundAgain.clear();
}

void SessionSearch::rename(const SessionKey &oldKey, const SessionKey &newKey)
{
    if (m_found.remove(oldKey))
        m_found.insert(newKey);
}

/// Looks at every session of the store in the background.
void SessionSearch::start()
{
    m_found.clear();
    walk();
}

/// Time has passed: others end soon now. What was found stays meanwhile.
void SessionSearch::repeat()
{
    const auto took = m_searchEnded - m_searchStarted;
    if (m_walk.isRunning() || !m_searchedAll
        || m_rows.store().now() - m_searchEnded < std::max<std::chrono::milliseconds>(RepeatInterval, RepeatRatio * took))
        return;
    walk();
}

void SessionSearch::walk()
{
    SessionQuery query = m_rows.query();
    query.limit = SearchPage;
    const auto bound = m_rows.filter().bound();
    if (bound) { // no other need be looked at
        query.order = bound->order;
        query.descending = bound->descending;
    }
    if (!m_searchedAll)
        m_searched = 0;
    m_foundAgain.clear();
    m_searchStarted = m_rows.store().now();
    const auto all = std::make_shared<bool>(false); // looked at
    m_walk.start(
        query,
        [this, all, bound](const SessionPage &page, SessionQuery &next) {
            takeFound(page);
            if (next.withData) {
                const auto bytes = std::accumulate(page.records.begin(), page.records.end(), qint64(1),
                                                   [](qint64 sum, const SessionInfo &info) { return sum + info.size; });
                next.limit = int(std::clamp<qint64>(SearchPageBytes * page.records.size() / bytes, 10, SearchPage));
            }
            *all = page.nextCursor.isEmpty()
                || (bound && !page.records.isEmpty() && bound->isBehind(page.records.last(), m_rows.store().now()));
            return !*all && (m_rows.isSortedHere() || m_rows.living() < FoundLimit);
        },
        [this, all, bound](const std::optional<Error> &error) {
            m_searchEnded = m_rows.store().now();
            if (error)
                return m_rows.fail(*error);
            if (*all && m_rows.filter().moves())
                dropUnfound();
            if (*all && bound)
                m_searched = m_toSearch; // the rest need not be looked at
            m_searchedAll = m_searchedAll || *all;
            m_rows.tellStatus();
        });
}

/// Sessions that were used meanwhile no longer end soon. Those that have ended stay: their end is told.
void SessionSearch::dropUnfound()
{
    std::vector<int> gone;
    m_rows.forEach([&](int row, SessionRow &known) {
        if (known.isGhost() || m_foundAgain.contains(known.info.key) || m_rows.isSelected(known.info.key))
            return;
        if (known.info.isExpired(m_rows.store().now()))
            known.stale = true;
        else
            gone.push_back(row);
    });
    for (const int row : gone | std::views::reverse) {
        m_found.remove(m_rows.at(row)->info.key);
        m_rows.remove(row, 1);
    }
}

void SessionSearch::takeFound(const SessionPage &page)
{
    m_rows.setReady();
    m_toSearch = page.total;
    if (!m_searchedAll)
        m_searched += page.records.size();
    std::vector<SessionRow> found;
    QHash<SessionKey, const SessionRecord *> again;
    for (const SessionRecord &record : page.records) {
        if (!m_rows.matches(record))
            continue;
        m_foundAgain.insert(record.key);
        if (m_found.contains(record.key)) {
            again.insert(record.key, &record);
            continue;
        }
        m_found.insert(record.key);
        found.push_back(m_rows.newRow(record));
    }
    if (m_rows.filter().moves() && !again.isEmpty()) {
        std::vector<int> rows;
        std::as_const(m_rows).forEach([&](int row, const SessionRow &known) {
            if (!known.isGhost() && again.contains(known.info.key))
                rows.push_back(row);
        });
        for (const int row : rows)
            m_rows.replace(row, *again.value(m_rows.at(row)->info.key));
    }
    if (m_rows.filter().bound() || m_rows.isSortedHere())
        m_rows.insertInPlace(std::move(found)); // they were found in another order
    else
        m_rows.insert(m_rows.count(), std::move(found));
    if (m_rows.isSortedHere()) {
        for (const SessionKey &dropped : m_rows.dropBehindLimit())
            m_found.remove(dropped);
    }
    Q_EMIT loaded();
    m_rows.tellStatus();
}

void SessionSearch::stop()
{
    if (!isRunning())
        return;
    m_walk.stop();
    m_rows.setReady();
    m_rows.tellStatus();
}

} // namespace Sojourn::Inspector
