// SPDX-License-Identifier: MIT
#include "fakestore.h"

#include "store/openstore.h"
#include "table/eventbatch.h"
#include "table/sessionmodel.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the session table makes of what happens while it is looked at.
class InspectorEvents : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_now = systemNow(); }
    void batchFollowsASessionThroughItsKeys();
    void ghostsSayWhy_data();
    void ghostsSayWhy();
    void rotatedIdsOfTheUserAreGhostsFromTheHistory();
    void expiredSessionsLeaveTheCountBeforeTheyAreSwept();
    void aTouchBeforeTheDeadlineKeepsTheRow();
    void aDeletionThatWasUndoneRevivesItsGhost();
    void aSessionThatBecomesTheUsersAppearsAndLeavesAgain();
    void countsAndRowsStayTrueInAStorm_data();
    void countsAndRowsStayTrueInAStorm();
    void manyThatGoAtOnceGoInOneStep();
    void draggingAsksForOnePageAtATime();
    void missedEventsAreMadeUpFor();
    void searchInsertsWhatItFindsInBlocks();
    void searchFollowsSessionsThatBeginToMatch();
    void storeThatDiesAndReturns();

private:
    std::shared_ptr<FakeStore> makeStore(int sessions)
    {
        auto store = std::make_shared<FakeStore>(sessions);
        store->setClock([this] { return m_now; });
        (void)store->subscribe().takeResult();
        return store;
    }
    /// A session that outlives these tests.
    SessionRecord lasting(int number, const QString &user = {})
    {
        SessionRecord record = sampleSession(number, m_now);
        record.user = user;
        record.absoluteExpiresAt.reset();
        record.expiresAt = m_now + 240h;
        return record;
    }

    TimePoint m_now;
};

static QList<SessionKey> livingKeys(const SessionModel &model)
{
    return model.loadedKeys();
}

static QList<SessionKey> keysIn(MemoryStore &store, SessionQuery query)
{
    query.limit = 100'000;
    query.offset = 0;
    QList<SessionKey> keys;
    const SessionPage page = store.list(query).takeResult().value();
    for (const SessionRecord &record : page.records)
        keys << record.key;
    return keys;
}

static QString stateOf(const SessionModel &model, const SessionKey &key)
{
    const int row = model.rowOf(key);
    return row < 0 ? u"not there"_s : model.index(row, SessionModel::State).data().toString();
}

void InspectorEvents::batchFollowsASessionThroughItsKeys()
{
    QList<SessionKey> keys;
    for (int i = 0; i < 6; ++i)
        keys << SessionId::generate().key();
    const auto event = [](SessionEvent::Type type, const SessionKey &key, std::optional<SessionKey> oldKey = {}) {
        SessionEvent made;
        made.type = type;
        made.key = key;
        made.oldKey = oldKey;
        return made;
    };
    EventBatch batch;
    QVERIFY(batch.isEmpty());
    batch.add(event(SessionEvent::Rotated, keys[1], keys[0]));
    batch.add(event(SessionEvent::Changed, keys[1]));
    batch.add(event(SessionEvent::Rotated, keys[2], keys[1]));
    QVERIFY(!batch.changesCount());
    batch.add(event(SessionEvent::Destroyed, keys[2]));
    batch.add(event(SessionEvent::Created, keys[3]));
    batch.add(event(SessionEvent::Rotated, keys[4], keys[3]));
    QCOMPARE(batch.keyNow(keys[0]), keys[2]);
    QVERIFY(batch.ending(batch.keyNow(keys[0])));
    QCOMPARE(batch.created().keys(), QList{keys[4]});
    QVERIFY(batch.changesCount());
    batch.add(event(SessionEvent::Destroyed, keys[4]));
    QVERIFY(batch.created().isEmpty());
    batch.add(event(SessionEvent::Created, keys[4])); // a deletion was undone
    QVERIFY(!batch.ending(keys[4]));
    // Keys that went round in a circle do not hold anybody.
    EventBatch circle;
    circle.add(event(SessionEvent::Rotated, keys[1], keys[0]));
    circle.add(event(SessionEvent::Rotated, keys[0], keys[1]));
    QCOMPARE(circle.keyNow(keys[0]), keys[0]);
}

void InspectorEvents::ghostsSayWhy_data()
{
    QTest::addColumn<QString>("why");
    QTest::addColumn<QString>("state");
    QTest::newRow("idle") << u"idle"_s << u"expired (idle)"_s;
    QTest::newRow("absolute") << u"absolute"_s << u"expired (absolute)"_s;
    QTest::newRow("fixed") << u"fixed"_s << u"expired (deadline)"_s;
    QTest::newRow("destroyed") << u"destroyed"_s << u"destroyed"_s;
    QTest::newRow("user") << u"user"_s << u"revoked (by user)"_s;
    QTest::newRow("cap") << u"cap"_s << u"evicted (too many)"_s;
    QTest::newRow("admin") << u"admin"_s << u"revoked (admin)"_s;
}

void InspectorEvents::ghostsSayWhy()
{
    QFETCH(QString, why);
    QFETCH(QString, state);
    auto store = makeStore(0);
    store->delay = 3;
    for (int i = 0; i < 5; ++i)
        QVERIFY(store->inner.create(lasting(i)).takeResult());
    SessionRecord record = lasting(5, u"ann"_s);
    record.expiresAt = m_now + 10min;
    if (why == "absolute"_L1)
        record.absoluteExpiresAt = record.expiresAt;
    if (why == "fixed"_L1)
        record.expiry = Expiry::atDateTime(toDateTime(record.expiresAt));
    QVERIFY(store->inner.create(record).takeResult());
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 6);
    const int row = model.rowOf(record.key);
    if (why == "idle"_L1 || why == "absolute"_L1 || why == "fixed"_L1) {
        m_now += 11min;
        QCOMPARE(*store->inner.removeExpired(10).takeResult(), 1);
    } else if (why == "cap"_L1) {
        QVERIFY(store->inner.create(lasting(6, u"ann"_s), UserCap{1, UserCap::Evict}).takeResult());
    } else {
        const auto removal = why == "user"_L1  ? SessionStore::Removal::User
                           : why == "admin"_L1 ? SessionStore::Removal::Admin
                                               : SessionStore::Removal::Destroyed;
        QVERIFY(store->inner.remove(record.key, removal).takeResult());
    }
    QTRY_COMPARE(stateOf(model, record.key), state);
    QTRY_COMPARE(model.shown(), *store->inner.count().takeResult());
    QTRY_COMPARE(model.rowCount(), int(model.shown()) + 1);
    QCOMPARE(model.rowOf(record.key), row); // it stays where it was
    m_now += SessionModel::GhostTime;
    QTRY_COMPARE(model.rowCount(), int(model.shown()));
}

void InspectorEvents::rotatedIdsOfTheUserAreGhostsFromTheHistory()
{
    auto store = makeStore(5);
    const SessionRecord record = lasting(5, u"zoe"_s);
    QVERIFY(store->inner.create(record).takeResult());
    const SessionKey next = SessionId::generate().key();
    QVERIFY(store->inner.rotate(record.key, next, {}).takeResult());
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SessionFilter filter;
    filter.user = u"zoe"_s;
    model.setFilter(filter);
    QTRY_COMPARE(stateOf(model, record.key), u"rotated"_s);
    QCOMPARE(stateOf(model, next), u"active"_s);
    QCOMPARE(model.shown(), 1);
}

void InspectorEvents::expiredSessionsLeaveTheCountBeforeTheyAreSwept()
{
    auto store = makeStore(0);
    SessionRecord record = lasting(1);
    record.expiresAt = m_now + 10min;
    QVERIFY(store->inner.create(record).takeResult());
    for (int i = 2; i < 5; ++i)
        QVERIFY(store->inner.create(lasting(i)).takeResult());
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 4);
    m_now += 11min;
    QTRY_COMPARE(stateOf(model, record.key), u"expired (idle)"_s);
    QTRY_COMPARE(model.shown(), 3);
    QCOMPARE(livingKeys(model), keysIn(store->inner, model.query()));
    QSignalSpy spy(&model, &SessionModel::statusChanged);
    QCOMPARE(*store->inner.removeExpired(10).takeResult(), 1); // its event counts nothing twice
    QTRY_VERIFY(spy.count() > 1);
    QCOMPARE(model.shown(), 3);
    QCOMPARE(stateOf(model, record.key), u"expired (idle)"_s);
    m_now += SessionModel::GhostTime;
    QTRY_COMPARE(model.rowCount(), 3);
}

void InspectorEvents::aTouchBeforeTheDeadlineKeepsTheRow()
{
    auto store = makeStore(0);
    SessionRecord record = lasting(1);
    record.lastSeenAt = m_now;
    record.expiresAt = m_now + 10min;
    record.expiry = Expiry::onInactivity(10min);
    QVERIFY(store->inner.create(record).takeResult());
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 1);
    store->isMute = true; // nobody tells of the touch
    m_now += 9min;
    SessionChange touch;
    touch.touch = SessionChange::Touch{m_now};
    QVERIFY(store->inner.update(record.key, touch).takeResult());
    m_now += 2min;
    QTRY_COMPARE(model.row(0)->info.expiresAt, m_now + 8min);
    QVERIFY(!model.row(0)->isGhost());
}

void InspectorEvents::aDeletionThatWasUndoneRevivesItsGhost()
{
    auto store = makeStore(20);
    store->delay = 3;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 20);
    const SessionRecord record = store->inner.load(model.row(7)->info.key).takeResult().value();
    QVERIFY(store->inner.remove(record.key, SessionStore::Removal::Admin).takeResult());
    QTRY_VERIFY(model.row(7)->isGhost());
    QTRY_COMPARE(model.shown(), 19);
    QVERIFY(store->inner.create(record).takeResult());
    QTRY_VERIFY(!model.row(7)->isGhost());
    QCOMPARE(model.row(7)->info.key, record.key);
    QTRY_COMPARE(model.shown(), 20);
    QTRY_COMPARE(model.rowCount(), 20);
    QTRY_COMPARE(livingKeys(model), keysIn(store->inner, model.query()));
}

void InspectorEvents::aSessionThatBecomesTheUsersAppearsAndLeavesAgain()
{
    auto store = makeStore(10);
    QVERIFY(store->inner.create(lasting(1, u"zoe"_s)).takeResult());
    const SessionRecord anonymous = lasting(2);
    QVERIFY(store->inner.create(anonymous).takeResult());
    store->delay = 3;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SessionFilter filter;
    filter.user = u"zoe"_s;
    model.setFilter(filter);
    QTRY_COMPARE(model.shown(), 1);
    const SessionKey next = SessionId::generate().key();
    SessionChange login;
    login.user = u"zoe"_s;
    QVERIFY(store->inner.rotate(anonymous.key, next, login).takeResult());
    QTRY_VERIFY(model.rowOf(next) >= 0);
    QTRY_COMPARE(model.shown(), 2);
    SessionChange logout;
    logout.user = QString();
    QVERIFY(store->inner.update(next, logout).takeResult());
    QTRY_VERIFY(model.rowOf(next) < 0);
    QTRY_COMPARE(model.shown(), 1);
    QCOMPARE(model.total(), 12);
}

void InspectorEvents::countsAndRowsStayTrueInAStorm_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("delay");
    QTest::newRow("by expiry") << int(SessionModel::ExpiresIn) << QString() << 6;
    QTest::newRow("by creation") << int(SessionModel::Created) << QString() << 6;
    QTest::newRow("by use, at once") << int(SessionModel::LastSeen) << QString() << 0;
    QTest::newRow("by user, late") << int(SessionModel::User) << QString() << 60;
    QTest::newRow("of a user") << int(SessionModel::ExpiresIn) << u"ann"_s << 6;
}

void InspectorEvents::countsAndRowsStayTrueInAStorm()
{
    QFETCH(int, column);
    QFETCH(QString, user);
    QFETCH(int, delay);
    auto store = makeStore(700);
    store->delay = delay;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.sort(column, Qt::DescendingOrder);
    SessionFilter filter;
    if (!user.isEmpty())
        filter.user = user;
    model.setFilter(filter);
    QTRY_COMPARE(model.status(), SessionModel::Status::Ready);
    QRandomGenerator random(3);
    for (int round = 0; round < 50; ++round) {
        for (int i = 0; i < 8; ++i) {
            const SessionKey key = store->keys[random.bounded(store->keys.size())];
            switch (random.bounded(5)) {
            case 0:
                (void)store->inner.remove(key, SessionStore::Removal::Destroyed).takeResult();
                break;
            case 1:
                store->keys << fillWithSamples(store->inner, 1);
                break;
            case 2: {
                SessionChange login;
                if (random.bounded(2))
                    login.user = u"ann"_s;
                const SessionKey next = SessionId::generate().key();
                if (store->inner.rotate(key, next, login).takeResult())
                    store->keys << next;
                break;
            }
            default: {
                SessionChange change;
                change.increment("visits", 1);
                change.touch = SessionChange::Touch{m_now};
                (void)store->inner.update(key, change).takeResult();
            }
            }
        }
        m_now += 2s; // deadlines pass, and nobody sweeps at once
        if (round % 10 == 9)
            (void)store->inner.removeExpired(5).takeResult();
        const int first = int(random.bounded(700));
        model.setVisibleRows(first, first + 40);
        QTest::qWait(12);
        const QList<SessionKey> keys = livingKeys(model);
        QCOMPARE(QSet<SessionKey>(keys.begin(), keys.end()).size(), keys.size()); // nobody is shown twice
    }
    (void)store->inner.removeExpired(100'000).takeResult();
    QTimer clock; // the model asks the store for its count now and then
    connect(&clock, &QTimer::timeout, this, [this] { m_now += 100ms; });
    clock.start(100ms);
    SessionQuery query = model.query();
    query.limit = 0;
    QTRY_COMPARE_WITH_TIMEOUT(model.shown(), store->inner.list(query).takeResult()->total, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.total(), *store->inner.count().takeResult(), 30'000);
    // Rows that were touched kept their places; after a look at the store all are where it has them.
    model.refresh();
    model.setVisibleRows(0, model.rowCount());
    QTRY_COMPARE_WITH_TIMEOUT(livingKeys(model), keysIn(store->inner, model.query()), 30'000);
    QCOMPARE(model.shown(), livingKeys(model).size());
}

void InspectorEvents::manyThatGoAtOnceGoInOneStep()
{
    auto store = makeStore(3000);
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 3000);
    QSignalSpy removed(&model, &SessionModel::rowsRemoved);
    model.setVisibleRows(100, 130);
    const QList<SessionKey> keys = keysIn(store->inner, model.query());
    for (int i = 1000; i < 3000; ++i)
        QVERIFY(store->inner.remove(keys[i], SessionStore::Removal::Destroyed).takeResult());
    QTRY_COMPARE(model.rowCount(), 1000);
    QVERIFY(removed.count() <= 2);
    QCOMPARE(model.row(110)->info.key, keys[110]);
}

void InspectorEvents::draggingAsksForOnePageAtATime()
{
    auto store = makeStore(5000);
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 5000);
    store->delay = 25;
    store->lists = store->mostListsAtOnce = 0;
    store->listsNow = 0;
    for (int i = 1; i <= 60; ++i) {
        model.setVisibleRows(i * 80, i * 80 + 40);
        QTest::qWait(2);
    }
    QTRY_VERIFY(model.row(4800) && model.row(4840));
    QCOMPARE(store->mostListsAtOnce, 1);
    QVERIFY(store->lists < 40);
    QTRY_VERIFY(model.row(4761) && model.row(4880)); // what a page up or down would show follows
}

void InspectorEvents::missedEventsAreMadeUpFor()
{
    auto store = makeStore(120);
    store->delay = 3;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 120);
    model.setVisibleRows(0, 130);
    QTRY_COMPARE(livingKeys(model).size(), 120);
    store->isMute = true;
    for (int i = 0; i < 30; ++i)
        QVERIFY(store->inner.remove(store->keys[i * 2], SessionStore::Removal::Destroyed).takeResult());
    fillWithSamples(store->inner, 7);
    store->isMute = false;
    Q_EMIT store->eventsLost();
    QTRY_COMPARE(model.rowCount(), 97);
    QTRY_COMPARE(livingKeys(model), keysIn(store->inner, model.query()));
}

void InspectorEvents::searchInsertsWhatItFindsInBlocks()
{
    auto store = makeStore(2000);
    store->delay = 2;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy inserted(&model, &SessionModel::rowsInserted);
    SessionFilter filter;
    filter.text = u"visits"_s;
    model.setFilter(filter);
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.shown(), 2000);
    QVERIFY(inserted.count() < 50);
    QCOMPARE(livingKeys(model), keysIn(store->inner, model.query()));
}

void InspectorEvents::searchFollowsSessionsThatBeginToMatch()
{
    auto store = makeStore(0);
    for (int i = 0; i < 12; ++i) {
        SessionRecord record = lasting(i);
        record.rotateRequested = i == 3;
        store->keys << record.key;
        QVERIFY(store->inner.create(record).takeResult());
    }
    store->delay = 3;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SessionFilter filter;
    filter.state = SessionFilter::RotationDue;
    model.setFilter(filter);
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.shown(), 1);
    SessionChange change;
    change.rotateRequested = true;
    QVERIFY(store->inner.update(store->keys[8], change).takeResult());
    QTRY_COMPARE(model.shown(), 2);
    QVERIFY(model.rowOf(store->keys[8]) >= 0);
    // Who has collected it stays in the table, and says so.
    const SessionKey next = SessionId::generate().key();
    QVERIFY(store->inner.rotate(store->keys[3], next, {}).takeResult());
    QTRY_COMPARE(stateOf(model, next), u"active"_s);
    QCOMPARE(model.shown(), 2);
}

void InspectorEvents::storeThatDiesAndReturns()
{
    auto fake = makeStore(10);
    OpenStore store(Connection::forUrl(u"live:shop"_s), fake, false);
    SessionModel model(store.reader());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    connect(&store, &OpenStore::recovered, &model, &SessionModel::refresh);
    QTRY_COMPARE(store.state(), OpenStore::State::Connected);
    QTRY_COMPARE(model.rowCount(), 10);
    QSignalSpy recovered(&store, &OpenStore::recovered);
    fake->becomeUnreachable();
    QTRY_COMPARE(store.state(), OpenStore::State::Lost);
    QCOMPARE(store.error().text, u"The store does not answer."_s);
    model.setVisibleRows(0, 20);
    QCOMPARE(model.rowCount(), 10); // what was seen stays
    fake->isMute = true;
    QVERIFY(fake->inner.remove(fake->keys[0], SessionStore::Removal::Destroyed).takeResult());
    fake->isMute = false;
    fake->comeBack();
    QTRY_COMPARE(store.state(), OpenStore::State::Connected);
    QCOMPARE(recovered.count(), 1);
    QTRY_COMPARE(model.rowCount(), 9);
    QTRY_COMPARE(livingKeys(model), keysIn(fake->inner, model.query()));
}

QTEST_MAIN(InspectorEvents)
#include "tst_inspectorevents.moc"
