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
static constexpr auto RetryInterval = std::chrono::milliseconds(250);

bool SqliteReserve::fill()
{
    m_size = QFileInfo(m_path).size();
    if (m_size < SizeOnSmallDisk) {
        const qint64 available = QStorageInfo(QFileInfo(m_path).absolutePath()).bytesAvailable();
        m_size = available < SmallDisk ? SizeOnSmallDisk : Size;
        QFile file(m_path);
        // No zeros, which some file systems do not store.
        const bool isWritten = file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered,
                                         QFile::ReadOwner | QFile::WriteOwner)
                            && file.write(QByteArray(m_size, 'x')) == m_size;
        file.close();
        m_isOwn = isWritten;
        if (!isWritten) {
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
    if (!m_nextTry.hasExpired())
        return;
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
