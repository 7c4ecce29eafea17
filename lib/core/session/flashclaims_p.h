// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionkey.h>

#include <QtCore/QHash>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
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
        const auto earlier = m_taken.constFind(key);
        if (earlier != m_taken.cend() && earlier->moment > readAt)
            return false;
        if (m_taken.size() >= m_cleanedAt) {
            m_taken.removeIf([oldest = Clock::now() - Kept](auto claim) { return claim.value().at < oldest; });
            m_cleanedAt = std::max(MostClaims, 2 * m_taken.size());
        }
        m_taken.insert(key, Pending);
        return true;
    }
    /// The claimed values were taken from the store.
    void taken(const SessionKey &key)
    {
        const std::lock_guard lock(m_mutex);
        m_taken.insert(key, {++m_moment, Clock::now()});
    }
    /// The claimed values are still in the store, for the next request.
    void released(const SessionKey &key)
    {
        const std::lock_guard lock(m_mutex);
        m_taken.remove(key);
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Taking
    {
        quint64 moment;
        Clock::time_point at;
    };
    static constexpr Taking Pending{std::numeric_limits<quint64>::max(), Clock::time_point::max()};
    static constexpr std::chrono::minutes Kept{5}; ///< longer than requests take
    static constexpr qsizetype MostClaims = 1000;

    std::mutex m_mutex;
    std::atomic<quint64> m_moment = 0;
    QHash<SessionKey, Taking> m_taken;
    qsizetype m_cleanedAt = MostClaims; // so many claims: time to let old ones go
};

} // namespace Sojourn
