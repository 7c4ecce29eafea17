// SPDX-License-Identifier: MIT
#include "shardedsuite.h"

#include <rediscluster.h>
#include <shardkeys.h>

#include <Sojourn/RedisStore>

#include <QtTest/QSignalSpy>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRedisCluster : public ShardedSuite
{
    Q_OBJECT
public:
    TestRedisCluster();

private Q_SLOTS:
    void initTestCase();

    void clusterListsAsOneServerDoes();
    void wrongNumberOfShardsIsRefused();
    void singleServerIsNoCluster();
    void parallelLoginsLeaveAsManyAsTheCap();
    void slotsMoveUnderLoadAndNothingIsLost();
    void deadMasterTakesItsShardsAlone();
    void killedMasterIsReplaced();
    void loggedOutStaysLoggedOutBehindAKilledMaster();
    void eventsAndReadsStayWhereTheyBelong(); // comes last: it counts what the others did

private:
    std::shared_ptr<RedisStore> makeStore(int shards = 16) const;
    int masterOf(const SessionKey &key) const;
    QByteArray shardOf(const SessionKey &key) const;
    std::pair<int, int> runRound(const std::vector<std::shared_ptr<RedisStore>> &stores, int sessions);

    RedisCluster m_cluster;
    RedisOptions m_options;
    int m_made = 0;
};

TestRedisCluster::TestRedisCluster()
    : ShardedSuite({.make =
                        [this] {
                            m_options.prefix = "test" + QByteArray::number(++m_made) + ':';
                            return makeStore();
                        },
                    .makeAnother = [this] { return makeStore(); },
                    .corrupt =
                        [this](const SessionKey &key) {
                            m_cluster.ask({"HSET", shardOf(key) + "s:" + key.toLatin1(), "meta", "?"});
                        },
                    .key = shardKey})
{
    m_options.clusterNodes = {{u"127.0.0.1"_s, m_cluster[1].port()}, {u"127.0.0.1"_s, m_cluster[0].port()}};
}

QByteArray TestRedisCluster::shardOf(const SessionKey &key) const
{
    return '{' + m_options.prefix + QByteArray::number(quint8(key.bytes()[0]) >> 4) + '}';
}

/// The number of the node that is the master of the shard of \a key now.
int TestRedisCluster::masterOf(const SessionKey &key) const
{
    for (int i = 0; i < m_cluster.count(); ++i) {
        const QByteArray answer = m_cluster[i].ask({"EXISTS", shardOf(key) + "i:expires"});
        if (answer.startsWith(':'))
            return i;
    }
    return -1;
}

std::shared_ptr<RedisStore> TestRedisCluster::makeStore(int shards) const
{
    RedisOptions options = m_options;
    options.shards = shards;
    return std::make_shared<RedisStore>(options);
}

void TestRedisCluster::initTestCase()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    QVERIFY(m_cluster.start());
}

void TestRedisCluster::clusterListsAsOneServerDoes()
{
    RedisServer single;
    QVERIFY(single.start());
    RedisOptions options;
    options.port = single.port();
    const auto one = std::make_shared<RedisStore>(options);
    one->setTimeout(Timeout);
    one->setClock([this] { return m_now; });
    fill(*one, 200);
    fill(*m_store, 200);
    m_now += 20s;
    compareLists(*one, *m_store, {0, 50, 100, 150});
}

void TestRedisCluster::wrongNumberOfShardsIsRefused()
{
    create(record(1));
    const auto other = makeStore(32);
    const Result<SessionRecord> loaded = other->waitFor(other->load(key(1)));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, Error::Unsupported);
    QVERIFY2(loaded.error().text.contains(u"shards=16"_s), qPrintable(loaded.error().text));
}

void TestRedisCluster::singleServerIsNoCluster()
{
    RedisServer single;
    QVERIFY(single.start());
    RedisOptions options = m_options;
    options.clusterNodes = {{u"127.0.0.1"_s, single.port()}};
    options.shards = 16;
    RedisStore store(options);
    const Result<qint64> count = store.waitFor(store.count());
    QVERIFY(!count);
    QCOMPARE(count.error().code, Error::Unsupported);
    QVERIFY2(count.error().text.contains(u"redis://"_s), qPrintable(count.error().text));
    QVERIFY(single.ask({"DBSIZE"}).startsWith(":0"));
}

void TestRedisCluster::parallelLoginsLeaveAsManyAsTheCap()
{
    constexpr int logins = 80;
    const auto other = makeAnother();
    std::vector<Task<SessionInfo>> tasks;
    for (int n = 0; n < logins; ++n)
        tasks.push_back((n % 2 ? m_store.get() : other.get())->create(record(n, u"ann"_s), UserCap{3, UserCap::Evict}));
    for (Task<SessionInfo> &task : tasks) {
        const QFuture<Result<SessionInfo>> future = task;
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000);
        QVERIFY2(future.result(), qPrintable(future.result() ? QString() : future.result().error().text));
    }
    QCOMPARE(keysOf(u"ann"_s).size(), 3);
    QCOMPARE(must(m_store->count()), 3);
}

/// An increment, a rotation or a log-in in each session. \return how many increments are done and how many calls failed.
std::pair<int, int> TestRedisCluster::runRound(const std::vector<std::shared_ptr<RedisStore>> &stores, int sessions)
{
    std::vector<QFuture<Result<SessionInfo>>> futures;
    for (int n = 0; n < sessions; ++n) {
        SessionChange counting = change();
        counting.increment("n", 1);
        futures.push_back(stores[size_t(n) % stores.size()]->update(key(n), counting));
    }
    int done = 0, failed = 0;
    for (auto &future : futures) {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
            return {done, sessions};
        if (future.result())
            ++done;
        else if (++failed == 1)
            qWarning("%s", qPrintable(future.result().error().text));
    }
    return {done, failed};
}

void TestRedisCluster::slotsMoveUnderLoadAndNothingIsLost()
{
    constexpr int sessions = 60;
    const std::vector<std::shared_ptr<RedisStore>> stores = {makeStore(), makeStore()};
    for (const auto &store : stores)
        store->setTimeout(10s); // of a busy machine: what is looked for is a call that is never carried out
    QList<SessionEvent> events;
    connect(stores[1].get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    must(stores[1]->waitFor(stores[1]->subscribe()));
    for (int n = 0; n < sessions; ++n)
        must(stores[0]->waitFor(stores[0]->create(record(n, u"user%1"_s.arg(n % 3)))));
    std::atomic<bool> stops = false, moved = true;
    QList<int> slotNumbers;
    for (int shard = 0; shard < 4; ++shard) {
        const QByteArray answer = m_cluster[0].ask({"CLUSTER", "KEYSLOT",
                                                    '{' + m_options.prefix + QByteArray::number(shard) + '}'});
        slotNumbers.append(answer.sliced(1).trimmed().toInt());
    }
    std::unique_ptr<QThread> mover(QThread::create([&] {
        for (int round = 0; round < 2 && !stops; ++round) {
            for (const int slot : std::as_const(slotNumbers)) {
                const int home = slot * 3 / 16384;
                const int from = round == 0 ? home : (home + 1) % 3, to = round == 0 ? (home + 1) % 3 : home;
                if (!m_cluster.move(slot, from, to))
                    moved = false;
            }
        }
    }));
    mover->start();
    int rounds = 0, failures = 0;
    do {
        failures += runRound(stores, sessions).second;
        ++rounds;
    } while (!mover->isFinished());
    failures += runRound(stores, sessions).second;
    ++rounds;
    stops = true;
    mover->wait();
    QVERIFY(moved);
    QCOMPARE(failures, 0);
    for (int n = 0; n < sessions; ++n)
        QCOMPARE(attribute(key(n), "n"), QByteArray::number(rounds));
    QCOMPARE(must(m_store->count()), sessions);
    QCOMPARE(keysOf(u"user1"_s).size(), sessions / 3);
    for (const auto order : {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
        SessionQuery query;
        query.order = order;
        QCOMPARE(must(m_store->list(query)).records.size(), sessions);
    }
    // Subscriptions have followed.
    QTRY_COMPARE_WITH_TIMEOUT(std::ranges::count(events, SessionEvent::Created, &SessionEvent::type), sessions, 10'000);
    for (int n = 0; n < sessions; ++n)
        must(m_store->remove(key(n), SessionStore::Removal::Destroyed));
    QTRY_COMPARE_WITH_TIMEOUT(std::ranges::count(events, SessionEvent::Destroyed, &SessionEvent::type), sessions, 10'000);
}

void TestRedisCluster::deadMasterTakesItsShardsAlone()
{
    int here = -1, away = -1;
    for (int n = 0; n < 40; ++n) {
        create(record(n));
        (masterOf(key(n)) == 0 ? away : here) = n;
    }
    QVERIFY(here >= 0 && away >= 0);
    m_cluster[0].stall();
    const auto store = makeStore(); // one that connects while a master is away
    store->setTimeout(1s);
    m_store->setTimeout(1s);
    for (const auto &one : {m_store, std::static_pointer_cast<SessionStore>(store)}) {
        QVERIFY(QTest::qWaitFor([&] { return one->waitFor(one->load(key(here))).has_value(); }, one == m_store ? 1 : 8'000));
        (void)one->waitFor(one->load(key(away)));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(one->waitFor(one->load(key(here))).has_value());
        QVERIFY(timer.elapsed() < 500);
    }
    m_cluster[0].proceed();
    m_store->setTimeout(Timeout);
    QVERIFY(QTest::qWaitFor([&] { return exists(key(away)); }, 15'000));
}

void TestRedisCluster::killedMasterIsReplaced()
{
    create(record(1));
    m_store->setTimeout(2s);
    const int master = masterOf(key(1));
    QVERIFY(master >= 0);
    SessionChange counting = change();
    counting.increment("n", 1);
    int done = 0;
    for (int i = 0; i < 50; ++i)
        done += m_store->waitFor(m_store->update(key(1), counting)).has_value();
    QCOMPARE(done, 50);
    QVERIFY(ServerProcess::soon([&] { return m_cluster[master].ask({"WAIT", "1", "1000"}).startsWith(":1"); }));
    m_cluster[master].kill();
    QElapsedTimer timer;
    timer.start();
    Result<SessionInfo> after = std::unexpected(Error{Error::Unavailable, {}});
    while (!after && timer.elapsed() < 15'000) {
        after = m_store->waitFor(m_store->update(key(1), counting));
        if (!after)
            QTest::qWait(20);
    }
    QVERIFY2(after, qPrintable(after ? QString() : after.error().text));
    qInfo("served again after %lld ms", timer.elapsed());
    QVERIFY(attribute(key(1), "n").toInt() >= 51);
    QVERIFY(m_cluster[master].start());
    QVERIFY(ServerProcess::soon([&] {
        return m_cluster[master].ask({"INFO", "replication"}).contains("master_link_status:up");
    }));
}

void TestRedisCluster::loggedOutStaysLoggedOutBehindAKilledMaster()
{
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    const int master = masterOf(key(1));
    QVERIFY(master >= 0);
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 1);
    m_cluster[master].kill();
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto loaded = m_store->waitFor(m_store->load(key(1)), 2s);
            return !loaded && loaded.error() == Error::NotFound;
        },
        15'000));
    QVERIFY(!exists(key(2)));
    QVERIFY(m_cluster[master].start());
}

void TestRedisCluster::eventsAndReadsStayWhereTheyBelong()
{
    create(record(1));
    bool isShardedPublishing = false;
    for (int i = 0; i < m_cluster.count(); ++i) {
        const QByteArray stats = m_cluster[i].ask({"INFO", "commandstats"});
        QVERIFY(!stats.isEmpty());
        QVERIFY(!stats.contains("cmdstat_publish:"));
        isShardedPublishing |= stats.contains("cmdstat_spublish:");
        if (m_cluster[i].ask({"ROLE"}).contains("slave"))
            QVERIFY(m_cluster[i].ask({"INFO", "clients"}).contains("connected_clients:"));
    }
    QVERIFY(isShardedPublishing);
}

QTEST_GUILESS_MAIN(TestRedisCluster)
#include "tst_rediscluster.moc"
