// SPDX-License-Identifier: MIT
#include "rowcache.h"

#include <algorithm>

namespace Sojourn::Inspector {

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

void RowCache::shift(int from, int by)
{
    Runs moved;
    for (auto run = m_runs.lower_bound(from); run != m_runs.end(); run = m_runs.erase(run))
        moved.emplace(run->first + by, std::move(run->second));
    m_runs.merge(moved);
}

void RowCache::insert(int row, SessionRow value)
{
    auto run = runOf(row);
    if (run != m_runs.end() && run->first < row) { // inside a run
        run->second.insert(run->second.begin() + (row - run->first), std::move(value));
        shift(row, 1);
        ++m_loaded;
    } else {
        shift(row, 1);
        set(row, std::move(value));
    }
}

void RowCache::remove(int row)
{
    if (const auto run = runOf(row); run != m_runs.end()) {
        run->second.erase(run->second.begin() + (row - run->first));
        --m_loaded;
        if (run->second.empty())
            m_runs.erase(run);
    }
    // A run that began at the row itself keeps its place: its first row is gone, not moved.
    shift(row + 1, -1);
}

void RowCache::truncate(int row)
{
    if (const auto run = runOf(row); run != m_runs.end() && run->first < row) {
        m_loaded -= int(run->second.size()) - (row - run->first);
        run->second.resize(size_t(row - run->first));
    }
    for (auto run = m_runs.lower_bound(row); run != m_runs.end(); run = m_runs.erase(run))
        m_loaded -= int(run->second.size());
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
