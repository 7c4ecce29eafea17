// SPDX-License-Identifier: MIT
#include "sessionkey.h"

#include "base64url_p.h"

#include <QtCore/QDebug>

namespace Sojourn {

std::optional<SessionKey> SessionKey::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != ByteCount)
        return std::nullopt;
    SessionKey key;
    std::memcpy(key.m_bytes.data(), bytes.data(), ByteCount);
    return key;
}

std::optional<SessionKey> SessionKey::fromString(QAnyStringView text)
{
    if (text.size() != TextSize)
        return std::nullopt;
    SessionKey key;
    if (!Detail::decodeBase64Url(text.toString().toLatin1(), key.m_bytes))
        return std::nullopt;
    return key;
}

QString SessionKey::toString() const
{
    return QString::fromLatin1(toLatin1());
}

QByteArray SessionKey::toLatin1() const
{
    return Detail::encodeBase64Url(bytes());
}

QDebug operator<<(QDebug debug, const SessionKey &key)
{
    const QDebugStateSaver saver(debug);
    return debug.nospace() << "SessionKey(" << key.toLatin1().constData() << ')';
}

} // namespace Sojourn
