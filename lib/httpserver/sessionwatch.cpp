// SPDX-License-Identifier: MIT
#include "sessionwatch_p.h"

#include <QtCore/QTimer>

#include <algorithm>

namespace Sojourn {

SessionWatch::SessionWatch(std::shared_ptr<SessionStore> store, std::shared_ptr<const SessionPolicy> policy)
    : m_store(std::move(store)), m_policy(std::move(policy))
{ }

void SessionWatch::add(QObject *owner, const SessionInfo &info, std::function<void()> ended)
{
    subscribe();
    const bool mayHaveEnded = bool(ended); // since its record was loaded, which may have been long ago
    m_watched.insert_or_assign(owner, Watched{info, std::move(ended)});
    m_owners.insert(info.key, owner);
    connect(owner, &QObject::destroyed, this, [this, owner] {
        if (const auto it = m_watched.find(owner); it != m_watched.end()) {
            m_owners.remove(it->second.info.key, owner);
            m_watched.erase(it);
        }
    });
    if (mayHaveEnded)
        check(owner);
}

/// With the first session. What happens before the subscription works is seen by looking at the sessions afterwards.
void SessionWatch::subscribe()
{
    if (!m_timer) {
        m_timer = new QTimer(this);
        connect(m_timer, &QTimer::timeout, this, [this] {
            subscribe();
            checkAll();
        });
        m_timer->start(CheckInterval);
        connect(m_store.get(), &SessionStore::sessionEvent, this, &SessionWatch::handle);
        connect(m_store.get(), &SessionStore::eventsLost, this, &SessionWatch::checkAll);
        connect(m_store.get(), &SessionStore::availabilityChanged, this, [this](bool available) {
            if (available)
                subscribe();
        });
    }
    if (std::exchange(m_isSubscribed, true))
        return;
    m_store->subscribe().then(this, [this](const Result<void> &subscribed) {
        m_isSubscribed = subscribed.has_value(); // or it is tried again
        checkAll();
    });
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
            follow(owner, watched, event);
            break;
        case SessionEvent::Created: // late news, or it was overwritten
            check(owner);
            break;
        case SessionEvent::Touched:
            break;
        }
    }
}

/// Whether its session belongs to another user with \a user.
bool SessionWatch::passesOn(const Watched &watched, const QString &user)
{
    return !watched.info.user.isEmpty() && user != watched.info.user;
}

void SessionWatch::follow(const QObject *owner, Watched &watched, const SessionEvent &event)
{
    if (event.version <= watched.info.version) { // it tells of what the record was before, or of one in its place
        if (passesOn(watched, event.user))
            check(owner);
        return;
    }
    if (passesOn(watched, event.user)) {
        end(owner);
        return;
    }
    watched.info.user = event.user;
    watched.info.version = event.version;
    watched.isStale = true;
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
    if (ended)
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

void SessionWatch::check(const QObject *owner, Then then)
{
    const auto it = m_watched.find(owner);
    if (it == m_watched.end())
        return;
    const SessionKey key = it->second.info.key;
    const quint64 version = it->second.info.version;
    it->second.isStale = false;
    m_store->load(key).then(this, [=, this](const Result<SessionRecord> &record) {
        const auto found = m_watched.find(owner);
        if (found == m_watched.end() || found->second.info.key != key)
            return;
        Watched &watched = found->second;
        if (!record) {
            watched.isStale = true;
            if (record.error().isAbsence())
                lookForSuccessor(owner, key);
            return;
        }
        if (watched.info.version == version) { // or an event has told more meanwhile
            if (passesOn(watched, record->user)) {
                end(owner);
                return;
            }
            if (record->key != key)
                moved(key, record->key);
            watched.info = *record;
        }
        if (then == Then::Touch)
            touch(owner);
    });
}

/// Ends \a owner if its session is gone: it may have a fresh id, of which no event has come.
void SessionWatch::lookForSuccessor(const QObject *owner, const SessionKey &key)
{
    HistoryQuery query;
    query.key = key;
    m_store->history(query).then(this, [=, this](const Result<QList<SessionEvent>> &events) {
        const auto found = m_watched.find(owner);
        if (!events || found == m_watched.end() || found->second.info.key != key)
            return; // it is looked at again later
        const auto rotated = std::ranges::find_if(*events, [&key](const SessionEvent &event) {
            return event.type == SessionEvent::Rotated && event.oldKey == key;
        });
        if (rotated == events->end())
            return end(owner);
        moved(key, rotated->key);
        check(owner);
    });
}

void SessionWatch::touch(const QObject *owner)
{
    const auto it = m_watched.find(owner);
    if (it == m_watched.end())
        return;
    if (it->second.isStale) { // its idle time may be another one
        check(owner, Then::Touch);
        return;
    }
    SessionInfo &info = it->second.info;
    const TimePoint now = m_store->now();
    const auto interval = m_policy->touchIntervalFor(info);
    // A clock that was set back says nothing about how long ago that was.
    if (now >= info.lastSeenAt && now - info.lastSeenAt < interval)
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
