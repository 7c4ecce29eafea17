// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QStringList>

/// What the file of a database is called, if \a path is that or one that SQLite or Sojourn keeps beside it.
[[nodiscard]] inline QStringList possibleDatabases(const QString &path)
{
    QStringList databases{path};
    for (const char *ending : {"-wal", "-shm", "-journal", "-reserve"}) {
        if (const QLatin1StringView suffix(ending); path.endsWith(suffix))
            databases.append(path.chopped(suffix.size()));
    }
    return databases;
}
