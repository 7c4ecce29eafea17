// SPDX-License-Identifier: MIT
#include "sessionwatch_p.h"

#include <QtCore/QTimer>

namespace Sojourn {

SessionWatch::SessionWatch(std::shared_ptr<SessionStore> store, std::shared_ptr<const SessionPolicy> policy)
    : m_store(std::move(store)), m_policy(std::move(policy))
{ }

void SessionWatch::add(QObject *owner, const SessionInfo &info, std::function<void()> ended)
{
    subscribe();
    m_watched.insert_or_assign(owner, Watched{info, info.user, std::move(ended)});
    m_owners.insert(info.key, owner);
    connect(owner, &QObject::destroyed, this, [this, owner] {
        if (const auto it = m_watched.find(owner); it != m_watched.end()) {
            m_owners.remove(it->second.info.key, owner);
            m_watched.erase(it);
        }
    });
}

/// With the first session. What happens before the subscription works is seen by looking at the sessions afterwards.
void SessionWatch::subscribe()
{
    if (m_timer)
        return;
    m_timer = new QTimer(this);
    connect(m_timer, &QTimer::timeout, this, &SessionWatch::checkAll);
    m_timer->start(CheckInterval);
    connect(m_store.get(), &SessionStore::sessionEvent, this, &SessionWatch::handle);
    connect(m_store.get(), &SessionStore::eventsLost, this, &SessionWatch::checkAll);
    m_store->subscribe().then(this, [this](const Result<void> &) { checkAll(); });
}

void SessionWatch::handle(const SessionEvent &event)
{
    if (event.type == SessionEvent::Rotated && event.oldKey)
        moved(*event.oldKey, event.key);
    const auto owners = m_owners.values(event.key);
    for (const QObject *owner : owners) {
        const auto it = m_watched.find(owner);
        if (it == m_watched.end())
            continue; // one that ended has taken it along
        Watched &watched = it->second;
        switch (event.type) {
        case SessionEvent::Destroyed:
        case SessionEvent::Expired:
        case SessionEvent::Revoked:
        case SessionEvent::Quarantined:
            end(owner);
            break;
        case SessionEvent::Changed:
        case SessionEvent::Rotated:
            if (!watched.user.isEmpty() && event.user != watched.user)
                end(owner);
            else
                watched.info.user = event.user;
            break;
        case SessionEvent::Created:
        case SessionEvent::Touched:
            break;
        }
    }
}

void SessionWatch::moved(const SessionKey &from, const SessionKey &to)
{
    const auto owners = m_owners.values(from);
    m_owners.remove(from);
    for (const QObject *owner : owners) {
        m_watched.at(owner).info.key = to;
        m_owners.insert(to, owner);
    }
}

void SessionWatch::end(const QObject *owner)
{
    const auto it = m_watched.find(owner);
    m_owners.remove(it->second.info.key, owner);
    const auto ended = std::move(it->second.ended);
    m_watched.erase(it);
    ended();
}

void SessionWatch::checkAll()
{
    std::vector<QPointer<const QObject>> owners;
    for (const auto &[owner, watched] : m_watched)
        owners.emplace_back(owner);
    for (const auto &owner : owners) {
        if (owner)
            check(owner);
    }
}

void SessionWatch::check(const QObject *owner)
{
    const auto it = m_watched.find(owner);
    if (it == m_watched.end())
        return;
    const SessionKey key = it->second.info.key;
    m_store->load(key).then(this, [this, key, owner](const Result<SessionRecord> &record) {
        const auto watched = m_watched.find(owner);
        if (watched == m_watched.end() || watched->second.info.key != key)
            return;
        if (record && (watched->second.user.isEmpty() || record->user == watched->second.user)) {
            watched->second.info.user = record->user;
            if (record->key != key)
                moved(key, record->key);
        } else if (record || record.error().isAbsence()) {
            end(owner);
        }
    });
}

void SessionWatch::touch(const QObject *owner)
{
    const auto it = m_watched.find(owner);
    if (it == m_watched.end())
        return;
    SessionInfo &info = it->second.info;
    const TimePoint now = m_store->now();
    const auto interval = m_policy->touchIntervalFor(info);
    if (now - info.lastSeenAt < interval)
        return;
    info.lastSeenAt = now;
    SessionChange change;
    change.defaultIdle = m_policy->idleFor(info.user);
    change.touch = SessionChange::Touch{now, interval};
    m_store->update(info.key, change).then(this, [this, owner](const Result<SessionInfo> &touched) {
        if (!touched && touched.error().isAbsence())
            check(owner);
    });
}

} // namespace Sojourn
