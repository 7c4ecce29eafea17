// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionEvent>

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace Sojourn::Inspector {

/// What happened to each session since the table was brought up to date.
class EventBatch
{
public:
    void add(const SessionEvent &event);
    [[nodiscard]] bool isEmpty() const
    {
        return m_ended.isEmpty() && m_rotated.isEmpty() && m_changed.isEmpty() && m_created.isEmpty();
    }
    /// About how many sessions it tells.
    [[nodiscard]] qsizetype size() const { return m_names.size(); }
    /// Whether there are more or fewer sessions than before.
    [[nodiscard]] bool changesCount() const { return !m_ended.isEmpty() || !m_created.isEmpty(); }

    /// Whether any event is about the session of \a key: of most it is not, and nothing else need be asked.
    [[nodiscard]] bool names(const SessionKey &key) const { return m_names.contains(key); }
    /// The key that the session has now.
    [[nodiscard]] SessionKey keyNow(const SessionKey &key) const;
    /// The event that ended the session with this key, or null.
    [[nodiscard]] const SessionEvent *ending(const SessionKey &key) const;
    [[nodiscard]] bool isChanged(const SessionKey &key) const { return m_changed.contains(key); }
    /// Whether anything happened to the session that \a version of it does not have yet.
    [[nodiscard]] bool isNewerThan(quint64 version, const SessionKey &key) const
    {
        const auto change = m_changed.constFind(key);
        return change != m_changed.constEnd() && (change->type != SessionEvent::Changed || change->version > version);
    }

    /// By the key at the end of the batch, but rotations by the key before each.
    [[nodiscard]] const QHash<SessionKey, SessionEvent> &ended() const { return m_ended; }
    [[nodiscard]] const QHash<SessionKey, SessionEvent> &rotated() const { return m_rotated; }
    [[nodiscard]] const QHash<SessionKey, SessionEvent> &changed() const { return m_changed; }
    [[nodiscard]] const QHash<SessionKey, SessionEvent> &created() const { return m_created; }

private:
    QHash<SessionKey, SessionEvent> m_ended, m_rotated, m_changed, m_created;
    QSet<SessionKey> m_names;
};

} // namespace Sojourn::Inspector
