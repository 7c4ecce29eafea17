// SPDX-License-Identifier: MIT
#include "sqlitesharedwriter_p.h"

#include <QtCore/QRandomGenerator>

#include <map>

namespace Sojourn {

std::shared_ptr<SqliteSharedWriter> SqliteSharedWriter::of(const QString &path, const SqliteOptions &options)
{
    // Who writes keeps what is known of the file; nobody else may, or a file that was closed and removed would be missed.
    using Key = std::tuple<const SqliteFile *, SqliteOptions::Synchronous, int, bool>;
    static std::mutex mutex;
    static std::map<Key, std::weak_ptr<SqliteSharedWriter>> writers;
    const std::shared_ptr<SqliteFile> file = SqliteFile::at(path);
    const Key key(file.get(), options.synchronous, options.historyLimit, options.create);
    const std::lock_guard lock(mutex);
    std::erase_if(writers, [](const auto &entry) { return entry.second.expired(); });
    std::weak_ptr<SqliteSharedWriter> &known = writers[key];
    std::shared_ptr<SqliteSharedWriter> writer = known.lock();
    if (!writer)
        known = writer = std::make_shared<SqliteSharedWriter>(path, options);
    return writer;
}

SqliteSharedWriter::SqliteSharedWriter(const QString &path, const SqliteOptions &options)
    : origin(qint64(QRandomGenerator::system()->generate64() >> 1)),
      worker(SqliteWorker::Writer, path, options),
      writer(worker.connection(), origin, std::max(options.historyLimit, 0))
{ }

} // namespace Sojourn
