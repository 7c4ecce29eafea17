// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <map>
#include <vector>

namespace Sojourn::Inspector {

/// A row of the session table.
struct SessionRow
{
    SessionInfo info;
    std::optional<SessionEvent> ending; ///< set on ghosts: what ended the session
    TimePoint endedAt{};                ///< when the ghost appeared here
    bool stays = false;                 ///< ghosts that are part of the answer and do not leave
    bool stale = false;                 ///< changed in the store since it was loaded
    quint32 glow = 0;                   ///< the columns that changed, a bit each
    TimePoint glowSince{};

    [[nodiscard]] bool isGhost() const { return ending.has_value(); }
};

/// The loaded rows of a long table, in runs; the rows between runs are not loaded.
class RowCache
{
public:
    [[nodiscard]] SessionRow *at(int row);
    [[nodiscard]] const SessionRow *at(int row) const { return const_cast<RowCache *>(this)->at(row); }
    [[nodiscard]] bool contains(int row) const { return at(row); }
    [[nodiscard]] int loaded() const { return m_loaded; }
    void clear();

    void set(int row, SessionRow value);
    /// Makes room at \a row; all rows from there on move down by one.
    void insert(int row, SessionRow value);
    /// Takes \a row out; all rows behind move up by one.
    void remove(int row);
    /// Forgets all rows from \a row on.
    void truncate(int row);
    /// Forgets runs until at most \a limit rows are loaded, those farthest from \a row first. Ghosts stay.
    void trim(int limit, int row);

    /// Calls \a visit(int row, SessionRow &) in ascending order.
    template<class F>
    void forEach(F &&visit)
    {
        for (auto &[start, rows] : m_runs) {
            for (size_t i = 0; i < rows.size(); ++i)
                visit(start + int(i), rows[i]);
        }
    }

private:
    using Runs = std::map<int, std::vector<SessionRow>>;
    static constexpr size_t LongestRun = 256; // so that trimming has something to take

    Runs::iterator runOf(int row);
    void shift(int from, int by);

    Runs m_runs; // first row -> rows; runs do not overlap
    int m_loaded = 0;
};

} // namespace Sojourn::Inspector
