// SPDX-License-Identifier: MIT
#include "shardedsuite.h"
#include "walkunderrotations.h"

#include <counting.h>
#include <readmerights.h>
#include <rediscluster.h>
#include <redisindexes.h>
#include <redismonitor.h>
#include <shardkeys.h>

#include <Sojourn/RedisStore>

#include <QtCore/QRegularExpression>
#include <QtCore/QScopeGuard>
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
    void walkMeetsSessionsThatAreRotatedUnderIt();
    void wrongNumberOfShardsIsRefused();
    void singleServerIsNoCluster();
    void allMastersIdentifyIt();
    void commandsGoWhereTheyBelong();
    void rightsOfTheReadmeSuffice();
    void nodesAreFoundByWhateverTheyAnnounce();
    void storeMayGoWhenItHearsOfTheMap();
    void slotWithoutAMasterFailsAlone();
    void missingSlotsAreAskedForInMeasure_data();
    void missingSlotsAreAskedForInMeasure();
    void masterWithAnotherPasswordFailsAlone();
    void fullMasterFailsAlone();
    void slotsMoveUnderLoadAndNothingIsLost();
    void storeOfAnotherNumberOfShardsWritesNothing();
    void deadMasterTakesItsShardsAlone();
    void deadMasterHoldsUpNoSweep();
    void killedMasterIsReplaced();
    void stoppedMasterGetsNoWriteAfterwards();
    void loggedOutStaysLoggedOutBehindAKilledMaster();
    void nodeThatLeftMisleadsNobody();
    void emptiedNodeMayBeResetAndForgotten();
    void nodeIsUsedWhileASlotLeavesIt();
    void storeMayEndBeforeItsFormerNodes();
    void logOutOutlivesAReplicaThatIsPromotedByHand_data();
    void logOutOutlivesAReplicaThatIsPromotedByHand();

private:
    void configure(const QByteArray &name, const QByteArray &value) const;
    std::pair<SessionKey, SessionKey> createTwo(int master);
    QByteArray slotOf(const SessionKey &key) const;
    std::shared_ptr<RedisStore> makeStore(int shards = 16) const;
    int masterOf(const SessionKey &key) const;
    int replicaOf(int master) const;
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

/// The number of a node that follows \a master, or -1.
int TestRedisCluster::replicaOf(int master) const
{
    for (int i = 0; i < m_cluster.count(); ++i) {
        const QByteArray role = m_cluster[i].ask({"ROLE"});
        if (role.contains("slave") && role.contains(':' + QByteArray::number(m_cluster[master].port()) + "\r\n"))
            return i;
    }
    return -1;
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

void TestRedisCluster::walkMeetsSessionsThatAreRotatedUnderIt()
{
    constexpr int sessions = 40;
    QList<SessionKey> keys;
    for (int n = 0; n < sessions; ++n) {
        m_now += 1ms;
        SessionRecord one = record(n, u"ann"_s);
        give(one, "n", QByteArray::number(n));
        create(one);
        keys.append(one.key);
    }
    int drawn = 1000;
    WalkUnderRotations walk(*m_store, keys, [&] { return key(++drawn); }, change());
    QCOMPARE(walk.runAll(u"ann"_s), QString());
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

void TestRedisCluster::allMastersIdentifyIt()
{
    const QStringList names = must(m_store->identities());
    for (int i = 0; i < m_cluster.masters(); ++i) {
        const QByteArray server = m_cluster[i].ask({"INFO", "server"});
        const qsizetype at = server.indexOf("run_id:") + 7;
        const QString name = u"redis:%1/"_s.arg(QLatin1StringView(server.sliced(at, server.indexOf('\r', at) - at)));
        QVERIFY(std::ranges::any_of(names, [&name](const QString &known) { return known.startsWith(name); }));
    }
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

/// SOJOURN_SHARD_SESSIONS: how many more sessions each shard has; then all slots move, not a few.
void TestRedisCluster::slotsMoveUnderLoadAndNothingIsLost()
{
    constexpr int sessions = 60, shards = 16;
    const int more = shards * qEnvironmentVariableIntValue("SOJOURN_SHARD_SESSIONS");
    const std::vector<std::shared_ptr<RedisStore>> stores = {makeStore(), makeStore()};
    for (const auto &store : stores)
        store->setTimeout(10s); // of a busy machine: what is looked for is a call that is never carried out
    QList<SessionEvent> events;
    connect(stores[1].get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    must(stores[1]->waitFor(stores[1]->subscribe()));
    for (int n = 0; n < sessions; ++n)
        must(stores[0]->waitFor(stores[0]->create(record(n, u"user%1"_s.arg(n % 3)))));
    for (int n = 0; n < more;) {
        std::vector<QFuture<Result<SessionInfo>>> created;
        for (; created.size() < 1000 && n < more; ++n)
            created.push_back(stores[1]->create(record(1000 + n)));
        for (const auto &one : created)
            must(stores[1]->waitFor(one));
    }
    std::atomic<bool> stops = false, moved = true;
    QList<int> slotNumbers;
    for (int shard = 0; shard < (more ? shards : 4); ++shard) {
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
    qInfo("%d rounds while %lld slots moved to and fro, %d calls failed", rounds, static_cast<long long>(slotNumbers.size()),
          failures);
    QVERIFY(moved);
    QCOMPARE(failures, 0);
    for (int n = 0; n < sessions; ++n)
        QCOMPARE(must(m_store->load(key(n))).data.json("n"), QByteArray::number(rounds));
    QCOMPARE(must(m_store->count()), sessions + more);
    for (int n = 0; n < more; ++n)
        QVERIFY(exists(key(1000 + n)));
    QCOMPARE(keysOf(u"user1"_s).size(), sessions / 3);
    for (const auto order : {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
        SessionQuery query;
        query.order = order;
        query.limit = 1000;
        qsizetype listed = 0;
        do {
            const SessionPage page = must(m_store->list(query));
            listed += page.records.size();
            query.cursor = page.nextCursor;
        } while (!query.cursor.isEmpty());
        QCOMPARE(listed, sessions + more);
    }
    for (int i = 0; i < m_cluster.masters(); ++i) {
        const QByteArray indexes = RedisIndexes::check(m_cluster[i], '{' + m_options.prefix + '*');
        QVERIFY2(indexes.startsWith("OK "), indexes.constData());
    }
    // Subscriptions have followed.
    QTRY_COMPARE_WITH_TIMEOUT(std::ranges::count(events, SessionEvent::Created, &SessionEvent::type), sessions + more, 10'000);
    for (int n = 0; n < sessions; ++n)
        must(m_store->remove(key(n), SessionStore::Removal::Destroyed));
    QTRY_COMPARE_WITH_TIMEOUT(std::ranges::count(events, SessionEvent::Destroyed, &SessionEvent::type), sessions, 10'000);
}

/// While the node that knows the number is away, until another one takes its place and tells.
void TestRedisCluster::storeOfAnotherNumberOfShardsWritesNothing()
{
    create(record(0)); // the number of shards is known
    const auto knows = [this](int node) {
        return !m_cluster[node].ask({"KEYS", '{' + m_options.prefix + "*shards*"}).startsWith("*0");
    };
    int away = 0;
    while (away < m_cluster.masters() && !knows(away))
        ++away;
    QVERIFY(away < m_cluster.masters());
    m_cluster[away].stall();
    const auto proceed = qScopeGuard([&] { m_cluster[away].proceed(); });
    const auto store = makeStore(32);
    store->setTimeout(100ms);
    Result<SessionInfo> created;
    for (int n = 0; created || created.error() != Error::Unsupported; ++n) {
        created = store->waitFor(store->create(record(1000 + n)));
        QVERIFY(!created);
        QVERIFY(!created.error().text.isEmpty());
        QVERIFY(n < 200);
    }
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

void TestRedisCluster::storeMayGoWhenItHearsOfTheMap()
{
    create(record(0)); // the number of shards is known
    auto *const store = new RedisStore([this] {
        RedisOptions options = m_options;
        options.shards = 16;
        return options;
    }());
    const QPointer<RedisStore> alive = store;
    connect(store, &SessionStore::availabilityChanged, this, [store] { delete store; });
    QTRY_VERIFY_WITH_TIMEOUT(!alive, 10'000);
}

void TestRedisCluster::deadMasterHoldsUpNoSweep()
{
    const auto [away, here] = createTwo(0);
    m_now += Idle;
    m_cluster[0].stall();
    m_store->setTimeout(1s);
    const auto swept = m_store->waitFor(m_store->removeExpired(100), Timeout);
    m_cluster[0].proceed();
    m_store->setTimeout(Timeout);
    QVERIFY2(swept, swept ? "" : qPrintable(swept.error().text));
    QVERIFY(*swept > 0);
    QCOMPARE(m_cluster[masterOf(here)].ask({"EXISTS", shardOf(here) + "s:" + here.toLatin1()}), ":0\r\n");
    qint64 rest = *swept;
    const auto sweep = [&] {
        rest += m_store->waitFor(m_store->removeExpired(100)).value_or(0);
        return rest;
    };
    QTRY_COMPARE_WITH_TIMEOUT(sweep(), 40, 15'000);
}

void TestRedisCluster::killedMasterIsReplaced()
{
    create(record(1));
    m_store->setTimeout(2s);
    const int master = masterOf(key(1));
    QVERIFY(master >= 0);
    SessionChange more = change();
    more.increment("n", 1);
    Counting counting(*m_store, key(1), more);
    QTRY_VERIFY(counting.answered > 50);
    m_cluster[master].kill();
    const RedisServer &replica =
        m_cluster[master < m_cluster.masters() ? master + m_cluster.masters() : master - m_cluster.masters()];
    QTRY_VERIFY_WITH_TIMEOUT(replica.ask({"ROLE"}).contains("\r\nmaster\r\n"), 15'000);
    QElapsedTimer sincePromotion;
    sincePromotion.start();
    const int answered = counting.answered;
    QTRY_VERIFY(counting.answered > answered);
    qInfo("served again %lld ms after the promotion", sincePromotion.elapsed());
    QVERIFY(sincePromotion.elapsed() < 1000);
    QTRY_VERIFY(counting.answered > answered + 20);
    counting.stops = true;
    QTest::qWait(50);
    // What is admitted: changes of attributes of the last moments.
    const int counted = attribute(key(1), "n").toInt();
    qInfo("%d answered, %d counted, %d unsure, %d refused", counting.answered, counted, counting.unsure, counting.failed);
    QVERIFY(counted >= counting.answered - 20 && counted <= counting.answered + counting.unsure);
    QVERIFY(m_cluster.restart(master));
    QVERIFY(m_cluster.follows(master));
}

void TestRedisCluster::stoppedMasterGetsNoWriteAfterwards()
{
    create(record(1));
    m_store->setTimeout(1s);
    const int before = masterOf(key(1));
    QVERIFY(before >= 0);
    SessionChange counting = change();
    counting.increment("n", 1);
    must(m_store->update(key(1), counting));
    QVERIFY(m_cluster.isFollowed(before));
    m_cluster[before].stall();
    QElapsedTimer timer;
    timer.start();
    while (!m_store->waitFor(m_store->update(key(1), counting)) && timer.elapsed() < 20'000)
        QTest::qWait(20);
    const QByteArray counted = attribute(key(1), "n");
    m_cluster[before].proceed();
    // It takes itself for the master until it is told better; what it knows of the counter stays as it was.
    for (int n = 1; n <= 50; ++n)
        must(m_store->update(key(1), counting));
    const QByteArray known = m_cluster[before].ask({"HGET", shardOf(key(1)) + "s:" + key(1).toLatin1(), "a:n"});
    QVERIFY2(known.startsWith("-MOVED") || known.contains("\r\n1\r\n"), known.constData());
    QCOMPARE(attribute(key(1), "n").toInt(), counted.toInt() + 50);
    QVERIFY(m_cluster.follows(before));
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
    QVERIFY(m_cluster.restart(master));
    QVERIFY(m_cluster.follows(master));
}

/// What MONITOR shows of all nodes while everything that a store does is done, and a slot is on its way.
void TestRedisCluster::commandsGoWhereTheyBelong()
{
    std::vector<std::unique_ptr<RedisMonitor>> monitors;
    for (int i = 0; i < m_cluster.count(); ++i) {
        monitors.push_back(std::make_unique<RedisMonitor>(m_cluster[i].port()));
        QVERIFY(monitors.back()->isOn());
    }
    const auto store = makeStore(); // its connections are watched from their beginning
    store->setTimeout(Timeout);
    must(store->waitFor(store->subscribe()));
    for (int n = 0; n < 40; ++n) {
        must(store->waitFor(store->create(record(n, u"user%1"_s.arg(n % 2)), UserCap{30, UserCap::Evict})));
        must(store->waitFor(store->update(key(n), setting("a", "1"))));
    }
    must(store->waitFor(store->load(key(1))));
    must(store->waitFor(store->list({})));
    must(store->waitFor(store->count()));
    must(store->waitFor(store->history({})));
    must(store->waitFor(store->takeFlash(key(2))));
    must(store->waitFor(store->removeExpired(100)));
    SessionKey fresh = key(100);
    for (int n = 101; !store->mayRotate(key(3), fresh); ++n)
        fresh = key(n);
    must(store->waitFor(store->rotate(key(3), fresh, change())));

    // Reads of what may be there already follow ASK; scripts wait for the end of the move.
    const int from = masterOf(key(4)), to = (from + 1) % m_cluster.masters();
    const QByteArray slot = m_cluster[0].ask({"CLUSTER", "KEYSLOT", shardOf(key(4))}).sliced(1).trimmed();
    m_cluster[to].ask({"CLUSTER", "SETSLOT", slot, "IMPORTING", m_cluster.id(from)});
    m_cluster[from].ask({"CLUSTER", "SETSLOT", slot, "MIGRATING", m_cluster.id(to)});
    SessionKey unknown = key(200);
    for (int n = 201; shardOf(unknown) != shardOf(key(4)); ++n)
        unknown = key(n);
    const QFuture<Result<SessionRecord>> loaded = store->load(unknown);
    const QFuture<Result<SessionInfo>> created = [&] {
        SessionRecord late = record(200);
        late.key = unknown;
        return store->create(late);
    }();
    QTest::qWait(100);
    for (int i : {to, from})
        m_cluster[i].ask({"CLUSTER", "SETSLOT", slot, "STABLE"});
    QVERIFY(QTest::qWaitFor([&] { return created.isFinished() && loaded.isFinished(); }, int(Timeout.count())));
    QVERIFY(created.result());
    must(store->waitFor(store->removeUser(u"user1"_s, {}, SessionStore::Removal::User)));

    static const QByteArrayList harmless = {"HELLO", "ROLE", "TIME", "INFO", "PING", "CLUSTER", "MONITOR"};
    QList<QByteArray> nodes;
    for (int i = 0; i < m_cluster.count(); ++i)
        nodes.append("127.0.0.1:" + QByteArray::number(m_cluster[i].port()));
    int asked = 0;
    for (int i = 0; i < m_cluster.count(); ++i) {
        const bool isReplica = m_cluster[i].ask({"ROLE"}).contains("slave");
        QHash<QByteArray, QByteArray> before;
        for (const auto &[sender, command, arguments] : monitors[size_t(i)]->lines()) {
            QVERIFY(command != "PUBLISH");
            const bool isOfAClient = sender != "lua" && !nodes.contains(sender);
            if (isReplica && isOfAClient)
                QVERIFY2(harmless.contains(command), command.constData());
            QVERIFY2(!(before.value(sender) == "ASKING" && command.startsWith("EVAL")), command.constData());
            asked += command == "ASKING";
            before.insert(sender, command);
        }
    }
    QVERIFY(asked > 0);
}

void TestRedisCluster::configure(const QByteArray &name, const QByteArray &value) const
{
    for (int i = 0; i < m_cluster.count(); ++i)
        m_cluster[i].ask({"CONFIG", "SET", name, value});
}

QByteArray TestRedisCluster::slotOf(const SessionKey &key) const
{
    return m_cluster[0].ask({"CLUSTER", "KEYSLOT", shardOf(key)}).sliced(1).trimmed();
}

/// Two sessions: one at this master, one at another.
std::pair<SessionKey, SessionKey> TestRedisCluster::createTwo(int master)
{
    std::pair<SessionKey, SessionKey> two;
    for (int n = 0; n < 40; ++n) {
        create(record(n));
        (masterOf(key(n)) == master ? two.first : two.second) = key(n);
    }
    if (two.first == SessionKey() || two.second == SessionKey())
        QTest::qFail("the sessions are not divided among the masters", __FILE__, __LINE__);
    return two;
}

void TestRedisCluster::rightsOfTheReadmeSuffice()
{
    QByteArrayList line = readmeRights("~", m_options.prefix);
    for (QByteArray &word : line) {
        if (word.startsWith('~') || word.startsWith('&'))
            word.insert(1, '{');
    }
    const bool isSharded = m_cluster[0].ask({"COMMAND", "INFO", "spublish"}).contains("spublish");
    if (isSharded) {
        line.removeOne("+publish");
        line.removeOne("+subscribe");
        line += {"+spublish", "+ssubscribe"};
    }
    line += {"+role", "+wait", "+asking", "+cluster|slots"};
    for (int i = 0; i < m_cluster.count(); ++i)
        QVERIFY(m_cluster[i].ask(line).startsWith("+OK"));
    m_options.user = u"app"_s;
    m_options.password = u"password"_s;
    const auto store = makeStore();
    m_options.user = m_options.password = QString();
    store->setTimeout(Timeout);
    QSignalSpy events(store.get(), &SessionStore::sessionEvent);
    must(store->waitFor(store->subscribe()));
    for (int n = 0; n < 20; ++n)
        must(store->waitFor(store->create(record(n, u"ann"_s), UserCap{10, UserCap::Evict})));
    must(store->waitFor(store->update(key(19), setting("a", "1"))));
    must(store->waitFor(store->list({})));
    must(store->waitFor(store->count()));
    must(store->waitFor(store->history({})));
    must(store->waitFor(store->removeExpired(10)));
    QCOMPARE(must(store->waitFor(store->removeUser(u"ann"_s, {}, SessionStore::Removal::User))), 10);
    QTRY_COMPARE(events.size(), 41);
    for (int i = 0; i < m_cluster.count(); ++i)
        m_cluster[i].ask({"ACL", "DELUSER", "app"});
}

/// Names; names of which one is not known; nothing; addresses.
void TestRedisCluster::nodesAreFoundByWhateverTheyAnnounce()
{
    if (!m_cluster[0].ask({"CONFIG", "SET", "cluster-announce-hostname", "localhost"}).startsWith("+OK"))
        QSKIP("Nodes have names from version 7 on.");
    const auto nodesNamed = [this](const QByteArray &name) {
        int least = m_cluster.count();
        for (int i = 0; i < m_cluster.masters(); ++i)
            least = std::min(least, int(m_cluster[i].ask({"CLUSTER", "SLOTS"}).count("\r\n" + name + "\r\n")));
        return least;
    };
    const auto serves = [this](int n) {
        const auto store = makeStore();
        store->setTimeout(Timeout);
        QSignalSpy events(store.get(), &SessionStore::sessionEvent);
        must(store->waitFor(store->subscribe()));
        for (int i = 0; i < 20; ++i)
            must(store->waitFor(store->create(record(n + i))));
        // It is told of a move by what the nodes announce, too.
        const int from = masterOf(key(n)), to = (from + 1) % m_cluster.masters();
        QVERIFY(m_cluster.move(slotOf(key(n)).toInt(), from, to));
        must(store->waitFor(store->update(key(n), setting("a", "1"))));
        QVERIFY(m_cluster.move(slotOf(key(n)).toInt(), to, from));
        must(store->waitFor(store->update(key(n), setting("a", "2"))));
        QTRY_COMPARE(std::ranges::count_if(events,
                                           [](const QList<QVariant> &event) {
                                               return event.first().value<SessionEvent>().type == SessionEvent::Created;
                                           }),
                     20);
    };
    for (int i = 1; i < m_cluster.count(); ++i)
        m_cluster[i].ask({"CONFIG", "SET", "cluster-announce-hostname", "localhost"});
    configure("cluster-preferred-endpoint-type", "hostname");
    QTRY_COMPARE_WITH_TIMEOUT(nodesNamed("localhost"), m_cluster.count(), 20'000);
    serves(100);
    m_cluster[1].ask({"CONFIG", "SET", "cluster-announce-hostname", ""});
    QTRY_VERIFY_WITH_TIMEOUT(nodesNamed("?") > 0, 20'000);
    serves(200);
    configure("cluster-preferred-endpoint-type", "unknown-endpoint");
    serves(300);
    configure("cluster-announce-hostname", "");
    configure("cluster-preferred-endpoint-type", "ip");
    serves(400);
}

void TestRedisCluster::slotWithoutAMasterFailsAlone()
{
    const auto [away, here] = createTwo(0);
    const QByteArray slot = slotOf(away);
    for (int i = 0; i < m_cluster.count(); ++i)
        m_cluster[i].ask({"CLUSTER", "DELSLOTS", slot});
    const auto store = makeStore(); // one that never knew of a master
    for (const auto &one : {m_store, std::static_pointer_cast<SessionStore>(store)}) {
        one->setTimeout(1s);
        QTRY_VERIFY(one->waitFor(one->load(here)).has_value());
        const Result<SessionRecord> loaded = one->waitFor(one->load(away));
        QVERIFY(!loaded && loaded.error() == Error::Unavailable);
        QVERIFY(one->waitFor(one->load(here)).has_value());
    }
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!store->waitFor(store->load(away)));
    QVERIFY(!store->waitFor(store->count()));
    QVERIFY(timer.elapsed() < 500);
    m_cluster[0].ask({"CLUSTER", "ADDSLOTS", slot});
    for (const auto &one : {m_store, std::static_pointer_cast<SessionStore>(store)})
        QTRY_VERIFY_WITH_TIMEOUT(one->waitFor(one->load(away)).has_value(), 15'000);
    m_store->setTimeout(Timeout);
}

void TestRedisCluster::missingSlotsAreAskedForInMeasure_data()
{
    QTest::addColumn<bool>("moved");
    QTest::newRow("they moved one after the other") << true;
    QTest::newRow("nobody has them") << false;
}

// Each refusal had the subscriber ask again for all that were refused: soon there were millions.
void TestRedisCluster::missingSlotsAreAskedForInMeasure()
{
    QFETCH(const bool, moved);
    constexpr int shards = 64;
    m_options.prefix = "many" + QByteArray::number(++m_made) + ':';
    const auto store = makeStore(shards);
    store->setTimeout(Timeout);
    must(store->waitFor(store->subscribe()));
    QByteArrayList slots;
    for (int i = 0; i < shards && slots.size() < 8; ++i) {
        const QByteArray shard = '{' + m_options.prefix + QByteArray::number(i) + '}';
        if (m_cluster[0].ask({"EXISTS", shard + "i:expires"}).startsWith(':'))
            slots.append(m_cluster[0].ask({"CLUSTER", "KEYSLOT", shard}).sliced(1).trimmed());
    }
    QCOMPARE(slots.size(), 8);
    const auto commands = [this] {
        qint64 sum = 0;
        for (int i = 0; i < m_cluster.masters(); ++i) {
            static const QRegularExpression calls(u"cmdstat_s?subscribe:calls=(\\d+),.*rejected_calls=(\\d+)"_s);
            const auto match = calls.match(QString::fromLatin1(m_cluster[i].ask({"INFO", "commandstats"})));
            sum += match.captured(1).toLongLong() + match.captured(2).toLongLong();
        }
        return sum;
    };
    const qint64 before = commands();
    const auto give = [&](const QByteArray &slot, int to) {
        for (int node = 0; node < m_cluster.masters(); ++node)
            m_cluster[node].ask({"CLUSTER", "SETSLOT", slot, "NODE", m_cluster.id(to)});
    };
    for (const QByteArray &slot : std::as_const(slots)) {
        if (moved) {
            give(slot, 1);
        } else {
            for (int node = 0; node < m_cluster.count(); ++node)
                m_cluster[node].ask({"CLUSTER", "DELSLOTS", slot});
        }
        QTest::qWait(20);
    }
    QTest::qWait(moved ? 1000 : 2000);
    const qint64 asked = commands() - before;
    if (!moved) {
        const auto late = makeStore(shards); // which has never known a master of these
        late->setTimeout(500ms);
        const QFuture<Result<void>> subscribed = late->subscribe();
        QTRY_VERIFY(subscribed.isFinished());
        QVERIFY(!subscribed.result().has_value());
        for (const QByteArray &slot : std::as_const(slots))
            m_cluster[0].ask({"CLUSTER", "ADDSLOTS", slot});
    } else {
        for (const QByteArray &slot : std::as_const(slots))
            give(slot, 0);
    }
    QVERIFY2(asked < 1000, QByteArray::number(asked).constData());
    bool isUp = false;
    const auto isSubscribed = [&] {
        const auto again = store->waitFor(store->subscribe());
        isUp = again.has_value();
        return isUp;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSubscribed(), 20'000);
}

/// Also one that gets it while everything runs.
void TestRedisCluster::masterWithAnotherPasswordFailsAlone()
{
    const auto [away, here] = createTwo(0);
    m_cluster[0].ask({"CONFIG", "SET", "requirepass", "hunter2"});
    QVERIFY(m_store->waitFor(m_store->load(away))); // who is connected stays it
    const auto store = makeStore();
    store->setTimeout(1s);
    QTRY_VERIFY(store->waitFor(store->load(here)).has_value());
    const Result<SessionRecord> loaded = store->waitFor(store->load(away));
    QVERIFY(!loaded && loaded.error() == Error::Unavailable);
    QVERIFY2(loaded.error().text.contains(u":%1 wants a password"_s.arg(m_cluster[0].port())), qPrintable(loaded.error().text));
    m_cluster[0].ask({"CONFIG", "SET", "requirepass", ""}, {"AUTH", "hunter2"});
    QTRY_VERIFY_WITH_TIMEOUT(store->waitFor(store->load(away)).has_value(), 15'000);
}

void TestRedisCluster::fullMasterFailsAlone()
{
    const auto [full, here] = createTwo(0);
    m_cluster[0].ask({"CONFIG", "SET", "maxmemory", "1"});
    const Result<SessionInfo> changed = m_store->waitFor(m_store->update(full, setting("a", "1")));
    QVERIFY(!changed && changed.error() == Error::Unavailable);
    QVERIFY2(changed.error().text.contains(u"memory of Redis is full"), qPrintable(changed.error().text));
    must(m_store->update(here, setting("a", "1")));
    QVERIFY(exists(full));
    must(m_store->remove(full, SessionStore::Removal::Destroyed));
    m_cluster[0].ask({"CONFIG", "SET", "maxmemory", "0"});
    QVERIFY(!exists(full) && exists(here));
}

/// A node that was reset knows of no master at all.
void TestRedisCluster::nodeThatLeftMisleadsNobody()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    const RedisServer &replica = cluster[cluster.count() - 1];
    RedisOptions options;
    options.clusterNodes = {{u"127.0.0.1"_s, replica.port()}, {u"127.0.0.1"_s, cluster[0].port()}};
    options.shards = 16;
    RedisStore store(options);
    store.setTimeout(Timeout);
    for (int n = 0; n < 16; ++n)
        must(store.waitFor(store.create(record(n))));
    QVERIFY(replica.ask({"CLUSTER", "RESET", "SOFT"}).startsWith("+OK"));
    QVERIFY(ServerProcess::soon([&] { return replica.ask({"CLUSTER", "SLOTS"}).startsWith("*0"); }));
    replica.ask({"CONFIG", "RESETSTAT"});
    const auto hasBeenAsked = [&] { return replica.ask({"INFO", "commandstats"}).contains("cluster|slots"); };
    QStringList failures;
    const auto serve = [&] {
        for (int n = 0; n < 16; ++n) {
            const Result<SessionRecord> loaded = store.waitFor(store.load(key(n)));
            if (!loaded && !loaded.error().text.contains(u"was lost")) // with the connection that is ended here
                failures.append(loaded.error().text);
        }
    };
    // Each lost connection has the map read anew, from one node after the other.
    QElapsedTimer timer;
    timer.start();
    while (!hasBeenAsked() && timer.elapsed() < 60'000) {
        cluster[1].ask({"CLIENT", "KILL", "TYPE", "normal"});
        QTest::qWait(20);
        serve();
    }
    QVERIFY(hasBeenAsked());
    serve();
    QCOMPARE(failures, QStringList());
}

/// As an administrator makes a cluster smaller, while events of its shards are awaited.
void TestRedisCluster::emptiedNodeMayBeResetAndForgotten()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    RedisOptions options;
    options.clusterNodes = {{u"127.0.0.1"_s, cluster[2].port()}, {u"127.0.0.1"_s, cluster[0].port()}};
    options.shards = 16;
    RedisStore store(options);
    store.setTimeout(Timeout);
    QSignalSpy events(&store, &SessionStore::sessionEvent);
    must(store.waitFor(store.subscribe()));
    for (int n = 0; n < 32; ++n)
        must(store.waitFor(store.create(record(n))));
    QTRY_COMPARE(events.size(), 32);

    const QByteArray last = cluster.id(2), itsReplica = cluster.id(5);
    QByteArrayList empty;
    for (int n = 2 * 16384 / 3; n < 16384; ++n) {
        const QByteArray slot = QByteArray::number(n);
        if (cluster[2].ask({"CLUSTER", "COUNTKEYSINSLOT", slot}).startsWith(":0"))
            empty.append(slot);
        else
            QVERIFY(cluster.move(n, 2, 0));
    }
    for (const int node : {2, 5, 1, 3, 4, 0})
        cluster[node].ask(QByteArrayList{"CLUSTER", "DELSLOTS"} + empty);
    QVERIFY(cluster[0].ask(QByteArrayList{"CLUSTER", "ADDSLOTS"} + empty).startsWith("+OK"));
    const QByteArray all = "cluster_slots_assigned:16384";
    QVERIFY(ServerProcess::soon([&] { return cluster[1].ask({"CLUSTER", "INFO"}).contains(all); }));
    for (const int gone : {2, 5})
        QVERIFY(cluster[gone].ask({"CLUSTER", "RESET", "HARD"}).startsWith("+OK"));
    for (const int left : {0, 1, 3, 4}) {
        cluster[left].ask({"CLUSTER", "FORGET", itsReplica});
        cluster[left].ask({"CLUSTER", "FORGET", last});
    }
    for (int n = 0; n < 32; ++n)
        must(store.waitFor(store.update(key(n), setting("a", "1"))));
    for (int n = 32; n < 64; ++n)
        must(store.waitFor(store.create(record(n))));
    QTRY_COMPARE(std::ranges::count_if(events,
                                       [](const QList<QVariant> &event) {
                                           return event.first().value<SessionEvent>().type == SessionEvent::Created;
                                       }),
                 64);
    QCOMPARE(must(store.waitFor(store.count())), 64);
    QTRY_COMPARE(store.servers().toString(), u"2 of 2 masters"_s);
}

/// By a store that connects meanwhile, and tries there what it may do.
void TestRedisCluster::nodeIsUsedWhileASlotLeavesIt()
{
    QHash<int, QList<SessionKey>> byMaster; // a key of each shard
    for (int shard = 0; shard < 16; ++shard) {
        QByteArray bytes(32, 'x');
        bytes[0] = char(shard << 4);
        const SessionKey key = *SessionKey::fromBytes(bytes);
        byMaster[masterOf(key)].append(key);
    }
    create(record(0)); // the number of shards is known
    const QList<int> masters = byMaster.keys();
    QVERIFY(masters.size() > 1);
    for (const int from : masters) {
        const QList<SessionKey> keys = byMaster[from];
        QVERIFY(keys.size() > 1);
        const QByteArray slot = slotOf(keys.first());
        const int to = from == masters.first() ? masters.last() : masters.first();
        const auto restore = qScopeGuard([&] {
            for (const int node : {to, from})
                m_cluster[node].ask({"CLUSTER", "SETSLOT", slot, "STABLE"});
        });
        QVERIFY(m_cluster[to].ask({"CLUSTER", "SETSLOT", slot, "IMPORTING", m_cluster.id(from)}).startsWith("+OK"));
        QVERIFY(m_cluster[from].ask({"CLUSTER", "SETSLOT", slot, "MIGRATING", m_cluster.id(to)}).startsWith("+OK"));
        const auto store = makeStore();
        store->setTimeout(Timeout);
        SessionRecord staying = record(1);
        staying.key = keys.last();
        must(store->waitFor(store->create(staying)));
        must(store->waitFor(store->subscribe()));
    }
}

/// In a thread whose event loop has not come to what is to be deleted.
void TestRedisCluster::storeMayEndBeforeItsFormerNodes()
{
    auto store = makeStore();
    store->setTimeout(Timeout);
    must(store->waitFor(store->count()));
    int n = 0;
    while (masterOf(key(n)) < 2) // the first two are given, and stay
        ++n;
    create(record(n));
    const int before = masterOf(key(n)), replica = replicaOf(before);
    QVERIFY(replica >= 0);
    QVERIFY(m_cluster[replica].ask({"CLUSTER", "FAILOVER"}).startsWith("+OK"));
    QVERIFY(ServerProcess::soon([&] { return m_cluster[replica].ask({"ROLE"}).contains("master"); }));
    QVERIFY(ServerProcess::soon([&] {
        must(store->waitFor(store->update(key(n), setting("a", "1"))));
        return store->servers().toString() == u"3 of 3 masters"_s;
    }));
    store.reset();
    QCoreApplication::processEvents();
    QVERIFY(m_cluster.follows(before));
}

void TestRedisCluster::logOutOutlivesAReplicaThatIsPromotedByHand_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::newRow("in agreement") << QByteArray();
    QTest::newRow("without asking the master") << QByteArray("FORCE");
    QTest::newRow("without asking anybody") << QByteArray("TAKEOVER");
}

/// In the middle of it. Whoever was told that it is done has nobody left.
void TestRedisCluster::logOutOutlivesAReplicaThatIsPromotedByHand()
{
    QFETCH(QByteArray, how);
    constexpr int sessions = 600;
    QList<SessionKey> keys;
    for (int n = 0; n < sessions; ++n) {
        create(record(n, u"ann"_s));
        keys.append(key(n));
    }
    const int before = masterOf(key(0));
    const int replica = replicaOf(before);
    QVERIFY(replica >= 0);
    const QFuture<Result<qint64>> removed = m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User);
    QByteArrayList command = {"CLUSTER", "FAILOVER"};
    if (!how.isEmpty())
        command += how;
    QTest::qWait(5); // some are gone, most are not
    QVERIFY(m_cluster[replica].ask(command).startsWith("+OK"));
    QVERIFY(QTest::qWaitFor([&] { return removed.isFinished(); }, int(Timeout.count())));
    const Result<qint64> first = removed.result();
    if (!first) { // it says that it is not known
        QVERIFY2(first.error() == Error::Unavailable || first.error() == Error::Timeout, qPrintable(first.error().text));
        QVERIFY2(!first.error().text.contains(u"Use the address"), qPrintable(first.error().text));
        QTRY_VERIFY_WITH_TIMEOUT(m_store->waitFor(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)).has_value(),
                                 20'000);
    }
    QTRY_VERIFY(m_cluster[replica].ask({"ROLE"}).contains("master"));
    for (const SessionKey &one : std::as_const(keys))
        QVERIFY(!exists(one));
    QVERIFY(m_cluster.follows(before));
    QCOMPARE(must(m_store->count()), 0);
    qInfo("%s", first ? "done at once" : qPrintable(first.error().text));
}

QTEST_GUILESS_MAIN(TestRedisCluster)
#include "tst_rediscluster.moc"
