// SPDX-License-Identifier: MIT
#include "patience_p.h"

#include <httpclient.h>
#include <joiningthread.h>
#include <slowstore.h>

#include <Sojourn/HttpServerPool>
#include <Sojourn/MemoryStore>
#include <Sojourn/StoreWrapper>

#include <QtCore/QBuffer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QScopeGuard>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>
#include <QtWebSockets/QWebSocket>

#include <memory>
#include <set>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestHttpServerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void setupRunsOnceInEachThread();
    void connectionsAreSpreadEvenly();
    void aSessionIsTheSameInEveryThread_data();
    void aSessionIsTheSameInEveryThread();
    void incrementsOfAllThreadsArrive();
    void aSlowHandlerHindersItsOwnThreadOnly();
    void stopAnswersWhatIsUnderWay();
    void stopLetsADownloadComeToItsEnd();
    void stopLetsAStreamComeToItsEnd();
    void stopEndsAStreamWithoutEnd();
    void stopWaitsForNoWebSocket();
    void storesEndInTheirThreads();
    void stopWaitsNoLongerThanItIsTold();
    void servesAgainAfterAStop();
    void tlsIsServed();
    void metricsAreThoseOfAllThreads();
    void whatCannotWorkIsSaid();

private:
    void addRoutes(QHttpServer &server, SessionManager &sessions);

    SessionOptions m_options;
    std::atomic<int> m_slowStarted = 0;
    std::vector<SessionResponder> m_unanswered; // of a pool of one thread
};

void TestHttpServerPool::init()
{
    m_options = {};
    m_options.cookie.secure = false;
    m_slowStarted = 0;
}

/// The thread's number as text at /thread, a counter over routes and over hooks, and answers that take long.
void TestHttpServerPool::addRoutes(QHttpServer &server, SessionManager &sessions)
{
    const QByteArray thread = QByteArray::number(quintptr(QThread::currentThreadId()));
    sessions.install(&server);
    server.route(u"/thread"_s, [thread] { return QHttpServerResponse("text/plain", thread); });
    server.route(u"/hooks"_s, [&sessions](const QHttpServerRequest &request) {
        Session session = sessions.session(request);
        const int visits = session.get<int>("visits").value_or(0) + 1;
        session.insert("visits", visits);
        return QHttpServerResponse(QString::number(visits));
    });
    QVERIFY(sessions.route(&server, u"/routes"_s, [](Session &session) {
        const int visits = session.get<int>("visits").value_or(0) + 1;
        session.insert("visits", visits);
        return QHttpServerResponse(QString::number(visits));
    }));
    QVERIFY(sessions.route(&server, u"/increment"_s, [](Session &session) {
        session.increment("visits");
        return QHttpServerResponse("ok");
    }));
    server.route(u"/sleep"_s, [this] {
        ++m_slowStarted;
        QThread::msleep(400);
        return QHttpServerResponse("slept");
    });
    QVERIFY(sessions.route(&server, u"/later"_s, [this, &server](SessionResponder responder) {
        ++m_slowStarted;
        QTimer::singleShot(200, &server,
                           [responder = std::move(responder)]() mutable { responder.send(QHttpServerResponse("late")); });
    }));
    QVERIFY(sessions.route(&server, u"/never"_s, [this](SessionResponder responder) {
        m_unanswered.push_back(std::move(responder));
        ++m_slowStarted;
    }));
}

void TestHttpServerPool::setupRunsOnceInEachThread()
{
    std::set<Qt::HANDLE> threads;
    HttpServerPool pool(3, [&](QHttpServer &server, SessionManager &sessions) {
        threads.insert(QThread::currentThreadId()); // one thread after the other: no lock
        addRoutes(server, sessions);
    });
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    QCOMPARE(threads.size(), size_t(3));
    QVERIFY(!threads.contains(QThread::currentThreadId()));
    QVERIFY(pool.port() != 0);
}

void TestHttpServerPool::connectionsAreSpreadEvenly()
{
    HttpServerPool pool(4, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    QCOMPARE(pool.threadCount(), 4);
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    std::vector<std::unique_ptr<HttpClient>> clients;
    QMap<QByteArray, int> connections;
    for (int i = 0; i < 12; ++i) {
        clients.push_back(std::make_unique<HttpClient>(pool.port()));
        ++connections[clients.back()->get("/thread").body];
    }
    QCOMPARE(connections.values(), QList<int>({3, 3, 3, 3}));
}

void TestHttpServerPool::aSessionIsTheSameInEveryThread_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("hooks") << "/hooks"_ba;
    QTest::newRow("routes") << "/routes"_ba;
}

void TestHttpServerPool::aSessionIsTheSameInEveryThread()
{
    QFETCH(const QByteArray, path);
    HttpServerPool pool(2, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    pool.setOptions(m_options);
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    HttpClient one(pool.port()), other(pool.port());
    QVERIFY(one.get("/thread").body != other.get("/thread").body);
    const HttpResponse first = one.get(path);
    QCOMPARE(first.body, "1");
    const QByteArray cookie = "id=" + first.cookie();
    for (int i = 2; i < 300; ++i)
        QCOMPARE((i % 2 ? one : other).get(path, cookie).body, QByteArray::number(i)); // never stale
}

void TestHttpServerPool::incrementsOfAllThreadsArrive()
{
    HttpServerPool pool(4, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    pool.setOptions(m_options);
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    HttpClient first(pool.port());
    const QByteArray cookie = "id=" + first.get("/routes").cookie();
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 8; ++i)
        clients.push_back(std::make_unique<HttpClient>(pool.port()));
    constexpr int Rounds = 50;
    for (int round = 0; round < Rounds; ++round) {
        for (const auto &client : clients)
            client->send(HttpClient::message("GET", "/increment", cookie));
        for (const auto &client : clients)
            QCOMPARE(client->read().status, 200);
    }
    QCOMPARE(first.get("/routes", cookie).body, QByteArray::number(1 + 8 * Rounds + 1));
}

void TestHttpServerPool::aSlowHandlerHindersItsOwnThreadOnly()
{
    HttpServerPool pool(2, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    HttpClient slow(pool.port()), quick(pool.port());
    QVERIFY(slow.get("/thread").body != quick.get("/thread").body);
    slow.send(HttpClient::message("GET", "/sleep"));
    QTRY_COMPARE(m_slowStarted.load(), 1);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(quick.get("/thread").status, 200);
    QVERIFY2(timer.elapsed() < 300, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(slow.read().body, "slept");
}

void TestHttpServerPool::stopAnswersWhatIsUnderWay()
{
    HttpServerPool pool(2, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    const quint16 port = pool.port();
    HttpClient idle(port), sleeping(port), later(port);
    QCOMPARE(idle.get("/thread").status, 200);
    sleeping.send(HttpClient::message("GET", "/sleep"));
    later.send(HttpClient::message("GET", "/later"));
    QTRY_COMPARE(m_slowStarted.load(), 2);
    JoiningThread stopping([&pool] { pool.stop(); });
    QCOMPARE(sleeping.read().body, "slept");
    QCOMPARE(later.read().body, "late");
    QCOMPARE(idle.read().status, 0); // closed
    stopping.join();
    QTcpSocket refused;
    refused.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(!refused.waitForConnected(1000));
}

void TestHttpServerPool::stopLetsADownloadComeToItsEnd()
{
    constexpr qsizetype size = 8'000'000;
    HttpServerPool pool(1, [this](QHttpServer &server, SessionManager &sessions) {
        QVERIFY(sessions.route(&server, u"/file"_s, [this](SessionResponder responder) {
            auto buffer = std::make_unique<QBuffer>();
            buffer->setData(QByteArray(size, '#'));
            responder.send(std::move(buffer), "text/plain");
            ++m_slowStarted;
        }));
    });
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    std::atomic<qsizetype> received = 0;
    JoiningThread visitor([&received, port = pool.port()] {
        QTcpSocket socket;
        socket.setReadBufferSize(200'000); // takes its time
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        socket.waitForConnected();
        socket.write(HttpClient::message("GET", "/file"));
        while (received < size && socket.waitForReadyRead(5000)) {
            received += socket.readAll().count('#');
            QThread::msleep(1);
        }
    });
    QTRY_COMPARE(m_slowStarted.load(), 1);
    pool.stop();
    visitor.join();
    QCOMPARE(received.load(), size);
}

void TestHttpServerPool::stopLetsAStreamComeToItsEnd()
{
    std::optional<SessionStream> stream;
    HttpServerPool pool(1, [&](QHttpServer &server, SessionManager &sessions) {
        QVERIFY(sessions.route(&server, u"/chunks"_s, [&](SessionResponder responder) {
            stream = responder.stream("text/plain");
            stream->write("one");
            ++m_slowStarted;
        }));
    });
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    HttpClient client(pool.port());
    client.send(HttpClient::message("GET", "/chunks"));
    QTRY_COMPARE(m_slowStarted.load(), 1);
    QByteArray received;
    QTRY_VERIFY((received += client.socket().readAll()).contains("one")); // nothing waits to be sent
    JoiningThread stopping([&pool] { pool.stop(); });
    QThread::msleep(20);
    QVERIFY(stream->write("two"));
    QTRY_VERIFY((received += client.socket().readAll()).contains("two"));
    stream->end();
    QElapsedTimer timer;
    timer.start();
    stopping.join();
    QVERIFY(timer.elapsed() < 5000); // and waits no longer
    QTRY_VERIFY((received += client.socket().readAll()).endsWith("0\r\n\r\n"));
}

void TestHttpServerPool::stopEndsAStreamWithoutEnd()
{
    std::optional<SessionStream> stream;
    HttpServerPool pool(1, [&](QHttpServer &server, SessionManager &sessions) {
        QVERIFY(sessions.route(&server, u"/events"_s, [&](SessionResponder responder) {
            stream = responder.events();
            ++m_slowStarted;
        }));
    });
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    HttpClient client(pool.port());
    client.send(HttpClient::message("GET", "/events"));
    QTRY_COMPARE(m_slowStarted.load(), 1);
    QElapsedTimer timer;
    timer.start();
    pool.stop(50ms);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!stream->isOpen());
}

void TestHttpServerPool::stopWaitsForNoWebSocket()
{
    const auto usual = std::exchange(Detail::closingPatience, 100ms);
    const auto restore = qScopeGuard([usual] { Detail::closingPatience = usual; });
    std::atomic<int> heard = 0;
    HttpServerPool pool(1, [&](QHttpServer &server, SessionManager &sessions) {
        QVERIFY(sessions.webSocket(&server, u"/chat"_s, [&heard](QWebSocket *socket, const Session &) {
            QObject::connect(socket, &QWebSocket::textMessageReceived, socket, [&heard] { ++heard; });
        }));
    });
    pool.setOptions(m_options);
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    QWebSocket client;
    client.open(QUrl(u"ws://127.0.0.1:%1/chat"_s.arg(pool.port())));
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    client.sendTextMessage(u"the last word"_s);
    QTRY_COMPARE(heard.load(), 1);
    QElapsedTimer timer;
    timer.start();
    pool.stop(10s);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QTRY_COMPARE(client.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
}

void TestHttpServerPool::storesEndInTheirThreads()
{
    class Watched : public StoreWrapper
    {
    public:
        explicit Watched(std::atomic<int> &foreign) : StoreWrapper(std::make_shared<MemoryStore>(), nullptr), m_foreign(foreign)
        { }
        ~Watched() override { m_foreign += QThread::currentThread() != thread(); }

    private:
        std::atomic<int> &m_foreign;
    };
    std::atomic<int> foreign = 0;
    std::optional<SessionStream> stream;
    {
        HttpServerPool pool(1, [&](QHttpServer &server, SessionManager &sessions) {
            QVERIFY(sessions.route(&server, u"/events"_s, [&](Session &session, SessionResponder responder) {
                session.insert("n", 1);
                stream = responder.events();
                ++m_slowStarted;
            }));
        });
        pool.setOptions(m_options);
        pool.setStoreFactory([&foreign]() -> Result<std::shared_ptr<SessionStore>> {
            return std::make_shared<Watched>(foreign);
        });
        QVERIFY(pool.listen(QHostAddress::LocalHost));
        HttpClient client(pool.port());
        client.send(HttpClient::message("GET", "/events"));
        QTRY_COMPARE(m_slowStarted.load(), 1);
        QTRY_VERIFY(client.socket().bytesAvailable() > 0); // it has begun
        pool.stop(20ms);
    }
    QVERIFY(!stream->sendEvent("too late"));
    stream.reset();
    QCOMPARE(foreign.load(), 0);
}

void TestHttpServerPool::stopWaitsNoLongerThanItIsTold()
{
    HttpServerPool pool(1, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    HttpClient client(pool.port());
    client.send(HttpClient::message("GET", "/never"));
    QTRY_COMPARE(m_slowStarted.load(), 1);
    QElapsedTimer timer;
    timer.start();
    pool.stop(50ms);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    m_unanswered.clear(); // the server is gone: nothing is written
}

void TestHttpServerPool::servesAgainAfterAStop()
{
    HttpServerPool pool(2, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    pool.setOptions(m_options);
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    const QByteArray cookie = "id=" + HttpClient(pool.port()).get("/routes").cookie();
    pool.stop();
    QCOMPARE(pool.port(), quint16(0));
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    QCOMPARE(HttpClient(pool.port()).get("/routes", cookie).body, "2"); // the store lives as long as the pool
}

void TestHttpServerPool::tlsIsServed()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("This Qt has no TLS.");
    QFile certificate(QFINDTESTDATA("../routes/localhost.crt")), key(QFINDTESTDATA("../routes/localhost.key"));
    QVERIFY(certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly));
    QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
    ssl.setLocalCertificate(QSslCertificate(&certificate));
    ssl.setPrivateKey(QSslKey(&key, QSsl::Ec));
    HttpServerPool pool(2, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    pool.setSslConfiguration(ssl);
    QVERIFY(pool.listen(QHostAddress::LocalHost));
    HttpClient one(pool.port(), true), other(pool.port(), true);
    const QByteArray cookie = "id=" + one.get("/routes").cookie();
    QCOMPARE(other.get("/routes", cookie).body, "2");
    QVERIFY(one.get("/thread").body != other.get("/thread").body);
}

void TestHttpServerPool::metricsAreThoseOfAllThreads()
{
    HttpServerPool shared(2, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    QVERIFY(shared.listen(QHostAddress::LocalHost));
    HttpClient(shared.port()).get("/routes");
    HttpClient(shared.port()).get("/routes");
    QCOMPARE(shared.metrics().events[SessionEvent::Created], quint64(2));
    for (quint64 created = 2; created < 5; ++created) { // the store goes on counting
        shared.stop();
        QCOMPARE(shared.metrics().events[SessionEvent::Created], created);
        QVERIFY(shared.listen(QHostAddress::LocalHost));
        QCOMPARE(shared.metrics().events[SessionEvent::Created], created);
        HttpClient(shared.port()).get("/routes");
        QCOMPARE(shared.metrics().events[SessionEvent::Created], created + 1);
    }

    HttpServerPool apart(2, [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); });
    apart.setStoreFactory([]() -> Result<std::shared_ptr<SessionStore>> { return std::make_shared<MemoryStore>(); });
    QVERIFY(apart.listen(QHostAddress::LocalHost));
    HttpClient one(apart.port()), other(apart.port());
    one.get("/routes");
    other.get("/routes");
    QCOMPARE(apart.metrics().events[SessionEvent::Created], quint64(2));
    apart.stop();
    QCOMPARE(apart.metrics().events[SessionEvent::Created], quint64(2)); // what has happened stays counted
    for (quint64 created = 2; created < 5; ++created) {
        QVERIFY(apart.listen(QHostAddress::LocalHost));
        HttpClient(apart.port()).get("/routes");
        apart.stop();
        QCOMPARE(apart.metrics().events[SessionEvent::Created], created + 1);
    }
}

void TestHttpServerPool::whatCannotWorkIsSaid()
{
    const auto setup = [this](QHttpServer &server, SessionManager &sessions) { addRoutes(server, sessions); };
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    HttpServerPool late(2, setup);
    const auto refused = late.listen(QHostAddress::LocalHost, taken.serverPort());
    QVERIFY(!refused);
    QVERIFY2(refused.error().text.contains(QString::number(taken.serverPort())), qPrintable(refused.error().text));
    QVERIFY(late.listen(QHostAddress::LocalHost)); // nothing was left behind

    HttpServerPool broken(2, setup);
    SessionOptions options;
    options.cookie.name = "no good";
    broken.setOptions(options);
    QCOMPARE(broken.listen(QHostAddress::LocalHost).error().code, Error::Invalid);

    HttpServerPool storeless(2, setup);
    storeless.setStoreFactory([]() -> Result<std::shared_ptr<SessionStore>> {
        return failure(Error::Unavailable, u"no disk"_s);
    });
    QCOMPARE(storeless.listen(QHostAddress::LocalHost).error().text, u"no disk"_s);
    QVERIFY(!storeless.port());

    HttpServerPool sharing(2, setup);
    sharing.setStoreFactory([store = std::make_shared<SlowStore>()]() -> Result<std::shared_ptr<SessionStore>> { return store; });
    const Error shared = sharing.listen(QHostAddress::LocalHost).error();
    QCOMPARE(shared.code, Error::Invalid);
    QVERIFY2(shared.text.contains(u"of another thread"_s), qPrintable(shared.text));
}

QTEST_GUILESS_MAIN(TestHttpServerPool)
#include "tst_httpserverpool.moc"
