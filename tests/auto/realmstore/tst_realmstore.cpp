// SPDX-License-Identifier: MIT
#include <storesuite.h>

#include <Sojourn/Author>
#include <Sojourn/MemoryStore>
#include <Sojourn/RealmStore>

#include <QtCore/QTimer>
#include <QtTest/QSignalSpy>

using namespace Sojourn;
using namespace Qt::StringLiterals;

/// A realm is a store like any other, as long as nobody else uses the one below.
class TestRealmStore : public StoreSuite
{
    Q_OBJECT

public:
    TestRealmStore()
        : StoreSuite({.make =
                          [this] {
                              m_below = std::make_shared<MemoryStore>();
                              return std::make_shared<RealmStore>(u"shop"_s, m_below);
                          },
                      .makeAnother = {},
                      .corrupt = {},
                      .backend = [this]() -> SessionStore & { return *m_below; },
                      .key = {},
                      .userOverhead = 5})
    { }

private Q_SLOTS:
    void sessionOfAnotherRealmIsNone();
    void usersOfOneNameAreTwo();
    void capIsOfTheRealm();
    void eventsAndHistoryAreOfTheRealm();
    void idThatAnotherRealmReplacedIsUnknown();
    void historyReachesBehindNewerEventsOfOthers();
    void storeBelowShowsRealmAndUser();
    void removalAfterTheDeadlineNeedsNoReadingHere();
    void realmNamesAreChecked();
    void whatIsToldOfTheStoreBelowIsToldOfTheRealm();
    void authorIsWhoAskedForIt();

private:
    std::shared_ptr<RealmStore> other()
    {
        auto store = std::make_shared<RealmStore>(u"intranet"_s, m_below);
        return store;
    }

    std::shared_ptr<MemoryStore> m_below;
};

/// A store whose answers come from elsewhere.
class DistantStore final : public MemoryStore
{
public:
    Task<SessionRecord> load(const SessionKey &key) override
    {
        const TaskPromise<SessionRecord> promise;
        QTimer::singleShot(0, this, [this, key, promise] { promise.finish(MemoryStore::load(key).takeResult()); });
        return promise.task();
    }
};

void TestRealmStore::sessionOfAnotherRealmIsNone()
{
    SessionRecord anns = record(1, u"ann"_s);
    anns.flash = "[1]";
    create(anns);
    create(record(2));
    const auto others = other();
    for (const int n : {1, 2}) {
        QVERIFY(fails(others->load(key(n)), Error::NotFound));
        QVERIFY(fails(others->update(key(n), setting("a", "1")), Error::NotFound));
        QVERIFY(fails(others->rotate(key(n), key(9), change()), Error::NotFound));
        QVERIFY(fails(others->takeFlash(key(n)), Error::NotFound));
        QVERIFY(fails(others->remove(key(n), SessionStore::Removal::Destroyed), Error::NotFound));
    }
    QCOMPARE(must(others->list({})).records.size(), 0);
    QCOMPARE(must(others->list({.user = u""_s})).records.size(), 0);
    QCOMPARE(must(m_store->load(key(1))).user, u"ann"_s);
    QVERIFY(exists(key(2)));
    SessionRecord plain = record(3); // of an application without a realm
    must(m_below->create(plain));
    QVERIFY(fails(m_store->load(key(3)), Error::NotFound));
}

void TestRealmStore::usersOfOneNameAreTwo()
{
    const auto others = other();
    create(record(1, u"ann"_s));
    must(others->create(record(2, u"ann"_s)));
    QCOMPARE(keysOf(u"ann"_s), QList{key(1)});
    QCOMPARE(must(others->list({.user = u"ann"_s})).total, 1);
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 1);
    QVERIFY(!exists(key(1)));
    QCOMPARE(must(others->load(key(2))).user, u"ann"_s);
    create(record(3));
    QVERIFY(fails(others->removeUser({}, {}, SessionStore::Removal::Admin), Error::Invalid));
    QVERIFY(exists(key(3)));
}

void TestRealmStore::capIsOfTheRealm()
{
    const auto others = other();
    const UserCap one{1, UserCap::Refuse};
    must(others->create(record(1, u"ann"_s), one));
    must(m_store->create(record(2, u"ann"_s), one));
    QVERIFY(fails(m_store->create(record(3, u"ann"_s), one), Error::LimitReached));
}

void TestRealmStore::eventsAndHistoryAreOfTheRealm()
{
    QList<SessionEvent> events;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&](const SessionEvent &event) { events.append(event); });
    must(m_store->subscribe());
    const auto others = other();
    must(others->create(record(1, u"ann"_s)));
    create(record(2, u"ann"_s));
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().key, key(2));
    QCOMPARE(events.first().user, u"ann"_s);
    for (const HistoryQuery &query : {HistoryQuery(), HistoryQuery{.user = u"ann"_s, .key = {}}}) {
        const QList<SessionEvent> history = must(m_store->history(query));
        QCOMPARE(history.size(), 1);
        QCOMPARE(history.first().user, u"ann"_s);
    }
}

void TestRealmStore::idThatAnotherRealmReplacedIsUnknown()
{
    create(record(1, u"ann"_s));
    must(m_store->rotate(key(1), key(2), {}));
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    QVERIFY(fails(other()->load(key(1)), Error::NotFound));
    RealmStore elsewhere(u"shop"_s, m_below); // another process, which has seen none of them
    QVERIFY(fails(elsewhere.load(key(1)), Error::Replaced));
    create(record(3));
    must(m_store->rotate(key(3), key(4), {}));
    QVERIFY(fails(other()->load(key(3)), Error::Replaced)); // nobody's, so perhaps its own
}

void TestRealmStore::historyReachesBehindNewerEventsOfOthers()
{
    for (int n = 1; n <= 7; ++n)
        create(record(n, u"ann"_s));
    const auto others = other();
    for (int n = 100; n < 250; ++n)
        must(others->create(record(n, u"bob"_s)));
    for (const int limit : {5, 7, 100}) {
        const QList<SessionEvent> history = must(m_store->history({.user = {}, .key = {}, .limit = limit}));
        QCOMPARE(history.size(), std::min(limit, 7));
        QCOMPARE(history.first().key, key(7));
    }
    QCOMPARE(must(m_store->history({.user = {}, .key = {}, .limit = 0})).size(), 0);
}

void TestRealmStore::storeBelowShowsRealmAndUser()
{
    SessionRecord anns = record(1, u"ann"_s);
    anns.visit = VisitFacts{.address = u"::1"_s}.toText();
    create(anns);
    const SessionRecord stored = must(m_below->load(key(1)));
    QCOMPARE(stored.user, u"shop/ann"_s);
    QCOMPARE(stored.visitFacts(), (VisitFacts{.realm = u"shop"_s, .address = u"::1"_s}));
    SessionChange change;
    change.visit = VisitFacts{.realm = u"intranet"_s, .label = u"phone"_s}.toText();
    QCOMPARE(must(m_store->update(key(1), change)).visitFacts(), (VisitFacts{.address = u"::1"_s, .label = u"phone"_s}));
    QCOMPARE(must(m_below->load(key(1))).visitFacts().realm, u"shop"_s);
    change.visit = QByteArray();
    QVERIFY(must(m_store->update(key(1), change)).visit.isEmpty());
    QCOMPARE(must(m_below->load(key(1))).visitFacts(), VisitFacts{.realm = u"shop"_s});
    QCOMPARE(must(m_store->update(key(1), binding({}))).user, QString());
    QVERIFY(must(m_below->load(key(1))).user.isNull());
    QCOMPARE(must(m_store->update(key(1), binding(u"bob"_s))).user, u"bob"_s);
    QCOMPARE(must(m_below->load(key(1))).user, u"shop/bob"_s);
}

void TestRealmStore::removalAfterTheDeadlineNeedsNoReadingHere()
{
    for (const int n : {1, 2, 3})
        create(record(n));
    RealmStore later(u"shop"_s, m_below); // as after a restart: has seen none of them
    m_now += Idle;
    QVERIFY(fails(later.remove(key(1), SessionStore::Removal::Destroyed), Error::NotFound));
    QVERIFY(fails(later.removeVersion(key(2), 1, SessionStore::Removal::Destroyed), Error::NotFound));
    m_now -= Idle;
    QVERIFY(!exists(key(1)));
    QVERIFY(!exists(key(2)));
    QVERIFY(exists(key(3)));
}

void TestRealmStore::realmNamesAreChecked()
{
    QVERIFY(RealmStore::isRealm(u"shop"_s));
    QVERIFY(!RealmStore::isRealm({}));
    QVERIFY(!RealmStore::isRealm(u"a/b"_s));
    QVERIFY(!RealmStore::isRealm(QString(65, u'a')));
    QVERIFY(!RealmStore::isRealm(QString(QChar(0xd800))));
}

void TestRealmStore::whatIsToldOfTheStoreBelowIsToldOfTheRealm()
{
    QSignalSpy lost(m_store.get(), &SessionStore::eventsLost), availability(m_store.get(), &SessionStore::availabilityChanged);
    Q_EMIT m_below->eventsLost();
    QCOMPARE(lost.size(), 1);
    Q_EMIT m_below->availabilityChanged(false);
    QCOMPARE(availability.size(), 1);
    QCOMPARE(availability.first().first().toBool(), false);
}

void TestRealmStore::authorIsWhoAskedForIt()
{
    m_below = std::make_shared<DistantStore>();
    must(RealmStore(u"shop"_s, m_below).create(record(1, u"ann"_s)));
    m_store = std::make_shared<RealmStore>(u"shop"_s, m_below); // which does not know yet whose session it is
    bool isRemoved = false;
    const auto remove = [&] {
        const Author::Scope scope(u"root@web1, test"_s);
        m_store->remove(key(1), SessionStore::Removal::Admin).then([&](const auto &removed) { isRemoved = removed.has_value(); });
    };
    remove();
    QTRY_VERIFY(isRemoved);
    QCOMPARE(must(m_store->history({})).first().by, u"root@web1, test"_s);
}

QTEST_GUILESS_MAIN(TestRealmStore)
#include "tst_realmstore.moc"
