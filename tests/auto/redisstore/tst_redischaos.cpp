// SPDX-License-Identifier: MIT

// Log-ins by the thousand, and programs that rotate, log in, write and log out, and are killed in the middle of it.
// SOJOURN_CHAOS_OPERATIONS: how many rotations and log-ins there are to be of each kind of server.

#include <rediscluster.h>
#include <redisindexes.h>
#include <sentinelset.h>

#include <Sojourn/RedisStore>

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Users = 4;
constexpr int Cap = 3;
constexpr int Clients = 4;

QString userName(int n)
{
    return u"user%1"_s.arg(n);
}

/// Of one clock for all programs of the machine.
qint64 now()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

SessionKey freshKey()
{
    QByteArray bytes(32, '\0');
    for (char &byte : bytes)
        byte = char(QRandomGenerator::global()->bounded(256));
    return *SessionKey::fromBytes(bytes);
}

/// \a kind is "one", "sentinel" or "cluster"; \a ports are where its servers or sentinels listen.
RedisOptions optionsOf(const QString &kind, const QStringList &ports)
{
    RedisOptions options;
    QList<RedisAddress> addresses;
    for (const QString &port : ports)
        addresses.append({u"127.0.0.1"_s, port.toUShort()});
    if (kind == u"one") {
        options.port = addresses.first().port;
    } else if (kind == u"sentinel") {
        options.sentinels = addresses;
        options.masterName = u"shop"_s;
    } else {
        options.clusterNodes = addresses;
        options.shards = 16;
    }
    return options;
}

/// A visitor of a client, who has at most one session at a time.
struct Visitor
{
    QByteArray name; // of this session and those that replace it
    std::optional<SessionKey> key;
};

/// One program. What it says, a line each and at once: what it begins ("rotate NAME OLD NEW"), and what is done: "bound LOGIN
/// TIME", "moved OLD", "ended KEY".
class Client
{
public:
    explicit Client(const RedisOptions &options) : m_store(options) { m_store.setTimeout(2s); }

    [[noreturn]] void run()
    {
        std::array<Visitor, 6> visitors;
        for (;;)
            step(visitors[size_t(m_random.bounded(quint32(visitors.size())))]);
    }

private:
    void say(const QByteArray &line)
    {
        std::fwrite((line + '\n').constData(), 1, size_t(line.size() + 1), stdout);
        if (std::fflush(stdout) != 0)
            std::_Exit(1); // nobody listens any more
    }
    QByteArray serial() { return QByteArray::number(QCoreApplication::applicationPid()) + '-' + QByteArray::number(++m_serial); }

    void step(Visitor &visitor)
    {
        if (!visitor.key)
            return arrive(visitor);
        const int what = int(m_random.bounded(10));
        if (what == 0)
            return leave(visitor);
        SessionKey fresh = freshKey();
        while (!m_store.mayRotate(*visitor.key, fresh))
            fresh = freshKey();
        SessionChange change, write;
        change.defaultIdle = write.defaultIdle = std::chrono::hours(1);
        write.increment("n", 1);
        QByteArray login;
        if (what < 5) {
            login = serial();
            change.user = userName(int(m_random.bounded(Users)));
            change.cap = UserCap{Cap, UserCap::Evict};
            change.set("login", '"' + login + '"');
        }
        say("rotate " + visitor.name + ' ' + visitor.key->toLatin1() + ' ' + fresh.toLatin1());
        const QFuture<Result<SessionInfo>> written = m_store.update(*visitor.key, write);
        const Result<SessionInfo> rotated = m_store.waitFor(m_store.rotate(*visitor.key, fresh, change));
        (void)m_store.waitFor(written);
        if (!rotated) { // its user was logged out everywhere or had too many, or nobody knows
            visitor = {};
            return;
        }
        say("moved " + visitor.key->toLatin1());
        if (!login.isEmpty())
            say("bound " + login + ' ' + QByteArray::number(now()));
        visitor.key = fresh;
    }
    void arrive(Visitor &visitor)
    {
        SessionRecord record;
        record.key = freshKey();
        record.createdAt = record.lastSeenAt = record.idIssuedAt = m_store.now();
        record.expiresAt = record.createdAt + 1h;
        visitor.name = serial();
        record.data.insert("visitor", '"' + visitor.name + '"');
        record.updateCounts();
        if (m_store.waitFor(m_store.create(record)))
            visitor.key = record.key;
    }
    void leave(Visitor &visitor)
    {
        if (m_store.waitFor(m_store.remove(*visitor.key, SessionStore::Removal::Destroyed)))
            say("ended " + visitor.key->toLatin1());
        visitor = {};
    }

    RedisStore m_store;
    QRandomGenerator m_random = QRandomGenerator::securelySeeded();
    int m_serial = 0;
};

} // namespace

class TestRedisChaos : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void parallelLoginsLeaveAsManyAsTheCap_data();
    void parallelLoginsLeaveAsManyAsTheCap();
    void killedClientsLeaveNothingHalfDone_data();
    void killedClientsLeaveNothingHalfDone();

private:
    struct Revocation
    {
        qint64 begin;
        QByteArrayList left; // log-ins of the user that are alive when it is done
    };
    struct Story
    {
        int operations = 0;
        QHash<QByteArray, QList<QByteArrayList>> rotations; // of each visitor, in their order: old and new
        QHash<QByteArray, qint64> bound; // log-ins, and when they were answered
        QByteArrayList dead; // keys
    };
    /// Where a store finds the servers of this kind, and those that hold the records.
    struct Place
    {
        QStringList ports;
        std::vector<const ServerProcess *> servers;
    };
    static void addKinds();
    Place start(const QString &kind);
    QList<SessionRecord> all(SessionStore &store, const std::optional<QString> &user = {});
    void read(const QByteArray &output, Story &story);
    void revoke(SessionStore &store, const QString &user, QList<Revocation> &revocations);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<SentinelSet> m_sentinels;
    std::unique_ptr<RedisCluster> m_cluster;
};

void TestRedisChaos::initTestCase()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
}

TestRedisChaos::Place TestRedisChaos::start(const QString &kind)
{
    Place place;
    auto &[ports, servers] = place;
    bool isStarted = false;
    if (kind == u"one") {
        m_server = std::make_unique<RedisServer>();
        isStarted = m_server->start();
        ports = {QString::number(m_server->port())};
        servers = {m_server.get()};
    } else if (kind == u"sentinel") {
        m_sentinels = std::make_unique<SentinelSet>();
        isStarted = m_sentinels->start();
        for (const SentinelServer &sentinel : m_sentinels->sentinels)
            ports.append(QString::number(sentinel.port()));
        servers = {&m_sentinels->servers[0]};
    } else {
        m_cluster = std::make_unique<RedisCluster>();
        isStarted = m_cluster->start();
        for (int i = 0; i < m_cluster->masters(); ++i) {
            ports.append(QString::number((*m_cluster)[i].port()));
            servers.push_back(&(*m_cluster)[i]);
        }
    }
    if (!isStarted)
        QTest::qFail("the servers did not start", __FILE__, __LINE__);
    return place;
}

void TestRedisChaos::addKinds()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"one", "sentinel", "cluster"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

QList<SessionRecord> TestRedisChaos::all(SessionStore &store, const std::optional<QString> &user)
{
    QList<SessionRecord> records;
    SessionQuery query;
    query.user = user;
    query.withData = true;
    do {
        const Result<SessionPage> page = store.waitFor(store.list(query));
        if (!page) {
            qWarning("%s", qPrintable(page.error().text));
            return {};
        }
        records += page->records;
        query.cursor = page->nextCursor;
    } while (!query.cursor.isEmpty());
    return records;
}

void TestRedisChaos::read(const QByteArray &output, Story &story)
{
    for (const QByteArray &line : output.first(output.lastIndexOf('\n') + 1).split('\n')) { // the last one may be cut
        const QByteArrayList words = line.split(' ');
        if (words[0] == "rotate")
            story.rotations[words[1]].append({words[2], words[3]});
        else if (words[0] == "bound")
            story.bound.insert(words[1], words[2].toLongLong());
        else if (words[0] == "moved" || words[0] == "ended")
            story.dead.append(words[1]);
        story.operations += words[0] == "moved";
    }
}

void TestRedisChaos::revoke(SessionStore &store, const QString &user, QList<Revocation> &revocations)
{
    Revocation revocation{now(), {}};
    const Result<qint64> removed = store.waitFor(store.removeUser(user, {}, SessionStore::Removal::User));
    QVERIFY2(removed, qPrintable(removed ? QString() : removed.error().text));
    for (const SessionRecord &record : all(store, user))
        revocation.left.append(record.data.json("login").toByteArray().replace('"', ""));
    revocations.append(revocation);
}

void TestRedisChaos::parallelLoginsLeaveAsManyAsTheCap_data()
{
    addKinds();
}

/// New sessions and such that were there before, through two stores.
void TestRedisChaos::parallelLoginsLeaveAsManyAsTheCap()
{
    QFETCH(QString, kind);
    constexpr int logins = 1000;
    const auto [ports, servers] = start(kind);
    if (QTest::currentTestFailed())
        return;
    RedisStore store(optionsOf(kind, ports)), other(optionsOf(kind, ports));
    for (const UserCap::Policy policy : {UserCap::Evict, UserCap::Refuse}) {
        const UserCap cap{Cap, policy};
        const QString user = policy == UserCap::Evict ? u"ann"_s : u"bob"_s;
        std::vector<QFuture<Result<SessionInfo>>> answers;
        for (int n = 0; n < logins; ++n) {
            RedisStore &one = n % 4 < 2 ? store : other;
            one.setTimeout(60s);
            SessionRecord record;
            record.key = freshKey();
            record.createdAt = record.lastSeenAt = record.idIssuedAt = store.now();
            record.expiresAt = record.createdAt + std::chrono::hours(1);
            if (n % 2 == 0) {
                record.user = user;
                answers.push_back(one.create(record, cap));
                continue;
            }
            SessionChange login;
            login.defaultIdle = std::chrono::hours(1);
            login.user = user;
            login.cap = cap;
            const auto bind = [&one, key = record.key, login](const Result<SessionInfo> &created) -> Task<SessionInfo> {
                if (!created)
                    return std::unexpected(created.error());
                return one.update(key, login);
            };
            answers.push_back(one.create(record).then(bind));
        }
        int done = 0;
        for (const auto &answer : answers) {
            QVERIFY(QTest::qWaitFor([&answer] { return answer.isFinished(); }, 120'000));
            const Result<SessionInfo> info = answer.result();
            done += info.has_value();
            QVERIFY2(info || (policy == UserCap::Refuse && info.error() == Error::LimitReached),
                     qPrintable(info ? QString() : info.error().text));
        }
        QCOMPARE(done, policy == UserCap::Refuse ? Cap : logins);
        QCOMPARE(all(store, user).size(), Cap);
    }
    for (const ServerProcess *server : servers) {
        const QByteArray indexes = RedisIndexes::check(*server);
        QVERIFY2(indexes.startsWith("OK "), indexes.constData());
    }
}

void TestRedisChaos::killedClientsLeaveNothingHalfDone_data()
{
    addKinds();
}

void TestRedisChaos::killedClientsLeaveNothingHalfDone()
{
    QFETCH(QString, kind);
    const auto [ports, servers] = start(kind);
    if (QTest::currentTestFailed())
        return;
    RedisStore store(optionsOf(kind, ports));
    store.setTimeout(20s);
    const int wanted = qEnvironmentVariable("SOJOURN_CHAOS_OPERATIONS", u"300"_s).toInt();
    auto &random = *QRandomGenerator::global();
    std::array<std::unique_ptr<QProcess>, Clients> clients;
    Story story;
    QList<Revocation> revocations;
    int killed = 0;
    const auto end = [&](std::unique_ptr<QProcess> &client) {
        if (!client)
            return;
        client->kill();
        client->waitForFinished();
        read(client->readAllStandardOutput(), story);
        client.reset();
    };
    while (story.operations < wanted) {
        for (auto &client : clients) {
            if (client)
                continue;
            client = std::make_unique<QProcess>();
            client->setProcessChannelMode(QProcess::ForwardedErrorChannel);
            client->start(QCoreApplication::applicationFilePath(), QStringList{u"client"_s, kind} + ports);
            QVERIFY(client->waitForStarted());
        }
        QTest::qWait(random.bounded(50, 300));
        revoke(store, userName(random.bounded(Users)), revocations);
        if (QTest::currentTestFailed())
            return;
        end(clients[size_t(random.bounded(Clients))]);
        ++killed;
    }
    for (auto &client : clients)
        end(client);

    const QList<SessionRecord> records = all(store);
    qInfo("%d rotations and log-ins, %d clients killed, %lld revocations, %lld sessions left", story.operations, killed,
          static_cast<long long>(revocations.size()), static_cast<long long>(records.size()));
    QSet<QByteArray> living, keys;
    QHash<QString, int> ofUser;
    for (const SessionRecord &record : records) {
        const QByteArray visitor = record.data.json("visitor").toByteArray().replace('"', "");
        QVERIFY2(!living.contains(visitor), "a session lives under two ids");
        living.insert(visitor);
        keys.insert(record.key.toLatin1());
        ++ofUser[record.user];
        if (!record.user.isEmpty())
            QVERIFY2(ofUser[record.user] <= Cap, "a user has more sessions than the cap");
    }
    for (const auto &rotations : std::as_const(story.rotations)) {
        int alive = 0;
        QSet<QByteArray> theirs;
        for (const QByteArrayList &rotation : rotations)
            theirs.unite({rotation[0], rotation[1]});
        for (const QByteArray &key : std::as_const(theirs)) {
            const auto loaded = store.waitFor(store.load(*SessionKey::fromString(QLatin1StringView(key))));
            alive += loaded.has_value();
            QCOMPARE(loaded.has_value(), keys.contains(key));
        }
        QVERIFY2(alive <= 1, "two ids of one session are alive");
    }
    for (const QByteArray &key : std::as_const(story.dead))
        QVERIFY2(!keys.contains(key), "what was replaced or ended is alive");
    for (const Revocation &revocation : std::as_const(revocations)) {
        for (const QByteArray &login : revocation.left)
            QVERIFY2(story.bound.value(login, revocation.begin) >= revocation.begin,
                     "a session has outlived a log-out everywhere");
    }
    for (int n = 0; n < Users; ++n)
        QCOMPARE(all(store, userName(n)).size(), ofUser.value(userName(n)));
    for (const ServerProcess *server : servers) {
        const QByteArray indexes = RedisIndexes::check(*server);
        QVERIFY2(indexes.startsWith("OK "), indexes.constData());
    }
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"client")
        Client(optionsOf(arguments[2], arguments.sliced(3))).run();
    TestRedisChaos test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_redischaos.moc"
