// SPDX-License-Identifier: MIT
#include "random_p.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <array>
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

} // namespace Sojourn
