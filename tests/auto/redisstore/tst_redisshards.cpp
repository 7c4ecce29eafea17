// SPDX-License-Identifier: MIT
#include "shardedsuite.h"

#include <redisserver.h>
#include <shardkeys.h>

#include <Sojourn/Author>
#include <Sojourn/RedisStore>

#include <QtCore/QRandomGenerator>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A store in four shards, on one server.
class TestRedisShards : public ShardedSuite
{
    Q_OBJECT
public:
    TestRedisShards();

private Q_SLOTS:
    void initTestCase();

    void shardsListAsOneDoes_data();
    void shardsListAsOneDoes();
    void sweepTakesWhatExpiredFirstFromAllShards();
    void authorIsWhoAskedForIt();
    void historyOfAllShardsIsNewestFirst();
    void keysAreFoundByPrefixInTheirShards();
    void freshIdsStayInTheirShard();
    void rotationToAnotherShardIsRefused();
    void logoutEverywhereEndsSessionsOfAllShards();
    void capSeesASessionThatIsRotatedMeanwhile();
    void homeForgetsShardsThatHaveNoneAnyMore();
    void deadlineMovesOnlyOnceTheHomeKnows();
    void briefSessionHidesNoLongerOne();
    void storeThatOnlyReadsFixesNoNumberOfShards();

private:
    std::shared_ptr<RedisStore> makeStore(int shards) const;

    RedisServer m_server;
    RedisOptions m_options;
    int m_made = 0;
};

TestRedisShards::TestRedisShards()
    : ShardedSuite({.make =
                        [this] {
                            m_options.prefix = "test" + QByteArray::number(++m_made) + ':';
                            return makeStore(4);
                        },
                    .makeAnother = [this] { return makeStore(4); },
                    .corrupt =
                        [this](const SessionKey &key) {
                            const QByteArray shard = QByteArray::number(quint8(key.bytes()[0]) >> 6);
                            m_server.ask({"HSET", '{' + m_options.prefix + shard + "}s:" + key.toLatin1(), "meta", "?"});
                        },
                    .key = shardKey})
{
    m_options.port = m_server.port();
}

std::shared_ptr<RedisStore> TestRedisShards::makeStore(int shards) const
{
    RedisOptions options = m_options;
    options.shards = shards;
    return std::make_shared<RedisStore>(options);
}

void TestRedisShards::initTestCase()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    QVERIFY(m_server.start());
}

void TestRedisShards::shardsListAsOneDoes_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("shards");
    QTest::newRow("few sessions") << 60 << 4;
    QTest::newRow("as many shards as sessions") << 60 << 64;
    QTest::newRow("offsets that are looked for") << 5000 << 8;
}

void TestRedisShards::shardsListAsOneDoes()
{
    QFETCH(int, count);
    QFETCH(int, shards);
    std::shared_ptr<RedisStore> one, many;
    for (auto *made : {&one, &many}) {
        const auto store = *made = makeStore(made == &one ? 1 : shards);
        store->setTimeout(Timeout);
        store->setClock([this] { return m_now; });
        fill(*store, count);
    }
    m_now += 20s; // a seventh has expired, and nobody swept
    compareLists(*one, *many, {0, 1, 16, 40, 50, 60, count / 2, count - count / 10, count + 1});
}

void TestRedisShards::sweepTakesWhatExpiredFirstFromAllShards()
{
    for (int n = 0; n < 100; ++n) {
        SessionRecord session = record(n);
        session.expiresAt = m_now + std::chrono::seconds(1 + n);
        create(session);
    }
    m_now += 90s;
    QCOMPARE(must(m_store->removeExpired(50)), 50);
    HistoryQuery query;
    query.limit = 1000;
    int expired = 0;
    for (const SessionEvent &event : must(m_store->history(query))) {
        if (event.type != SessionEvent::Expired) // of the same millisecond in another shard
            continue;
        ++expired;
        bool isEarly = false;
        for (int n = 0; n < 50; ++n)
            isEarly |= event.key == key(n);
        QVERIFY(isEarly);
    }
    QCOMPARE(expired, 50);
    QCOMPARE(must(m_store->removeExpired(1000)), 40);
    QCOMPARE(must(m_store->removeExpired(1000)), 0);
    QCOMPARE(must(m_store->count()), 10);
}

void TestRedisShards::historyOfAllShardsIsNewestFirst()
{
    QList<SessionKey> created;
    for (int n = 0; n < 150; ++n) {
        create(record(n));
        created.prepend(key(n));
        if (n % 10 == 0)
            QTest::qSleep(2); // by the server's clock, in ms
    }
    HistoryQuery query;
    query.limit = 1000;
    const QList<SessionEvent> all = must(m_store->history(query));
    QCOMPARE(all.size(), 150);
    query.limit = 40;
    QCOMPARE(must(m_store->history(query)), all.first(40));
    query.key = key(7);
    QCOMPARE(must(m_store->history(query)).size(), 1);
}

void TestRedisShards::keysAreFoundByPrefixInTheirShards()
{
    for (int n = 0; n < 200; ++n)
        create(record(n));
    for (int n = 0; n < 200; n += 20) {
        for (const qsizetype length : {1, 2, 3, 8, 43}) {
            SessionQuery query;
            query.keyPrefix = key(n).toLatin1().first(length);
            query.limit = 200;
            QList<SessionKey> expected;
            for (int other = 0; other < 200; ++other) {
                if (key(other).toLatin1().startsWith(query.keyPrefix))
                    expected.append(key(other));
            }
            QList<SessionKey> found = keysOf(must(m_store->list(query)));
            std::ranges::sort(expected);
            std::ranges::sort(found);
            QCOMPARE(found, expected);
        }
    }
}

void TestRedisShards::freshIdsStayInTheirShard()
{
    for (int i = 0; i < 20; ++i) {
        Session session({}, m_store);
        session.insert("a", i);
        must(m_store->waitFor(session.save()));
        const SessionKey before = session.key();
        must(m_store->waitFor(session.cycleId()));
        QVERIFY(session.key() != before);
        QVERIFY(m_store->mayRotate(before, session.key()));
        QVERIFY(exists(session.key()));
    }
}

void TestRedisShards::rotationToAnotherShardIsRefused()
{
    create(record(1));
    int other = 2;
    while (m_store->mayRotate(key(1), key(other)))
        ++other;
    QVERIFY(fails(m_store->rotate(key(1), key(other), change()), Error::Invalid));
    QVERIFY(exists(key(1)));
}

void TestRedisShards::logoutEverywhereEndsSessionsOfAllShards()
{
    for (int n = 0; n < 40; ++n)
        create(record(n, n % 2 ? u"ann"_s : u"bob"_s));
    QCOMPARE(must(m_store->removeUser(u"ann"_s, key(1), SessionStore::Removal::User)), 19);
    QCOMPARE(keysOf(u"ann"_s), QList{key(1)});
    m_server.ask({"FLUSHALL"});
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 0);
}

/// Creations of a user wait for their turn, in which nobody administers any more.
void TestRedisShards::authorIsWhoAskedForIt()
{
    auto created = [this] {
        const Author::Scope scope(u"ann@desk, test"_s);
        return m_store->create(record(1, u"ann"_s));
    }();
    QVERIFY(m_store->waitFor(std::move(created)));
    const QList<SessionEvent> history = must(m_store->history({}));
    QCOMPARE(history.size(), 1);
    QCOMPARE(history.first().by, u"ann@desk, test"_s);
}

/// Of two programs one rotates the oldest session again and again, while the other logs in where there is room for three.
void TestRedisShards::capSeesASessionThatIsRotatedMeanwhile()
{
    const auto other = makeStore(4);
    other->setTimeout(Timeout);
    other->setClock([this] { return m_now; });
    int n = 0;
    for (; n < 3; ++n) {
        create(record(n, u"ann"_s));
        m_now += 1s;
    }
    SessionKey oldest = key(0);
    bool stops = false, isRunning = false;
    int fresh = 10'000, rotations = 0;
    std::function<void()> rotate = [&] {
        SessionKey next = key(++fresh);
        while (!other->mayRotate(oldest, next))
            next = key(++fresh);
        other->rotate(oldest, next, change()).then(this, [&, next](const Result<SessionInfo> &rotated) {
            rotations += rotated.has_value();
            isRunning = rotated && !stops;
            if (!isRunning)
                return;
            oldest = next;
            rotate();
        });
    };
    for (; n < 60; ++n) {
        oldest = keysOf(u"ann"_s).last();
        stops = false;
        isRunning = true;
        rotate();
        const QFuture<Result<SessionInfo>> created = m_store->create(record(n, u"ann"_s), UserCap{3, UserCap::Evict});
        QVERIFY(QTest::qWaitFor([&] { return created.isFinished(); }, int(Timeout.count())));
        must(created.result());
        stops = true;
        QTRY_VERIFY(!isRunning);
        QCOMPARE(keysOf(u"ann"_s).size(), 3);
        m_now += 1s;
    }
    QVERIFY(rotations > 0);
}

void TestRedisShards::homeForgetsShardsThatHaveNoneAnyMore()
{
    SessionRecord brief = record(1, u"ann"_s);
    brief.expiresAt = m_now + 1min;
    create(brief);
    const auto homes = [this] {
        const QByteArray keys = m_server.ask({"KEYS", '{' + m_options.prefix + "u:*"});
        return keys;
    };
    const QByteArray home = homes().split('\n').value(2).trimmed();
    QVERIFY(home.startsWith('{'));
    QVERIFY(m_server.ask({"ZCARD", home}).startsWith(":1"));
    m_now += 10min;
    int other = 2;
    while (m_store->mayRotate(key(1), key(other)))
        ++other;
    create(record(other, u"ann"_s));
    QVERIFY(m_server.ask({"ZCARD", home}).startsWith(":1"));
    QCOMPARE(keysOf(u"ann"_s), QList{key(other)});
    // A touch moves the deadline, and the home hears of it.
    const QByteArray before = m_server.ask({"ZRANGE", home, "0", "-1", "WITHSCORES"});
    m_now += 10min;
    must(m_store->update(key(other), touching()));
    QTRY_VERIFY(m_server.ask({"ZRANGE", home, "0", "-1", "WITHSCORES"}) != before);
}

/// Else the user's list would lack the session in the end, and a cap would not count it.
void TestRedisShards::deadlineMovesOnlyOnceTheHomeKnows()
{
    create(record(1, u"ann"_s));
    const TimePoint before = must(m_store->load(key(1))).expiresAt;
    const QByteArray home = m_server.ask({"KEYS", '{' + m_options.prefix + "u:*"}).split('\n').value(2).trimmed();
    m_server.ask({"SET", home, "no set"}); // which refuses to be told, as if its server were away
    SessionChange longer;
    longer.expiry = Expiry::onInactivity(24h * 300);
    QVERIFY(!m_store->waitFor(m_store->update(key(1), longer)));
    QCOMPARE(must(m_store->load(key(1))).expiresAt, before);
    must(m_store->update(key(1), touching()));
    m_server.ask({"DEL", home});
    must(m_store->update(key(1), longer));
    m_now += 24h * 200;
    QCOMPARE(keysOf(u"ann"_s), QList{key(1)});
}

void TestRedisShards::briefSessionHidesNoLongerOne()
{
    create(record(1, u"ann"_s));
    int other = 2;
    while (!m_store->mayRotate(key(1), key(other)))
        ++other;
    SessionRecord brief = record(other, u"ann"_s);
    brief.expiresAt = m_now + 1s;
    create(brief);
    m_now += 10min;
    QCOMPARE(keysOf(u"ann"_s), QList{key(1)});
}

void TestRedisShards::storeThatOnlyReadsFixesNoNumberOfShards()
{
    m_options.prefix += "unused:";
    RedisOptions reading = m_options;
    reading.readOnly = true;
    reading.shards = 8;
    RedisStore store(reading);
    QCOMPARE(must(store.waitFor(store.count())), 0);
    QCOMPARE(m_server.ask({"KEYS", '*' + m_options.prefix + '*'}), "*0\r\n");
}

QTEST_GUILESS_MAIN(TestRedisShards)
#include "tst_redisshards.moc"
