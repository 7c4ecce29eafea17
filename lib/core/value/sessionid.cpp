// SPDX-License-Identifier: MIT
#include "sessionid.h"

#include "base64url_p.h"
#include "random_p.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDebug>
#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <cstring>
#ifdef Q_OS_UNIX
#include <pthread.h>
#endif

namespace Sojourn {

namespace {

/// Bytes of the system's generator that nobody has got yet, for one thread.
struct RandomPool
{
    std::array<quint32, 128> bytes;
    size_t used = sizeof bytes;
};

RandomPool &randomPool()
{
    thread_local RandomPool pool;
    return pool;
}

/// After fork() the child must not draw what the parent draws too. Only the thread that forked lives on in the child.
void emptyPoolsAfterFork()
{
#ifdef Q_OS_UNIX
    [[maybe_unused]] static const int registered = pthread_atfork(nullptr, nullptr,
                                                                  [] { randomPool().used = sizeof randomPool().bytes; });
#endif
}

} // namespace

void Detail::fillRandom(std::span<quint8> bytes)
{
    RandomPool &pool = randomPool();
    Q_ASSERT(bytes.size() <= sizeof pool.bytes);
    if (pool.used + bytes.size() > sizeof pool.bytes) {
        emptyPoolsAfterFork();
        QRandomGenerator::system()->fillRange(pool.bytes.data(), pool.bytes.size());
        pool.used = 0;
    }
    auto *from = reinterpret_cast<quint8 *>(pool.bytes.data()) + pool.used;
    std::copy_n(from, bytes.size(), bytes.data());
    std::fill_n(from, bytes.size(), 0);
    pool.used += bytes.size();
}

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
