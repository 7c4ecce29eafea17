// SPDX-License-Identifier: MIT
#include "readonlystore.h"

namespace Sojourn {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<Error> refusal()
{
    return failure(Error::ReadOnly, u"The store is open for reading only. Open it for writing to change sessions."_s);
}

} // namespace

ReadOnlyStore::ReadOnlyStore(std::shared_ptr<SessionStore> inner, QObject *parent) : SessionStore(parent), m_inner(std::move(inner))
{
    SessionStore::setClock([store = m_inner.get()] { return store->now(); });
    setTimeout(m_inner->timeout());
    setSizeLimit(m_inner->sizeLimit());
    connect(m_inner.get(), &SessionStore::event, this, &SessionStore::event);
    connect(m_inner.get(), &SessionStore::availabilityChanged, this, &SessionStore::availabilityChanged);
    connect(m_inner.get(), &SessionStore::eventsLost, this, &SessionStore::eventsLost);
}

ReadOnlyStore::~ReadOnlyStore() = default;

Task<SessionInfo> ReadOnlyStore::create(const SessionRecord &, std::optional<UserCap>, CreateMode)
{
    return refusal();
}

Task<SessionRecord> ReadOnlyStore::load(const SessionKey &key)
{
    return m_inner->load(key);
}

Task<SessionInfo> ReadOnlyStore::update(const SessionKey &, const SessionChange &)
{
    return refusal();
}

Task<SessionInfo> ReadOnlyStore::rotate(const SessionKey &, const SessionKey &, const SessionChange &, std::chrono::milliseconds)
{
    return refusal();
}

Task<SessionInfo> ReadOnlyStore::remove(const SessionKey &, Removal)
{
    return refusal();
}

Task<qint64> ReadOnlyStore::removeUser(const QString &, std::optional<SessionKey>, Removal)
{
    return refusal();
}

Task<QByteArray> ReadOnlyStore::takeFlash(const SessionKey &)
{
    return refusal();
}

Task<SessionPage> ReadOnlyStore::list(const SessionQuery &query)
{
    return m_inner->list(query);
}

Task<qint64> ReadOnlyStore::count()
{
    return m_inner->count();
}

Task<qint64> ReadOnlyStore::removeExpired(int)
{
    return refusal();
}

Task<QList<SessionEvent>> ReadOnlyStore::history(const HistoryQuery &query)
{
    return m_inner->history(query);
}

Task<std::monostate> ReadOnlyStore::subscribe()
{
    return m_inner->subscribe();
}

void ReadOnlyStore::setClock(Clock clock)
{
    m_inner->setClock(std::move(clock));
}

bool ReadOnlyStore::process(std::chrono::milliseconds timeout)
{
    return processInner(*m_inner, timeout);
}

} // namespace Sojourn
