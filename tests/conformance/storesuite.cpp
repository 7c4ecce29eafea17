// SPDX-License-Identifier: MIT
#include "storesuite.h"

#include <QtCore/QCryptographicHash>

using namespace Sojourn;

void StoreSuite::init()
{
    m_now = systemNow();
    m_store = m_factory.make();
    m_store->setTimeout(Timeout);
    m_store->setClock([this] { return m_now; });
}

void StoreSuite::cleanup()
{
    m_store.reset();
}

SessionKey StoreSuite::key(int n) const
{
    if (m_factory.key)
        return m_factory.key(n);
    return *SessionKey::fromBytes(QCryptographicHash::hash(QByteArray::number(n), QCryptographicHash::Sha256));
}

SessionRecord StoreSuite::record(int n, const QString &user) const
{
    SessionRecord record;
    record.key = key(n);
    record.user = user;
    record.createdAt = record.lastSeenAt = record.idIssuedAt = m_now;
    record.expiresAt = m_now + Idle;
    return record;
}

void StoreSuite::give(SessionRecord &record, QByteArrayView name, QByteArrayView json)
{
    record.data.insert(name, json);
    record.updateCounts();
}

SessionChange StoreSuite::change()
{
    SessionChange change;
    change.defaultIdle = Idle;
    return change;
}

SessionChange StoreSuite::setting(QByteArrayView name, QByteArrayView json)
{
    SessionChange setting = change();
    setting.set(name, json);
    return setting;
}

SessionChange StoreSuite::touching() const
{
    SessionChange touching = change();
    touching.touch = SessionChange::Touch{m_now};
    return touching;
}

SessionChange StoreSuite::binding(const QString &user, std::optional<UserCap> cap)
{
    SessionChange binding = change();
    binding.user = user;
    binding.cap = cap;
    return binding;
}

std::shared_ptr<SessionStore> StoreSuite::makeAnother()
{
    std::shared_ptr<SessionStore> another = m_factory.makeAnother();
    another->setTimeout(Timeout);
    another->setClock([this] { return m_now; });
    return another;
}

void StoreSuite::create(const SessionRecord &record, std::source_location at)
{
    must(m_store->create(record), at);
}

QByteArray StoreSuite::attribute(const SessionKey &key, QByteArrayView name)
{
    const Result<SessionRecord> record = m_store->waitFor(m_store->load(key));
    return record ? record->data.json(name).toByteArray() : QByteArray();
}

bool StoreSuite::exists(const SessionKey &key)
{
    return m_store->waitFor(m_store->load(key)).has_value();
}

QList<SessionKey> StoreSuite::keysOf(const QString &user)
{
    SessionQuery query;
    query.user = user;
    query.order = SessionQuery::ByCreated;
    query.descending = true;
    return keysOf(must(m_store->list(query)));
}

QList<SessionKey> StoreSuite::keysOf(const SessionPage &page)
{
    QList<SessionKey> keys;
    for (const SessionRecord &record : page.records)
        keys.append(record.key);
    return keys;
}

void StoreSuite::watch(SessionStore &store, QList<SessionEvent> *events)
{
    connect(&store, &SessionStore::sessionEvent, this, [events](const SessionEvent &event) { events->append(event); });
    const Result<void> subscribed = store.waitFor(store.subscribe());
    QVERIFY2(subscribed.has_value(), "cannot subscribe");
}
