// SPDX-License-Identifier: MIT
#pragma once

#include "sqlitefile_p.h"

#include <Sojourn/SessionKey>

#include <array>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace Sojourn {

struct SqliteRecord;

/// A record that a commit changed: as it is now, or null where it is gone or must be read again.
struct SqliteChange
{
    SessionKey key;
    std::shared_ptr<const SqliteRecord> row;
};
using SqliteChanges = std::vector<SqliteChange>;

/// The header of the index that SQLite keeps of the log (-shm), in memory that all processes share. Every commit of every process
/// changes it (https://www.sqlite.org/walformat.html, 2.1), so that to compare it tells whether there was one, without a
/// statement.
class SqliteLogIndex
{
public:
    using Header = std::array<quint32, 12>;

    /// For who has the database \a path, behind symbolic links, open, as long as it is open. None where the memory cannot be had.
    [[nodiscard]] static std::shared_ptr<SqliteLogIndex> of(const QString &path);
    SqliteLogIndex(const SqliteFileId &id, int descriptor, const void *memory);
    ~SqliteLogIndex();
    Q_DISABLE_COPY_MOVE(SqliteLogIndex)

    /// In any thread; nothing if it tells nothing.
    [[nodiscard]] std::optional<Header> read() const;
    /// A connection of this process has committed \a changes; the header was \a before. \return the header that the commit left,
    /// which is told to those who ask for changesBetween(); nothing if another process may have committed meanwhile.
    std::optional<Header> committed(const Header &before, SqliteChanges changes);
    /// The records that changed from one header to the other; nothing if that is not known.
    [[nodiscard]] std::optional<SqliteChanges> changesBetween(const Header &before, const Header &after) const;

    /// How many pages have been written to the log since its beginning.
    [[nodiscard]] static quint32 framesIn(const Header &header) { return header[4]; }
    /// How many pages the database has.
    [[nodiscard]] static quint32 pagesIn(const Header &header) { return header[5]; }

private:
    struct Commit
    {
        Header before;
        Header after;
        SqliteChanges changes;
    };
    static constexpr size_t MostCommits = 16;

    mutable std::mutex m_mutex;
    std::deque<Commit> m_commits; // of this process, the newest ones
    [[maybe_unused]] const SqliteFileId m_id;
    [[maybe_unused]] const int m_descriptor;
    [[maybe_unused]] const void *const m_memory;
};

} // namespace Sojourn
