// SPDX-License-Identifier: MIT
#include "memorystore.h"

#include <QtCore/QHash>

#include <algorithm>
#include <deque>
#include <mutex>

namespace Sojourn {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> notFound()
{
    return failure(Error::NotFound, u"There is no living session with this key."_s);
}

struct Alias
{
    SessionKey key;
    TimePoint until;
};

using Events = QVarLengthArray<SessionEvent, 2>;

} // namespace

class MemoryStorePrivate
{
public:
    SessionRecord *find(const SessionKey &key, TimePoint now)
    {
        auto it = records.find(key);
        if (it == records.end()) {
            const auto alias = aliases.constFind(key);
            if (alias == aliases.cend() || alias->until <= now)
                return nullptr;
            it = records.find(alias->key);
        }
        return it == records.end() || it->isExpired(now) ? nullptr : &*it;
    }

    QList<SessionRecord> ofUser(const QString &user, TimePoint now) const
    {
        QList<SessionRecord> found;
        for (const SessionRecord &record : records)
            if (record.user == user && !record.isExpired(now))
                found.append(record);
        std::ranges::sort(found, {}, [](const SessionRecord &r) { return std::pair(r.createdAt, r.key); });
        return found;
    }

    void drop(const SessionKey &key)
    {
        records.remove(key);
        aliases.removeIf([&key](QHash<SessionKey, Alias>::iterator alias) { return alias->key == key; });
    }

    // Makes room for one more session of the user, or fails.
    Result<void> applyCap(const QString &user, const std::optional<UserCap> &cap, const SessionKey &self, TimePoint now, Events &events)
    {
        if (user.isEmpty() || !cap)
            return {};
        QList<SessionRecord> others = ofUser(user, now);
        others.removeIf([&self](const SessionRecord &r) { return r.key == self; });
        if (others.size() < cap->limit)
            return {};
        if (cap->policy == UserCap::Refuse)
            return failure(Error::LimitReached, u"This user has as many sessions as allowed (%1). End one of them first."_s.arg(cap->limit));
        for (qsizetype i = 0; i <= others.size() - std::max(cap->limit, 1); ++i) {
            drop(others[i].key);
            events.append(removalEvent(others[i], SessionStore::Removal::Cap, now));
        }
        return {};
    }

    std::mutex mutex;
    QHash<SessionKey, SessionRecord> records;
    QHash<SessionKey, Alias> aliases;
    std::deque<SessionEvent> history;
    int historyLimit = 0;
    bool subscribed = false;
};

MemoryStore::MemoryStore(int historyLimit, QObject *parent) : SessionStore(parent), d(std::make_unique<MemoryStorePrivate>())
{
    d->historyLimit = historyLimit;
}

MemoryStore::~MemoryStore() = default;

static void tell(MemoryStore *store, MemoryStorePrivate *d, const Events &events)
{
    bool subscribed = false;
    {
        const std::lock_guard lock(d->mutex);
        subscribed = d->subscribed;
        for (const SessionEvent &e : events)
            if (e.isLifecycle())
                d->history.push_back(e);
        while (d->history.size() > size_t(d->historyLimit))
            d->history.pop_front();
    }
    for (const SessionEvent &e : events) {
        store->counters().countEvent(e.type);
        if (subscribed)
            Q_EMIT store->event(e);
    }
}

static SessionEvent eventOf(SessionEvent::Type type, const SessionInfo &info, TimePoint at)
{
    SessionEvent e;
    e.type = type;
    e.key = info.key;
    e.user = info.user;
    e.at = at;
    e.version = info.version;
    if (type == SessionEvent::Expired)
        e.reason = info.expiryReason();
    return e;
}

Task<SessionInfo> MemoryStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    const TimePoint time = now();
    if (record.isExpired(time))
        return failure(Error::Invalid, u"The session has expired already."_s);
    if (record.data.size() > sizeLimit())
        return failure(Error::TooLarge, u"The session is larger than %1 bytes."_s.arg(sizeLimit()));
    Events events;
    SessionRecord stored = record;
    stored.updateCounts();
    {
        const std::lock_guard lock(d->mutex);
        const bool taken = d->find(record.key, time);
        if (taken && mode == CreateMode::New)
            return failure(Error::Exists, u"There is a session with this key already."_s);
        if (const auto room = d->applyCap(record.user, cap, record.key, time, events); !room)
            return std::unexpected(room.error());
        if (const auto dead = d->records.constFind(record.key); dead != d->records.cend() && !taken)
            events.append(eventOf(SessionEvent::Expired, *dead, time));
        d->drop(record.key);
        d->aliases.remove(record.key);
        d->records.insert(record.key, stored);
        events.append(eventOf(taken ? SessionEvent::Changed : SessionEvent::Created, stored, time));
    }
    tell(this, d.get(), events);
    return SessionInfo(stored);
}

Task<SessionRecord> MemoryStore::load(const SessionKey &key)
{
    const std::lock_guard lock(d->mutex);
    if (const SessionRecord *record = d->find(key, now()))
        return *record;
    return notFound();
}

Task<SessionInfo> MemoryStore::update(const SessionKey &key, const SessionChange &change)
{
    return rotate(key, key, change);
}

Task<SessionInfo> MemoryStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                      std::chrono::milliseconds grace)
{
    const TimePoint time = now();
    Events events;
    SessionRecord after;
    {
        const std::lock_guard lock(d->mutex);
        SessionRecord *record = d->find(oldKey, time);
        if (!record)
            return notFound();
        const SessionRecord before = *record;
        const bool rotates = oldKey != newKey && !(grace.count() > 0 && before.key != oldKey);
        if (rotates && d->find(newKey, time))
            return failure(Error::Exists, u"There is a session with this key already."_s);
        after = before;
        const Result<bool> rose = change.applyTo(after, time, sizeLimit());
        if (!rose)
            return std::unexpected(rose.error());
        if (after.user != before.user) {
            if (const auto room = d->applyCap(after.user, change.cap, before.key, time, events); !room)
                return std::unexpected(room.error());
        }
        if (rotates) {
            after.key = newKey;
            after.version = before.version + 1;
            after.idIssuedAt = time;
            after.rotateRequested = false;
            if (grace.count() > 0) {
                for (Alias &alias : d->aliases)
                    if (alias.key == before.key)
                        alias.key = newKey;
                d->records.remove(before.key);
                d->aliases.insert(before.key, {newKey, time + grace});
            } else {
                d->drop(before.key);
            }
            SessionEvent e = eventOf(SessionEvent::Rotated, after, time);
            e.oldKey = before.key;
            events.append(e);
        } else if (*rose || before.flash != after.flash || before.csrfSecret != after.csrfSecret
                   || before.rotateRequested != after.rotateRequested) {
            events.append(eventOf(SessionEvent::Changed, after, time));
        } else if (before.lastSeenAt != after.lastSeenAt || before.expiresAt != after.expiresAt) {
            events.append(eventOf(SessionEvent::Touched, after, time));
        }
        d->records.insert(after.key, after);
    }
    tell(this, d.get(), events);
    return SessionInfo(after);
}

Task<SessionInfo> MemoryStore::remove(const SessionKey &key, Removal why)
{
    const TimePoint time = now();
    SessionInfo info;
    {
        const std::lock_guard lock(d->mutex);
        const SessionRecord *record = d->find(key, time);
        if (!record)
            return notFound();
        info = *record;
        d->drop(info.key);
    }
    tell(this, d.get(), {removalEvent(info, why, time)});
    return info;
}

Task<qint64> MemoryStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    const TimePoint time = now();
    Events events;
    {
        const std::lock_guard lock(d->mutex);
        const SessionRecord *kept = except ? d->find(*except, time) : nullptr;
        const SessionKey keptKey = kept ? kept->key : SessionKey();
        for (const SessionRecord &record : d->ofUser(user, time)) {
            if (record.key == keptKey)
                continue;
            d->drop(record.key);
            events.append(removalEvent(record, why, time));
        }
    }
    tell(this, d.get(), events);
    return qint64(events.size());
}

Task<QByteArray> MemoryStore::takeFlash(const SessionKey &key)
{
    const std::lock_guard lock(d->mutex);
    SessionRecord *record = d->find(key, now());
    if (!record)
        return notFound();
    return std::exchange(record->flash, {});
}

Task<SessionPage> MemoryStore::list(const SessionQuery &query)
{
    const TimePoint time = now();
    SessionPage page;
    if (query.quarantined)
        return page;
    const std::lock_guard lock(d->mutex);
    QList<SessionRecord> rows;
    for (const SessionRecord &record : d->records)
        if (!record.isExpired(time) && (!query.user || record.user == *query.user) && record.key.toLatin1().startsWith(query.keyPrefix))
            rows.append(record);
    const auto less = [&query](const SessionRecord &a, const SessionRecord &b) {
        const auto place = [&query](const SessionRecord &r) {
            const TimePoint at = query.order == SessionQuery::ByExpiry     ? r.expiresAt
                                 : query.order == SessionQuery::ByLastSeen ? r.lastSeenAt
                                                                           : r.createdAt;
            return std::tuple(query.order == SessionQuery::ByUser ? r.user : QString(), at, r.key);
        };
        return query.descending ? place(b) < place(a) : place(a) < place(b);
    };
    std::ranges::sort(rows, less);
    page.total = rows.size();
    qsizetype from = query.offset;
    if (!query.cursor.isEmpty()) {
        const auto last = SessionKey::fromBytes(query.cursor);
        from = 1 + std::distance(rows.begin(), std::ranges::find(rows, last.value_or(SessionKey()), &SessionRecord::key));
    }
    for (qsizetype i = from; i < rows.size() && page.records.size() < query.limit; ++i) {
        page.records.append(rows[i]);
        if (!query.withData) {
            page.records.last().data = {};
            page.records.last().flash = page.records.last().csrfSecret = {};
        }
    }
    if (from + page.records.size() < rows.size() && !page.records.isEmpty())
        page.nextCursor = page.records.last().key.bytes().toByteArray();
    return page;
}

Task<qint64> MemoryStore::count()
{
    const TimePoint time = now();
    const std::lock_guard lock(d->mutex);
    return qint64(std::ranges::count_if(d->records, [time](const SessionRecord &r) { return !r.isExpired(time); }));
}

Task<qint64> MemoryStore::removeExpired(int limit)
{
    const TimePoint time = now();
    Events events;
    {
        const std::lock_guard lock(d->mutex);
        QList<SessionRecord> expired;
        for (const SessionRecord &record : d->records)
            if (record.isExpired(time))
                expired.append(record);
        std::ranges::sort(expired, {}, &SessionRecord::expiresAt);
        expired.resize(std::min<qsizetype>(expired.size(), limit));
        for (const SessionRecord &record : expired) {
            d->drop(record.key);
            events.append(eventOf(SessionEvent::Expired, record, time));
        }
    }
    tell(this, d.get(), events);
    return qint64(events.size());
}

Task<QList<SessionEvent>> MemoryStore::history(const HistoryQuery &query)
{
    const std::lock_guard lock(d->mutex);
    QList<SessionEvent> found;
    for (auto it = d->history.rbegin(); it != d->history.rend() && found.size() < query.limit; ++it)
        if ((!query.user || it->user == *query.user) && (!query.key || it->key == *query.key || it->oldKey == *query.key))
            found.append(*it);
    return found;
}

Task<std::monostate> MemoryStore::subscribe()
{
    const std::lock_guard lock(d->mutex);
    d->subscribed = true;
    return std::monostate();
}

} // namespace Sojourn
