// SPDX-License-Identifier: MIT
#include "frame_p.h"

#include <algorithm>
#include <utility>

namespace Sojourn::Wire {

FrameReader::Status FrameReader::read(QIODevice &device, qsizetype limit)
{
    constexpr qsizetype headSize = sizeof(quint32);
    // Takes all that there is of it: who waits for more finds the device empty.
    const auto take = [&](qsizetype size) {
        const qsizetype some = std::min(size - m_bytes.size(), static_cast<qsizetype>(device.bytesAvailable()));
        if (some > 0)
            m_bytes += device.read(some);
        return m_bytes.size() == size;
    };
    if (!m_size) {
        if (!take(headSize))
            return Incomplete;
        m_size = qFromBigEndian<quint32>(std::exchange(m_bytes, {}).constData());
    }
    if (*m_size > limit)
        return TooLarge;
    return take(*m_size) ? Complete : Incomplete;
}

QByteArray FrameReader::takePayload()
{
    m_size.reset();
    return std::exchange(m_bytes, {});
}

void FrameReader::reset()
{
    m_size.reset();
    m_bytes.clear();
}

} // namespace Sojourn::Wire
