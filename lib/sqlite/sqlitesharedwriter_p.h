// SPDX-License-Identifier: MIT
#pragma once

#include "sqliteworker_p.h"
#include "sqlitewriter_p.h"

namespace Sojourn {

/// The one that writes to a file, for all stores of this process that have it open with the same options.
class SqliteSharedWriter
{
public:
    [[nodiscard]] static std::shared_ptr<SqliteSharedWriter> of(const QString &path, const SqliteOptions &options);
    SqliteSharedWriter(const QString &path, const SqliteOptions &options);

    /// What marks its events for the listeners of other processes.
    const qint64 origin;
    SqliteWorker worker;
    SqliteWriter writer; ///< for use by jobs
};

} // namespace Sojourn
