// SPDX-License-Identifier: MIT
#pragma once

#include "sqlitefile_p.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QString>

namespace Sojourn {

/// A file beside the database that takes up some room on its disk while the database is in use. SQLite needs room to delete
/// something too: when the disk is full, this is given back so that sessions can still be ended.
class SqliteReserve
{
public:
    explicit SqliteReserve(std::shared_ptr<SqliteFile> database) : m_database(std::move(database)) { }

    /// Takes the room up if it is not there. \return whether it is.
    bool fill();
    /// The same, now and then only: another process may have given it back, or there may be room again.
    void refill();
    /// Whether the database is not the one that it was beside at the last refill(): a symbolic link may be made to lead
    /// elsewhere.
    [[nodiscard]] bool isElsewhere() const;
    /// Gives the room back.
    void release();
    /// At the end: removes the file, unless another process has made it and may go on.
    void leave();
    /// In bytes, 0 if it is not there.
    [[nodiscard]] qint64 size() const { return m_size; }
    /// Whether it was given back and could not be taken up again.
    [[nodiscard]] bool isReleased() const { return m_isReleased; }

private:
    std::shared_ptr<SqliteFile> m_database;
    QString m_neighbour; // empty before the first refill()
    QString m_path;
    qint64 m_size = 0;
    bool m_isOwn = false; // it was made here
    bool m_isReleased = false;
    QDeadlineTimer m_nextTry{0};
};

} // namespace Sojourn
