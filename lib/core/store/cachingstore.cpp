// SPDX-License-Identifier: MIT
#include "cachingstore.h"

#include <Sojourn/uptime_p.h>

#include <tuple>

namespace Sojourn {

/// A subscription that failed is tried again with a load after this time, if no signal said before that the store is back.
static constexpr std::chrono::milliseconds RetryInterval = std::chrono::seconds(1);

CachingStore::Kept::Kept(SessionRecord theRecord, std::chrono::nanoseconds whenAsked, TimePoint whenAskedOfStore,
                         KeysOfUsers &index)
    : record(std::move(theRecord)), askedAt(whenAsked), askedAtOfStore(whenAskedOfStore), m_index(index)
{
    if (!record.user.isEmpty())
        m_index[record.user].insert(record.key);
}

CachingStore::Kept::~Kept()
{
    const auto keys = m_index.find(record.user);
    if (keys != m_index.end() && keys->remove(record.key) && keys->isEmpty())
        m_index.erase(keys);
}

CachingStore::CachingStore(std::shared_ptr<SessionStore> back, qsizetype maximumBytes, QObject *parent)
    : StoreWrapper(std::move(back), parent), m_cache(maximumBytes), m_life(std::make_shared<bool>())
{
    connect(&inner(), &SessionStore::sessionEvent, this, [this](const SessionEvent &event) {
        forget(event.key);
        if (event.oldKey)
            forget(*event.oldKey);
        if (m_isSubscribed)
            Q_EMIT this->sessionEvent(event);
    });
    connect(&inner(), &SessionStore::eventsLost, this, [this] {
        resubscribe();
        Q_EMIT eventsLost();
    });
    connect(&inner(), &SessionStore::availabilityChanged, this, [this](bool available) {
        resubscribe();
        Q_EMIT availabilityChanged(available);
    });
    resubscribe();
}

CachingStore::~CachingStore() = default;

/// \a task, with \a done(Result<T>) called before its answer goes on, as long as this store lives.
template<class T, class F>
Task<T> CachingStore::andThen(Task<T> task, F &&done)
{
    return task.then([life = std::weak_ptr(m_life), done = std::forward<F>(done)](Result<T> result) mutable {
        if (!life.expired())
            done(result);
        return result;
    });
}

// A load and a write, or an event, can be under way at once and end in any order. So whatever makes a record doubtful also casts
// doubt on the loads of its key that have not ended: their answer is good for who asked, but is not kept. A write does so twice:
// when it begins, and when it has ended, for the loads that began meanwhile.

Task<SessionRecord> CachingStore::load(const SessionKey &key)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (const Kept *kept = m_cache.object(key)) {
        if (isFresh(*kept))
            return kept->record;
        forget(key); // another process may have moved its deadline a moment ago
    }
    if (!m_isCoherent && m_nextAttempt.hasExpired())
        resubscribe();

    Loading &loading = m_loading[key];
    ++loading.count;
    const bool isSure = m_isCoherent;
    const auto doubts = loading.doubts;
    const auto askedAt = Detail::upTime();
    const TimePoint askedAtOfStore = now();
    return andThen(inner().load(key), [=, this](const Result<SessionRecord> &record) {
        const auto ended = m_loading.find(key);
        // A key in its grace time is not kept: events name only the record's own.
        if (record && record->key == key && isSure && ended->doubts == doubts)
            m_cache.insert(key, new Kept(*record, askedAt, askedAtOfStore, m_keysOfUsers), record->memoryUse());
        if (--ended->count == 0)
            m_loading.erase(ended);
    });
}

Task<SessionInfo> CachingStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    if (!isUsedHere())
        return foreignThreadError();
    forget(record.key);
    return andThen(inner().create(record, cap, mode),
                   [this, key = record.key, evictsFrom = cap ? record.user : QString()](const auto &) {
                       forget(key);
                       forgetUser(evictsFrom);
                   });
}

Task<SessionInfo> CachingStore::update(const SessionKey &key, const SessionChange &change)
{
    if (!isUsedHere())
        return foreignThreadError();
    forget(key);
    return andThen(inner().update(key, change),
                   [this, key, evictsFrom = change.cap ? change.user : std::nullopt](const Result<SessionInfo> &info) {
                       forget(info ? info->key : key);
                       forgetUser(evictsFrom.value_or(QString()));
                   });
}

Task<SessionInfo> CachingStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                       std::chrono::milliseconds grace)
{
    if (!isUsedHere())
        return foreignThreadError();
    forget(oldKey);
    return andThen(inner().rotate(oldKey, newKey, change, grace),
                   [this, oldKey, newKey, evictsFrom = change.cap ? change.user : std::nullopt](const Result<SessionInfo> &info) {
                       forget(oldKey);
                       forget(newKey);
                       if (info)
                           forget(info->key);
                       forgetUser(evictsFrom.value_or(QString()));
                   });
}

Task<SessionInfo> CachingStore::remove(const SessionKey &key, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    forget(key);
    return andThen(inner().remove(key, why), [this, key](const Result<SessionInfo> &info) { forget(info ? info->key : key); });
}

Task<SessionInfo> CachingStore::removeVersion(const SessionKey &key, quint64 version, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    forget(key);
    return andThen(inner().removeVersion(key, version, why),
                   [this, key](const Result<SessionInfo> &info) { forget(info ? info->key : key); });
}

Task<qint64> CachingStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    return andThen(inner().removeUser(user, except, why), [this, user](const auto &) { forgetUser(user); });
}

Task<QByteArray> CachingStore::takeFlash(const SessionKey &key)
{
    if (!isUsedHere())
        return foreignThreadError();
    forget(key);
    return andThen(inner().takeFlash(key), [this, key](const auto &) { forget(key); });
}

Task<void> CachingStore::subscribe()
{
    if (!isUsedHere())
        return foreignThreadError();
    m_isSubscribed = true;
    return inner().subscribe();
}

bool CachingStore::isFresh(const Kept &kept) const
{
    const TimePoint time = now();
    return !kept.record.isExpired(time) && time - kept.askedAtOfStore < m_maximumAge
        && Detail::upTime() - kept.askedAt < m_maximumAge;
}

void CachingStore::forget(const SessionKey &key)
{
    m_cache.remove(key);
    if (const auto loading = m_loading.find(key); loading != m_loading.end())
        ++loading->doubts;
}

void CachingStore::forgetUser(const QString &user)
{
    if (user.isEmpty())
        return;
    const auto keys = m_keysOfUsers.take(user);
    for (const SessionKey &key : keys)
        m_cache.remove(key);
    for (Loading &loading : m_loading) // whose they are is not known yet
        ++loading.doubts;
}

void CachingStore::forgetAll()
{
    m_cache.clear();
    for (Loading &loading : m_loading)
        ++loading.doubts;
}

void CachingStore::resubscribe()
{
    m_isCoherent = false;
    forgetAll();
    m_nextAttempt.setRemainingTime(RetryInterval + timeout());
    std::ignore = andThen(inner().subscribe(), [this, attempt = ++m_subscription](const Result<void> &subscribed) {
        if (subscribed && attempt == m_subscription)
            m_isCoherent = true;
    });
}

} // namespace Sojourn
