// SPDX-License-Identifier: MIT
#pragma once

#include "sqlitefile_p.h"

#include <array>
#include <optional>

namespace Sojourn {

/// The header of the index that SQLite keeps of the log (-shm), in memory that all processes share. Every commit of every process
/// changes it (https://www.sqlite.org/walformat.html, 2.1), so that to compare it tells whether there was one, without a
/// statement.
class SqliteLogIndex
{
public:
    using Header = std::array<quint32, 12>;

    /// For who has the database \a path open, as long as it is open. None where the memory cannot be had.
    [[nodiscard]] static std::shared_ptr<SqliteLogIndex> of(const QString &path);
    SqliteLogIndex(const SqliteFileId &id, int descriptor, const void *memory);
    ~SqliteLogIndex();
    Q_DISABLE_COPY_MOVE(SqliteLogIndex)

    /// In any thread; nothing if it tells nothing.
    [[nodiscard]] std::optional<Header> read() const;
    /// How many pages have been written to the log since its beginning.
    [[nodiscard]] static quint32 framesIn(const Header &header) { return header[4]; }
    /// How many pages the database has.
    [[nodiscard]] static quint32 pagesIn(const Header &header) { return header[5]; }

private:
    [[maybe_unused]] const SqliteFileId m_id;
    [[maybe_unused]] const int m_descriptor;
    [[maybe_unused]] const void *const m_memory;
};

} // namespace Sojourn
