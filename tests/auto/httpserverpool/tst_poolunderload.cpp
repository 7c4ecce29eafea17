// SPDX-License-Identifier: MIT
// A pool of eight threads under the load of several clients at once. Small by default, and made for ./dev tsan.
// SOJOURN_POOL_ROUNDS makes it larger (default 60; four clients write so often, and read it on another connection).

#include "httpclient.h"

#include <Sojourn/HttpServerPool>
#include <Sojourn/MemoryStore>
#include <Sojourn/Session>

#include <QtCore/QLoggingCategory>
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
    void initTestCase() { QLoggingCategory::setFilterRules(u"sojourn.*.debug=false"_s); } // a line a request
    void init();
    void sessionsBehaveAlikeOverAlternatingConnections_data();
    void sessionsBehaveAlikeOverAlternatingConnections();
    void whatOneConnectionWroteAnotherReads();
    void sessionsExpireExactlyOnce();
    void aSlowHandlerHindersNoOtherThread();
    void stopAnswersWhatItAccepted();
    void stopAnswersWhoWaitsToBeAccepted();

private:
    static constexpr int Threads = 8;
    static constexpr int Clients = 4;

    std::unique_ptr<HttpServerPool> makePool();
    void addRoutes(QHttpServer &server, SessionManager &sessions);
    /// Runs \a work in as many threads as there are clients, each with its number, until all are done.
    static void inClients(const std::function<void(int client)> &work);

    std::shared_ptr<MemoryStore> m_store;
    std::atomic<qint64> m_now;
    std::atomic<int> m_handled, m_sleeping;
    int m_rounds = 60;
};

void TestPoolUnderLoad::init()
{
    if (qEnvironmentVariableIsSet("SOJOURN_POOL_ROUNDS"))
        m_rounds = qEnvironmentVariableIntValue("SOJOURN_POOL_ROUNDS");
    m_now = systemNow().time_since_epoch().count();
    m_handled = 0;
    m_sleeping = 0;
    m_store = std::make_shared<MemoryStore>();
    m_store->setClock([this] { return TimePoint(std::chrono::milliseconds(m_now)); });
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
    pool->setStoreFactory([store = m_store] { return Result<std::shared_ptr<SessionStore>>(store); });
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
    QTest::newRow("routes") << "/routes/"_ba;
    QTest::newRow("hooks") << "/hooks/"_ba;
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
    QCOMPARE(m_store->count().takeResult().value(), 0);
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
    QCOMPARE(m_store->count().takeResult().value(), Clients);
}

void TestPoolUnderLoad::sessionsExpireExactlyOnce()
{
    const auto pool = makePool();
    std::atomic<int> expired = 0;
    connect(
        m_store.get(), &SessionStore::sessionEvent, m_store.get(),
        [&](const SessionEvent &event) {
            if (event.type == SessionEvent::Expired)
                ++expired;
        },
        Qt::DirectConnection);
    QVERIFY(m_store->subscribe().takeResult());
    QVERIFY(pool->listen(QHostAddress::LocalHost));
    const int before = m_rounds / 3;
    inClients([&](int) {
        HttpClient client(pool->port());
        for (int i = 0; i < before; ++i)
            client.get("/hooks/write"); // a session each
    });
    QCOMPARE(m_store->count().takeResult().value(), Clients * before);
    m_now += 3'600'000;
    // All threads sweep, while visitors come who have lost their sessions.
    inClients([&](int) {
        HttpClient client(pool->port());
        for (int i = 0; i < before; ++i)
            client.get("/routes/read", "id=" + SessionId::generate().toCookieValue());
        while (m_store->removeExpired(3).takeResult().value_or(0) > 0) { }
    });
    pool->stop();
    QCOMPARE(expired, Clients * before);
    QCOMPARE(m_store->count().takeResult().value(), 0);
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
    QCOMPARE(m_store->count().takeResult().value(), qint64(m_handled)); // each of them stored its session
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
