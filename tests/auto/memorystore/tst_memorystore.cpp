// SPDX-License-Identifier: MIT
#include <joiningthread.h>
#include <storesuite.h>

#include <Sojourn/MemoryStore>
#include <Sojourn/jsonrules.h>

#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>

#include <algorithm>
#include <atomic>
#include <mutex>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestMemoryStore : public StoreSuite
{
    Q_OBJECT
public:
    TestMemoryStore() : StoreSuite({.make = [] { return std::make_shared<MemoryStore>(); }, .makeAnother = {}, .corrupt = {}}) { }

private Q_SLOTS:
    void historyKeepsTheNewestOnly();
    void historyIsBoundedInBytes();
    void aJumpOfTheWallClockNeitherEndsNorProlongs_data();
    void aJumpOfTheWallClockNeitherEndsNorProlongs();
    void slowDriftOfTheWallClockIsFollowed();
    void oneTooManyTakesThePlaceOfAnAnonymousOne();
    void oneTooManyTakesThePlaceOfAnExpiredOne();
    void eventsOfOneRecordAreToldInOrder();
    void eventsCausedByAListenerAreToldInOrder();
    void theMostEagerSweepWins();
    void sweepingGoesOnAfterAnErrorAndUntilNothingIsLeft();
    void sweepingGoesOnInEveryThread();
    void aReplacedKeyIsToldFromAStranger();
    void everyKeyThatALoginTakesAwayIsReplaced();
    void replacedKeysAreBounded();
    void theLoserOfARenewalLeavesTheSecretOfTheWinner();
    void oddSecretsAreKept();
    void keysThatAreNoDigestsAreFound();
    void manyRecordsAgreeWithAPlainModel();
    void threadsLoseNothing();
    void sessionTakesAtMost350Bytes();
};

void TestMemoryStore::historyKeepsTheNewestOnly()
{
    m_store = std::make_shared<MemoryStore>(3);
    for (int n = 0; n < 5; ++n)
        create(record(n));
    const QList<SessionEvent> history = must(m_store->history({}));
    QCOMPARE(history.size(), 3);
    QCOMPARE(history.first().key, key(4));
    QCOMPARE(history.last().key, key(2));
    m_store = std::make_shared<MemoryStore>(0);
    create(record(1));
    QCOMPARE(must(m_store->history({})).size(), 0);
}

void TestMemoryStore::historyIsBoundedInBytes()
{
    m_store = std::make_shared<MemoryStore>(1'000'000);
    const QString longName(MaxUserSize, u'x');
    SessionRecord one = record(1, longName);
    constexpr int Logins = 6000;
    for (int n = 0; n < Logins; ++n) {
        create(one);
        must(m_store->remove(one.key, SessionStore::Removal::Destroyed));
    }
    const qsizetype kept = must(m_store->history({.user = {}, .key = {}, .limit = 1'000'000})).size();
    QVERIFY2(kept > 1000 && kept * 2 * longName.size() <= MemoryStore::HistoryBytes, qPrintable(QString::number(kept)));
}

namespace {

/// A store whose machine has the clocks that a test says.
class StoreOnDevice : public MemoryStore
{
public:
    std::chrono::nanoseconds wall = std::chrono::days(365);
    std::chrono::nanoseconds up = 1min;

    void pass(std::chrono::nanoseconds time)
    {
        wall += time;
        up += time;
    }

protected:
    std::chrono::nanoseconds wallTime() const override { return wall; }
    std::chrono::nanoseconds upTime() const override { return up; }
};

} // namespace

void TestMemoryStore::aJumpOfTheWallClockNeitherEndsNorProlongs_data()
{
    QTest::addColumn<std::chrono::milliseconds>("jump");
    QTest::newRow("first contact with a time server") << std::chrono::milliseconds(std::chrono::days(20'000));
    QTest::newRow("an hour forward") << std::chrono::milliseconds(1h);
    QTest::newRow("an hour back") << std::chrono::milliseconds(-1h);
    QTest::newRow("back behind everything") << std::chrono::milliseconds(-std::chrono::days(300));
}

void TestMemoryStore::aJumpOfTheWallClockNeitherEndsNorProlongs()
{
    QFETCH(const std::chrono::milliseconds, jump);
    auto device = std::make_shared<StoreOnDevice>();
    m_store = device;
    m_now = device->now();
    create(record(1));
    SessionRecord bounded = record(2, u"ann"_s);
    bounded.absoluteExpiresAt = m_now + 90min;
    create(bounded);
    create(record(3));
    must(m_store->rotate(key(3), key(4), change(), 30s));
    must(m_store->rotate(key(4), key(5), change()));
    must(m_store->rotate(key(5), key(6), change(), 30s));
    const SessionPage before = must(m_store->list({}));

    device->pass(10s);
    device->wall += jump;
    m_now = device->now();
    const SessionPage after = must(m_store->list({}));
    QCOMPARE(after.records.size(), before.records.size());
    for (qsizetype i = 0; i < after.records.size(); ++i) {
        SessionRecord moved = before.records[i];
        moved.createdAt += jump;
        moved.lastSeenAt += jump;
        moved.expiresAt += jump;
        moved.idIssuedAt += jump;
        if (moved.absoluteExpiresAt)
            *moved.absoluteExpiresAt += jump;
        QCOMPARE(after.records[i], moved);
    }
    QVERIFY(fails(m_store->load(key(4)), Error::Replaced));
    QVERIFY(exists(key(5)));
    QCOMPARE(must(m_store->history({})).last().at, after.records.first().createdAt);

    device->pass(25s); // the grace ends, and then the time of a replaced key, when they would have ended
    QVERIFY(!exists(key(5)));
    QVERIFY(fails(m_store->load(key(4)), Error::Replaced));
    device->pass(26s);
    QVERIFY(fails(m_store->load(key(4)), Error::NotFound));
    device->pass(Idle - 61s - 1ms);
    QVERIFY(exists(key(1)));
    must(m_store->update(key(2), SessionChange(touching())));
    device->pass(1ms);
    QVERIFY(!exists(key(1)));
    QCOMPARE(must(m_store->removeExpired(10)), 2);
    QVERIFY(exists(key(2)));
}

void TestMemoryStore::slowDriftOfTheWallClockIsFollowed()
{
    StoreOnDevice device;
    const TimePoint begin = device.now();
    for (int i = 0; i < 100; ++i) {
        device.pass(1s);
        device.wall += 20ms;
        QCOMPARE(device.now() - begin, (i + 1) * 1020ms);
    }
}

void TestMemoryStore::oneTooManyTakesThePlaceOfAnAnonymousOne()
{
    const auto store = std::make_shared<MemoryStore>();
    QCOMPARE(store->maximumCount(), 0);
    store->setMaximumCount(100);
    QCOMPARE(store->maximumCount(), 100);
    store->setClock([this] { return m_now; });
    m_store = store;
    for (int n = 0; n < 70; ++n) {
        create(record(n, u"user%1"_s.arg(n)));
        m_now += 1s;
    }
    for (int n = 70; n < 130; ++n) {
        create(record(n));
        m_now += 1s;
    }
    QCOMPARE(must(m_store->count()), 100);
    for (int n = 0; n < 130; ++n)
        QCOMPARE(exists(key(n)), n < 70 || n >= 100);
    const SessionEvent newest = must(m_store->history({.user = {}, .key = key(99), .limit = 1})).first();
    QCOMPARE(newest.type, SessionEvent::Revoked);
    QCOMPARE(newest.reason, u"cap"_s);

    // Who has a user is touched last, and then who was seen longest ago.
    must(m_store->update(key(0), touching()));
    for (int n = 130; n < 161; ++n) {
        create(record(n, u"late%1"_s.arg(n)));
        m_now += 1s;
    }
    QCOMPARE(must(m_store->count()), 100);
    QVERIFY(exists(key(0)));
    QVERIFY(!exists(key(1)));
    QVERIFY(exists(key(2)));
}

void TestMemoryStore::oneTooManyTakesThePlaceOfAnExpiredOne()
{
    const auto store = std::make_shared<MemoryStore>();
    store->setMaximumCount(2);
    store->setClock([this] { return m_now; });
    m_store = store;
    create(record(1, u"ann"_s));
    m_now += Idle / 2;
    create(record(2));
    m_now += Idle / 2;
    create(record(3));
    QVERIFY(exists(key(2)));
    QVERIFY(exists(key(3)));
    QCOMPARE(must(m_store->history({.user = {}, .key = key(1), .limit = 1})).first().type, SessionEvent::Expired);
}

void TestMemoryStore::eventsOfOneRecordAreToldInOrder()
{
    must(m_store->subscribe());
    std::mutex mutex;
    std::vector<quint64> versions;
    connect(
        m_store.get(), &SessionStore::sessionEvent, this,
        [&](const SessionEvent &event) {
            const std::lock_guard lock(mutex);
            versions.push_back(event.version);
        },
        Qt::DirectConnection);
    create(record(1));
    constexpr int Changes = 2000;
    constexpr int Threads = 4;
    std::vector<JoiningThread> threads;
    for (int t = 0; t < Threads; ++t) {
        threads.emplace_back([this] {
            SessionChange change;
            change.increment("n", 1);
            for (int i = 0; i < Changes; ++i)
                std::ignore = m_store->update(key(1), change);
        });
    }
    threads.clear();
    QCOMPARE(versions.size(), size_t(1 + Threads * Changes));
    QVERIFY(std::ranges::is_sorted(versions));
}

void TestMemoryStore::eventsCausedByAListenerAreToldInOrder()
{
    must(m_store->subscribe());
    QList<quint64> first, second;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&](const SessionEvent &event) {
        first.append(event.version);
        if (event.version < 5)
            std::ignore = m_store->update(key(1), setting("n", QByteArray::number(event.version)));
    });
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&](const SessionEvent &event) { second.append(event.version); });
    create(record(1));
    QCOMPARE(first, (QList<quint64>{1, 2, 3, 4, 5}));
    QCOMPARE(second, first);
}

void TestMemoryStore::sweepingGoesOnAfterAnErrorAndUntilNothingIsLeft()
{
    class FullOfExpired final : public MemoryStore
    {
    public:
        int sweeps = 0;
        Task<qint64> removeExpired(int limit) override
        {
            if (++sweeps == 1)
                return failure(Error::Unavailable, u"The disk is gone."_s);
            setSweepInterval(0ms);
            return sweeps == 2 ? limit : 0;
        }
    };
    FullOfExpired store;
    store.setSweepInterval(1ms);
    QTRY_COMPARE(store.sweeps, 3);
}

void TestMemoryStore::theMostEagerSweepWins()
{
    std::ignore = m_store->sweepAtLeastEvery(5ms);
    std::ignore = m_store->sweepAtLeastEvery(1h); // another manager
    std::ignore = m_store->sweepAtLeastEvery(0ms);
    must(m_store->subscribe());
    int expired = 0;
    connect(m_store.get(), &SessionStore::sessionEvent, this,
            [&](const SessionEvent &event) { expired += event.type == SessionEvent::Expired; });
    create(record(1));
    m_now += Idle;
    QTRY_COMPARE(expired, 1);
    m_store->setSweepInterval(0ms);
}

void TestMemoryStore::sweepingGoesOnInEveryThread()
{
    // The store's own thread is busy; a manager in another thread has an event loop.
    std::atomic<int> expired = 0;
    must(m_store->subscribe());
    connect(
        m_store.get(), &SessionStore::sessionEvent, this,
        [&](const SessionEvent &event) { expired += event.type == SessionEvent::Expired; }, Qt::DirectConnection);
    for (int n = 0; n < 2500; ++n)
        create(record(n));
    m_now += Idle;

    QThread worker;
    worker.start();
    QObject inWorker;
    inWorker.moveToThread(&worker);
    std::unique_ptr<QObject> helper;
    const auto inThread = [&](auto work) { QMetaObject::invokeMethod(&inWorker, work, Qt::BlockingQueuedConnection); };
    inThread([&] { helper = m_store->sweepAtLeastEvery(5ms); });
    QVERIFY(helper);
    for (int i = 0; i < 1000 && expired < 2500; ++i)
        QThread::msleep(5);
    QCOMPARE(expired.load(), 2500);
    inThread([&] { helper.reset(); }); // that manager is gone

    create(record(3000));
    m_now += Idle;
    QTRY_COMPARE(expired.load(), 2501);
    worker.quit();
    worker.wait();
    m_store->setSweepInterval(0ms);
}

void TestMemoryStore::aReplacedKeyIsToldFromAStranger()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change()));
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
    must(m_store->remove(key(2), SessionStore::Removal::Destroyed));
    m_now += SessionStore::ReplacedKept - 1ms;
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced)); // whatever became of the record since
    QVERIFY(fails(m_store->load(key(2)), Error::NotFound));
    m_now += 1ms;
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
}

void TestMemoryStore::everyKeyThatALoginTakesAwayIsReplaced()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    must(m_store->rotate(key(2), key(3), binding(u"ann"_s), 30s));
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    QVERIFY(fails(m_store->load(key(2)), Error::Replaced));
    QVERIFY(exists(key(3)));
}

void TestMemoryStore::replacedKeysAreBounded()
{
    create(record(0));
    constexpr int Rotations = 70'000;
    for (int n = 0; n < Rotations; ++n)
        must(m_store->rotate(key(n), key(n + 1), change()));
    QVERIFY(fails(m_store->load(key(0)), Error::NotFound));
    QVERIFY(fails(m_store->load(key(Rotations - 1)), Error::Replaced));
}

void TestMemoryStore::theLoserOfARenewalLeavesTheSecretOfTheWinner()
{
    SessionRecord one = record(1);
    one.csrfSecret = QByteArray(16, 'a');
    create(one);
    SessionChange winner = change();
    winner.csrfSecret = QByteArray(16, 'b');
    SessionChange loser = setting("late", "1");
    loser.csrfSecret = QByteArray(16, 'c');
    must(m_store->rotate(key(1), key(2), winner, 30s));
    QCOMPARE(must(m_store->rotate(key(1), key(3), loser, 30s)).key, key(2));
    QCOMPARE(must(m_store->load(key(2))).csrfSecret, winner.csrfSecret);
    QCOMPARE(attribute(key(2), "late"), "1");
}

void TestMemoryStore::oddSecretsAreKept()
{
    for (const int size : {0, 1, 15, 16, 17, 100}) {
        SessionRecord one = record(size);
        one.csrfSecret = QByteArray(size, 's');
        create(one);
        QCOMPARE(must(m_store->load(key(size))).csrfSecret, one.csrfSecret);
        SessionChange minting = change();
        minting.csrfSecret = QByteArray(100 - size, 't');
        if (size < 100) {
            must(m_store->update(key(size), minting));
            QCOMPARE(must(m_store->load(key(size))).csrfSecret, minting.csrfSecret);
        }
    }
}

void TestMemoryStore::keysThatAreNoDigestsAreFound()
{
    // An import may bring keys that all begin alike, or count.
    const auto odd = [](int n) {
        QByteArray bytes(SessionKey::ByteCount, '\0');
        bytes[30] = char(n / 256);
        bytes[31] = char(n % 256);
        return *SessionKey::fromBytes(bytes);
    };
    constexpr int Count = 5000;
    SessionRecord one = record(0);
    for (int n = 0; n < Count; ++n) {
        one.key = odd(n);
        create(one);
    }
    for (int n = 0; n < Count; n += 2)
        must(m_store->remove(odd(n), SessionStore::Removal::Destroyed));
    for (int n = 0; n < Count; ++n)
        QCOMPARE(exists(odd(n)), n % 2 == 1);
    SessionQuery query;
    query.keyPrefix = odd(1).toLatin1();
    QCOMPARE(must(m_store->list(query)).total, 1);
    query.keyPrefix = "AAAA";
    QCOMPARE(must(m_store->list(query)).total, Count / 2);
    query.keyPrefix = "B";
    QCOMPARE(must(m_store->list(query)).total, 0);
}

// Enough records that the orders and the table split, grow and shrink.
void TestMemoryStore::manyRecordsAgreeWithAPlainModel()
{
    QRandomGenerator random(1);
    QHash<SessionKey, SessionRecord> model;
    QList<SessionKey> keys;
    const auto any = [&](qsizetype count) { return qsizetype(random.bounded(qint64(count))); };
    const auto user = [&] { return any(3) == 0 ? QString() : u"user%1"_s.arg(any(40)); };
    const auto place = [](const SessionRecord &r, SessionQuery::Order order) {
        const TimePoint at = order == SessionQuery::ByExpiry   ? r.expiresAt
                           : order == SessionQuery::ByLastSeen ? r.lastSeenAt
                                                               : r.createdAt;
        return std::tuple(order == SessionQuery::ByUser ? r.user : QString(), at, r.key);
    };
    const auto check = [&] {
        for (const auto order :
             {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
            QList<SessionRecord> expected;
            for (const SessionRecord &one : std::as_const(model)) {
                if (!one.isExpired(m_now))
                    expected.append(one);
            }
            std::ranges::sort(expected, [&](const auto &a, const auto &b) { return place(a, order) < place(b, order); });
            SessionQuery query;
            query.order = order;
            query.withData = true;
            query.limit = int(model.size()) + 1;
            QCOMPARE(must(m_store->list(query)).records, expected);
            query.descending = true;
            query.limit = 50;
            query.offset = any(expected.size() + 1);
            std::ranges::reverse(expected);
            QCOMPARE(must(m_store->list(query)).records, expected.mid(query.offset, query.limit));
            query.user = user();
            query.offset = 0;
            query.limit = 10'000;
            expected.removeIf([&](const SessionRecord &r) { return r.user != *query.user; });
            QCOMPARE(must(m_store->list(query)).records, expected);
        }
    };

    int made = 0;
    for (int step = 0; step < 12'000; ++step) {
        const bool grows = step < 6000;
        const qint64 dice = any(100);
        if (keys.isEmpty() || dice < (grows ? 60 : 20)) {
            SessionRecord one = record(made++, user());
            one.createdAt -= 1ms * any(50);
            one.lastSeenAt += 1ms * any(50);
            one.expiresAt += 1s * any(1000);
            give(one, "n", QByteArray::number(made));
            create(one);
            model.insert(one.key, one);
            keys.append(one.key);
        } else {
            const qsizetype at = any(keys.size());
            const SessionKey key = keys[at];
            if (dice < (grows ? 70 : 60)) {
                must(m_store->remove(key, SessionStore::Removal::Destroyed));
                model.remove(key);
                keys.remove(at);
            } else if (dice < 85) {
                SessionChange both = binding(user());
                both.touch = SessionChange::Touch{m_now + 1ms * any(100)};
                both.increment("n", 1);
                must(m_store->update(key, both));
                QVERIFY(both.applyTo(model[key], m_now, m_store->sizeLimit()));
            } else {
                const SessionKey next = this->key(made++);
                must(m_store->rotate(key, next, change(), dice < 92 ? 0s : 30s));
                SessionRecord moved = model.take(key);
                moved.key = next;
                moved.idIssuedAt = m_now;
                ++moved.version;
                model.insert(next, moved);
                keys[at] = next;
            }
        }
        if (step % 3000 == 2999)
            check();
    }
    m_now += Idle + 500s; // half of them expire, unswept
    check();
    const qsizetype before = model.size();
    model.removeIf([this](const auto &one) { return one->isExpired(m_now); });
    QCOMPARE(must(m_store->removeExpired(100'000)), before - model.size());
    check();
    QCOMPARE(must(m_store->count()), model.size());
}

void TestMemoryStore::threadsLoseNothing()
{
    constexpr int Threads = 4;
    constexpr int Rounds = 400;
    std::atomic<int> told = 0;
    std::atomic<int> failures = 0;
    connect(m_store.get(), &SessionStore::sessionEvent, m_store.get(), [&told] { ++told; }, Qt::DirectConnection);
    must(m_store->subscribe());
    create(record(0));
    std::vector<std::thread> threads;
    for (int t = 0; t < Threads; ++t) {
        threads.emplace_back([&, t] {
            const auto expect = [&failures](auto task) { failures += !task.takeResult(); };
            SessionChange increment = change();
            increment.increment("n", 1);
            for (int i = 0; i < Rounds; ++i) {
                const int own = 1 + (t * Rounds + i) * 2;
                expect(m_store->create(record(own, u"user%1"_s.arg(i % 7))));
                expect(m_store->update(key(0), increment));
                expect(m_store->update(key(own), touching()));
                expect(m_store->rotate(key(own), key(own + 1), increment, i % 2 ? 0s : 30s));
                expect(m_store->load(key(own + 1)));
                expect(m_store->takeFlash(key(own + 1)));
                if (i % 20 == 0) {
                    expect(m_store->list({}));
                    expect(m_store->history({}));
                    expect(m_store->removeExpired(10));
                }
                if (i % 4)
                    expect(m_store->remove(key(own + 1), SessionStore::Removal::Destroyed));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(attribute(key(0), "n"), QByteArray::number(Threads * Rounds));
    QCOMPARE(must(m_store->count()), 1 + Threads * Rounds / 4);
    QCOMPARE(told.load(), 1 + Threads * Rounds * 3 + Threads * Rounds * 3 / 4);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static constexpr bool IsSanitized = true;
#else
static constexpr bool IsSanitized = false;
#endif

static qint64 residentBytes()
{
    QFile status(u"/proc/self/statm"_s);
    return status.open(QIODevice::ReadOnly) ? status.readAll().split(' ').value(1).toLongLong() * 4096 : 0;
}

void TestMemoryStore::sessionTakesAtMost350Bytes()
{
    if (residentBytes() == 0 || IsSanitized)
        QSKIP("Resident memory cannot be measured here.");
    constexpr int Count = 50'000;
    const qint64 before = residentBytes();
    for (int n = 0; n < Count; ++n) {
        m_now += 1ms;
        SessionRecord one = record(n);
        give(one, "visits", "1");
        one.csrfSecret = QByteArray(16, 's');
        create(one);
    }
    const double bytes = double(residentBytes() - before) / Count;
    qInfo("%.0f bytes a session", bytes);
    QVERIFY(bytes <= 350);
}

QTEST_GUILESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"
