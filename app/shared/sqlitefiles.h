// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <memory>
#include <vector>

/// Whether \a path names an SQLite database. One to which nothing has been written yet is empty, and not known as one. For the
/// main thread.
[[nodiscard]] inline bool isSqliteFile(const QString &path)
{
    if (!QFileInfo(path).isFile()) // what a pipe holds can be read once, and waiting for it would hang
        return false;
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly) || file->read(16) != QByteArray("SQLite format 3", 16))
        return false;
    // To close it would drop the locks that SQLite may have on it in this process, and another one would take away the log
    // (https://www.sqlite.org/howtocorrupt.html, 2.2).
    static std::vector<std::unique_ptr<QFile>> keptOpen;
    keptOpen.push_back(std::move(file));
    return true;
}

/// Whether \a path, which may be a link, names a database or what SQLite or Sojourn keeps beside one, be it there already or not:
/// a foreign file in its place destroys the database, blocks it, or is removed by the next who opens it.
[[nodiscard]] inline bool belongsToSqlite(const QString &path)
{
    QFileInfo info(path);
    for (int links = 0; info.isSymLink() && links < 40; ++links) // as many as Linux follows
        info = QFileInfo(info.symLinkTarget());
    const QString file = QDir(info.dir().canonicalPath()).filePath(info.fileName());
    const auto liesBeside = [&file](const char *ending) {
        const QLatin1StringView suffix(ending);
        return file.endsWith(suffix) && isSqliteFile(file.chopped(suffix.size()));
    };
    // The database is looked at first: SQLite has locks on the -shm file too.
    return liesBeside("-wal") || liesBeside("-shm") || liesBeside("-journal") || liesBeside("-reserve") || isSqliteFile(file);
}
