// SPDX-License-Identifier: MIT
// A pool of eight threads under the load of several clients at once, over each store that threads may share. Small by default,
// and made for ./dev tsan. SOJOURN_POOL_ROUNDS makes it larger (default 60): four clients write so often, and read it on another
// connection; 25000 are 100,000 writes.

#include "httpclient.h"
#include "redisserver.h"

#include <Sojourn/HttpServerPool>
#include <Sojourn/MemoryStore>
#include <Sojourn/RedisStore>
#include <Sojourn/Session>
#include <Sojourn/SqliteStore>

#include <QtCore/QLoggingCategory>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestPoolUnderLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void sessionsBehaveAlikeOverAlternatingConnections_data();
    void sessionsBehaveAlikeOverAlternatingConnections();
    void whatOneConnectionWroteAnotherReads_data() { stores(); }
    void whatOneConnectionWroteAnotherReads();
    void sessionsExpireExactlyOnce_data() { stores(); }
    void sessionsExpireExactlyOnce();
    void aSlowHandlerHindersNoOtherThread_data() { stores(); }
    void aSlowHandlerHindersNoOtherThread();
    void stopAnswersWhatItAccepted_data() { stores(); }
    void stopAnswersWhatItAccepted();
    void stopAnswersWhoWaitsToBeAccepted_data() { stores(); }
    void stopAnswersWhoWaitsToBeAccepted();

private:
    static constexpr int Threads = 8;
    static constexpr int Clients = 4;

    static void stores();
    /// The store of this row for the thread that calls.
    std::shared_ptr<SessionStore> openStore();
    qint64 count() { return m_store->waitFor(m_store->count()).value_or(-1); }
    std::unique_ptr<HttpServerPool> makePool();
    void addRoutes(QHttpServer &server, SessionManager &sessions);
    /// Runs \a work in as many threads as there are clients, each with its number, until all are done.
    static void inClients(const std::function<void(int client)> &work);

    QString m_kind;
    std::shared_ptr<SessionStore> m_memory;
    std::unique_ptr<QTemporaryDir> m_folder;
    RedisServer m_server;
    QByteArray m_prefix; // in Redis
    int m_row = 0;
    std::shared_ptr<SessionStore> m_store; // of the test's own thread
    std::atomic<qint64> m_now;
    std::atomic<int> m_handled, m_sleeping;
    int m_rounds = 60;
};

void TestPoolUnderLoad::initTestCase()
{
    QLoggingCategory::setFilterRules(u"sojourn.*.debug=false"_s); // a line a request
    QVERIFY(RedisServer::program().isEmpty() || m_server.start());
}

void TestPoolUnderLoad::init()
{
    if (qEnvironmentVariableIsSet("SOJOURN_POOL_ROUNDS"))
        m_rounds = qEnvironmentVariableIntValue("SOJOURN_POOL_ROUNDS");
    m_now = systemNow().time_since_epoch().count();
    m_handled = 0;
    m_sleeping = 0;
    const auto *row = QTest::currentDataTag();
    m_kind = QString::fromLatin1(row ? row : "").section(u' ', 0, 0);
    if (m_kind == "redis"_L1 && RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    m_prefix = QByteArray::number(++m_row) + ':';
    m_folder = std::make_unique<QTemporaryDir>();
    m_memory = std::make_shared<MemoryStore>();
    m_store = openStore();
}

void TestPoolUnderLoad::stores()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *store : {"memory", "sqlite", "redis"})
        QTest::newRow(store) << "/hooks/"_ba;
}

std::shared_ptr<SessionStore> TestPoolUnderLoad::openStore()
{
    std::shared_ptr<SessionStore> store = m_memory;
    if (m_kind == "sqlite"_L1) {
        store = std::make_shared<SqliteStore>(m_folder->filePath(u"sessions.db"_s));
    } else if (m_kind == "redis"_L1) {
        RedisOptions options;
        options.port = m_server.port();
        options.prefix = m_prefix;
        store = std::make_shared<RedisStore>(options);
    }
    store->setTimeout(10s); // under a sanitizer everything takes longer
    store->setClock([this] { return TimePoint(std::chrono::milliseconds(m_now)); });
    return store;
}

void TestPoolUnderLoad::addRoutes(QHttpServer &server, SessionManager &sessions)
{
    sessions.install(&server);
    const auto add = [&](const QString &name, const std::function<QString(Session &)> &handle) {
        const bool added = sessions.route(&server, u"/routes/"_s + name, [this, handle](Session &session) {
            ++m_handled;
            return QHttpServerResponse(handle(session));
        });
        QVERIFY(added);
        server.route(u"/hooks/"_s + name, [this, &sessions, handle](const QHttpServerRequest &request) {
            ++m_handled;
            Session session = sessions.session(request);
            return QHttpServerResponse(handle(session));
        });
    };
    add(u"write"_s, [](Session &session) {
        const int next = session.get<int>("value").value_or(0) + 1;
        session.insert("value", next);
        return QString::number(next);
    });
    add(u"read"_s, [](Session &session) { return QString::number(session.get<int>("value").value_or(0)); });
    add(u"login"_s, [](Session &session) {
        session.logIn(u"ann"_s);
        session.addFlash(u"welcome"_s);
        return u"in"_s;
    });
    add(u"flash"_s, [](Session &session) { return QString::number(session.flash().size()); });
    add(u"user"_s, [](Session &session) { return session.user(); });
    add(u"logout"_s, [](Session &session) {
        session.destroy();
        return u"out"_s;
    });
    server.route(u"/sleep"_s, [this] {
        ++m_sleeping;
        QThread::sleep(1);
        return QHttpServerResponse("slept");
    });
}

std::unique_ptr<HttpServerPool> TestPoolUnderLoad::makePool()
{
    auto pool = std::make_unique<HttpServerPool>(Threads, [this](QHttpServer &server, SessionManager &sessions) {
        addRoutes(server, sessions);
    });
    SessionOptions options;
    options.policy.idle = 1h;
    options.sweepInterval = 0ms; // the tests sweep
    pool->setOptions(options);
    pool->setStoreFactory([this] { return Result<std::shared_ptr<SessionStore>>(openStore()); });
    return pool;
}

void TestPoolUnderLoad::inClients(const std::function<void(int)> &work)
{
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < Clients; ++i) {
        threads.emplace_back(QThread::create([&work, i] { work(i); }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        thread->wait();
}

void TestPoolUnderLoad::sessionsBehaveAlikeOverAlternatingConnections_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *store : {"memory", "sqlite", "redis"}) {
        for (const char *frontEnd : {"routes", "hooks"})
            QTest::addRow("%s %s", store, frontEnd) << QByteArray('/' + QByteArray(frontEnd) + '/');
    }
}

/// One visitor whose browser holds eight connections, each to another thread: no answer differs from that of one thread.
void TestPoolUnderLoad::sessionsBehaveAlikeOverAlternatingConnections()
{
    QFETCH(const QByteArray, path);
    const auto pool = makePool();
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    std::vector<std::unique_ptr<HttpClient>> connections;
    for (int i = 0; i < Threads; ++i)
        connections.push_back(std::make_unique<HttpClient>(pool->port()));
    QByteArray cookie;
    size_t turn = 0;
    const auto get = [&](const QByteArray &name) {
        const HttpResponse response = connections[turn++ % connections.size()]->get(path + name, cookie);
        if (!response.cookie().isEmpty())
            cookie = "id=" + response.cookie();
        return response.body;
    };
    for (int i = 0; i < std::min(m_rounds, 1000) / 6; ++i) {
        QCOMPARE(get("write"), "1");
        QCOMPARE(get("write"), "2");
        const QByteArray before = cookie;
        QCOMPARE(get("login"), "in");
        QVERIFY(cookie != before);
        QCOMPARE(get("user"), "ann");
        QCOMPARE(get("flash"), "1");
        QCOMPARE(get("flash"), "0");
        QCOMPARE(get("read"), "2");
        const QByteArray left = std::exchange(cookie, before);
        QCOMPARE(get("user"), ""); // the id from before the login
        cookie = left;
        QCOMPARE(get("logout"), "out");
        cookie = left;
        QCOMPARE(get("user"), "");
        QCOMPARE(get("read"), "0");
        cookie.clear();
    }
    QCOMPARE(count(), 0);
}

void TestPoolUnderLoad::whatOneConnectionWroteAnotherReads()
{
    const auto pool = makePool();
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    std::atomic<int> stale = 0;
    inClients([&](int client) {
        HttpClient writer(pool->port()), reader(pool->port());
        const QByteArray write = client % 2 ? "/routes/write" : "/hooks/write";
        const QByteArray read = client < 2 ? "/routes/read" : "/hooks/read";
        QByteArray cookie;
        for (int i = 1; i <= m_rounds; ++i) {
            const HttpResponse written = writer.get(write, cookie);
            if (!written.cookie().isEmpty())
                cookie = "id=" + written.cookie();
            const bool isRight = written.body == QByteArray::number(i) && reader.get(read, cookie).body == written.body;
            stale += isRight ? 0 : 1;
        }
    });
    QCOMPARE(stale, 0);
    QCOMPARE(count(), Clients);
}

void TestPoolUnderLoad::sessionsExpireExactlyOnce()
{
    const auto pool = makePool();
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    const int before = std::min(m_rounds / 3, 1000);
    inClients([&](int) {
        HttpClient client(pool->port());
        for (int i = 0; i < before; ++i)
            client.get("/hooks/write"); // a session each
    });
    QCOMPARE(count(), Clients * before);
    m_now += 3'600'000;
    // All threads sweep, while visitors come who have lost their sessions.
    inClients([&](int) {
        HttpClient client(pool->port());
        for (int i = 0; i < before; ++i)
            client.get("/routes/read", "id=" + SessionId::generate().toCookieValue());
        const auto store = openStore();
        for (Result<qint64> removed = 1; removed.value_or(0) > 0;)
            removed = store->waitFor(store->removeExpired(3));
    });
    pool->stop();
    const Result<QList<SessionEvent>> history = m_store->waitFor(m_store->history({.user = {}, .key = {}, .limit = 100'000}));
    QVERIFY(history);
    QSet<SessionKey> expired;
    for (const SessionEvent &event : *history) {
        if (event.type == SessionEvent::Expired) {
            QVERIFY(!expired.contains(event.key));
            expired.insert(event.key);
        }
    }
    QCOMPARE(expired.size(), Clients * before);
    QCOMPARE(count(), 0);
}

void TestPoolUnderLoad::aSlowHandlerHindersNoOtherThread()
{
    const auto pool = makePool();
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    std::vector<std::unique_ptr<HttpClient>> connections; // one to each thread
    for (int i = 0; i < Threads; ++i)
        connections.push_back(std::make_unique<HttpClient>(pool->port()));
    connections[0]->send(HttpClient::message("GET", "/sleep"));
    QTRY_COMPARE(m_sleeping.load(), 1);
    for (int i = 1; i < Threads; ++i)
        QCOMPARE(connections[size_t(i)]->get("/routes/write").body, "1");
    QCOMPARE(connections[0]->read(0).status, 0); // sleeps still
    QCOMPARE(connections[0]->read().body, "slept");
}

void TestPoolUnderLoad::stopAnswersWhatItAccepted()
{
    const auto pool = makePool();
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    std::atomic<int> answered = 0;
    std::vector<std::unique_ptr<QThread>> clients;
    const quint16 port = pool->port();
    for (int i = 0; i < Clients; ++i) {
        clients.emplace_back(QThread::create([&answered, port] {
            HttpClient client(port);
            while (client.get("/hooks/write").status == 200)
                ++answered;
        }));
        clients.back()->start();
    }
    QVERIFY(HttpClient::waitUntil([&] { return m_handled > std::min(m_rounds, 200); }));
    pool->stop();
    for (const auto &client : clients)
        QVERIFY(HttpClient::waitUntil([&] { return client->isFinished(); }, 20'000));
    QCOMPARE(answered, m_handled);
    QCOMPARE(count(), qint64(m_handled)); // each of them stored its session
}

/// Whom the system has connected before stop(), though no thread took the connection over yet.
void TestPoolUnderLoad::stopAnswersWhoWaitsToBeAccepted()
{
    const auto pool = makePool();
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 20; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), pool->port());
        QVERIFY(sockets.back()->waitForConnected());
        sockets.back()->write(HttpClient::message("GET", "/routes/write"));
        sockets.back()->flush();
    }
    pool->stop();
    for (const auto &socket : sockets) {
        while (!socket->bytesAvailable() && socket->waitForReadyRead(5000)) { }
        QVERIFY(socket->readAll().startsWith("HTTP/1.1 200"));
    }
    QCOMPARE(m_handled, 20);
}

QTEST_GUILESS_MAIN(TestPoolUnderLoad)
#include "tst_poolunderload.moc"
