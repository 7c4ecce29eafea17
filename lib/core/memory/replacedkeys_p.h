// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionkey.h>

#include <QtCore/QHash>

#include <deque>

namespace Sojourn {

/// The keys that rotations took away, each for a while. Bounded: a flood of logins pushes the oldest out early.
class ReplacedKeys
{
public:
    static constexpr qsizetype MostKeys = 65'536;

    void add(const SessionKey &key, TimePoint now, TimePoint until)
    {
        while (!m_order.empty() && (m_order.front().until <= now || m_until.size() >= MostKeys)) {
            const auto oldest = m_until.constFind(m_order.front().key);
            if (oldest != m_until.cend() && *oldest == m_order.front().until)
                m_until.erase(oldest);
            m_order.pop_front();
        }
        m_until.insert(key, until);
        m_order.push_back({key, until});
    }
    [[nodiscard]] bool contains(const SessionKey &key, TimePoint now) const
    {
        if (m_until.isEmpty())
            return false;
        const auto until = m_until.constFind(key);
        return until != m_until.cend() && *until > now;
    }

    void moveTimes(std::chrono::milliseconds by)
    {
        for (TimePoint &until : m_until)
            until += by;
        for (Replaced &replaced : m_order)
            replaced.until += by;
    }

private:
    struct Replaced
    {
        SessionKey key;
        TimePoint until;
    };
    QHash<SessionKey, TimePoint> m_until;
    std::deque<Replaced> m_order; // in the order in which they end
};

} // namespace Sojourn
