// SPDX-License-Identifier: MIT
#include "walkunderrotations.h"

#include <faultyproxy.h>
#include <redisserver.h>
#include <storesuite.h>

#include <Sojourn/RedisStore>
#include <Sojourn/jsonrules.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtNetwork/QHostInfo>
#include <QtTest/QSignalSpy>

#include <vector>

#include <algorithm>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRedisStore : public StoreSuite
{
    Q_OBJECT
public:
    TestRedisStore();

private Q_SLOTS:
    void initTestCase();

    void recordsAreReadableInTheServersOwnShell();
    void prefixesAndDatabasesAreApart();
    void unixSocketWorks();
    void socketAndPortNameTheSameData();
    void changeOfAnExpiredSessionWaitsForNothing();
    void hostNamesAreLookedUp();
    void passwordOpensTheServer();
    void wrongPasswordIsToldWithoutIt();
    void tlsIsNeverLeftOut();
    void tlsTakesOnlyTheServerThatWasAskedFor();
    void flushedScriptsAreSentAgain();
    void replicaCountsAsUnavailable();
    void whatHasEndedStaysSoForAClientWithAnOldClock();
    void whatCannotBeAnsweredInTimeDoesNotHappen();
    void wrongKindOfServerNamesTheRightUrl();
    void largeRecordsComeBackWhole();
    void allBytesAreOnlyBytes();
    void mergesAsSessionChangeDoes_data();
    void mergesAsSessionChangeDoes();
    void removedRecordsLeaveNothingBehind();
    void recordGoesByItselfADayAfterItsDeadline();
    void sweepTellsWhoseRecordWentByItself();
    void valueOfAnotherTypeIsSetAside();
    void whatWasSetAsideGoesInTime();
    void eventThatComesTwiceIsToldOnce();
    void newerFormatIsLeftAlone();
    void readOnlyStoreWritesNothing();
    void firstFormatIsReadAndWrittenAnew();
    void serverOfTheFirstReleaseKeepsItsSessions();
    void smallSessionTakesLittleMemory();
    void replacedKeyIsRememberedForAWhile();
    void renewedKeysGoInTheirTime();
    void recordLeavesNoTraceOfTheOneBefore();
    void livingSessionTakesOneCommandToLoad();
    void damagedAttributeIsSetAside_data();
    void damagedAttributeIsSetAside();
    void oddButSoundJsonIsKept();
    void damagedExpiryIsSetAside();
    void countsSurviveEditingByHand();
    void deadRecordsAndGracesTakeNoKey();
    void capDoesNotCountWhatWasDeletedByHand();
    void sweepCountsWhatItSetAside();
    void flashFollowsAnEmptyList();
    void evictedIndexHidesNobodyFromARevocation_data();
    void evictedIndexHidesNobodyFromARevocation();
    void evictedIndexLetsNobodyThroughACap_data();
    void evictedIndexLetsNobodyThroughACap();
    void capsOfThousandsAreExact();
    void sweepPutsIndexesRight();
    void sweepForgetsEvictedRecords();
    void touchPutsIndexesRightWhereTheServerEvicts();
    void leadingMarkOfByteOrderStays();
    void nothingHoldsUpTheServer();
    void pagesAreRightBetweenManyExpiredSessions_data();
    void pagesAreRightBetweenManyExpiredSessions();
    void historyKeepsTheNewestOnly();
    void historyIsBoundedInBytes();
    void pagesOfManySessionsAreFoundQuickly();
    void walkMeetsSessionsThatAreRotatedUnderIt();
    void largeRecordsAreFreedAside();
    void pagesOfLargeRecordsAreWhole();
    void crowdOnOneSessionTakesOneCommandEach();
    void loadSeesWhatWasDoneBeforeItWasAsked();
    void changesStandOnTheRecordAsItIs();
    void changesBehindARefusedOneStay();
    void flashThatWasTakenMeanwhileDoesNotComeBack();
    void loginEndsAGraceWithoutARotation();

private:
    std::shared_ptr<RedisStore> makeStore() const { return makeStore(m_options); }
    static std::shared_ptr<RedisStore> makeStore(const RedisOptions &options) { return std::make_shared<RedisStore>(options); }
    QByteArray recordKey(const SessionKey &key) const { return m_options.prefix + "s:" + key.toLatin1(); }
    QByteArray ask(const QByteArrayList &command) const { return m_server.ask(command); }
    qint64 callsOf(const QByteArray &command) const;
    QList<SessionKey> makeMany(int count, const QByteArray &user, int expired = 0) const;
    void evict(const QByteArrayList &keys) const;

    RedisServer m_server;
    RedisOptions m_options;
    int m_made = 0;
};

TestRedisStore::TestRedisStore()
    : StoreSuite({.make =
                      [this] {
                          m_options.prefix = "test" + QByteArray::number(++m_made) + ':';
                          return makeStore();
                      },
                  .makeAnother = [this] { return makeStore(); },
                  .corrupt = [this](const SessionKey &key) { ask({"HSET", recordKey(key), "meta", "?"}); }})
{
    m_options.port = m_server.port();
}

void TestRedisStore::initTestCase()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    QVERIFY(m_server.start());
}

void TestRedisStore::recordsAreReadableInTheServersOwnShell()
{
    SessionRecord ann = record(1, u"ann"_s);
    give(ann, "cart", R"({"items":2})");
    ann.expiry = Expiry::onInactivity(90s);
    create(ann);
    const QByteArray fields = ask({"HGETALL", recordKey(key(1))});
    for (const char *expected : {"format=2 version=1 issued=", "user", "ann", "a:cart", R"({"items":2})", R"({"idle":90})"})
        QVERIFY2(fields.contains(expected), expected);
    QVERIFY(ask({"ZSCORE", m_options.prefix + "i:expires", key(1).toLatin1()})
                .contains(QByteArray::number(qint64(ann.expiresAt.time_since_epoch().count()))));
}

void TestRedisStore::prefixesAndDatabasesAreApart()
{
    create(record(1, u"ann"_s));
    RedisOptions elsewhere = m_options;
    elsewhere.prefix = "other:";
    RedisOptions inside = m_options;
    inside.prefix = m_options.prefix + "u:ann:";
    RedisOptions second = m_options;
    second.database = 2;
    must(m_store->subscribe());
    QSignalSpy events(m_store.get(), &SessionStore::sessionEvent);
    for (const RedisOptions &options : {elsewhere, inside, second}) {
        const auto store = makeStore(options);
        QCOMPARE(must(store->waitFor(store->count())), 0);
        must(store->waitFor(store->create(record(1, u"bob"_s))));
        QCOMPARE(must(store->waitFor(store->removeUser(u"ann"_s, {}, SessionStore::Removal::User))), 0);
        QCOMPARE(must(store->waitFor(store->load(key(1)))).user, u"bob"_s);
        must(store->waitFor(store->remove(key(1), SessionStore::Removal::Destroyed)));
    }
    QCOMPARE(must(m_store->load(key(1))).user, u"ann"_s);
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    QTRY_VERIFY(!events.isEmpty());
    QCOMPARE(events.first().first().value<SessionEvent>().user, u"ann"_s); // what happened elsewhere was not told here
}

void TestRedisStore::unixSocketWorks()
{
    create(record(1, u"ann"_s));
    RedisOptions options = m_options;
    options.port = 1; // nobody there
    options.socketPath = m_server.socketPath();
    const auto store = makeStore(options);
    QCOMPARE(must(store->waitFor(store->load(key(1)))).user, u"ann"_s);
}

void TestRedisStore::socketAndPortNameTheSameData()
{
    const auto namesOf = [this](const std::shared_ptr<SessionStore> &store) { return must(store->waitFor(store->identities())); };
    RedisOptions options = m_options;
    const QStringList names = namesOf(makeStore(options));
    QVERIFY(names.size() >= 3);
    options.socketPath = m_server.socketPath();
    QCOMPARE(namesOf(makeStore(options)), names);
    options.socketPath.clear();
    options.host = u"LOCALHOST"_s;
    QCOMPARE(namesOf(makeStore(options)), names);
    options.prefix = "another:";
    const QStringList others = namesOf(makeStore(options));
    QVERIFY(std::ranges::none_of(others, [&names](const QString &name) { return names.contains(name); }));
}

void TestRedisStore::changeOfAnExpiredSessionWaitsForNothing()
{
    create(record(1)); // which the store remembers, so that it need not ask
    m_now += Idle;
    QElapsedTimer timer;
    timer.start();
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
    QVERIFY(timer.elapsed() < std::chrono::milliseconds(Timeout).count() / 2);
}

void TestRedisStore::hostNamesAreLookedUp()
{
    if (QHostInfo::fromName(u"localhost"_s).error() != QHostInfo::NoError)
        QSKIP("This system does not know localhost: /etc/hosts is missing or has no line for it.");
    create(record(1));
    RedisOptions options = m_options;
    options.host = u"localhost"_s;
    for (int i = 0; i < 2; ++i) { // ::1, where the server does not listen, may come first
        const auto store = makeStore(options);
        QVERIFY(store->waitFor(store->load(key(1))).has_value());
    }
    const auto store = makeStore(options); // now with an event loop
    QSignalSpy available(store.get(), &SessionStore::availabilityChanged);
    QTRY_COMPARE(available.size(), 1);
    QCOMPARE(available[0][0].toBool(), true);

    options.host = u"no-such-host.invalid"_s;
    const auto lost = makeStore(options);
    lost->setTimeout(1s);
    const auto loaded = lost->waitFor(lost->load(key(1)));
    QVERIFY(!loaded && (loaded.error() == Error::Unavailable || loaded.error() == Error::Timeout));
}

void TestRedisStore::passwordOpensTheServer()
{
    RedisServer guarded({u"--requirepass"_s, u"sesame"_s});
    QVERIFY(guarded.start());
    guarded.ask({"ACL", "SETUSER", "app", "on", ">open", "~*", "&*", "+@all"}, {"AUTH", "sesame"});
    RedisOptions options;
    options.port = guarded.port();
    options.password = u"sesame"_s;
    const auto standard = makeStore(options);
    must(standard->waitFor(standard->create(record(1))));
    options.user = u"app"_s;
    options.password = u"open"_s;
    options.database = 0;
    const auto named = makeStore(options);
    QVERIFY(named->waitFor(named->load(key(1))).has_value());
    must(named->waitFor(named->subscribe()));
}

void TestRedisStore::wrongPasswordIsToldWithoutIt()
{
    RedisServer guarded({u"--requirepass"_s, u"sesame"_s});
    QVERIFY(guarded.start());
    RedisOptions options;
    options.port = guarded.port();
    options.database = 3;
    for (const QString &password : {QString(), u"hush-hush"_s}) {
        options.password = password;
        const auto store = makeStore(options);
        const auto loaded = store->waitFor(store->load(key(1)));
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, Error::Unavailable);
        QVERIFY2(loaded.error().text.contains(u"password"), qPrintable(loaded.error().text));
        QVERIFY(!loaded.error().text.contains(u"hush"));
    }
}

void TestRedisStore::tlsIsNeverLeftOut()
{
    RedisOptions options = m_options;
    options.tls = true;
    const auto store = makeStore(options);
    store->setTimeout(500ms);
    const auto loaded = store->waitFor(store->load(key(1)));
    QVERIFY(!loaded);
    QVERIFY(loaded.error() == Error::Unsupported || loaded.error() == Error::Unavailable || loaded.error() == Error::Timeout);
    QVERIFY(!store->waitFor(store->subscribe()));
}

void TestRedisStore::tlsTakesOnlyTheServerThatWasAskedFor()
{
    RedisOptions options = m_options;
    options.tls = true;
    if (const auto probe = makeStore(options); probe->waitFor(probe->count()).error() == Error::Unsupported)
        QSKIP("This build has no TLS for Redis.");
    QTemporaryDir folder;
    const QString certificate = folder.filePath(u"cert.pem"_s), key = folder.filePath(u"key.pem"_s);
    if (QProcess::execute(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-keyout"_s, key,
                                         u"-out"_s, certificate, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s, u"-addext"_s,
                                         u"subjectAltName=DNS:localhost"_s}))
        QSKIP("There is no openssl to make a certificate with.");
    options.port = RedisServer::freePort();
    RedisServer server({u"--tls-port"_s, QString::number(options.port), u"--tls-cert-file"_s, certificate, u"--tls-key-file"_s,
                        key, u"--tls-ca-cert-file"_s, certificate, u"--tls-auth-clients"_s, u"no"_s});
    if (!server.start())
        QSKIP("This server has no TLS.");

    if (QHostInfo::fromName(u"localhost"_s).error() != QHostInfo::NoError)
        QSKIP("This system does not know localhost: /etc/hosts is missing or has no line for it.");
    options.host = u"localhost"_s;
    options.caCertificateFile = certificate;
    const auto trusting = makeStore(options);
    SessionRecord large = record(1);
    give(large, "text", '"' + QByteArray(200'000, 'x') + '"');
    QTRY_VERIFY(trusting->waitFor(trusting->create(large, {}, SessionStore::CreateMode::Overwrite)).has_value());
    QCOMPARE(must(trusting->waitFor(trusting->load(large.key))), large);
    must(trusting->waitFor(trusting->subscribe()));

    RedisOptions unknown = options;
    unknown.caCertificateFile.clear();
    RedisOptions otherName = options;
    otherName.host = u"127.0.0.1"_s;
    for (const RedisOptions &wrong : {unknown, otherName}) {
        const auto store = makeStore(wrong);
        const auto error = [&store] { return store->waitFor(store->count()).error().text; };
        QTRY_VERIFY2(error().contains(u"certificate"), qPrintable(error())); // ::1, where nobody listens, may come first
    }
}

void TestRedisStore::flushedScriptsAreSentAgain()
{
    create(record(1));
    ask({"SCRIPT", "FLUSH"});
    SessionChange increment = change();
    increment.increment("n", 1);
    std::vector<Task<SessionInfo>> tasks;
    for (int i = 0; i < 3; ++i)
        tasks.push_back(m_store->update(key(1), increment));
    for (Task<SessionInfo> &task : tasks)
        must(std::move(task));
    QCOMPARE(attribute(key(1), "n"), "3");
    ask({"SCRIPT", "FLUSH"});
    must(m_store->list({}));
}

void TestRedisStore::replicaCountsAsUnavailable()
{
    create(record(1));
    RedisServer replica({u"--replicaof"_s, u"127.0.0.1 %1"_s.arg(m_server.port())});
    QVERIFY(replica.start());
    RedisOptions options = m_options;
    options.port = replica.port();
    const auto store = makeStore(options);
    const auto loaded = store->waitFor(store->load(key(1)));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, Error::Unavailable);
    QVERIFY2(loaded.error().text.contains(u"replica"), qPrintable(loaded.error().text));
    QVERIFY2(loaded.error().text.contains(u"redis+sentinel://"), qPrintable(loaded.error().text));

    QTRY_VERIFY_WITH_TIMEOUT(replica.ask({"EXISTS", recordKey(key(1))}).startsWith(":1"), 20'000); // it has caught up
    replica.ask({"REPLICAOF", "NO", "ONE"});
    QTRY_VERIFY_WITH_TIMEOUT(store->waitFor(store->update(key(1), setting("a", "1"))).has_value(), 3000);
    QSignalSpy available(store.get(), &SessionStore::availabilityChanged);
    replica.ask({"REPLICAOF", "127.0.0.1", QByteArray::number(m_server.port())});
    QCOMPARE(store->waitFor(store->update(key(1), setting("a", "2"))).error().code, Error::Unavailable);
    QCOMPARE(available.size(), 1); // it looks for the master
}

/// As that of a machine that has slept: it still takes a session for alive that is over by the server's clock.
void TestRedisStore::whatHasEndedStaysSoForAClientWithAnOldClock()
{
    const auto sure = makeStore(m_options);
    for (const bool logsIn : {false, true}) {
        FaultyProxy line(m_server.port());
        line.clockBehind = 3600;
        RedisOptions options = m_options;
        options.port = line.port();
        const auto store = makeStore(options);
        std::ignore = store->waitFor(store->count()); // learns the time
        line.clockBehind = 0;
        SessionRecord one = record(1);
        one.createdAt = one.lastSeenAt = one.idIssuedAt = systemNow();
        one.expiresAt = systemNow() + 30ms;
        QVERIFY(sure->waitFor(sure->create(one)));
        QTRY_VERIFY(!sure->waitFor(sure->load(key(1))));
        SessionChange change;
        change.touch = SessionChange::Touch{store->now(), 1s};
        change.defaultIdle = 2h;
        if (logsIn)
            change.user = u"bob"_s;
        const auto written = store->waitFor(logsIn ? store->rotate(key(1), key(2), change) : store->update(key(1), change));
        QVERIFY(!written);
        QCOMPARE(written.error().code, Error::NotFound);
        for (const SessionKey &gone : {key(1), key(2)})
            QVERIFY(!sure->waitFor(sure->load(gone)));
        QVERIFY(sure->waitFor(sure->removeExpired(10)));
    }
}

/// A server that begins just before the timeout could not say in time that it is done, and the visitor would not hear of the new
/// id.
void TestRedisStore::whatCannotBeAnsweredInTimeDoesNotHappen()
{
    const auto store = makeStore(m_options);
    for (int n = 0; n < 20; ++n)
        create(record(n));
    QVERIFY(store->waitFor(store->rotate(key(0), key(100), change()))); // the script is known
    store->setTimeout(1000ms);
    m_server.stall();
    std::vector<Task<SessionInfo>> moves;
    for (int n = 1; n < 20; ++n)
        moves.push_back(store->rotate(key(n), key(100 + n), change()));
    QTest::qWait(940); // the last tenth has begun
    m_server.proceed();
    for (int n = 1; n < 20; ++n) {
        QVERIFY(!store->waitFor(std::move(moves[size_t(n - 1)])));
        QVERIFY(exists(key(n)));
    }
}

void TestRedisStore::wrongKindOfServerNamesTheRightUrl()
{
    RedisServer node({u"--cluster-enabled"_s, u"yes"_s, u"--cluster-port"_s, QString::number(RedisServer::freePort())});
    QVERIFY(node.start());
    QTemporaryDir folder;
    QFile configuration(folder.filePath(u"sentinel.conf"_s));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    const quint16 port = RedisServer::freePort();
    configuration.write("port " + QByteArray::number(port) + "\nbind 127.0.0.1\n");
    configuration.close();
    QProcess sentinel;
    sentinel.start(RedisServer::program(), {configuration.fileName(), u"--sentinel"_s});
    QVERIFY(sentinel.waitForStarted());

    const std::pair<quint16, QString> cases[] = {{node.port(), u"redis+cluster://127.0.0.1:%1"_s.arg(node.port())},
                                                 {port, u"redis+sentinel://127.0.0.1:%1/"_s.arg(port)}};
    for (const auto &[at, url] : cases) {
        RedisOptions options;
        options.port = at;
        const auto store = makeStore(options);
        const auto refusal = [&] { return store->waitFor(store->create(record(1))).error(); };
        QTRY_COMPARE(refusal().code, Error::Unsupported); // the sentinel may not be ready yet
        QVERIFY2(refusal().text.contains(url), qPrintable(refusal().text));
        QVERIFY(!refusal().text.contains(u'\n'));
    }
    QVERIFY(node.ask({"DBSIZE"}).startsWith(":0"));
    sentinel.kill();
    sentinel.waitForFinished();
}

void TestRedisStore::largeRecordsComeBackWhole()
{
    m_store->setSizeLimit(8 << 20);
    SessionRecord one = record(1);
    give(one, "text", '"' + QByteArray(4 << 20, 'x') + '"');
    create(one);
    QCOMPARE(must(m_store->load(key(1))), one);

    SessionRecord many = record(2);
    for (int i = 0; i < 10'000; ++i)
        many.data.insert(QByteArray("name" + QByteArray::number(i)), QByteArrayView("1"));
    many.updateCounts();
    create(many);
    SessionChange all = change();
    for (int i = 0; i < 10'000; i += 2)
        all.remove("name" + QByteArray::number(i));
    QCOMPARE(must(m_store->update(key(2), all)).attributeCount, 5000);
    SessionChange clear = change();
    clear.clear();
    QCOMPARE(must(m_store->update(key(2), clear)).attributeCount, 0);
    QVERIFY(must(m_store->load(key(2))).data.isEmpty());
}

void TestRedisStore::allBytesAreOnlyBytes()
{
    QString every;
    for (char16_t c = 0; c < 0x180; ++c)
        every += QChar(c);
    every += u"\U0001F36A \uFFFF $1 %s ARGV[1] ]]"_s;
    SessionRecord odd = record(1, every);
    odd.data.insert(QAnyStringView(every), QJsonValue(every));
    odd.data.insert(QAnyStringView(u"\uFEFFmark"_s), QJsonValue(u"\uFEFF\uFFFE"_s));
    odd.data.insert(QAnyStringView(u""_s), QJsonValue(u""_s));
    for (const char *field : {"meta", "user", "expiry", "grace", "flash", "csrf", "a:meta"})
        odd.data.insert(QByteArrayView(field), QByteArrayView("1"));
    odd.updateCounts();
    odd.flash = "[\"\\u0000\"]";
    odd.csrfSecret = QByteArray("\0\r\n\xff $3*1\r\n", 12);
    create(odd);
    QCOMPARE(must(m_store->load(key(1))), odd);
    QCOMPARE(keysOf(every), QList{key(1)});
    SessionQuery query;
    query.order = SessionQuery::ByUser;
    QCOMPARE(keysOf(must(m_store->list(query))), QList{key(1)});
    QCOMPARE(must(m_store->history({})).first().user, every);
    QCOMPARE(must(m_store->removeUser(every, {}, SessionStore::Removal::User)), 1);
}

void TestRedisStore::mergesAsSessionChangeDoes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<qint64>("by");
    const QByteArrayList numbers = {"0",
                                    "-0",
                                    "-1",
                                    "9",
                                    "999999999",
                                    "1000000000",
                                    "-1000000000",
                                    "999999999999999999",
                                    "-999999999999999999",
                                    "9007199254740993",
                                    "-9007199254740993",
                                    "9223372036854775806",
                                    "9223372036854775807",
                                    "-9223372036854775807",
                                    "-9223372036854775808",
                                    "9223372036854776000",
                                    "1e3",
                                    "1.5",
                                    "-0.25",
                                    "0.1",
                                    "1e300",
                                    "3.141592653589793",
                                    "1.0",
                                    "2.5e-7",
                                    "\"1\"",
                                    "null",
                                    "true",
                                    "[1]",
                                    "{\"a\":1}"};
    const qint64 steps[] = {0,
                            1,
                            -1,
                            7,
                            -1'000'000'000,
                            1'000'000'001,
                            9'007'199'254'740'993,
                            std::numeric_limits<qint64>::max(),
                            std::numeric_limits<qint64>::min()};
    for (const QByteArray &number : numbers)
        for (const qint64 by : steps)
            QTest::addRow("%s + %lld", number.constData(), by) << number << by;
}

void TestRedisStore::mergesAsSessionChangeDoes()
{
    QFETCH(QByteArray, before);
    QFETCH(qint64, by);
    SessionRecord expected = record(1);
    give(expected, "n", before);
    create(expected);
    SessionChange increment = change();
    increment.increment("n", by);
    increment.touch = SessionChange::Touch{m_now + 1s};
    const Result<bool> merged = increment.applyTo(expected, m_now, m_store->sizeLimit());
    const Result<SessionInfo> updated = m_store->waitFor(m_store->update(key(1), increment));
    QCOMPARE(updated.has_value(), merged.has_value());
    if (!merged)
        QCOMPARE(updated.error(), merged.error());
    const SessionRecord found = must(m_store->load(key(1)));
    QCOMPARE(found.data.value("n"), expected.data.value("n")); // Lua and Qt may spell a large fraction differently
    QCOMPARE(found.version, expected.version);
    QCOMPARE(found.lastSeenAt, expected.lastSeenAt);
    QCOMPARE(found.expiresAt, expected.expiresAt);
    QCOMPARE(found.size, found.data.size());
}

void TestRedisStore::removedRecordsLeaveNothingBehind()
{
    create(record(1, u"ann"_s));
    create(record(2));
    must(m_store->rotate(key(1), key(3), binding(u"bob"_s), 30s));
    must(m_store->rotate(key(3), key(4), touching(), 30s));
    must(m_store->update(key(2), binding(u"ann"_s)));
    must(m_store->remove(key(4), SessionStore::Removal::Destroyed));
    must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User));
    QCOMPARE(ask({"EVAL",
                  "local left = {} for _, key in ipairs(redis.call('KEYS', ARGV[1] .. '*')) do "
                  "if key ~= ARGV[1] .. 'history' and not string.find(redis.call('GET', key), ' replaced$') then "
                  "table.insert(left, key) end end return table.concat(left, ' ')",
                  "0", m_options.prefix}),
             "$0\r\n\r\n");
}

void TestRedisStore::recordGoesByItselfADayAfterItsDeadline()
{
    create(record(1));
    const auto timeToLive = [this] { return ask({"PTTL", recordKey(key(1))}).sliced(1).trimmed().toLongLong(); };
    const auto around = [](qint64 found, std::chrono::milliseconds expected) { return qAbs(found - expected.count()) < 10'000; };
    QVERIFY(around(timeToLive(), Idle + 24h));
    m_now += 30min;
    must(m_store->update(key(1), touching()));
    QVERIFY(around(timeToLive(), Idle + 24h));
    SessionChange never = change();
    never.expiry = Expiry::atDateTime(QDateTime::fromString(u"9999-12-31T00:00:00Z"_s, Qt::ISODate));
    must(m_store->update(key(1), never));
    QVERIFY(timeToLive() > 0);
    QVERIFY(exists(key(1)));
}

void TestRedisStore::sweepTellsWhoseRecordWentByItself()
{
    create(record(1, u"ann"_s));
    ask({"DEL", recordKey(key(1))});
    QVERIFY(!exists(key(1)));
    m_now += Idle;
    QCOMPARE(must(m_store->removeExpired(10)), 1);
    QCOMPARE(must(m_store->removeExpired(10)), 0);
    const SessionEvent last = must(m_store->history({})).first();
    QCOMPARE(last.type, SessionEvent::Expired);
    QCOMPARE(last.user, u"ann"_s);
    QVERIFY(ask({"EXISTS", m_options.prefix + "u:ann:created", m_options.prefix + "i:users", m_options.prefix + "i:keys"})
                .startsWith(":0"));
}

void TestRedisStore::valueOfAnotherTypeIsSetAside()
{
    create(record(1, u"ann"_s));
    ask({"SET", recordKey(key(1)), "text"});
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    ask({"SET", recordKey(key(2)), "text"});
    QVERIFY(fails(m_store->update(key(2), setting("a", "1")), Error::NotFound));
    SessionQuery aside;
    aside.quarantined = true;
    QCOMPARE(must(m_store->list(aside)).total, 2);
    QCOMPARE(must(m_store->count()), 0);
}

void TestRedisStore::whatWasSetAsideGoesInTime()
{
    const auto setAside = [this](int n) {
        create(record(n));
        ask({"HSET", recordKey(key(n)), "meta", "?"});
        QVERIFY(fails(m_store->load(key(n)), Error::NotFound));
    };
    setAside(1);
    const QByteArray left = ask({"PTTL", m_options.prefix + "q:" + key(1).toLatin1()}).sliced(1).trimmed();
    QVERIFY(left.toLongLong() > std::chrono::milliseconds(24h * 29).count());
    m_now += 24h * 31;
    setAside(2);
    QCOMPARE(ask({"ZCARD", m_options.prefix + "i:quarantined"}), ":1\r\n");
}

void TestRedisStore::eventThatComesTwiceIsToldOnce()
{
    QList<SessionKey> created;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&](const SessionEvent &event) { created += event.key; });
    must(m_store->subscribe());
    create(record(1));
    create(record(2));
    QTRY_COMPARE(created.size(), 2);
    const QList<QByteArray> first = ask({"XRANGE", m_options.prefix + "history", "-", "+", "COUNT", "1"}).split('\n');
    const QByteArray id = first[3].chopped(1), line = first[8].chopped(1);
    QVERIFY(line.startsWith("created "));
    const QByteArray channel = ask({"PUBSUB", "CHANNELS", m_options.prefix + '*'}).split('\n').value(2).trimmed();
    QCOMPARE(ask({"PUBLISH", channel, id + ' ' + line}), ":1\r\n");
    create(record(3));
    QTRY_COMPARE(created.last(), key(3));
    QCOMPARE(created, (QList{key(1), key(2), key(3)}));
}

void TestRedisStore::newerFormatIsLeftAlone()
{
    create(record(1, u"ann"_s));
    create(record(2));
    ask({"HSET", recordKey(key(1)), "meta", "format=3 what=ever"});
    QVERIFY(fails(m_store->load(key(1)), Error::Unsupported));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::Unsupported));
    QVERIFY(fails(m_store->update(key(1), binding(u"bob"_s)), Error::Unsupported));
    QVERIFY(fails(m_store->rotate(key(1), key(3), change()), Error::Unsupported));
    QVERIFY(fails(m_store->takeFlash(key(1)), Error::Unsupported));
    QVERIFY(fails(m_store->remove(key(1), SessionStore::Removal::Destroyed), Error::Unsupported));
    QVERIFY(fails(m_store->create(record(1)), Error::Exists));
    QVERIFY(fails(m_store->create(record(1), {}, SessionStore::CreateMode::Overwrite), Error::Unsupported));
    QCOMPARE(keysOf(must(m_store->list({}))), QList{key(2)});
    m_now += Idle;
    QCOMPARE(must(m_store->removeExpired(10)), 1); // the other one
    QVERIFY(ask({"HGET", recordKey(key(1)), "meta"}).contains("format=3"));
    SessionQuery aside;
    aside.quarantined = true;
    QCOMPARE(must(m_store->list(aside)).total, 0);
    m_now -= Idle;
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 1); // logged out is logged out
    QVERIFY(ask({"EXISTS", recordKey(key(1))}).startsWith(":0"));
}

void TestRedisStore::readOnlyStoreWritesNothing()
{
    create(record(1));
    create(record(2));
    ask({"HSET", recordKey(key(1)), "meta", "?"});
    ask({"SET", recordKey(key(3)), "text"});
    m_server.ask({"ACL", "SETUSER", "reader", "on", ">look", "~" + m_options.prefix + "*", "&" + m_options.prefix + "*", "+@read",
                  "+@connection", "+eval", "+evalsha", "+time", "+info", "+subscribe"});
    RedisOptions options = m_options;
    options.readOnly = true;
    options.user = u"reader"_s;
    options.password = u"look"_s;
    const auto reader = makeStore(options);
    reader->setClock([this] { return m_now; });
    const QByteArray before = ask({"DBSIZE"});
    for (const int n : {1, 3})
        QCOMPARE(reader->waitFor(reader->load(key(n))).error().code, Error::NotFound);
    QCOMPARE(keysOf(must(reader->waitFor(reader->list({})))), QList{key(2)});
    must(reader->waitFor(reader->subscribe()));
    must(reader->waitFor(reader->history({})));
    QCOMPARE(reader->waitFor(reader->update(key(2), setting("a", "1"))).error().code, Error::ReadOnly);
    QCOMPARE(reader->waitFor(reader->removeUser(u"ann"_s, {}, SessionStore::Removal::User)).error().code, Error::ReadOnly);
    QVERIFY(reader->isReadOnly());
    QCOMPARE(ask({"DBSIZE"}), before);
    QVERIFY(ask({"EXISTS", recordKey(key(1)), recordKey(key(3))}).startsWith(":2"));
}

void TestRedisStore::firstFormatIsReadAndWrittenAnew()
{
    SessionRecord old = record(1, u"ann"_s);
    old.absoluteExpiresAt = m_now + 5h;
    old.version = 7;
    old.rotateRequested = true;
    give(old, "a", "1");
    create(old);
    const auto ms = [](TimePoint time) { return QByteArray::number(qint64(time.time_since_epoch().count())); };
    ask({"HSET", recordKey(key(1)), "meta",
         "format=1 version=7 created=" + ms(m_now) + " seen=" + ms(m_now) + " expires=" + ms(old.expiresAt)
             + " absolute=" + ms(*old.absoluteExpiresAt) + " issued=" + ms(m_now) + " rotate=1 size=2 attributes=1"});
    ask({"HDEL", recordKey(key(1)), "times"});
    ask({"ZADD", m_options.prefix + "u::expires", ms(m_now), key(5).toLatin1()}); // of an older program

    QCOMPARE(must(m_store->load(key(1))), old);
    QCOMPARE(SessionInfo(must(m_store->list({})).records.value(0)), SessionInfo(old));
    must(m_store->update(key(1), setting("b", "2")));
    QVERIFY(ask({"HGET", recordKey(key(1)), "meta"}).contains("format=2 version=8 "));
    SessionRecord found = must(m_store->load(key(1)));
    QCOMPARE(found.createdAt, old.createdAt);
    QCOMPARE(found.absoluteExpiresAt, old.absoluteExpiresAt);
    QVERIFY(found.rotateRequested);
    must(m_store->rotate(key(1), key(2), change()));
    QCOMPARE(keysOf(u"ann"_s), QList{key(2)});
    must(m_store->removeExpired(10));
    QVERIFY(ask({"EXISTS", m_options.prefix + "u::expires"}).startsWith(":0"));
}

// format2.jsonl has what sojourn-demo 0.1 left in a server, as commands with one character a byte.
void TestRedisStore::serverOfTheFirstReleaseKeepsItsSessions()
{
    QFile sample(QStringLiteral(SAMPLE));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    while (!sample.atEnd()) {
        QByteArrayList command;
        for (const QJsonValue &word : QJsonDocument::fromJson(sample.readLine()).array())
            command += word.toString().toLatin1();
        QVERIFY2(!ask(command).startsWith('-'), command.join(' ').constData());
    }
    RedisOptions options = m_options;
    options.prefix = "sojourn:";
    const auto store = makeStore(options);
    const auto keyOf = [](QStringView text) { return *SessionKey::fromString(text); };
    const SessionKey anns = keyOf(u"8uluJUh6NMut08_CciVpcK-Ka-0g-sovWmgbIfxfJLA");
    const SessionKey other = keyOf(u"EObU2rMFg3_U02T2Pkuq7BmLNK428kCzT5XquASUc-A");

    const SessionRecord ann = must(store->waitFor(store->load(anns)));
    QCOMPARE(ann.user, u"ann"_s);
    QCOMPARE(ann.version, 6);
    QCOMPARE(ann.data.toJson(), QJsonObject({{u"cart"_s, QJsonArray{u"tea"_s}}, {u"visits"_s, 3}}));
    QCOMPARE(ann.flash, R"(["hello"])");
    QCOMPARE(ann.csrfSecret.size(), 16);
    QCOMPARE(ann.createdAt, TimePoint(std::chrono::milliseconds(1'796'012'034'888)));
    QCOMPARE(ann.expiry, Expiry::atDateTime(QDateTime::fromMSecsSinceEpoch(4'102'358'400'000, Qt::UTC)));
    QVERIFY(must(store->waitFor(store->load(other))).user.isEmpty());
    QCOMPARE(store->waitFor(store->load(keyOf(u"ffWg57CqH847os1OSIg7DJCopiBzZAp7FMkdCfQnpsc"))).error().code, Error::Replaced);
    QCOMPARE(must(store->waitFor(store->count())), 2);
    QCOMPARE(must(store->waitFor(store->list({.user = u"ann"_s}))).records.size(), 1);
    const QList<SessionEvent> history = must(store->waitFor(store->history({})));
    QCOMPARE(history.size(), 6);
    QCOMPARE(history.first().type, SessionEvent::Revoked);
    QCOMPARE(history.first().user, u"bob"_s);

    QCOMPARE(must(store->waitFor(store->update(anns, setting("visits", "4")))).version, 7);
    QCOMPARE(must(store->waitFor(store->removeUser(u"ann"_s, {}, SessionStore::Removal::User))), 1);
    must(store->waitFor(store->remove(other, SessionStore::Removal::Destroyed)));
    QCOMPARE(must(store->waitFor(store->count())), 0);
    QCOMPARE(must(store->waitFor(store->history({}))).size(), 8);
}

void TestRedisStore::smallSessionTakesLittleMemory()
{
    const auto used = [](const RedisServer &server) {
        const QByteArray memory = server.ask({"INFO", "memory"});
        const qsizetype at = memory.indexOf("used_memory:") + 12;
        return memory.sliced(at, memory.indexOf('\r', at) - at).toLongLong();
    };
    constexpr int sessions = 2000;
    RedisServer server; // which has had no replica yet
    QVERIFY(server.start());
    RedisOptions options = m_options;
    options.port = server.port();
    const auto store = makeStore(options);
    must(store->waitFor(store->create(record(sessions)))); // what there is once
    const qint64 before = used(server);
    std::vector<Task<SessionInfo>> tasks;
    for (int n = 0; n < sessions; ++n) {
        SessionRecord small = record(n);
        small.createdAt = small.lastSeenAt = small.idIssuedAt = m_now + n * 1ms;
        small.expiresAt = small.createdAt + 336h;
        small.csrfSecret = QByteArray(16, 'x');
        give(small, "visits", "12");
        tasks.push_back(store->create(small));
    }
    for (Task<SessionInfo> &task : tasks)
        must(store->waitFor(std::move(task)));
    server.ask({"XTRIM", m_options.prefix + "history", "MAXLEN", "0"});
    const qint64 each = (used(server) - before) / sessions;
    qInfo("%lld bytes a session", each);
    QVERIFY2(each <= 1150, qPrintable(QString::number(each)));
}

void TestRedisStore::replacedKeyIsRememberedForAWhile()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s)); // renewed
    must(m_store->rotate(key(2), key(3), binding(u"ann"_s)));
    for (const int n : {1, 2}) {
        QVERIFY(fails(m_store->load(key(n)), Error::Replaced));
        QVERIFY(fails(m_store->update(key(n), setting("a", "1")), Error::NotFound));
    }
    QVERIFY(exists(key(3)));
    must(m_store->remove(key(3), SessionStore::Removal::Destroyed));
    QVERIFY(fails(m_store->load(key(2)), Error::Replaced));
    QVERIFY(fails(m_store->load(key(3)), Error::NotFound));
    const QByteArray left = ask({"PTTL", m_options.prefix + "g:" + key(2).toLatin1()}).sliced(1).trimmed();
    QVERIFY(left.toLongLong() > 0 && left.toLongLong() <= 120'000);
    m_now += SessionStore::ReplacedKept - 1ms;
    QVERIFY(fails(m_store->load(key(2)), Error::Replaced));
    m_now += 1ms;
    QVERIFY(fails(m_store->load(key(2)), Error::NotFound));
}

void TestRedisStore::renewedKeysGoInTheirTime()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    must(m_store->rotate(key(2), key(3), change(), 30s));
    for (const int n : {1, 2}) {
        const QByteArray left = ask({"PTTL", m_options.prefix + "g:" + key(n).toLatin1()}).sliced(1).trimmed();
        QVERIFY(left.toLongLong() > 0 && left.toLongLong() <= 90'000);
    }
}

void TestRedisStore::recordLeavesNoTraceOfTheOneBefore()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change()));
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    create(record(1));
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
}

void TestRedisStore::livingSessionTakesOneCommandToLoad()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change()));
    const qint64 loads = callsOf("hgetall"), scripts = callsOf("evalsha");
    must(m_store->load(key(2)));
    QCOMPARE(callsOf("hgetall") - loads, 1);
    QCOMPARE(callsOf("evalsha") - scripts, 0);
}

void TestRedisStore::damagedAttributeIsSetAside_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    const QByteArrayList values = {R"({"items":2)",
                                   "",
                                   "x",
                                   "{\"a\":}",
                                   "{a:1}",
                                   "[1,]",
                                   "\"a",
                                   "\"a\"b\"",
                                   "01",
                                   "1.",
                                   "-",
                                   "tru",
                                   "\"\xff\"",
                                   "nullx",
                                   "\"\\x\"",
                                   "\"\\u12\"",
                                   "\"\x01\"",
                                   "[1 2]",
                                   "{\"a\" 1}",
                                   "]",
                                   QByteArray(3000, '[') + QByteArray(3000, ']')};
    for (qsizetype i = 0; i < values.size(); ++i)
        QTest::addRow("value %lld", qlonglong(i)) << QByteArray("a:cart") << values[i];
    QTest::newRow("name") << QByteArray("a:\xff\xfe") << QByteArray("1");
    QTest::newRow("user") << QByteArray("user") << QByteArray("\xff\xfe");
    QTest::newRow("times") << QByteArray("times") << QByteArray("1 2 3");
    QTest::newRow("meta") << QByteArray("meta") << QByteArray("\0\xff", 2);
}

void TestRedisStore::damagedAttributeIsSetAside()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    create(record(1));
    ask({"HSET", recordKey(key(1)), field, value});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^Session "_s + key(1).toString() + u" cannot be decoded"_s));
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    QTRY_COMPARE(must(m_store->count()), 0);
}

void TestRedisStore::oddButSoundJsonIsKept()
{
    create(record(1));
    const QByteArrayList sound = {"0",
                                  "-0",
                                  "-1.5e+10",
                                  "1E3",
                                  " [ ] ",
                                  "{ }",
                                  "{\"\":[{\"a\":[true,false,null]}, 1 ]}",
                                  "\"\\u00e9\\n\\\"\"",
                                  "\"\xc3\xa9\"",
                                  "\"\"",
                                  QByteArray(150, '[') + QByteArray(150, ']')};
    for (const QByteArray &json : sound) {
        ask({"HSET", recordKey(key(1)), "a:odd", json});
        const SessionRecord found = must(m_store->load(key(1)));
        QCOMPARE(found.data.json("odd"), json);
        QVERIFY(found.data.value("odd"));
    }
}

void TestRedisStore::damagedExpiryIsSetAside()
{
    create(record(1));
    ask({"HSET", recordKey(key(1)), "expiry", "?"});
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
    QTRY_COMPARE(must(m_store->count()), 0);
}

void TestRedisStore::countsSurviveEditingByHand()
{
    SessionRecord edited = record(1);
    give(edited, "a", "1");
    create(edited);
    ask({"HSET", recordKey(key(1)), "a:a", "123456789", "a:b", "2"});
    SessionChange removal = change();
    removal.remove("a");
    removal.remove("b");
    removal.set("c", "3");
    const SessionInfo removed = must(m_store->update(key(1), removal));
    QCOMPARE(removed.size, 2);
    QCOMPARE(removed.attributeCount, 1);
    ask({"HSET", recordKey(key(1)), "a:d", "4"});
    SessionChange renewal = change();
    renewal.clear();
    renewal.set("d", "4");
    renewal.set("e", "5");
    const SessionInfo cleared = must(m_store->update(key(1), renewal));
    QCOMPARE(cleared.size, 4);
    QCOMPARE(cleared.attributeCount, 2);
    QCOMPARE(must(m_store->load(key(1))).size, 4);
}

void TestRedisStore::deadRecordsAndGracesTakeNoKey()
{
    create(record(1, u"ann"_s));
    create(record(2, u"bob"_s));
    must(m_store->rotate(key(1), key(3), change(), 10s));
    SessionChange longer = change();
    longer.expiry = Expiry::onInactivity(3h);
    must(m_store->update(key(3), longer));
    m_now += Idle + 1s; // the second record is dead, and so is the grace of the first key
    must(m_store->rotate(key(3), key(2), change()));
    QCOMPARE(must(m_store->load(key(2))).user, u"ann"_s);
    must(m_store->rotate(key(2), key(1), change()));
    QCOMPARE(must(m_store->load(key(1))).user, u"ann"_s);
    QCOMPARE(keysOf(u"bob"_s), QList<SessionKey>());
    QCOMPARE(must(m_store->count()), 1);
}

void TestRedisStore::capDoesNotCountWhatWasDeletedByHand()
{
    create(record(1, u"ann"_s));
    ask({"DEL", recordKey(key(1))});
    must(m_store->create(record(2, u"ann"_s), UserCap{1, UserCap::Refuse}));
    QCOMPARE(must(m_store->count()), 1);
    QVERIFY(fails(m_store->create(record(3, u"ann"_s), UserCap{1, UserCap::Refuse}), Error::LimitReached));
}

void TestRedisStore::sweepCountsWhatItSetAside()
{
    for (int n = 0; n < 4; ++n)
        create(record(n));
    for (int n = 0; n < 2; ++n)
        ask({"HSET", recordKey(key(n)), "meta", "?"});
    m_now += Idle;
    QCOMPARE(must(m_store->removeExpired(3)), 3);
    QCOMPARE(must(m_store->removeExpired(3)), 1);
}

void TestRedisStore::flashFollowsAnEmptyList()
{
    create(record(1));
    ask({"HSET", recordKey(key(1)), "flash", "[]"});
    SessionChange flashing = change();
    flashing.flash = "[1]";
    must(m_store->update(key(1), flashing));
    QCOMPARE(must(m_store->takeFlash(key(1))), "[1]");
}

/// Deletes what a server that is full may delete; names without the prefix.
void TestRedisStore::evict(const QByteArrayList &keys) const
{
    for (const QByteArray &key : keys)
        ask({"DEL", m_options.prefix + key});
}

static void addEvictions()
{
    QTest::addColumn<QByteArrayList>("evicted");
    const QByteArrayList all = {"u:ann:created", "u:ann:expires", "u:ann:seen", "i:users",
                                "i:keys",        "i:created",     "i:expires",  "i:seen"};
    for (const QByteArray &one : all)
        QTest::addRow("%s", one.constData()) << QByteArrayList{one};
    QTest::newRow("all of the user") << all.first(3);
    QTest::newRow("all by user") << all.first(4);
    QTest::newRow("all but one") << all.first(7);
    QTest::newRow("all but creation") << QByteArrayList{"u:ann:created", "u:ann:expires", "u:ann:seen",
                                                        "i:users",       "i:keys",        "i:seen"};
}

void TestRedisStore::evictedIndexHidesNobodyFromARevocation_data()
{
    addEvictions();
}

void TestRedisStore::evictedIndexHidesNobodyFromARevocation()
{
    QFETCH(QByteArrayList, evicted);
    for (int n = 0; n < 5; ++n)
        create(record(n, u"ann"_s));
    create(record(8, u"bob"_s));
    create(record(9));
    evict(evicted);
    create(record(5, u"ann"_s)); // begins new indexes, which know little
    QCOMPARE(must(m_store->removeUser(u"ann"_s, key(2), SessionStore::Removal::User)), 5);
    for (int n = 0; n < 10; ++n)
        QCOMPARE(exists(key(n)), n == 2 || n == 8 || n == 9);
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), 1);
}

void TestRedisStore::evictedIndexLetsNobodyThroughACap_data()
{
    QTest::addColumn<QByteArray>("evicted");
    for (const char *index : {"u:ann:created", "u:ann:expires", "u:ann:seen", "i:users"})
        QTest::addRow("%s", index) << QByteArray(index);
}

void TestRedisStore::evictedIndexLetsNobodyThroughACap()
{
    QFETCH(QByteArray, evicted);
    for (int n = 0; n < 3; ++n) {
        create(record(n, u"ann"_s));
        m_now += 1s;
    }
    evict({evicted});
    QVERIFY(fails(m_store->create(record(4, u"ann"_s), UserCap{3, UserCap::Refuse}), Error::LimitReached));
    evict({evicted});
    must(m_store->create(record(4, u"ann"_s), UserCap{2, UserCap::Evict}));
    for (int n = 0; n < 5; ++n)
        QCOMPARE(exists(key(n)), n == 2 || n == 4);
    evict({"s:" + key(2).toLatin1()}); // takes no place any more
    must(m_store->create(record(5, u"ann"_s), UserCap{2, UserCap::Refuse}));
    QVERIFY(exists(key(4)) && exists(key(5)));
}

/// They take several steps: those that have expired, and those that somebody has deleted, take no place.
void TestRedisStore::capsOfThousandsAreExact()
{
    must(m_store->count()); // it is connected
    const QList<SessionKey> keys = makeMany(2000, "ann", 500);
    const auto logIn = [this, n = std::make_shared<int>(0)](const UserCap &cap) {
        return m_store->create(record(++*n, u"ann"_s), cap);
    };
    const UserCap refusing{1500, UserCap::Refuse};
    QVERIFY(fails(logIn(refusing), Error::LimitReached));
    for (const int gone : {600, 1100, 1900})
        evict({"s:" + keys[gone].toLatin1()});
    for (int n = 0; n < 3; ++n)
        must(logIn(refusing));
    QVERIFY(fails(logIn(refusing), Error::LimitReached));
    evict({"s:" + keys[1950].toLatin1()});
    must(logIn({1000, UserCap::Evict})); // 500 of 1,499 go
    SessionQuery all;
    all.user = u"ann"_s;
    all.limit = 5000;
    QCOMPARE(must(m_store->list(all)).total, 1000);
    QCOMPARE(must(m_store->list(all)).records.size(), 1000);
    QVERIFY(!exists(keys[1000]) && exists(keys[1001]));
    must(logIn({1000, UserCap::Evict}));
    QVERIFY(!exists(keys[1001]) && exists(keys[1002]));
    must(logIn({1, UserCap::Evict}));
    QCOMPARE(must(m_store->list(all)).total, 1);
}

void TestRedisStore::sweepPutsIndexesRight()
{
    for (int n = 0; n < 4; ++n)
        create(record(n, n % 2 ? u"ann"_s : QString()));
    const auto totals = [this] {
        QList<qint64> found;
        for (const auto order :
             {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
            SessionQuery query;
            query.order = order;
            found << must(m_store->list(query)).records.size();
            query.user = u"ann"_s;
            found << must(m_store->list(query)).records.size();
        }
        return found;
    };
    const QList<qint64> before = totals();
    for (const QByteArrayList &evicted :
         {QByteArrayList{"i:created", "u:ann:seen"}, {"i:expires"}, {"i:users", "i:seen"}, {"i:keys"}}) {
        evict(evicted);
        create(record(9));
        must(m_store->remove(key(9), SessionStore::Removal::Destroyed));
        for (int i = 0; i < 6; ++i)
            QCOMPARE(must(m_store->removeExpired(100)), 0);
        QCOMPARE(totals(), before);
        QCOMPARE(must(m_store->count()), 4);
    }
}

void TestRedisStore::sweepForgetsEvictedRecords()
{
    for (int n = 0; n < 4; ++n)
        create(record(n, u"ann"_s));
    evict({"s:" + key(1).toLatin1(), "s:" + key(3).toLatin1()});
    QCOMPARE(must(m_store->list({})).records.size(), 2);
    QCOMPARE(must(m_store->list({})).total, 2);
    must(m_store->removeExpired(100));
    QCOMPARE(must(m_store->count()), 2);
    QVERIFY(ask({"ZCARD", m_options.prefix + "u:ann:seen"}).startsWith(":2"));
    QVERIFY(ask({"ZCARD", m_options.prefix + "i:keys"}).startsWith(":2"));
    QCOMPARE(must(m_store->history({})).first().type, SessionEvent::Expired);
}

void TestRedisStore::touchPutsIndexesRightWhereTheServerEvicts()
{
    RedisServer server({u"--maxmemory-policy"_s, u"allkeys-lru"_s});
    QVERIFY(server.start());
    RedisOptions options = m_options;
    options.port = server.port();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"maxmemory-policy is allkeys-lru. Set it to noeviction"_s));
    const auto store = makeStore(options);
    store->setClock([this] { return m_now; });
    must(store->waitFor(store->create(record(1, u"nul\0 ann"_s))));
    const auto content = [&] {
        QByteArrayList all;
        for (const char *index : {"i:created", "i:users", "i:keys", "u:nul\0 ann:created"})
            all.append(server.ask({"ZRANGE", m_options.prefix + index, "0", "-1", "WITHSCORES"}));
        return all;
    };
    const QByteArrayList before = content();
    for (const char *index : {"i:created", "i:users", "i:keys", "u:nul\0 ann:created"})
        server.ask({"DEL", m_options.prefix + index});
    m_now += 10min;
    must(store->waitFor(store->update(key(1), touching())));
    QCOMPARE(content(), before);
}

void TestRedisStore::leadingMarkOfByteOrderStays()
{
    const QString marked = u"\uFEFFadmin"_s;
    must(m_store->subscribe());
    QSignalSpy events(m_store.get(), &SessionStore::sessionEvent);
    SessionRecord odd = record(1, marked);
    odd.data.insert(QAnyStringView(marked), QJsonValue(marked));
    odd.updateCounts();
    create(odd);
    create(record(2, u"admin"_s));
    QTRY_COMPARE(events.size(), 2);
    QCOMPARE(events[0][0].value<SessionEvent>().user, marked);
    QCOMPARE(must(m_store->load(key(1))).user, marked);
    QCOMPARE(must(m_store->load(key(1))).data.names(), QStringList{marked});
    QCOMPARE(keysOf(marked), QList{key(1)});
    QCOMPARE(keysOf(u"admin"_s), QList{key(2)});
    QCOMPARE(must(m_store->history({})).at(1).user, marked);
    QCOMPARE(must(m_store->removeUser(u"admin"_s, {}, SessionStore::Removal::User)), 1);
    QVERIFY(exists(key(1)));
}

/// Sessions made by the server itself, quickly: the first \a expired of them have ended. Every other one was used in another
/// order than created.
QList<SessionKey> TestRedisStore::makeMany(int count, const QByteArray &user, int expired) const
{
    QList<SessionKey> keys;
    QByteArrayList arguments;
    const qint64 now = m_now.time_since_epoch().count();
    const auto send = [&] {
        ask(QByteArrayList{
                "EVAL",
                "local prefix, user, now = ARGV[1], ARGV[2], tonumber(ARGV[3]) "
                "local function whole(n) return string.format('%.0f', n) end "
                "for i = 5, #ARGV, 4 do local key, created, seen, expires = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3] "
                "redis.call('HSET', prefix .. 's:' .. key, 'meta', 'format=2 version=1 issued=' .. created .. ' data=0/0', "
                "'times', created .. ' ' .. seen .. ' ' .. expires .. ' -', 'user', user) "
                "for order, at in pairs({created = created, seen = seen, expires = expires}) do "
                "redis.call('ZADD', prefix .. 'i:' .. order, at, key) "
                "if user ~= '' then redis.call('ZADD', prefix .. 'u:' .. user .. ':' .. order, at, key) end end "
                "redis.call('ZADD', prefix .. 'i:users', 0, user .. '\\0\\0' .. string.format('%016.0f', created) .. key) "
                "redis.call('ZADD', prefix .. 'i:keys', 0, key .. user) end",
                "0", m_options.prefix, user, QByteArray::number(now), ""}
            + arguments);
        arguments.clear();
    };
    for (int n = 0; n < count; ++n) {
        keys.append(key(100'000 + n));
        const qint64 created = now - 4'000'000 + n, seen = now - 3'000'000 + (n % 2 ? n : count - n);
        arguments << keys.last().toLatin1() << QByteArray::number(created) << QByteArray::number(seen)
                  << QByteArray::number(n < expired ? now - 500'000 + n : now + 3'600'000 + n);
        if (arguments.size() >= 4000)
            send();
    }
    send();
    return keys;
}

void TestRedisStore::nothingHoldsUpTheServer()
{
    const int count = std::max(qEnvironmentVariableIntValue("SOJOURN_TEST_SESSIONS"), 5000);
    must(m_store->count()); // it is connected
    makeMany(count, "ann", count / 2);
    // In time of the server's processor: the machine may be busy.
    const auto processorTime = [this] {
        const QByteArray cpu = ask({"INFO", "cpu"});
        double seconds = 0;
        for (const QByteArray &line : cpu.split('\n')) {
            if (line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:"))
                seconds += line.sliced(line.indexOf(':') + 1).trimmed().toDouble();
        }
        return seconds * 1000;
    };
    const auto calls = [this] { return callsOf("evalsha") + callsOf("xrevrange"); };
    double before = processorTime();
    qint64 callsBefore = calls();
    QElapsedTimer timer;
    const auto look = [&](const char *what) {
        const double used = processorTime() - before;
        const qint64 made = std::max<qint64>(calls() - callsBefore, 1);
        if (what)
            qInfo("%s: %lld ms, %lld calls of %.2f ms", what, timer.elapsed(), made, used / double(made));
        QVERIFY2(!what || used / double(made) < 5, what);
        timer.restart();
        before = processorTime();
        callsBefore = calls();
    };
    timer.start();
    SessionQuery query;
    query.offset = count / 4;
    for (const auto order : {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
        query.order = order;
        QCOMPARE(must(m_store->list(query)).total, count - count / 2);
        look("list");
        query.user = u"ann"_s;
        QCOMPARE(must(m_store->list(query)).total, count - count / 2);
        look("list of a user");
        query.user.reset();
    }
    query.keyPrefix = "A";
    must(m_store->list(query));
    look("prefix");
    must(m_store->count());
    look("count");
    QCOMPARE(must(m_store->removeExpired(count / 4)), count / 4);
    look("sweep");
    must(m_store->create(record(0, u"ann"_s), UserCap{count, UserCap::Evict}));
    must(m_store->create(record(2, u"ann"_s), UserCap{count / 4, UserCap::Evict}));
    look("cap of thousands");
    must(m_store->create(record(1, u"ann"_s), UserCap{100, UserCap::Evict}));
    look("cap");
    QCOMPARE(must(m_store->count()), 100);
    makeMany(count / 2, "ann");
    look(nullptr);
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)), count / 2 + 100);
    look("revoke");
    QCOMPARE(must(m_store->count()), 0);
    HistoryQuery lost;
    lost.key = key(77);
    must(m_store->history(lost));
    look("history");
}

void TestRedisStore::pagesAreRightBetweenManyExpiredSessions_data()
{
    QTest::addColumn<SessionQuery::Order>("order");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<std::optional<QString>>("user");
    for (const auto order : {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
        for (const bool descending : {false, true}) {
            QTest::addRow("%d %d", int(order), descending) << order << descending << std::optional<QString>();
            QTest::addRow("%d %d nobody", int(order), descending) << order << descending << std::optional(QString());
        }
    }
}

void TestRedisStore::pagesAreRightBetweenManyExpiredSessions()
{
    QFETCH(SessionQuery::Order, order);
    QFETCH(bool, descending);
    QFETCH(std::optional<QString>, user);
    constexpr int count = 3500, expired = 1500, others = 20;
    makeMany(count, "", expired);
    for (int n = 0; n < others; ++n)
        create(record(n, u"ann"_s));
    const int total = count - expired + (user ? 0 : others);
    SessionQuery query;
    query.order = order;
    query.descending = descending;
    query.user = user;
    query.limit = count;
    const QList<SessionKey> all = keysOf(must(m_store->list(query)));
    QCOMPARE(all.size(), total);
    QCOMPARE(QSet(all.begin(), all.end()).size(), total);
    query.limit = 7;
    for (const int offset : {0, 3, 990, 1400, total - 3}) {
        query.offset = offset;
        const SessionPage page = must(m_store->list(query));
        QCOMPARE(page.total, total);
        QCOMPARE(keysOf(page), all.sliced(offset, std::min(7, total - offset)));
        QCOMPARE(page.nextCursor.isEmpty(), offset + 7 >= total);
        if (!page.nextCursor.isEmpty()) {
            SessionQuery next = query;
            next.offset = 0;
            next.cursor = page.nextCursor;
            QCOMPARE(keysOf(must(m_store->list(next))), all.sliced(offset + 7, std::min(7, total - offset - 7)));
        }
    }
}

void TestRedisStore::historyKeepsTheNewestOnly()
{
    RedisOptions options = m_options;
    options.historyLimit = 5;
    const auto store = makeStore(options);
    for (int n = 0; n < 8; ++n)
        must(store->waitFor(store->create(record(n))));
    const auto events = must(store->waitFor(store->history({})));
    QCOMPARE(events.size(), 5);
    QCOMPARE(events.first().key, key(7));
}

void TestRedisStore::historyIsBoundedInBytes()
{
    RedisOptions options = m_options;
    options.historyLimit = 1'000'000;
    const auto store = makeStore(options);
    const QString longName(MaxUserSize, u'x');
    ask({"EVAL",
         "for n = 1, 20000 do redis.call('XADD', ARGV[1] .. 'history', '*', 'event', ARGV[2] .. string.rep('x', 1000)) end", "0",
         options.prefix, "created 1 1 - - - "});
    must(store->waitFor(store->create(record(1, longName))));
    const qint64 bytes = ask({"MEMORY", "USAGE", options.prefix + "history"}).mid(1).toLongLong();
    QVERIFY2(bytes > SessionStore::HistoryBytes / 2 && bytes < SessionStore::HistoryBytes * 5 / 4,
             qPrintable(QString::number(bytes)));
    QCOMPARE(must(store->waitFor(store->history({.user = {}, .key = {}, .limit = 1}))).value(0).user, longName);
}

void TestRedisStore::pagesOfManySessionsAreFoundQuickly()
{
    // 20,000 sessions with the indexes that the list needs; without their records no rows come back.
    ask({"EVAL",
         "for n = 1, 20000 do local key = string.format('%043d', n) for i, order in ipairs({'expires', 'seen', 'created'}) do "
         "redis.call('ZADD', ARGV[1] .. 'i:' .. order, ARGV[2] + n, key) end end",
         "0", m_options.prefix, QByteArray::number(qint64((m_now + Idle).time_since_epoch().count()))});
    SessionQuery query;
    query.limit = 0;
    query.offset = 15'000;
    QCOMPARE(must(m_store->list(query)).total, 20'000);
    ask({"CONFIG", "SET", "slowlog-log-slower-than", "5000"}); // microseconds
    QByteArray slow;
    for (int round = 0; round < 10 && slow != ":0\r\n"; ++round) { // the machine may be busy
        ask({"SLOWLOG", "RESET"});
        for (const auto order : {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen}) {
            query.order = order;
            must(m_store->list(query));
        }
        slow = ask({"SLOWLOG", "LEN"});
    }
    QCOMPARE(slow, ":0\r\n");
    ask({"CONFIG", "SET", "slowlog-log-slower-than", "10000"});
}

/// How often the server has run \a command.
qint64 TestRedisStore::callsOf(const QByteArray &command) const
{
    const QByteArray stats = ask({"INFO", "commandstats"});
    const QByteArray begin = "cmdstat_" + command + ":calls=";
    const qsizetype at = stats.indexOf(begin);
    return at < 0 ? 0 : stats.sliced(at + begin.size(), stats.indexOf(',', at) - at - begin.size()).toLongLong();
}

void TestRedisStore::walkMeetsSessionsThatAreRotatedUnderIt()
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

/// What one session was must not hold up the server either.
void TestRedisStore::largeRecordsAreFreedAside()
{
    const auto freed = [this] {
        const QByteArray memory = ask({"INFO", "memory"}), name = "lazyfreed_objects:";
        const qsizetype at = memory.indexOf(name);
        return at < 0 ? -1 : memory.sliced(at + name.size()).split('\r').first().toLongLong();
    };
    SessionRecord large = record(1, u"ann"_s);
    for (int n = 0; n < 2000; ++n)
        give(large, "attribute" + QByteArray::number(n), "1");
    large.updateCounts();
    for (int way = 0; way < 3; ++way) {
        create(large);
        const qint64 before = freed();
        if (way == 0) {
            must(m_store->remove(large.key, SessionStore::Removal::Destroyed));
        } else if (way == 1) {
            must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User));
        } else {
            m_now += 3h;
            must(m_store->removeExpired(10));
        }
        QVERIFY(!exists(large.key));
        QTRY_COMPARE(freed(), before + 1);
    }
}

/// They are not all asked for at once.
void TestRedisStore::pagesOfLargeRecordsAreWhole()
{
    constexpr int sessions = 150;
    for (int n = 0; n < sessions; ++n) {
        m_now += 1ms;
        SessionRecord one = record(n);
        give(one, "a", '"' + QByteArray(n % 3 ? 10 : 100'000, 'x') + '"');
        create(one);
    }
    SessionQuery query;
    query.order = SessionQuery::ByCreated;
    query.withData = true;
    query.limit = 2 * sessions;
    const SessionPage page = must(m_store->list(query));
    QCOMPARE(page.records.size(), sessions);
    for (int n = 0; n < sessions; ++n) {
        QCOMPARE(page.records[n].key, key(n));
        QCOMPARE(page.records[n].data.json("a").size(), n % 3 ? 12 : 100'002);
    }
}

void TestRedisStore::crowdOnOneSessionTakesOneCommandEach()
{
    create(record(1));
    must(m_store->load(key(1)));
    SessionChange increment = change();
    increment.increment("n", 1);
    const qint64 loads = callsOf("hgetall"), scripts = callsOf("evalsha");
    std::vector<Task<SessionRecord>> loading;
    std::vector<Task<SessionInfo>> changing;
    for (int i = 0; i < 20; ++i) {
        loading.push_back(m_store->load(key(1)));
        changing.push_back(m_store->update(key(1), increment));
    }
    for (Task<SessionRecord> &task : loading)
        QCOMPARE(must(std::move(task)).version, 1);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(must(std::move(changing[size_t(i)])).version, quint64(2 + i)); // each knows of those before it
    QCOMPARE(callsOf("hgetall") - loads, 1);
    QCOMPARE(callsOf("evalsha") - scripts, 1);
    QCOMPARE(attribute(key(1), "n"), "20");
}

void TestRedisStore::loadSeesWhatWasDoneBeforeItWasAsked()
{
    create(record(1));
    Task<SessionRecord> before = m_store->load(key(1));
    QVERIFY(m_store->waitFor(m_store->count()).has_value()); // the load has left
    const auto another = makeStore();
    another->setClock([this] { return m_now; });
    must(another->waitFor(another->update(key(1), setting("a", "1"))));
    QCOMPARE(must(m_store->load(key(1))).version, 2);
    QCOMPARE(must(std::move(before)).version, 1);
}

void TestRedisStore::changesStandOnTheRecordAsItIs()
{
    create(record(1));
    must(m_store->load(key(1)));
    const auto another = makeStore();
    another->setClock([this] { return m_now; });
    must(another->waitFor(another->update(key(1), setting("b", "1"))));
    ask({"HSET", recordKey(key(1)), "a:n", "41"}); // by hand, without a new version
    SessionChange increment = change();
    increment.increment("n", 1);
    increment.set("a", "1");
    QCOMPARE(must(m_store->update(key(1), increment)).version, 3);
    const SessionRecord found = must(m_store->load(key(1)));
    QCOMPARE(found.data.json("n"), "42");
    QCOMPARE(found.data.json("a"), "1");
    QCOMPARE(found.data.json("b"), "1");
}

void TestRedisStore::changesBehindARefusedOneStay()
{
    create(record(1));
    must(m_store->update(key(1), setting("text", "\"x\"")));
    SessionChange conflict = setting("a", "1");
    conflict.expectedVersion = 7;
    SessionChange odd = change();
    odd.increment("text", 1);
    Task<SessionInfo> first = m_store->update(key(1), setting("b", "1"));
    Task<SessionInfo> second = m_store->update(key(1), conflict);
    Task<SessionInfo> third = m_store->update(key(1), odd);
    Task<SessionInfo> fourth = m_store->update(key(1), setting("c", "1"));
    must(std::move(first));
    QVERIFY(fails(std::move(second), Error::Conflict));
    QVERIFY(fails(std::move(third), Error::Invalid));
    QCOMPARE(must(std::move(fourth)).version, 4);
    const SessionRecord found = must(m_store->load(key(1)));
    QCOMPARE(found.data.count(), 3);
    QCOMPARE(found.data.json("text"), "\"x\"");
    QVERIFY(found.data.contains("b") && found.data.contains("c"));
}

void TestRedisStore::flashThatWasTakenMeanwhileDoesNotComeBack()
{
    create(record(1));
    SessionChange flashing = change();
    flashing.flash = "[1]";
    must(m_store->update(key(1), flashing));
    must(m_store->load(key(1)));
    const auto another = makeStore();
    another->setClock([this] { return m_now; });
    QCOMPARE(must(another->waitFor(another->takeFlash(key(1)))), "[1]");
    flashing.flash = "[2]";
    must(m_store->update(key(1), flashing));
    QCOMPARE(must(m_store->takeFlash(key(1))), "[2]");
}

void TestRedisStore::loginEndsAGraceWithoutARotation()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    must(m_store->load(key(1)));
    must(m_store->update(key(2), binding(u"ann"_s)));
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
}

QTEST_GUILESS_MAIN(TestRedisStore)
#include "tst_redisstore.moc"
