// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QStringList>

#include <map>
#include <tuple>
#include <vector>

namespace Sojourn::Inspector {

/// What a row is sorted by: a time, a number, or text; numbers come before texts.
struct SortValue
{
    QString text;
    double number = 0;

    friend bool operator<(const SortValue &a, const SortValue &b)
    {
        return std::tie(a.text, a.number) < std::tie(b.text, b.number);
    }
    friend bool operator==(const SortValue &a, const SortValue &b) = default;
};

/// A row of the session table.
struct SessionRow
{
    SessionInfo info;
    std::optional<SessionEvent> ending; ///< set on ghosts: what ended the session
    TimePoint endedAt{};                ///< when the ghost appeared here
    bool stays = false;                 ///< ghosts that are part of the answer and do not leave
    bool stale = false;                 ///< changed in the store since it was loaded
    std::optional<SortValue> place;     ///< by which it was sorted in; none of ghosts that only the history knows
    bool misplaced = false;             ///< another session may be in this place by now
    QStringList attributes;             ///< what the columns of attributes say
    quint32 glow = 0;                   ///< the columns that changed, a bit each
    TimePoint glowSince{};

    [[nodiscard]] bool isGhost() const { return ending.has_value(); }
};

/// A long table of which some rows are loaded. Ghosts are rows of the table, but not of the list in the store: offsets do not
/// count them.
class RowCache
{
public:
    /// All rows, and those that are no ghosts.
    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] int living() const { return m_count - int(m_ghosts.size()); }
    /// The rows of the ghosts, ascending.
    [[nodiscard]] const std::vector<int> &ghosts() const { return m_ghosts; }
    [[nodiscard]] int rowOf(qint64 offset) const;
    [[nodiscard]] int offsetOf(int row) const;

    /// Null while the row is not loaded.
    [[nodiscard]] SessionRow *at(int row);
    [[nodiscard]] const SessionRow *at(int row) const { return const_cast<RowCache *>(this)->at(row); }
    [[nodiscard]] int loaded() const { return m_loaded; }
    void clear();

    /// Loads the row.
    void set(int row, SessionRow value);
    /// The row is not loaded any more.
    void forget(int row);
    /// The session of the loaded \a row has ended.
    void bury(int row, const SessionEvent &ending);
    /// The session of the ghost in \a row is there again.
    void revive(int row);
    /// Makes room at \a row; all rows from there on move down.
    void insert(int row, std::vector<SessionRow> values);
    /// The same for \a count rows that are not loaded.
    void insertUnknown(int row, int count);
    /// Takes rows out; all behind them move up.
    void remove(int row, int count = 1);
    /// Forgets runs until at most \a limit rows are loaded, those farthest from \a row first. Ghosts stay.
    void trim(int limit, int row);

    /// Calls \a visit(int row, const SessionRow &) for every loaded row from \a first to \a last, in ascending order.
    template<class F>
    void forEach(F &&visit, int first = 0, int last = std::numeric_limits<int>::max()) const
    {
        auto run = m_runs.upper_bound(first);
        if (run != m_runs.begin())
            --run;
        for (; run != m_runs.end() && run->first <= last; ++run) {
            const int end = int(std::min<qint64>(qint64(run->second.size()), qint64(last) - run->first + 1));
            for (int i = std::max(0, first - run->first); i < end; ++i)
                visit(run->first + i, run->second[size_t(i)]);
        }
    }
    template<class F>
    void forEach(F &&visit)
    {
        std::as_const(*this).forEach([&visit](int row, const SessionRow &value) { visit(row, const_cast<SessionRow &>(value)); });
    }

private:
    using Runs = std::map<int, std::vector<SessionRow>>;
    static constexpr size_t LongestRun = 256; // so that trimming has something to take

    Runs::iterator runOf(int row);
    void splitAt(int row);
    void shift(int from, int by);

    Runs m_runs; // first row -> rows; runs do not overlap
    std::vector<int> m_ghosts;
    int m_count = 0;
    int m_loaded = 0;
};

} // namespace Sojourn::Inspector
