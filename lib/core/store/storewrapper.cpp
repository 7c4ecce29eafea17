// SPDX-License-Identifier: MIT
#include "storewrapper.h"

#include "nostore_p.h"

namespace Sojourn {

StoreWrapper::StoreWrapper(std::shared_ptr<SessionStore> inner, QObject *parent)
    : SessionStore(parent), m_inner(Detail::orNoStore(std::move(inner)))
{
    SessionStore::setTimeout(m_inner->timeout());
    SessionStore::setSizeLimit(m_inner->sizeLimit());
    SessionStore::setClock([store = m_inner.get()] { return store->now(); });
}

StoreWrapper::~StoreWrapper() = default;

Task<SessionInfo> StoreWrapper::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->create(record, cap, mode);
}

Task<SessionRecord> StoreWrapper::load(const SessionKey &key)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->load(key);
}

Task<SessionInfo> StoreWrapper::update(const SessionKey &key, const SessionChange &change)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->update(key, change);
}

Task<SessionInfo> StoreWrapper::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                       std::chrono::milliseconds grace)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->rotate(oldKey, newKey, change, grace);
}

bool StoreWrapper::mayRotate(const SessionKey &from, const SessionKey &to) const
{
    return m_inner->mayRotate(from, to);
}

Task<SessionInfo> StoreWrapper::remove(const SessionKey &key, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->remove(key, why);
}

Task<SessionInfo> StoreWrapper::removeVersion(const SessionKey &key, quint64 version, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->removeVersion(key, version, why);
}

Task<qint64> StoreWrapper::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->removeUser(user, except, why);
}

Task<QByteArray> StoreWrapper::takeFlash(const SessionKey &key)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->takeFlash(key);
}

Task<SessionPage> StoreWrapper::list(const SessionQuery &query)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->list(query);
}

Task<qint64> StoreWrapper::count()
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->count();
}

Task<qint64> StoreWrapper::removeExpired(int limit)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->removeExpired(limit);
}

Task<qint64> StoreWrapper::compact()
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->compact();
}

Task<QList<SessionEvent>> StoreWrapper::history(const HistoryQuery &query)
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->history(query);
}

Task<void> StoreWrapper::subscribe()
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->subscribe();
}

Task<QStringList> StoreWrapper::identities()
{
    if (!isUsedHere())
        return foreignThreadError();
    return m_inner->identities();
}

ErrorText StoreWrapper::servers() const
{
    return m_inner->servers();
}

bool StoreWrapper::isReadOnly() const
{
    return m_inner->isReadOnly();
}

bool StoreWrapper::isThreadSafe() const
{
    return m_inner->isThreadSafe();
}

void StoreWrapper::setTimeout(std::chrono::milliseconds timeout)
{
    SessionStore::setTimeout(timeout);
    m_inner->setTimeout(timeout);
}

void StoreWrapper::setSizeLimit(qsizetype bytes)
{
    SessionStore::setSizeLimit(bytes);
    m_inner->setSizeLimit(bytes);
}

void StoreWrapper::setClock(Clock clock)
{
    m_inner->setClock(std::move(clock));
}

Counters &StoreWrapper::counters()
{
    return m_inner->counters();
}

bool StoreWrapper::process(std::chrono::milliseconds timeout)
{
    return processInner(*m_inner, timeout);
}

} // namespace Sojourn
