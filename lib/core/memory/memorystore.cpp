// SPDX-License-Identifier: MIT
#include "memorystore.h"

#include "replacedkeys_p.h"
#include "sessiontable_p.h"
#include "store/recordrules_p.h"
#include "value/author.h"
#include "value/uptime_p.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <vector>

namespace Sojourn {

namespace {

using Id = SessionTable::Id;
using std::chrono::nanoseconds;

/// How many expired records are removed before others have their turn at the lock.
constexpr int SweptAtOnce = 100;

/// How often the wall clock is looked at, and by how much more than its clock's drift it is off after a jump.
constexpr nanoseconds WallInterval = std::chrono::milliseconds(100);
constexpr nanoseconds LeastJump = std::chrono::seconds(1);

qsizetype bytesOf(const SessionEvent &event)
{
    return qsizetype(sizeof event) + (event.user.size() + event.reason.size() + event.by.size()) * qsizetype(sizeof(QChar));
}

} // namespace

class MemoryStorePrivate
{
public:
    void remember(const SessionEvent &event);
    void follow(nanoseconds upTime, nanoseconds wallTime);

    std::mutex mutex; // guards table, replaced keys, history and the events that wait to be told
    SessionTable table;
    ReplacedKeys replaced;
    std::deque<SessionEvent> history;
    size_t historyLimit = 0;
    qsizetype historyBytes = 0;
    std::vector<SessionEvent> untold;
    bool isTelling = false; // some thread hands out the events, those that come meanwhile too
    std::atomic<bool> isSubscribed = false;
    std::atomic<qsizetype> maximumCount = 0;

    std::atomic<nanoseconds> offset = nanoseconds(0); // of the wall clock from the one that never jumps
    std::atomic<nanoseconds> followedAt = -WallInterval;
    bool hasFollowed = false;
};

void MemoryStorePrivate::remember(const SessionEvent &event)
{
    history.push_back(event);
    historyBytes += bytesOf(event);
    while (history.size() > historyLimit || (historyBytes > MemoryStore::HistoryBytes && !history.empty())) {
        historyBytes -= bytesOf(history.front());
        history.pop_front();
    }
}

/// Small steps of the wall clock are its drift. After a jump everything moves along, so that no session ends sooner or later.
void MemoryStorePrivate::follow(nanoseconds upTime, nanoseconds wallTime)
{
    const std::lock_guard lock(mutex);
    const nanoseconds step = wallTime - upTime - offset.load();
    if (hasFollowed && std::chrono::abs(step) >= LeastJump) {
        const auto jump = std::chrono::round<std::chrono::milliseconds>(step);
        table.moveTimes(jump);
        replaced.moveTimes(jump);
        for (SessionEvent &event : history)
            event.at += jump;
    }
    hasFollowed = true;
    offset = wallTime - upTime;
    followedAt = upTime;
}

namespace {

std::unexpected<Error> notFound()
{
    static const auto made = failure(Error::NotFound, Error::tr("There is no living session with this key."));
    return made;
}

std::unexpected<Error> keyIsTaken()
{
    return failure(Error::Exists, Error::tr("There is a session with this key already. Choose another key."));
}

/// One operation: holds the lock, and tells what happened after giving it back.
class Operation
{
public:
    Operation(MemoryStore *store, MemoryStorePrivate *d)
        : table(d->table), now(store->now()), m_store(store), m_d(d), m_lock(d->mutex)
    { }
    ~Operation()
    {
        const bool tells = !m_d->untold.empty() && !std::exchange(m_d->isTelling, true);
        m_lock.unlock();
        if (tells)
            tell();
    }
    Q_DISABLE_COPY_MOVE(Operation)

    void happened(SessionEvent event)
    {
        m_store->counters().countEvent(event.type);
        if (event.isLifecycle())
            m_d->remember(event);
        if (m_d->isSubscribed)
            m_d->untold.push_back(std::move(event));
    }
    void happened(SessionEvent::Type type, const SessionInfo &info)
    {
        SessionEvent event{.type = type,
                           .key = info.key,
                           .oldKey = {},
                           .user = info.user,
                           .at = now,
                           .version = info.version,
                           .reason = type == SessionEvent::Expired ? info.expiryReason() : QString()};
        Author::sign(event);
        happened(std::move(event));
    }

    /// The record has \a newKey now: a late request with \a key must be told from a stranger's.
    void rememberReplaced(const SessionKey &key, const SessionKey &newKey)
    {
        m_d->replaced.add(key, newKey, now, now + SessionStore::ReplacedKept);
    }
    /// The living record that has or had \a key, as far as that is known.
    Id findByOldKey(SessionKey key) const
    {
        Id id = table.findLiving(key, now);
        for (int steps = 0; id == SessionTable::None && steps < Detail::MostKeysFollowed; ++steps) {
            const auto newKey = m_d->replaced.newKeyOf(key, now);
            if (!newKey)
                break;
            key = *newKey;
            id = table.findLiving(key, now);
        }
        return id;
    }
    std::unexpected<Error> notFound(const SessionKey &key) const
    {
        if (m_d->replaced.newKeyOf(key, now))
            return failure(Error::Replaced, Error::tr("The session has another key by now. Use the one that replaced this."));
        return Sojourn::notFound();
    }

    void remove(Id id, SessionStore::Removal why)
    {
        happened(removalEvent(table.info(id), why, now));
        table.remove(id);
    }
    void removeExpired(Id id)
    {
        happened(SessionEvent::Expired, table.info(id));
        table.remove(id);
    }

    /// Makes room for a session of \a user beside its others, or says that there is none. \a self may be one of them.
    Result<void> makeRoom(const QString &user, const std::optional<UserCap> &cap, Id self)
    {
        if (!cap || cap->limit <= 0 || user.isEmpty())
            return {};
        std::vector<Id> others = table.ofUser(user, now);
        std::erase(others, self);
        const qsizetype tooMany = qsizetype(others.size()) + 1 - cap->limit;
        if (tooMany > 0 && cap->policy == UserCap::Refuse)
            return failure(Error::LimitReached,
                           Error::tr("This user has as many sessions as allowed (%1). End one of them first.").arg(cap->limit));
        for (qsizetype i = 0; i < std::min(tooMany, qsizetype(others.size())); ++i)
            remove(others[size_t(i)], SessionStore::Removal::Cap);
        return {};
    }

    /// Makes room for one more session in a store that has a bound.
    void makeRoomInStore()
    {
        const qsizetype most = m_d->maximumCount;
        while (most > 0 && table.count() >= most) {
            if (const Id expired = table.firstExpired(now); expired != SessionTable::None)
                removeExpired(expired);
            else
                remove(table.mostDispensable(), SessionStore::Removal::Cap);
        }
    }

    /// Frees a key that no living session has.
    void free(const SessionKey &key)
    {
        if (const Id dead = table.find(key); dead != SessionTable::None)
            removeExpired(dead);
    }
    /// The same for a key that a record is going to have.
    void take(const SessionKey &key)
    {
        free(key);
        m_d->replaced.forget(key);
    }

    SessionTable &table;
    const TimePoint now;

private:
    /// Emits the events in the order in which they happened, without the lock.
    void tell()
    {
        for (;;) {
            m_lock.lock();
            const std::vector<SessionEvent> events = std::exchange(m_d->untold, {});
            m_d->isTelling = !events.empty();
            m_lock.unlock();
            if (events.empty())
                return;
            for (const SessionEvent &event : events)
                Q_EMIT m_store->sessionEvent(event);
        }
    }

    MemoryStore *m_store;
    MemoryStorePrivate *m_d;
    std::unique_lock<std::mutex> m_lock;
};

} // namespace

MemoryStore::MemoryStore(int historyLimit, QObject *parent) : SessionStore(parent), d(std::make_unique<MemoryStorePrivate>())
{
    d->historyLimit = size_t(std::max(historyLimit, 0));
}

MemoryStore::~MemoryStore() = default;

qsizetype MemoryStore::maximumCount() const
{
    return d->maximumCount;
}

void MemoryStore::setMaximumCount(qsizetype sessions)
{
    d->maximumCount = std::max<qsizetype>(sessions, 0);
}

TimePoint MemoryStore::ownNow() const
{
    const nanoseconds up = upTime();
    if (up - d->followedAt.load(std::memory_order_relaxed) >= WallInterval)
        d->follow(up, wallTime());
    return TimePoint(std::chrono::floor<std::chrono::milliseconds>(up + d->offset.load(std::memory_order_relaxed)));
}

nanoseconds MemoryStore::wallTime() const
{
    return std::chrono::system_clock::now().time_since_epoch();
}

nanoseconds MemoryStore::upTime() const
{
    return Detail::upTime();
}

Task<SessionInfo> MemoryStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    if (const Result<void> valid = record.check(sizeLimit()); !valid)
        return std::unexpected(valid.error());
    Operation operation(this, d.get());
    if (record.isExpired(operation.now))
        return failure(Error::Invalid, Error::tr("The session has expired already. Give it a deadline in the future."));
    const Id living = operation.table.findLiving(record.key, operation.now);
    if (living != SessionTable::None && mode == CreateMode::New)
        return keyIsTaken();
    const Id old = operation.table.find(record.key); // not what a key in its grace time stands for
    const bool overwrites = old != SessionTable::None && old == living;
    if (const Result<void> room = operation.makeRoom(record.user, cap, old); !room)
        return std::unexpected(room.error());

    if (overwrites) {
        operation.table.remove(old);
    } else {
        operation.take(record.key);
        operation.makeRoomInStore();
    }
    SessionInfo info = operation.table.info(operation.table.insert(record));
    operation.happened(overwrites ? SessionEvent::Changed : SessionEvent::Created, info);
    return info;
}

Task<SessionRecord> MemoryStore::load(const SessionKey &key)
{
    const Operation operation(this, d.get());
    const Id id = operation.table.findLiving(key, operation.now);
    if (id == SessionTable::None)
        return operation.notFound(key);
    return operation.table.record(id);
}

Task<SessionInfo> MemoryStore::update(const SessionKey &key, const SessionChange &change)
{
    return merge(key, nullptr, change, {});
}

Task<SessionInfo> MemoryStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                      std::chrono::milliseconds grace)
{
    return merge(oldKey, &newKey, change, grace);
}

Task<SessionInfo> MemoryStore::merge(const SessionKey &key, const SessionKey *newKey, const SessionChange &change,
                                     std::chrono::milliseconds grace)
{
    Operation operation(this, d.get());
    const Id id = operation.table.findLiving(key, operation.now);
    if (id == SessionTable::None)
        return notFound();
    SessionRecord before = operation.table.borrowedRecord(id);
    const SessionKey ownKey = before.key;
    Result<Detail::RecordStep> step = Detail::recordAfter(std::move(before), change,
                                                          {.key = key,
                                                           .newKey = newKey ? std::optional(*newKey) : std::nullopt,
                                                           .grace = grace,
                                                           .now = operation.now,
                                                           .sizeLimit = sizeLimit()});
    if (!step)
        return std::unexpected(std::move(step.error()));
    if (step->movesKey() && operation.table.findLiving(*newKey, operation.now) != SessionTable::None)
        return keyIsTaken();
    if (step->changesUser) {
        if (const Result<void> room = operation.makeRoom(step->record.user, change.cap, id); !room)
            return std::unexpected(room.error());
    }

    if (step->endsGraces) {
        for (const SessionKey &ended : operation.table.endGraces(id, operation.now))
            operation.rememberReplaced(ended, step->record.key);
    }
    if (step->movesKey()) {
        operation.take(*newKey);
        operation.table.dropEndedGraces(operation.now);
        if (step->oldKey == Detail::RecordStep::OldKey::InGrace)
            operation.table.addGrace(id, ownKey, operation.now + grace);
        else
            operation.rememberReplaced(ownKey, *newKey);
    }
    if (step->event) {
        operation.table.replace(id, step->record);
        operation.happened(std::move(*step->event));
    }
    if (step->end) {
        operation.happened(std::move(*step->end));
        operation.table.remove(id);
    }
    return static_cast<SessionInfo &&>(step->record);
}

Task<SessionInfo> MemoryStore::remove(const SessionKey &key, Removal why)
{
    return drop(key, {}, why);
}

Task<SessionInfo> MemoryStore::removeVersion(const SessionKey &key, quint64 version, Removal why)
{
    return drop(key, version, why);
}

Task<SessionInfo> MemoryStore::drop(const SessionKey &key, std::optional<quint64> version, Removal why)
{
    Operation operation(this, d.get());
    const Id id = operation.table.findLiving(key, operation.now);
    if (id == SessionTable::None) {
        operation.free(key); // for good, even if the clock should go back
        return notFound();
    }
    const SessionInfo info = operation.table.info(id);
    if (const auto same = SessionChange::checkVersion(info.version, version); !same)
        return std::unexpected(same.error());
    operation.remove(id, why);
    return info;
}

Task<qint64> MemoryStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    if (user.isEmpty())
        return failure(Error::Invalid, Error::tr("Give the name of a user."));
    Operation operation(this, d.get());
    std::vector<Id> sessions = operation.table.ofUser(user, TimePoint::min());
    if (except)
        std::erase(sessions, operation.findByOldKey(*except));
    qint64 removed = 0;
    for (const Id id : sessions) {
        if (operation.table.info(id).isExpired(operation.now)) {
            operation.removeExpired(id); // or a clock that goes back would bring it back
        } else {
            operation.remove(id, why);
            ++removed;
        }
    }
    return removed;
}

Task<QByteArray> MemoryStore::takeFlash(const SessionKey &key)
{
    Operation operation(this, d.get());
    const Id id = operation.table.findLiving(key, operation.now);
    if (id == SessionTable::None)
        return notFound();
    QByteArray flash = operation.table.takeFlash(id);
    if (!flash.isEmpty())
        operation.happened(SessionEvent::Changed, operation.table.info(id));
    return flash;
}

Task<SessionPage> MemoryStore::list(const SessionQuery &query)
{
    if (query.quarantined) // every record here can be decoded
        return SessionPage();
    const Operation operation(this, d.get());
    return operation.table.page(query, operation.now);
}

Task<qint64> MemoryStore::count()
{
    const Operation operation(this, d.get());
    return qint64(operation.table.livingCount(operation.now));
}

Task<qint64> MemoryStore::removeExpired(int limit)
{
    qint64 removed = 0;
    for (bool more = true; more && removed < limit;) {
        Operation operation(this, d.get());
        operation.table.dropEndedGraces(operation.now);
        const qint64 pause = std::min<qint64>(removed + SweptAtOnce, limit);
        for (; more && removed < pause; removed += more) {
            const Id id = operation.table.firstExpired(operation.now);
            more = id != SessionTable::None;
            if (more)
                operation.removeExpired(id);
        }
    }
    return removed;
}

Task<QList<SessionEvent>> MemoryStore::history(const HistoryQuery &query)
{
    const std::lock_guard lock(d->mutex);
    QList<SessionEvent> found;
    for (auto event = d->history.rbegin(); event != d->history.rend() && found.size() < query.limit; ++event) {
        if ((!query.user || event->user == *query.user)
            && (!query.key || event->key == *query.key || event->oldKey == *query.key))
            found.append(*event);
    }
    return found;
}

Task<void> MemoryStore::subscribe()
{
    d->isSubscribed = true;
    return {};
}

} // namespace Sojourn
