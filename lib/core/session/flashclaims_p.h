// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionkey.h>

#include <QtCore/QHash>

#include <algorithm>
#include <chrono>
#include <mutex>

namespace Sojourn {

/// Which requests of this process were handed flash values that they take from the store only when they commit, so that no
/// overlapping request is handed the same ones. Thread-safe.
class FlashClaims
{
public:
    using Clock = std::chrono::steady_clock;

    static FlashClaims &instance()
    {
        static FlashClaims claims;
        return claims;
    }

    /// Whether the caller, who loaded the record \a loadedAt, may hand out its flash values: nobody else has or had them.
    [[nodiscard]] bool claim(const SessionKey &key, Clock::time_point loadedAt)
    {
        const std::lock_guard lock(m_mutex);
        const auto earlier = m_takenAt.constFind(key);
        if (earlier != m_takenAt.cend() && *earlier >= loadedAt)
            return false;
        if (m_takenAt.size() >= m_cleanedAt) {
            m_takenAt.removeIf([oldest = Clock::now() - Kept](auto claim) { return claim.value() < oldest; });
            m_cleanedAt = std::max(MostClaims, 2 * m_takenAt.size());
        }
        m_takenAt.insert(key, Pending);
        return true;
    }
    /// The claimed values were taken from the store.
    void taken(const SessionKey &key)
    {
        const std::lock_guard lock(m_mutex);
        m_takenAt.insert(key, Clock::now());
    }
    /// The claimed values are still in the store, for the next request.
    void released(const SessionKey &key)
    {
        const std::lock_guard lock(m_mutex);
        m_takenAt.remove(key);
    }

private:
    static constexpr Clock::time_point Pending = Clock::time_point::max();
    static constexpr std::chrono::minutes Kept{5}; ///< longer than requests take
    static constexpr qsizetype MostClaims = 1000;

    std::mutex m_mutex;
    QHash<SessionKey, Clock::time_point> m_takenAt;
    qsizetype m_cleanedAt = MostClaims; // so many claims: time to let old ones go
};

} // namespace Sojourn
