// SPDX-License-Identifier: MIT
#include "rowcache.h"

#include <algorithm>

namespace Sojourn::Inspector {

int RowCache::rowOf(qint64 offset) const
{
    int row = int(offset);
    for (const int ghost : m_ghosts) {
        if (ghost > row)
            break;
        ++row;
    }
    return row;
}

int RowCache::offsetOf(int row) const
{
    return row - int(std::ranges::lower_bound(m_ghosts, row) - m_ghosts.begin());
}

RowCache::Runs::iterator RowCache::runOf(int row)
{
    auto run = m_runs.upper_bound(row);
    if (run == m_runs.begin())
        return m_runs.end();
    --run;
    return row < run->first + int(run->second.size()) ? run : m_runs.end();
}

SessionRow *RowCache::at(int row)
{
    const auto run = runOf(row);
    return run == m_runs.end() ? nullptr : &run->second[size_t(row - run->first)];
}

void RowCache::clear()
{
    m_runs.clear();
    m_ghosts.clear();
    m_count = 0;
    m_loaded = 0;
}

void RowCache::set(int row, SessionRow value)
{
    if (SessionRow *known = at(row)) {
        *known = std::move(value);
        return;
    }
    ++m_loaded;
    const auto before = row > 0 ? runOf(row - 1) : m_runs.end();
    if (before != m_runs.end() && before->second.size() < LongestRun)
        before->second.push_back(std::move(value));
    else
        m_runs[row].push_back(std::move(value));
}

void RowCache::forget(int row)
{
    splitAt(row);
    splitAt(row + 1);
    m_loaded -= int(m_runs.erase(row));
}

void RowCache::bury(int row, const SessionEvent &ending)
{
    at(row)->ending = ending;
    m_ghosts.insert(std::ranges::lower_bound(m_ghosts, row), row);
}

void RowCache::revive(int row)
{
    at(row)->ending.reset();
    std::erase(m_ghosts, row);
}

/// Afterwards no run goes on across the border before \a row.
void RowCache::splitAt(int row)
{
    const auto run = runOf(row);
    if (run == m_runs.end() || run->first == row)
        return;
    auto &rows = run->second;
    const auto middle = rows.begin() + (row - run->first);
    m_runs.emplace(row, std::vector<SessionRow>(std::make_move_iterator(middle), std::make_move_iterator(rows.end())));
    rows.erase(middle, rows.end());
}

void RowCache::shift(int from, int by)
{
    Runs moved;
    for (auto run = m_runs.lower_bound(from); run != m_runs.end(); run = m_runs.erase(run))
        moved.emplace(run->first + by, std::move(run->second));
    m_runs.merge(moved);
    for (auto ghost = std::ranges::lower_bound(m_ghosts, from); ghost != m_ghosts.end(); ++ghost)
        *ghost += by;
}

void RowCache::insertUnknown(int row, int count)
{
    splitAt(row);
    shift(row, count);
    m_count += count;
}

void RowCache::insert(int row, std::vector<SessionRow> values)
{
    insertUnknown(row, int(values.size()));
    for (SessionRow &value : values) {
        if (value.isGhost())
            m_ghosts.insert(std::ranges::lower_bound(m_ghosts, row), row);
        set(row++, std::move(value));
    }
}

void RowCache::remove(int row, int count)
{
    splitAt(row);
    splitAt(row + count);
    for (auto run = m_runs.lower_bound(row); run != m_runs.end() && run->first < row + count; run = m_runs.erase(run))
        m_loaded -= int(run->second.size());
    m_ghosts.erase(std::ranges::lower_bound(m_ghosts, row), std::ranges::lower_bound(m_ghosts, row + count));
    shift(row + count, -count);
    m_count -= count;
}

void RowCache::trim(int limit, int row)
{
    while (m_loaded > limit) {
        auto farthest = m_runs.end();
        int distance = -1;
        for (auto run = m_runs.begin(); run != m_runs.end(); ++run) {
            const int away = std::abs(run->first - row);
            if (away > distance && std::ranges::none_of(run->second, &SessionRow::isGhost)) {
                farthest = run;
                distance = away;
            }
        }
        if (farthest == m_runs.end())
            return;
        m_loaded -= int(farthest->second.size());
        m_runs.erase(farthest);
    }
}

} // namespace Sojourn::Inspector
