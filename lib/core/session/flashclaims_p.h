// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionkey.h>

#include <QtCore/QHash>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>

namespace Sojourn {

/// Which requests of this process were handed flash values that they take from the store only when they commit, so that no
/// overlapping request is handed the same ones. Thread-safe.
class FlashClaims
{
public:
    static FlashClaims &instance()
    {
        static FlashClaims claims;
        return claims;
    }

    /// Rises whenever values were taken.
    [[nodiscard]] quint64 moment() const { return m_moment; }
    /// Whether the caller, who began to load the record at \a readAt, may hand out its flash values: nobody else has or had them.
    [[nodiscard]] bool claim(const SessionKey &key, quint64 readAt)
    {
        const std::lock_guard lock(m_mutex);
        Taking &taking = *of(key);
        if (taking.isPending || taking.moment > readAt)
            return false;
        taking.isPending = true;
        return true;
    }
    /// The claimed values were taken from the store.
    void taken(const SessionKey &key)
    {
        const std::lock_guard lock(m_mutex);
        *of(key) = {.moment = ++m_moment, .at = Clock::now()};
    }
    /// The claimed values are still in the store, for the next request.
    void released(const SessionKey &key)
    {
        const std::lock_guard lock(m_mutex);
        of(key)->isPending = false;
    }
    /// The record of \a from has got the key \a to. Its values are claimed under either, if it \a hasFlash or somebody asked.
    void moved(const SessionKey &from, const SessionKey &to, bool hasFlash)
    {
        const std::lock_guard lock(m_mutex);
        if (hasFlash || m_takings.contains(from))
            m_takings.insert(to, of(from));
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Taking
    {
        quint64 moment = 0; ///< when values were taken last
        Clock::time_point at = Clock::now();
        bool isPending = false; ///< somebody has them and has not taken them yet
    };

    std::shared_ptr<Taking> of(const SessionKey &key)
    {
        if (const auto known = m_takings.constFind(key); known != m_takings.cend())
            return *known;
        if (m_takings.size() >= m_cleanedAt) {
            m_takings.removeIf([oldest = Clock::now() - Kept](auto entry) {
                return !entry.value()->isPending && entry.value()->at < oldest;
            });
            m_cleanedAt = std::max(MostClaims, 2 * m_takings.size());
        }
        return *m_takings.insert(key, std::make_shared<Taking>());
    }

    static constexpr std::chrono::minutes Kept{5}; ///< longer than requests take
    static constexpr qsizetype MostClaims = 1000;

    std::mutex m_mutex;
    std::atomic<quint64> m_moment = 0;
    QHash<SessionKey, std::shared_ptr<Taking>> m_takings; // one for all keys that a record had
    qsizetype m_cleanedAt = MostClaims; // so many claims: time to let old ones go
};

} // namespace Sojourn
