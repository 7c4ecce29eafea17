// SPDX-License-Identifier: MIT
#include "sqlitereserve_p.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QStorageInfo>

namespace Sojourn {

// When a full log is written into the file this makes it grow by less, as a rule: most of what is written replaces something.
static constexpr qint64 Size = 1024 * 1024;
static constexpr qint64 SizeOnSmallDisk = Size / 4;
static constexpr qint64 SmallDisk = 16 * Size; // free bytes
static constexpr qint64 Part = 64 * 1024; // less is no help
static constexpr auto RetryInterval = std::chrono::milliseconds(250);

bool SqliteReserve::isElsewhere() const
{
    return m_neighbour != m_database->target();
}

bool SqliteReserve::fill()
{
    m_size = QFileInfo(m_path).size();
    if (m_size < SizeOnSmallDisk) {
        const qint64 available = m_size + QStorageInfo(QFileInfo(m_path).absolutePath()).bytesAvailable();
        const qint64 wanted = available < SmallDisk ? SizeOnSmallDisk : Size;
        const QByteArray part(Part, 'x'); // no zeros, which some file systems do not store
        QFile file(m_path);
        // What there is stays: on a full disk others would take what is let go for a moment.
        if (file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered, QFile::ReadOwner | QFile::WriteOwner)) {
            m_isOwn = m_isOwn || m_size == 0;
            while (m_size < wanted && file.write(part) == Part)
                m_size += Part;
            file.resize(m_size);
            file.close();
        }
        if (m_size < Part) {
            QFile::remove(m_path);
            m_size = 0;
        }
    }
    if (m_size > 0)
        m_isReleased = false;
    return m_size > 0;
}

void SqliteReserve::refill()
{
    if (isElsewhere()) {
        leave();
        m_neighbour = m_database->target();
        m_path = m_neighbour + QStringLiteral("-reserve");
        m_isOwn = m_isReleased = false;
    } else if (!m_nextTry.hasExpired()) {
        return;
    }
    m_nextTry.setRemainingTime(RetryInterval);
    fill();
}

void SqliteReserve::release()
{
    if (std::exchange(m_size, 0) > 0 && QFile::remove(m_path))
        m_isReleased = true;
}

void SqliteReserve::leave()
{
    if (m_isOwn)
        QFile::remove(m_path);
}

} // namespace Sojourn
