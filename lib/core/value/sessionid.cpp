// SPDX-License-Identifier: MIT
#include "sessionid.h"

#include "base64url_p.h"
#include "random_p.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDebug>

#include <cstring>

namespace Sojourn {

SessionId SessionId::generate()
{
    SessionId id;
    Detail::fillRandom(id.m_bytes);
    return id;
}

std::optional<SessionId> SessionId::fromCookieValue(QByteArrayView cookieValue)
{
    SessionId id;
    if (!Detail::decodeBase64Url(cookieValue, id.m_bytes))
        return std::nullopt;
    return id;
}

QByteArray SessionId::toCookieValue() const
{
    return Detail::encodeBase64Url(QByteArrayView(m_bytes.data(), ByteCount));
}

SessionKey SessionId::key() const
{
    // A browser sends the same id again and again, and SHA-256 takes longer than the rest of a look-up.
    struct Known
    {
        SessionId id;
        SessionKey key;
    };
    thread_local std::array<Known, 512> recent;

    quint32 slot;
    std::memcpy(&slot, m_bytes.data(), sizeof slot);
    Known &known = recent[slot % recent.size()];
    if (known.id != *this || known.key.isNull()) {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(QByteArrayView(m_bytes.data(), ByteCount));
        known.id = *this;
        known.key = *SessionKey::fromBytes(hash.result());
    }
    return known.key;
}

QDebug operator<<(QDebug debug, const SessionId &)
{
    const QDebugStateSaver saver(debug);
    return debug.nospace() << "SessionId(hidden)";
}

} // namespace Sojourn
