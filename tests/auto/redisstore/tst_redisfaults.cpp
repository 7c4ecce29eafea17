// SPDX-License-Identifier: MIT
#include <faultyproxy.h>
#include <readmerights.h>
#include <redisserver.h>
#include <storesuite.h>

#include <Sojourn/RedisStore>

#include <QtCore/QElapsedTimer>
#include <QtTest/QSignalSpy>

#include <array>
#include <vector>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The store suite over a bad line, and what happens when the server stalls, dies and comes back.
class TestRedisFaults : public StoreSuite
{
    Q_OBJECT
public:
    TestRedisFaults();

private Q_SLOTS:
    void initTestCase();

    void serverAwayAtTheStartIsFoundLater();
    void serviceResumesAfterTheServerDied();
    void serviceResumesWithoutAnEventLoop();
    void stalledServerIsWaitedForOnce();
    void serverThatIsAwayHoldsUpNoCreation();
    void stalledServerHoldsUpNobodyInTheEventLoop();
    void whatTimedOutNeverHappensLater();
    void answerThatLiesThereIsNotLate();
    void lateRepliesAnswerNoLaterRequest();
    void cutLineFailsWhatIsUnderWay();
    void halfAReplyIsNoReply();
    void writeIsNeitherLostNorDoubledByACut();
    void removalBeatsAWriterOnItsWay();
    void rotationBeatsAWriterOnItsWay();
    void overlappingWritersOfTwoProcessesKeepEverything();
    void missedLifecycleEventsFollowAfterACut();
    void deadSubscriptionIsNoticedAndRenewed();
    void historyThatWasLostSilencesNobody();
    void subscriptionIsMadeUpForLater();
    void subscriptionThatTheServerRefusesNeverHangs();
    void accountWithoutACommandWritesNothing_data();
    void accountWithoutACommandWritesNothing();
    void rightsOfTheReadmeSuffice();
    void accountWithoutEventsKeepsEverythingElse_data();
    void accountWithoutEventsKeepsEverythingElse();
    void rightTakenAwayUnderwayLeavesNothingHalfDone_data();
    void rightTakenAwayUnderwayLeavesNothingHalfDone();
    void fullServerChangesNothingAndIsRead();
    void keyOfAnotherTypeLeavesNothingHalfDone();
    void unsureFateIsSaid();
    void threadThatIsBusyWhileItConnectsLosesNothing();
    void serversClockDecides();
    void serverWhoseClockWasSetRefusesNothing();
    void destroyedStoreAnswersWhatIsUnderWay();
    void storeMayGoInItsOwnAnswer();
    void storeMayGoWhenItsWritesFail();

private:
    std::shared_ptr<RedisStore> makeStore() const { return std::make_shared<RedisStore>(m_options); }
    std::shared_ptr<RedisStore> makeStore(const RedisServer &server, std::chrono::milliseconds timeout = 1s) const;
    template<class T>
    static std::optional<Error> errorOf(SessionStore &store, Task<T> task);

    RedisServer m_server;
    FaultyProxy m_proxy;
    RedisOptions m_options;
    int m_made = 0;
};

TestRedisFaults::TestRedisFaults()
    : StoreSuite({.make =
                      [this] {
                          m_proxy.cut();
                          m_proxy.delay = 0;
                          m_proxy.pieces = 40;
                          m_proxy.cutAfter = -1;
                          m_options.prefix = "test" + QByteArray::number(++m_made) + ':';
                          return makeStore();
                      },
                  .makeAnother = [this] { return makeStore(); },
                  .corrupt = {}}),
      m_proxy(m_server.port())
{
    m_options.port = m_proxy.port();
}

std::shared_ptr<RedisStore> TestRedisFaults::makeStore(const RedisServer &server, std::chrono::milliseconds timeout) const
{
    RedisOptions options = m_options;
    options.port = server.port();
    auto store = std::make_shared<RedisStore>(options);
    store->setTimeout(timeout);
    return store;
}

template<class T>
std::optional<Error> TestRedisFaults::errorOf(SessionStore &store, Task<T> task)
{
    const Result<T> result = store.waitFor(std::move(task));
    return result ? std::nullopt : std::optional(result.error());
}

void TestRedisFaults::initTestCase()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    QVERIFY(m_server.start());
}

void TestRedisFaults::serverAwayAtTheStartIsFoundLater()
{
    RedisServer server;
    const auto store = makeStore(server, 20s);
    QSignalSpy available(store.get(), &SessionStore::availabilityChanged);
    QElapsedTimer timer;
    timer.start();
    const auto error = errorOf(*store, store->count());
    QVERIFY(error);
    QCOMPARE(error->code, Error::Unavailable);
    QVERIFY2(error->text.contains(u"cannot be reached"), qPrintable(error->text));
    QVERIFY(timer.elapsed() < 10'000); // it does not wait for its timeout
    QTest::qWait(300);
    QVERIFY(available.isEmpty());

    QVERIFY(server.start());
    QTRY_COMPARE(available.size(), 1);
    QCOMPARE(must(store->waitFor(store->count())), 0);
}

void TestRedisFaults::serviceResumesAfterTheServerDied()
{
    RedisServer server;
    QVERIFY(server.start());
    const auto store = makeStore(server, 20s);
    must(store->waitFor(store->create(record(1))));
    QSignalSpy available(store.get(), &SessionStore::availabilityChanged);
    server.kill();
    QTRY_COMPARE(available.size(), 1);
    QCOMPARE(available[0][0].toBool(), false);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(errorOf(*store, store->count()));
    QVERIFY(timer.elapsed() < 10'000);
    QTest::qWait(3000); // the pauses between attempts are at their longest

    QVERIFY(server.start());
    QTRY_COMPARE(available.size(), 2);
    must(store->waitFor(store->create(record(1))));
}

void TestRedisFaults::serviceResumesWithoutAnEventLoop()
{
    RedisServer server;
    QVERIFY(server.start());
    const auto store = makeStore(server);
    must(store->waitFor(store->create(record(1))));
    server.kill();
    QVERIFY(errorOf(*store, store->count()));
    QVERIFY(server.start());
    QElapsedTimer timer;
    timer.start();
    while (errorOf(*store, store->count()) && timer.elapsed() < 5000)
        QThread::msleep(20);
    QVERIFY(timer.elapsed() < 5000);
}

void TestRedisFaults::stalledServerIsWaitedForOnce()
{
    RedisServer server;
    QVERIFY(server.start());
    const auto store = makeStore(server);
    must(store->waitFor(store->create(record(1))));
    server.stall();
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(errorOf(*store, store->load(key(1))).value_or(Error()).code, Error::Timeout);
    QVERIFY2(timer.elapsed() >= 990 && timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    qint64 waited = 0;
    for (int i = 0; i < 30; ++i) {
        timer.restart();
        QCOMPARE(errorOf(*store, store->load(key(1))).value_or(Error()).code, Error::Unavailable);
        const auto created = store->waitFor(store->create(record(2)));
        QVERIFY(!created && created.error() == Error::Unavailable);
        waited += timer.elapsed();
        QTest::qWait(30);
    }
    QVERIFY2(waited < 1000, qPrintable(QString::number(waited))); // all of them less than one timeout
    server.proceed();
    QTRY_VERIFY(!errorOf(*store, store->load(key(1))));
}

void TestRedisFaults::serverThatIsAwayHoldsUpNoCreation()
{
    RedisServer server;
    QVERIFY(server.start());
    const auto store = makeStore(server);
    must(store->waitFor(store->create(record(1))));
    server.kill();
    QTRY_VERIFY(errorOf(*store, store->load(key(1))).has_value());
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 20; ++i)
        QVERIFY(!store->waitFor(store->create(record(2))));
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
}

void TestRedisFaults::stalledServerHoldsUpNobodyInTheEventLoop()
{
    RedisServer server;
    QVERIFY(server.start());
    const auto store = makeStore(server);
    must(store->waitFor(store->create(record(1))));
    server.stall();
    qint64 longest = 0;
    int answers = 0;
    QElapsedTimer turn, whole;
    turn.start();
    whole.start();
    while (whole.elapsed() < 2000) {
        store->load(key(1)).then([&answers](const Result<SessionRecord> &record) {
            QVERIFY(!record && (record.error() == Error::Timeout || record.error() == Error::Unavailable));
            ++answers;
        });
        QTest::qWait(5);
        longest = std::max(longest, turn.restart());
    }
    QVERIFY2(longest < 1000, qPrintable(QString::number(longest))); // its timeout
    QVERIFY(answers > 20);
    server.proceed();
    QTRY_VERIFY(!errorOf(*store, store->load(key(1))));
}

void TestRedisFaults::whatTimedOutNeverHappensLater()
{
    RedisServer server;
    QVERIFY(server.start());
    const auto store = makeStore(server);
    const SessionRecord before = record(1, u"ann"_s);
    const std::function<Task<SessionInfo>()> writes[] = {
        [&] { return store->update(key(1), setting("a", "1")); },
        [&] { return store->rotate(key(1), key(2), change()); },
        [&] { return store->remove(key(1), SessionStore::Removal::User); },
        [&] { return store->create(record(3)); },
    };
    must(store->waitFor(store->create(before)));
    for (const auto &write : writes) {
        server.stall();
        QCOMPARE(errorOf(*store, write()).value_or(Error()).code, Error::Timeout);
        server.proceed();
        QTRY_VERIFY(!errorOf(*store, store->count()));
        QCOMPARE(must(store->waitFor(store->load(key(1)))), before);
        QCOMPARE(must(store->waitFor(store->count())), 1);
    }
}

void TestRedisFaults::answerThatLiesThereIsNotLate()
{
    RedisServer server;
    QVERIFY(server.start());
    const auto store = makeStore(server);
    must(store->waitFor(store->create(record(1))));
    QSignalSpy available(store.get(), &SessionStore::availabilityChanged);
    int answers = 0;
    const auto load = [&] {
        store->load(key(1)).then([&answers](const Result<SessionRecord> &record) { answers += record.has_value(); });
    };
    server.stall();
    load();
    QTest::qWait(20);
    server.proceed();
    QThread::msleep(3000); // a slow handler; the answer comes meanwhile
    load();
    QTRY_COMPARE(answers, 2);
    QVERIFY(available.isEmpty());
}

void TestRedisFaults::lateRepliesAnswerNoLaterRequest()
{
    for (int n = 0; n < 10; ++n)
        create(record(n, u"user%1"_s.arg(n)));
    m_store->setTimeout(100ms);
    QElapsedTimer timer;
    timer.start();
    int right = 0;
    while (timer.elapsed() < 1500
           || (right <= 10 && timer.elapsed() < 20'000)) { // the pause between attempts may be long by then
        m_proxy.delay = timer.elapsed() < 1500 ? QRandomGenerator::global()->bounded(60, 160) : 0;
        const int n = QRandomGenerator::global()->bounded(10);
        const auto loaded = m_store->waitFor(m_store->load(key(n)));
        if (loaded) {
            QCOMPARE(loaded->key, key(n));
            QCOMPARE(loaded->user, u"user%1"_s.arg(n));
            ++right;
        } else {
            QVERIFY(loaded.error() == Error::Timeout || loaded.error() == Error::Unavailable);
            QTest::qWait(5);
        }
    }
    QVERIFY(right > 10);
}

void TestRedisFaults::cutLineFailsWhatIsUnderWay()
{
    create(record(1));
    m_proxy.delay = 2000;
    Task<SessionRecord> loading = m_store->load(key(1));
    QTest::qWait(30);
    m_proxy.cut();
    m_proxy.delay = 0;
    QCOMPARE(errorOf(*m_store, std::move(loading)).value_or(Error()).code, Error::Unavailable);
    QTRY_VERIFY(exists(key(1)));
}

void TestRedisFaults::halfAReplyIsNoReply()
{
    SessionRecord full = record(1, u"ann"_s);
    give(full, "text", '"' + QByteArray(2000, 'x') + '"');
    create(full);
    for (int cut = 0; cut < 2200; cut += 97) {
        QTRY_VERIFY(exists(key(1)));
        m_proxy.cutAfter = cut;
        const auto loaded = m_store->waitFor(m_store->load(key(1)));
        if (loaded)
            QCOMPARE(*loaded, full);
        else
            QCOMPARE(loaded.error().code, Error::Unavailable);
        m_proxy.cutAfter = -1;
    }
}

void TestRedisFaults::writeIsNeitherLostNorDoubledByACut()
{
    create(record(1));
    SessionChange increment = change();
    increment.increment("n", 1);
    int known = 0, unknown = 0;
    for (int i = 0; i < 30; ++i) {
        QTRY_VERIFY(exists(key(1)));
        if (i % 3 == 0)
            m_proxy.cutAfter = 10;
        const Result<SessionInfo> written = m_store->waitFor(m_store->update(key(1), increment));
        (written ? known : unknown)++;
        const QString told = written ? QString() : written.error().text;
        QVERIFY2(told.contains(u". The change"_s) || !told.contains(u"The change"_s), qPrintable(told));
        m_proxy.cutAfter = -1;
    }
    QTRY_VERIFY(exists(key(1)));
    const int found = attribute(key(1), "n").toInt();
    QVERIFY(known >= 15);
    QVERIFY2(found >= known && found <= known + unknown,
             qPrintable(u"%1 known, %2 unknown, %3 found"_s.arg(known).arg(unknown).arg(found)));
}

void TestRedisFaults::removalBeatsAWriterOnItsWay()
{
    const auto other = makeStore(m_server, 2s);
    for (int n = 0; n < 20; ++n) {
        create(record(n, u"ann"_s));
        Task<SessionInfo> writing = m_store->update(key(n), setting("a", "1"));
        Task<SessionInfo> touched = m_store->update(key(n), touching());
        std::vector<Task<SessionInfo>> removal;
        if (n % 2)
            removal.push_back(other->remove(key(n), SessionStore::Removal::Destroyed));
        else
            must(other->waitFor(other->removeUser(u"ann"_s, {}, SessionStore::Removal::User)));
        for (Task<SessionInfo> &task : removal)
            must(other->waitFor(std::move(task)));
        (void)m_store->waitFor(std::move(writing));
        (void)m_store->waitFor(std::move(touched));
        QVERIFY(!exists(key(n)));
    }
    QCOMPARE(must(m_store->count()), 0);
}

void TestRedisFaults::rotationBeatsAWriterOnItsWay()
{
    const auto other = makeStore(m_server, 2s);
    create(record(0));
    for (int n = 0; n < 20; ++n) {
        Task<SessionInfo> writing = m_store->update(key(n), setting("a", "1"));
        must(other->waitFor(other->rotate(key(n), key(n + 1), change())));
        (void)m_store->waitFor(std::move(writing));
        QVERIFY(!exists(key(n)));
        QVERIFY(exists(key(n + 1)));
    }
    QCOMPARE(must(m_store->count()), 1);
}

void TestRedisFaults::overlappingWritersOfTwoProcessesKeepEverything()
{
    const auto other = makeStore(m_server, 2s);
    create(record(1));
    SessionChange increment = change();
    increment.increment("n", 1);
    std::vector<Task<SessionInfo>> tasks, others;
    for (int i = 0; i < 200; ++i) {
        tasks.push_back(m_store->update(key(1), i % 2 ? increment : setting("a" + QByteArray::number(i), "1")));
        others.push_back(other->update(key(1), i % 2 ? increment : setting("b" + QByteArray::number(i), "1")));
    }
    for (Task<SessionInfo> &task : tasks)
        must(std::move(task));
    for (Task<SessionInfo> &task : others)
        must(other->waitFor(std::move(task)));
    const SessionRecord all = must(m_store->load(key(1)));
    QCOMPARE(all.data.json("n"), "200");
    QCOMPARE(all.attributeCount, 201);
    QCOMPARE(all.version, 401);
}

void TestRedisFaults::missedLifecycleEventsFollowAfterACut()
{
    QList<SessionEvent> events;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    must(m_store->subscribe());
    QSignalSpy lost(m_store.get(), &SessionStore::eventsLost);
    QSignalSpy available(m_store.get(), &SessionStore::availabilityChanged);
    create(record(1));
    QTRY_COMPARE(events.size(), 1);

    m_proxy.cut();
    const auto other = makeStore(m_server, 2s);
    must(other->waitFor(other->create(record(2))));
    must(other->waitFor(other->update(key(2), setting("a", "1"))));
    must(other->waitFor(other->remove(key(1), SessionStore::Removal::Admin)));
    QTRY_COMPARE(available.size(), 2);
    QCOMPARE(available.last().first().toBool(), true);
    QVERIFY(!lost.isEmpty());
    must(other->waitFor(other->create(record(3))));
    QTRY_VERIFY(!events.isEmpty() && events.last().key == key(3));
    const QList<SessionKey> created = {key(1), key(2), key(3)};
    for (const SessionKey &key : created)
        QCOMPARE(std::ranges::count_if(events,
                                       [&key](const SessionEvent &e) { return e.type == SessionEvent::Created && e.key == key; }),
                 1);
    QCOMPARE(std::ranges::count(events, SessionEvent::Revoked, &SessionEvent::type), 1);
}

void TestRedisFaults::deadSubscriptionIsNoticedAndRenewed()
{
    m_store->setTimeout(400ms);
    QList<SessionEvent> events;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    must(m_store->subscribe());
    QSignalSpy lost(m_store.get(), &SessionStore::eventsLost);
    QTest::qWait(900); // silence alone is no death
    QVERIFY(lost.isEmpty());

    m_proxy.mutesEvents = true;
    create(record(1)); // commands go through
    QTRY_VERIFY_WITH_TIMEOUT(!lost.isEmpty(), 3000);
    QVERIFY(events.isEmpty());
    m_proxy.mutesEvents = false;
    QTRY_COMPARE_WITH_TIMEOUT(events.size(), 1, 10'000);
    QCOMPARE(events[0].key, key(1));
    create(record(2));
    QTRY_COMPARE(events.size(), 2);
}

void TestRedisFaults::historyThatWasLostSilencesNobody()
{
    QList<SessionEvent> events;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    must(m_store->subscribe());
    create(record(1));
    QTRY_COMPARE(events.size(), 1);
    // Another server has taken the place of the first: its history has older ids.
    const QByteArray history = m_options.prefix + "history";
    m_server.ask({"DEL", history});
    m_server.ask({"XADD", history, "1-1", "event", "none"});
    QSignalSpy available(m_store.get(), &SessionStore::availabilityChanged);
    m_proxy.cut();
    QTRY_COMPARE(available.size(), 2);
    m_server.ask({"PUBLISH", m_options.prefix + "events", "1-2 created 5 1 " + key(2).toLatin1() + " - - "});
    QTRY_VERIFY(!events.isEmpty() && events.last().key == key(2));
}

void TestRedisFaults::subscriptionIsMadeUpForLater()
{
    RedisServer server;
    const auto store = makeStore(server, 2s);
    QList<SessionEvent> events;
    connect(store.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    QCOMPARE(errorOf(*store, store->subscribe()).value_or(Error()).code, Error::Unavailable);
    QVERIFY(server.start());
    QTRY_VERIFY(!errorOf(*store, store->subscribe()));
    must(store->waitFor(store->create(record(1))));
    QTRY_COMPARE(events.size(), 1);
}

void TestRedisFaults::subscriptionThatTheServerRefusesNeverHangs()
{
    const QByteArray history = m_options.prefix + "history";
    m_server.ask({"SET", history, "no stream"});
    const auto store = makeStore(m_server);
    for (int i = 0; i < 3; ++i) {
        const auto error = errorOf(*store, store->subscribe());
        QVERIFY(error);
        QCOMPARE(error->code, Error::Unavailable);
        QVERIFY2(error->text.contains(u"WRONGTYPE"), qPrintable(error->text));
    }
    m_server.ask({"DEL", history});
    QTRY_VERIFY(!errorOf(*store, store->subscribe()));
}

/// Everything in \a server but the history, in a form that can be compared.
static QByteArray contentOf(const RedisServer &server)
{
    return server.ask({"EVAL",
                       "local all = {} for _, key in ipairs(redis.call('KEYS', '*')) do "
                       "local kind, value = redis.call('TYPE', key).ok, nil "
                       "if kind == 'hash' then value = redis.call('HGETALL', key) "
                       "elseif kind == 'zset' then value = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES') "
                       "elseif kind == 'string' then value = redis.call('GET', key) else value = {} end "
                       "if kind == 'hash' then local pairs = {} for i = 1, #value, 2 do pairs[#pairs + 1] = value[i] .. '=' .. "
                       "value[i + 1] end table.sort(pairs) value = pairs end "
                       "if kind ~= 'stream' then all[#all + 1] = key .. cjson.encode(value) end end "
                       "table.sort(all) return table.concat(all, '\\n')",
                       "0"});
}

void TestRedisFaults::accountWithoutACommandWritesNothing_data()
{
    QTest::addColumn<QByteArray>("command");
    for (const char *command : {"hset", "hdel", "del", "rename", "pexpire", "set", "zadd", "zrem", "zmscore", "zrange", "hgetall",
                                "eval", "evalsha", "unlink"})
        QTest::addRow("%s", command) << QByteArray(command);
}

void TestRedisFaults::accountWithoutACommandWritesNothing()
{
    QFETCH(QByteArray, command);
    m_server.ask({"FLUSHALL"}); // nothing goes by itself meanwhile
    m_server.ask({"ACL", "SETUSER", "app", "reset", "on", ">open", "~*", "&*", "+@all", "-" + command});
    RedisOptions options = m_options;
    options.port = m_server.port();
    options.user = u"app"_s;
    options.password = u"open"_s;
    const QByteArray before = contentOf(m_server);
    const auto store = std::make_shared<RedisStore>(options);
    const auto error = errorOf(*store, store->create(record(1, u"ann"_s)));
    QVERIFY(error);
    QCOMPARE(error->code, Error::Unavailable);
    QVERIFY2(error->text.contains(QString::fromLatin1(command.toUpper())), qPrintable(error->text));
    QVERIFY2(error->text.contains(u"ACL SETUSER app"_s), qPrintable(error->text));
    QCOMPARE(contentOf(m_server), before);
    m_server.ask({"ACL", "SETUSER", "app", "+@all"});
    QTRY_VERIFY(!errorOf(*store, store->load(key(9))) || errorOf(*store, store->load(key(9)))->code == Error::NotFound);
}

void TestRedisFaults::rightsOfTheReadmeSuffice()
{
    const QByteArrayList line = readmeRights("~", m_options.prefix);
    QVERIFY(!line.isEmpty());
    QVERIFY(m_server.ask(line).startsWith("+OK"));
    RedisOptions options = m_options;
    options.port = m_server.port();
    options.user = u"app"_s;
    options.password = u"password"_s;
    const auto store = std::make_shared<RedisStore>(options);
    store->setClock([this] { return m_now; });
    must(store->waitFor(store->subscribe()));
    must(store->waitFor(store->create(record(1, u"ann"_s), UserCap{1, UserCap::Evict})));
    must(store->waitFor(store->create(record(2, u"ann"_s), UserCap{1, UserCap::Evict})));
    SessionChange all = setting("a", "1");
    all.flash = "[1]";
    all.touch = SessionChange::Touch{m_now + 10min};
    must(store->waitFor(store->update(key(2), all)));
    must(store->waitFor(store->update(key(2), binding(u"bob"_s))));
    must(store->waitFor(store->rotate(key(2), key(3), change(), 30s)));
    must(store->waitFor(store->load(key(2))));
    must(store->waitFor(store->rotate(key(3), key(4), change())));
    QCOMPARE(must(store->waitFor(store->takeFlash(key(4)))), "[1]");
    for (const auto order : {SessionQuery::ByExpiry, SessionQuery::ByUser}) {
        SessionQuery query;
        query.order = order;
        query.limit = 1;
        must(store->waitFor(store->create(record(5), {}, SessionStore::CreateMode::Overwrite)));
        query.cursor = must(store->waitFor(store->list(query))).nextCursor;
        must(store->waitFor(store->list(query)));
        query.keyPrefix = "A";
        must(store->waitFor(store->list(query)));
    }
    m_server.ask({"HSET", m_options.prefix + "s:" + key(5).toLatin1(), "meta", "?"});
    QVERIFY(errorOf(*store, store->load(key(5))));
    must(store->waitFor(store->count()));
    must(store->waitFor(store->history({})));
    QCOMPARE(must(store->waitFor(store->removeUser(u"bob"_s, {}, SessionStore::Removal::User))), 1);
    must(store->waitFor(store->create(record(6))));
    m_now += 3h;
    QCOMPARE(must(store->waitFor(store->removeExpired(10))), 1);
}

void TestRedisFaults::accountWithoutEventsKeepsEverythingElse_data()
{
    QTest::addColumn<QByteArray>("without");
    QTest::addColumn<QString>("named");
    QTest::newRow("channel") << QByteArray("resetchannels") << u"PUBLISH"_s;
    QTest::newRow("publish") << QByteArray("-publish") << u"PUBLISH"_s;
    QTest::newRow("stream") << QByteArray("-xadd") << u"XADD"_s;
}

void TestRedisFaults::accountWithoutEventsKeepsEverythingElse()
{
    QFETCH(QByteArray, without);
    QFETCH(QString, named);
    m_server.ask({"ACL", "SETUSER", "app", "reset", "on", ">open", "~*", "&*", "+@all", without});
    RedisOptions options = m_options;
    options.port = m_server.port();
    options.user = u"app"_s;
    options.password = u"open"_s;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(named + u".*ACL SETUSER app"_s));
    const auto store = std::make_shared<RedisStore>(options);
    must(store->waitFor(store->create(record(1, u"ann"_s))));
    SessionChange increment = change();
    increment.increment("n", 1);
    must(store->waitFor(store->update(key(1), increment)));
    must(store->waitFor(store->rotate(key(1), key(2), increment)));
    const SessionRecord found = must(store->waitFor(store->load(key(2))));
    QCOMPARE(found.data.json("n"), "2");
    const auto error = errorOf(*store, store->subscribe());
    QVERIFY(error);
    QVERIFY2(error->text.contains(named) || error->text.contains(u"SUBSCRIBE"), qPrintable(error->text));
    QCOMPARE(must(store->waitFor(store->removeUser(u"ann"_s, {}, SessionStore::Removal::User))), 1);
}

void TestRedisFaults::rightTakenAwayUnderwayLeavesNothingHalfDone_data()
{
    accountWithoutACommandWritesNothing_data();
}

void TestRedisFaults::rightTakenAwayUnderwayLeavesNothingHalfDone()
{
    QFETCH(QByteArray, command);
    m_server.ask({"ACL", "SETUSER", "app", "reset", "on", ">open", "~*", "&*", "+@all"});
    RedisOptions options = m_options;
    options.port = m_server.port();
    options.user = u"app"_s;
    options.password = u"open"_s;
    SessionRecord ann = record(1, u"ann"_s);
    give(ann, "a", "1");
    give(ann, "b", "1");
    SessionChange mixed = change();
    mixed.remove("a");
    mixed.set("c", "1");
    mixed.expiry = Expiry::onInactivity(3h);
    const std::function<Task<SessionInfo>(SessionStore &)> writes[] = {
        [&](SessionStore &store) { return store.create(record(2, u"ann"_s)); },
        [&](SessionStore &store) { return store.update(key(1), mixed); },
        [&](SessionStore &store) { return store.update(key(1), binding(u"bob"_s)); },
        [&](SessionStore &store) { return store.rotate(key(1), key(3), mixed); },
        [&](SessionStore &store) { return store.rotate(key(1), key(3), mixed, 30s); },
    };
    m_server.ask({"FLUSHALL"});
    {
        const auto store = std::make_shared<RedisStore>(options);
        must(store->waitFor(store->create(ann)));
    }
    for (const auto &write : writes) {
        m_server.ask({"ACL", "SETUSER", "app", "+@all"});
        const auto store = std::make_shared<RedisStore>(options);
        must(store->waitFor(store->load(key(1))));
        const QByteArray before = contentOf(m_server);
        m_server.ask({"ACL", "SETUSER", "app", "-" + command});
        if (const auto error = errorOf(*store, write(*store))) {
            QVERIFY2(contentOf(m_server) == before, qPrintable(error->text));
        } else { // it did without that command
            m_server.ask({"FLUSHALL"});
            m_server.ask({"ACL", "SETUSER", "app", "+@all"});
            const auto another = std::make_shared<RedisStore>(options);
            must(another->waitFor(another->create(ann)));
        }
    }
}

void TestRedisFaults::fullServerChangesNothingAndIsRead()
{
    m_server.ask({"FLUSHALL"});
    const auto store = makeStore(m_server);
    SessionRecord ann = record(1, u"ann"_s);
    give(ann, "a", "1");
    must(store->waitFor(store->create(ann)));
    must(store->waitFor(store->load(key(1))));
    const QByteArray before = contentOf(m_server);
    m_server.ask({"CONFIG", "SET", "maxmemory", "1"});
    SessionChange touch = change();
    touch.touch = SessionChange::Touch{m_now + 10min};
    for (Task<SessionInfo> &task : std::to_array<Task<SessionInfo>>(
             {store->create(record(2)), store->update(key(1), setting("b", "2")), store->update(key(1), binding(u"bob"_s)),
              store->update(key(1), touch), store->rotate(key(1), key(3), change())})) {
        const auto error = errorOf(*store, std::move(task));
        QVERIFY(error);
        QCOMPARE(error->code, Error::Unavailable);
        QVERIFY2(error->text.contains(u"memory of Redis is full"), qPrintable(error->text));
        QCOMPARE(contentOf(m_server), before);
    }
    QCOMPARE(must(store->waitFor(store->load(key(1)))), ann);
    must(store->waitFor(store->remove(key(1), SessionStore::Removal::Destroyed))); // whoever wants out gets out
    m_server.ask({"CONFIG", "SET", "maxmemory", "0"});
    must(store->waitFor(store->create(record(2))));
}

void TestRedisFaults::keyOfAnotherTypeLeavesNothingHalfDone()
{
    const auto store = makeStore(m_server);
    SessionRecord ann = record(1, u"ann"_s);
    give(ann, "a", "1");
    SessionChange touch = change();
    touch.touch = SessionChange::Touch{m_now + 10min};
    for (const char *index :
         {"i:expires", "i:seen", "i:created", "i:users", "i:keys", "u:ann:created", "u:ann:seen", "u:bob:seen", "history"}) {
        m_server.ask({"FLUSHALL"});
        must(store->waitFor(store->create(ann)));
        m_server.ask({"DEL", m_options.prefix + index});
        m_server.ask({"SET", m_options.prefix + index, "text"});
        const std::function<Task<SessionInfo>()> writes[] = {
            [&] { return store->create(record(2, u"ann"_s)); },
            [&] { return store->update(key(1), binding(u"bob"_s)); },
            [&] { return store->update(key(1), touch); },
            [&] { return store->rotate(key(1), key(3), setting("b", "2")); },
        };
        for (const auto &write : writes) {
            const QByteArray before = contentOf(m_server);
            const auto error = errorOf(*store, write());
            if (QByteArray(index) == "history")
                QVERIFY(!error);
            if (error)
                QCOMPARE(contentOf(m_server), before);
            if (error)
                QVERIFY2(error->text.contains(u"another type"), qPrintable(error->text));
        }
        QCOMPARE(must(store->waitFor(store->removeUser(u"nobody's"_s, {}, SessionStore::Removal::User))), 0);
    }
    m_server.ask({"FLUSHALL"});
}

void TestRedisFaults::unsureFateIsSaid()
{
    RedisServer server;
    QVERIFY(server.start());
    const auto store = makeStore(server, 300ms);
    must(store->waitFor(store->create(record(1))));
    must(store->waitFor(store->load(key(1))));
    server.stall();
    Task<SessionInfo> writing = store->update(key(1), setting("a", "1"));
    Task<SessionRecord> reading = store->load(key(1));
    const auto unsure = errorOf(*store, std::move(writing)), read = errorOf(*store, std::move(reading));
    QVERIFY(unsure && read);
    QVERIFY2(unsure->text.contains(u"may or may not have happened"), qPrintable(unsure->text));
    QVERIFY2(!read->text.contains(u"may or may not"), qPrintable(read->text));
    server.proceed();
}

/// Answers commands as \a server has it: answer(name, first argument).
static void serveAs(QTcpServer &server, std::function<QByteArray(const QByteArray &, const QByteArray &)> answer)
{
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&server, answer] {
        QTcpSocket *client = server.nextPendingConnection();
        QObject::connect(client, &QTcpSocket::readyRead, client, [client, answer] {
            const QByteArray text = client->readAll();
            for (qsizetype at = text.indexOf('*'); at >= 0;
                 at = text.indexOf("\r\n*", at) < 0 ? -1 : text.indexOf("\r\n*", at) + 2) {
                const QByteArrayList lines = text.sliced(at).split('\n');
                const QByteArray name = lines.value(2).trimmed();
                client->write(name == "EVAL" ? QByteArray("*2\r\n*0\r\n*0\r\n") : answer(name, lines.value(4).trimmed()));
            }
        });
    });
}

/// The answer to TIME of a server whose clock is \a ahead of this machine's.
static QByteArray timeAnswer(std::chrono::seconds ahead)
{
    const QByteArray time = QByteArray::number(QDateTime::currentSecsSinceEpoch() + qint64(ahead.count()));
    return "*2\r\n$" + QByteArray::number(time.size()) + "\r\n" + time + "\r\n$1\r\n0\r\n";
}

/// What would be too late by the old clock is sent again by the new one.
void TestRedisFaults::serverWhoseClockWasSetRefusesNothing()
{
    QTcpServer listener;
    int timesAsked = 0;
    serveAs(listener, [&timesAsked](const QByteArray &name, const QByteArray &sha) -> QByteArray {
        if (name == "TIME")
            return timeAnswer(timesAsked++ == 0 ? 0s : 60s);
        if (name != "EVALSHA")
            return "$0\r\n\r\n";
        if (sha == QByteArray(40, '0'))
            return "-NOSCRIPT\r\n";
        return timesAsked < 2 ? "-LATE\r\n" : "*2\r\n$3\r\nOK \r\n$1\r\nx\r\n";
    });
    RedisOptions options;
    options.port = listener.serverPort();
    RedisStore store(options);
    QSignalSpy available(&store, &SessionStore::availabilityChanged);
    QTRY_COMPARE(available.size(), 1);
    QByteArray flash;
    store.takeFlash(key(1)).then(this, [&flash](const Result<QByteArray> &taken) { flash = taken.value_or("refused"); });
    QTRY_COMPARE(flash, "x");
    QCOMPARE(available.size(), 1); // the connection stays
    QVERIFY(store.now() - systemNow() > 55s);
}

void TestRedisFaults::threadThatIsBusyWhileItConnectsLosesNothing()
{
    RedisStore store(m_options);
    QVERIFY(store.waitFor(store.count()));
    store.setTimeout(200ms);
    QSignalSpy available(&store, &SessionStore::availabilityChanged);
    m_server.ask({"CLIENT", "KILL", "TYPE", "normal"});
    QTRY_VERIFY(!available.isEmpty()); // it connects anew
    QThread::msleep(300);
    const Result<qint64> count = store.waitFor(store.count());
    QVERIFY2(count, qPrintable(count ? QString() : count.error().text));
}

void TestRedisFaults::serversClockDecides()
{
    // A server whose clock is ten minutes ahead of this machine's.
    QTcpServer listener;
    serveAs(listener, [](const QByteArray &name, const QByteArray &) -> QByteArray {
        return name == "TIME" ? timeAnswer(600s) : name == "EVALSHA" ? "-NOSCRIPT\r\n" : "$0\r\n\r\n";
    });
    RedisOptions options;
    options.port = listener.serverPort();
    RedisStore store(options);
    QSignalSpy available(&store, &SessionStore::availabilityChanged);
    QTRY_COMPARE(available.size(), 1);
    const auto ahead = store.now() - systemNow();
    QVERIFY2(ahead > 595s && ahead < 605s, qPrintable(QString::number(ahead.count())));
    store.setClock([] { return TimePoint(5s); });
    QCOMPARE(store.now(), TimePoint(5s));
}

void TestRedisFaults::destroyedStoreAnswersWhatIsUnderWay()
{
    create(record(1));
    int answers = 0;
    for (int i = 0; i < 3; ++i)
        m_store->load(key(1)).then([&answers](const Result<SessionRecord> &record) {
            answers += !record && record.error() == Error::Unavailable;
        });
    m_store.reset();
    QCOMPARE(answers, 3);
}

void TestRedisFaults::storeMayGoInItsOwnAnswer()
{
    create(record(1));
    int answers = 0;
    for (int i = 0; i < 3; ++i)
        m_store->load(key(1)).then([&](const Result<SessionRecord> &) {
            ++answers;
            m_store.reset();
        });
    QTRY_COMPARE(answers, 3);
}

void TestRedisFaults::storeMayGoWhenItsWritesFail()
{
    RedisServer server;
    QVERIFY(server.start());
    auto store = makeStore(server);
    for (quint8 i = 1; i <= 3; ++i)
        QVERIFY(store->waitFor(store->create(record(i))));
    server.kill();
    QVERIFY(!store->waitFor(store->load(key(1))));

    int answers = 0;
    SessionChange change;
    change.set("a", "1");
    for (quint8 i = 1; i <= 3; ++i)
        store->update(key(i), change).then([&](const Result<SessionInfo> &) {
            ++answers;
            store.reset();
        });
    QTRY_COMPARE(answers, 3);
}

QTEST_GUILESS_MAIN(TestRedisFaults)
#include "tst_redisfaults.moc"
