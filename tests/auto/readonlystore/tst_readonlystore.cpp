// SPDX-License-Identifier: MIT
#include <storesuite.h>

#include <Sojourn/MemoryStore>
#include <Sojourn/ReadOnlyStore>
#include <Sojourn/RealmStore>
#include <Sojourn/Session>
#include <Sojourn/StoreWrapper>

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestReadOnlyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readingIsThatOfTheInnerStore();
    void everyWriteIsRefused();
    void sessionCanBeReadButNotSaved();
    void eventsOfTheInnerStorePass();
    void settingsReachTheInnerStore();

private:
    std::shared_ptr<MemoryStore> m_inner;
    std::shared_ptr<ReadOnlyStore> m_store;
    SessionId m_id = SessionId::generate();
    SessionRecord m_record;
};

void TestReadOnlyStore::init()
{
    m_inner = std::make_shared<MemoryStore>();
    m_store = std::make_shared<ReadOnlyStore>(m_inner);
    m_record = {};
    m_record.key = m_id.key();
    m_record.user = u"ann"_s;
    m_record.createdAt = m_record.lastSeenAt = m_record.idIssuedAt = systemNow();
    m_record.expiresAt = m_record.createdAt + 1h;
    m_record.data.insert(u"a"_s, QJsonValue(1));
    m_record.flash = "[1]";
    m_record.updateCounts();
    QVERIFY(m_inner->create(m_record).takeResult());
}

void TestReadOnlyStore::readingIsThatOfTheInnerStore()
{
    QVERIFY(m_store->isReadOnly());
    QCOMPARE(m_store->load(m_record.key).takeResult().value(), m_record);
    QCOMPARE(m_store->count().takeResult().value(), 1);
    QCOMPARE(m_store->list({}).takeResult()->total, 1);
    QCOMPARE(m_store->history({}).takeResult()->size(), 1);
}

void TestReadOnlyStore::everyWriteIsRefused()
{
    const auto isRefused = [](auto task) {
        const auto result = task.takeResult();
        return !result && result.error() == Error::ReadOnly && !result.error().text.isEmpty();
    };
    const SessionKey other = SessionId::generate().key();
    SessionRecord another = m_record;
    another.key = other;
    SessionChange change;
    change.set("a", "2");
    QVERIFY(isRefused(m_store->create(another)));
    QVERIFY(isRefused(m_store->create(m_record, {}, SessionStore::CreateMode::Overwrite)));
    QVERIFY(isRefused(m_store->update(m_record.key, change)));
    QVERIFY(isRefused(m_store->update(m_record.key, {})));
    QVERIFY(isRefused(m_store->rotate(m_record.key, other, {})));
    QVERIFY(isRefused(m_store->remove(m_record.key, SessionStore::Removal::Destroyed)));
    QVERIFY(isRefused(m_store->removeVersion(m_record.key, m_record.version, SessionStore::Removal::Destroyed)));
    QVERIFY(isRefused(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::Admin)));
    QVERIFY(isRefused(m_store->takeFlash(m_record.key)));
    QVERIFY(isRefused(m_store->removeExpired(10)));
    QVERIFY(isRefused(m_store->compact()));
    QVERIFY(RealmStore(u"shop"_s, m_store).isReadOnly() && !RealmStore(u"shop"_s, m_inner).isReadOnly());
    QCOMPARE(m_inner->load(m_record.key).takeResult().value(), m_record);
    QCOMPARE(m_inner->count().takeResult().value(), 1);
}

void TestReadOnlyStore::sessionCanBeReadButNotSaved()
{
    Session session(m_id, m_store);
    QCOMPARE(session.get<int>("a"), 1);
    session.insert("a", 2);
    const Result<void> saved = m_store->waitFor(session.save());
    QVERIFY(!saved && saved.error() == Error::ReadOnly);
    QCOMPARE(Session(m_id, m_inner).get<int>("a"), 1);
}

void TestReadOnlyStore::eventsOfTheInnerStorePass()
{
    QList<SessionEvent> events;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    QVERIFY(m_store->subscribe().takeResult());
    QVERIFY(m_inner->remove(m_record.key, SessionStore::Removal::Destroyed).takeResult());
    QCOMPARE(events.size(), 1);
    QCOMPARE(events[0].key, m_record.key);
}

void TestReadOnlyStore::settingsReachTheInnerStore()
{
    m_store->setTimeout(7s);
    m_store->setSizeLimit(1234);
    m_store->setClock([] { return TimePoint(5s); });
    QCOMPARE(m_inner->timeout(), 7s);
    QCOMPARE(m_store->timeout(), 7s);
    QCOMPARE(m_inner->sizeLimit(), 1234);
    QCOMPARE(m_inner->now(), TimePoint(5s));
    QCOMPARE(m_store->now(), TimePoint(5s));
    QCOMPARE(&m_store->counters(), &m_inner->counters());
}

/// A store that is read through a ReadOnlyStore and written to beside it.
class WatchedStore final : public StoreWrapper
{
    Q_OBJECT
public:
    explicit WatchedStore(std::shared_ptr<SessionStore> inner)
        : StoreWrapper(inner, nullptr), m_view(std::make_unique<ReadOnlyStore>(std::move(inner)))
    {
        connect(m_view.get(), &SessionStore::sessionEvent, this, &SessionStore::sessionEvent);
        connect(m_view.get(), &SessionStore::availabilityChanged, this, &SessionStore::availabilityChanged);
        connect(m_view.get(), &SessionStore::eventsLost, this, &SessionStore::eventsLost);
    }

    Task<SessionRecord> load(const SessionKey &key) override { return m_view->load(key); }
    Task<SessionPage> list(const SessionQuery &query) override { return m_view->list(query); }
    Task<qint64> count() override { return m_view->count(); }
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override { return m_view->history(query); }
    Task<void> subscribe() override { return m_view->subscribe(); }

private:
    std::unique_ptr<ReadOnlyStore> m_view;
};

/// The store suite, whose every look at the store goes through a ReadOnlyStore.
class TestReadThroughReadOnlyStore : public StoreSuite
{
    Q_OBJECT
public:
    TestReadThroughReadOnlyStore()
        : StoreSuite({.make = [] { return std::make_shared<WatchedStore>(std::make_shared<MemoryStore>()); },
                      .makeAnother = {},
                      .corrupt = {}})
    { }
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    TestReadOnlyStore readOnly;
    TestReadThroughReadOnlyStore suite;
    return QTest::qExec(&readOnly, argc, argv) + QTest::qExec(&suite, argc, argv);
}

#include "tst_readonlystore.moc"
