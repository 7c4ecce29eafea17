// SPDX-License-Identifier: MIT
#include "realmstore.h"

#include "value/author.h"

#include <QtCore/QSet>

#include <mutex>

using namespace Qt::StringLiterals;

namespace Sojourn {

/// Who belongs to a realm, and what users are called inside and in the store. Outlives its store while answers are under way. May
/// be used in any thread.
class RealmStore::Realm
{
public:
    explicit Realm(const QString &name) : m_name(name), m_prefix(name + u'/') { }

    QString storedUser(const QString &user) const { return user.isEmpty() ? QString() : m_prefix + user; }
    bool hasUser(const QString &stored) const { return stored.startsWith(m_prefix); }
    QString ownUser(const QString &stored) const { return hasUser(stored) ? stored.sliced(m_prefix.size()) : stored; }

    /// \a visit as it is stored.
    QByteArray mark(const QByteArray &visit) const
    {
        if (!Detail::checkVisit(visit))
            return visit; // which the store refuses
        VisitFacts facts = VisitFacts::fromText(visit);
        facts.realm = m_name;
        return facts.toText();
    }
    bool has(const SessionInfo &info) const { return info.visitFacts().realm == m_name; }
    /// Makes of \a info, as it is stored, what the application sees.
    void unmark(SessionInfo &info) const
    {
        info.user = ownUser(info.user);
        VisitFacts facts = info.visitFacts();
        facts.realm.clear();
        info.visit = facts.toText();
    }

    // A key that was ours once always is: realms never change, and keys do not come twice.
    void remember(const SessionKey &key)
    {
        constexpr qsizetype most = 10'000;
        const std::lock_guard lock(m_mutex);
        if (m_keys.size() >= most)
            m_keys.clear();
        m_keys.insert(key);
    }
    bool remembers(const SessionKey &key) const
    {
        const std::lock_guard lock(m_mutex);
        return m_keys.contains(key);
    }

    SessionChange stored(SessionChange change) const
    {
        if (change.user)
            change.user = storedUser(*change.user);
        return change;
    }

    /// The state of a session of ours, as the store told it.
    Result<SessionInfo> own(Result<SessionInfo> info)
    {
        if (info) {
            remember(info->key);
            unmark(*info);
        }
        return info;
    }

    /// Whether users of this realm did it, or nobody knows who; then \a event tells of them by their own names.
    bool takeIn(SessionEvent &event) const
    {
        if (!event.user.isEmpty() && !hasUser(event.user))
            return false;
        event.user = ownUser(event.user);
        return true;
    }

private:
    const QString m_name;
    const QString m_prefix;
    mutable std::mutex m_mutex;
    QSet<SessionKey> m_keys;
};

/// So many events of all realms are looked at for those of one.
static constexpr int MostEvents = 1'000'000;

static std::unexpected<Error> notOurs()
{
    return failure(Error::NotFound, Error::tr("There is no living session with this key."));
}

RealmStore::RealmStore(const QString &realm, std::shared_ptr<SessionStore> store, QObject *parent)
    : StoreWrapper(std::move(store), parent), m_realm(std::make_shared<Realm>(realm))
{
    connect(&inner(), &SessionStore::sessionEvent, this, [this](SessionEvent event) {
        if (m_realm->takeIn(event))
            Q_EMIT sessionEvent(event);
    });
    connect(&inner(), &SessionStore::availabilityChanged, this, &SessionStore::availabilityChanged);
    connect(&inner(), &SessionStore::eventsLost, this, &SessionStore::eventsLost);
}

RealmStore::~RealmStore() = default;

bool RealmStore::isRealm(const QString &name)
{
    return !name.isEmpty() && name.size() <= 64 && !name.contains(u'/') && name.isValidUtf16();
}

qsizetype RealmStore::userOverhead(const QString &realm)
{
    return realm.toUtf8().size() + 1;
}

/// Makes \a call for the session of \a key, if it is one of this realm.
template<class Call>
std::invoke_result_t<Call> RealmStore::ifOurs(const SessionKey &key, Call call)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (m_realm->remembers(key))
        return call();
    return inner().load(key).then([realm = m_realm, key, author = Author::current(),
                                   call = std::move(call)](Result<SessionRecord> record) mutable -> std::invoke_result_t<Call> {
        if (!record)
            return std::unexpected(std::move(record.error()));
        if (!realm->has(*record))
            return notOurs();
        realm->remember(key);
        const Author::Scope scope(author);
        return call();
    });
}

/// The same for what answers the state of the session afterwards.
template<class Call>
Task<SessionInfo> RealmStore::changeOurs(const SessionKey &key, Call call)
{
    return ifOurs(key, std::move(call)).then([realm = m_realm](Result<SessionInfo> info) { return realm->own(std::move(info)); });
}

Task<SessionInfo> RealmStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    SessionRecord stored = record;
    stored.user = m_realm->storedUser(record.user);
    stored.visit = m_realm->mark(record.visit);
    return StoreWrapper::create(stored, cap, mode).then([realm = m_realm](Result<SessionInfo> info) {
        return realm->own(std::move(info));
    });
}

Task<SessionRecord> RealmStore::load(const SessionKey &key)
{
    return StoreWrapper::load(key).then([realm = m_realm, store = sharedInner(),
                                         key](Result<SessionRecord> record) -> Task<SessionRecord> {
        if (!record && record.error() == Error::Replaced && !realm->remembers(key))
            return replacedElsewhere(store, realm, key, std::move(record.error()));
        if (!record)
            return record;
        if (!realm->has(*record))
            return notOurs();
        realm->remember(key);
        realm->remember(record->key);
        realm->unmark(*record);
        return record;
    });
}

/// What a \a key that was \a replaced is here: unknown, if the history has it with a user of another realm.
Task<SessionRecord> RealmStore::replacedElsewhere(const std::shared_ptr<SessionStore> &store, const std::shared_ptr<Realm> &realm,
                                                  const SessionKey &key, Error replaced)
{
    return store->history({.user = {}, .key = key, .limit = 1})
        .then([realm, replaced = std::move(replaced)](Result<QList<SessionEvent>> events) -> Result<SessionRecord> {
            if (events && !events->isEmpty() && !realm->takeIn(events->first()))
                return notOurs();
            return std::unexpected(replaced);
        });
}

Task<SessionInfo> RealmStore::update(const SessionKey &key, const SessionChange &change)
{
    return changeOurs(key, [store = sharedInner(), key, change = m_realm->stored(change)] { return store->update(key, change); });
}

Task<SessionInfo> RealmStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                     std::chrono::milliseconds grace)
{
    return changeOurs(oldKey, [store = sharedInner(), oldKey, newKey, grace, change = m_realm->stored(change)] {
        return store->rotate(oldKey, newKey, change, grace);
    });
}

/// Makes \a call, which removes the session of \a key. One that has expired ends for good, whatever its realm, as sweeping does
/// not ask for that either.
template<class Call>
Task<SessionInfo> RealmStore::removeOurs(const SessionKey &key, Call call)
{
    constexpr quint64 ofNoneThatLives = 0;
    return changeOurs(key, std::move(call))
        .then([store = sharedInner(), key, author = Author::current()](Result<SessionInfo> info) -> Task<SessionInfo> {
            if (info || info.error() != Error::NotFound)
                return info;
            const Author::Scope scope(author);
            return store->removeVersion(key, ofNoneThatLives, Removal::Destroyed).then([](const Result<SessionInfo> &) {
                return Result<SessionInfo>(notOurs());
            });
        });
}

Task<SessionInfo> RealmStore::remove(const SessionKey &key, Removal why)
{
    return removeOurs(key, [store = sharedInner(), key, why] { return store->remove(key, why); });
}

Task<SessionInfo> RealmStore::removeVersion(const SessionKey &key, quint64 version, Removal why)
{
    return removeOurs(key, [store = sharedInner(), key, version, why] { return store->removeVersion(key, version, why); });
}

Task<qint64> RealmStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    return StoreWrapper::removeUser(m_realm->storedUser(user), except, why);
}

Task<QByteArray> RealmStore::takeFlash(const SessionKey &key)
{
    return ifOurs(key, [store = sharedInner(), key] { return store->takeFlash(key); });
}

Task<SessionPage> RealmStore::list(const SessionQuery &query)
{
    SessionQuery stored = query;
    if (query.user)
        stored.user = m_realm->storedUser(*query.user);
    return StoreWrapper::list(stored).then([realm = m_realm](Result<SessionPage> page) {
        if (page) {
            page->total -= page->records.removeIf([&](const SessionRecord &record) { return !realm->has(record); });
            for (SessionRecord &record : page->records)
                realm->unmark(record);
        }
        return page;
    });
}

Task<QList<SessionEvent>> RealmStore::history(const HistoryQuery &query)
{
    HistoryQuery stored = query;
    if (query.user)
        stored.user = m_realm->storedUser(*query.user);
    if (!isUsedHere())
        return foreignThreadError();
    return ownHistory(sharedInner(), m_realm, stored, query.limit);
}

/// The newest \a wanted events of \a realm. Where \a query gives too few of them, as newer ones are others', it is asked again
/// for more.
Task<QList<SessionEvent>> RealmStore::ownHistory(const std::shared_ptr<SessionStore> &store, const std::shared_ptr<Realm> &realm,
                                                 const HistoryQuery &query, int wanted)
{
    return store->history(query).then([=](Result<QList<SessionEvent>> events) -> Task<QList<SessionEvent>> {
        if (!events)
            return events;
        const bool isAll = events->size() < query.limit || query.limit >= MostEvents;
        QList<SessionEvent> ours;
        for (SessionEvent &event : *events) {
            if (ours.size() < wanted && realm->takeIn(event))
                ours.append(std::move(event));
        }
        if (isAll || ours.size() >= wanted)
            return ours;
        HistoryQuery longer = query;
        longer.limit = std::min(4 * std::max(query.limit, 25), MostEvents);
        return ownHistory(store, realm, longer, wanted);
    });
}

} // namespace Sojourn
