// SPDX-License-Identifier: MIT
#include "frame_p.h"

#include <algorithm>
#include <utility>

namespace Sojourn::Wire {

FrameReader::Status FrameReader::read(QIODevice &device, qsizetype limit)
{
    constexpr qsizetype headSize = sizeof(quint32);
    if (!m_size) {
        if (device.bytesAvailable() < headSize)
            return Incomplete;
        m_size = qFromBigEndian<quint32>(device.read(headSize).constData());
    }
    if (*m_size > limit)
        return TooLarge;
    const qsizetype missing = *m_size - m_bytes.size();
    m_bytes += device.read(std::min(missing, static_cast<qsizetype>(device.bytesAvailable())));
    return m_bytes.size() == *m_size ? Complete : Incomplete;
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
