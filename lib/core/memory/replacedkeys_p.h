// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionkey.h>

#include <QtCore/QHash>

#include <deque>
#include <optional>

namespace Sojourn {

/// The keys that rotations took away, each for a while. Bounded: a flood of logins pushes the oldest out early.
class ReplacedKeys
{
public:
    static constexpr qsizetype MostKeys = 65'536;

    /// \a key was taken away from a record that has \a newKey.
    void add(const SessionKey &key, const SessionKey &newKey, TimePoint now, TimePoint until)
    {
        while (!m_order.empty() && (m_order.front().until <= now || m_replaced.size() >= MostKeys)) {
            const auto oldest = m_replaced.constFind(m_order.front().key);
            if (oldest != m_replaced.cend() && oldest->until == m_order.front().until)
                m_replaced.erase(oldest);
            m_order.pop_front();
        }
        m_replaced.insert(key, {newKey, until});
        m_order.push_back({key, until});
    }
    /// \a key belongs to another record now.
    void forget(const SessionKey &key) { m_replaced.remove(key); }
    /// What the record of \a key had in its place, if it was taken away.
    [[nodiscard]] std::optional<SessionKey> newKeyOf(const SessionKey &key, TimePoint now) const
    {
        if (m_replaced.isEmpty())
            return {};
        const auto replaced = m_replaced.constFind(key);
        return replaced != m_replaced.cend() && replaced->until > now ? std::optional(replaced->key) : std::nullopt;
    }

    void moveTimes(std::chrono::milliseconds by)
    {
        for (KeyUntil &replaced : m_replaced)
            replaced.until += by;
        for (KeyUntil &replaced : m_order)
            replaced.until += by;
    }

private:
    struct KeyUntil
    {
        SessionKey key;
        TimePoint until;
    };
    QHash<SessionKey, KeyUntil> m_replaced; // an old key by the new one
    std::deque<KeyUntil> m_order;           // in the order in which they end
};

} // namespace Sojourn
