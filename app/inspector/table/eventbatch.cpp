// SPDX-License-Identifier: MIT
#include "eventbatch.h"

namespace Sojourn::Inspector {

void EventBatch::add(const SessionEvent &event)
{
    m_names.insert(event.key);
    if (event.oldKey)
        m_names.insert(*event.oldKey);
    switch (event.type) {
    case SessionEvent::Created:
        m_ended.remove(event.key); // undone
        m_created.insert(event.key, event);
        break;
    case SessionEvent::Changed:
    case SessionEvent::Touched:
        m_changed.insert(event.key, event);
        break;
    case SessionEvent::Rotated:
        if (!event.oldKey)
            break;
        if (m_created.remove(*event.oldKey))
            m_created.insert(event.key, event);
        m_rotated.insert(*event.oldKey, event); // a page may have brought a new session before its event
        break;
    case SessionEvent::Destroyed:
    case SessionEvent::Expired:
    case SessionEvent::Revoked:
    case SessionEvent::Quarantined:
        m_created.remove(event.key);
        m_ended.insert(event.key, event);
        break;
    }
}

SessionKey EventBatch::keyNow(const SessionKey &key) const
{
    SessionKey now = key;
    for (qsizetype steps = m_rotated.size(); steps > 0; --steps) {
        const auto next = m_rotated.constFind(now);
        if (next == m_rotated.cend())
            break;
        now = next->key;
    }
    return now;
}

const SessionEvent *EventBatch::ending(const SessionKey &key) const
{
    const auto it = m_ended.constFind(key);
    return it == m_ended.cend() ? nullptr : &*it;
}

} // namespace Sojourn::Inspector
