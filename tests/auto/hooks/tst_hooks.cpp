// SPDX-License-Identifier: MIT
// What only hooks do: sessions for synchronous handlers of QHttpServer::route().

#include "site.h"

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;

#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
using Responder = QHttpServerResponder &&;
#else
using Responder = QHttpServerResponder &;
#endif

class TestHooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aRequestThatDoesNotAskCostsNothing();
    void theSameRequestGetsTheSameSession();
    void otherMethodsAndMissingPathsPass();
    void aRouteBeforeInstallIsWarnedAbout();
    void aResponderHandlerIsWarnedAboutAndLeaksNothing();
    void aPipelinedRequestOfAnEarlierRouteMeetsNoAbandonedSession();
    void aHandlerMayRunAnEventLoop();
    void aHandlerMayProcessEvents();
    void aSlowStoreIsWaitedFor();
    void aStalledStoreAnswers503AfterItsTimeout();
    void theServerOutlivesTheManager();

private:
    std::unique_ptr<Site> m_site;
    Session sessionOf(const QHttpServerRequest &request) { return m_site->sessions->session(request); }
};

void TestHooks::init()
{
    m_site = std::make_unique<Site>(FrontEnd::Hooks);
    m_site->route(u"/visit"_s, [](Session &session, const QHttpServerRequest &) {
        session.increment("visits");
        return QHttpServerResponse(QString::number(session.get<int>("visits").value_or(0)));
    });
}

void TestHooks::aRequestThatDoesNotAskCostsNothing()
{
    m_site->server->route(u"/bare"_s, [] { return QHttpServerResponse("hello"); });
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    const int calls = m_site->store->calls;
    const HttpResponse response = visitor.get("/bare");
    QCOMPARE(response.body, "hello");
    QVERIFY(response.setCookies().isEmpty());
    QVERIFY(response.value("vary").isEmpty());
    QCOMPARE(m_site->store->calls, calls);
}

void TestHooks::theSameRequestGetsTheSameSession()
{
    m_site->server->route(u"/twice"_s, [this](const QHttpServerRequest &request) {
        sessionOf(request).insert("a", 1);
        return QHttpServerResponse(sessionOf(request).get<int>("a") == 1 ? "same" : "other");
    });
    QCOMPARE(HttpClient(m_site->port()).get("/twice").body, "same");
    QCOMPARE(m_site->sessionCount(), 1);
}

void TestHooks::otherMethodsAndMissingPathsPass()
{
    HttpClient client(m_site->port());
    QCOMPARE(client.get("/nowhere").status, 404);
    QCOMPARE(client.request("OPTIONS", "/visit").status, 200);
    QCOMPARE(client.request("OPTIONS", "/nowhere").status, 404);
    HttpClient head(m_site->port());
    const HttpResponse response = head.request("HEAD", "/visit");
    QCOMPARE(response.status, 200);
    QCOMPARE(response.setCookies().size(), 1);
    QCOMPARE(client.get("/visit").status, 200);
}

void TestHooks::aRouteBeforeInstallIsWarnedAbout()
{
    QHttpServer server;
    SessionManager sessions(m_site->store);
    server.route(u"/early"_s, [&](const QHttpServerRequest &request) {
        sessions.session(request).insert("a", 1);
        return QHttpServerResponse("ok");
    });
    sessions.install(&server);
    server.route(u"/late"_s, [&](const QHttpServerRequest &request) {
        sessions.session(request).insert("a", 1);
        return QHttpServerResponse("ok");
    });
    QTcpServer listener;
    listener.listen(QHostAddress::LocalHost);
    server.bind(&listener);
    HttpClient client(listener.serverPort());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Call install\\(\\) before the first route"_s));
    const HttpResponse early = client.get("/early");
    QCOMPARE(early.status, 200);
    QVERIFY(early.setCookies().isEmpty());
    QCOMPARE(m_site->sessionCount(), 0);
    QCOMPARE(client.get("/late").setCookies().size(), 1);
}

void TestHooks::aResponderHandlerIsWarnedAboutAndLeaksNothing()
{
    m_site->server->route(u"/raw"_s, [this](const QHttpServerRequest &request, Responder responder) {
        Session session = sessionOf(request);
        session.insert("visits", 99);
        responder.write("raw", "text/plain");
    });
    HttpClient client(m_site->port());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"use SessionManager::route\\(\\) with a SessionResponder"_s));
    const HttpResponse raw = client.get("/raw");
    QCOMPARE(raw.body, "raw");
    QVERIFY(raw.setCookies().isEmpty());
    QCOMPARE(m_site->sessionCount(), 0);
    QCOMPARE(client.get("/visit").body, "1");
}

void TestHooks::aPipelinedRequestOfAnEarlierRouteMeetsNoAbandonedSession()
{
    // Two mistakes at once: a route before install(), and a responder handler with a session.
    QHttpServer server;
    SessionManager sessions(m_site->store);
    const auto user = [&](const QHttpServerRequest &request) {
        return sessions.session(request).get<QString>("name").value_or(u"nobody"_s);
    };
    server.route(u"/early"_s, [&](const QHttpServerRequest &request) { return QHttpServerResponse(user(request)); });
    sessions.install(&server);
    server.route(u"/name"_s, [&](const QHttpServerRequest &request) {
        sessions.session(request).insert("name", "ada");
        return QHttpServerResponse("ok");
    });
    server.route(u"/raw"_s, [&](const QHttpServerRequest &request, Responder responder) {
        responder.write(user(request).toUtf8(), "text/plain");
    });
    QTcpServer listener;
    listener.listen(QHostAddress::LocalHost);
    server.bind(&listener);

    HttpClient proxy(listener.serverPort());
    const QByteArray ada = "id=" + proxy.get("/name").cookie();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"with a SessionResponder"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"before the first route"_s));
    proxy.send(HttpClient::message("GET", "/raw", ada) + HttpClient::message("GET", "/early"));
    QCOMPARE(proxy.read().body, "ada");
    QCOMPARE(proxy.read().body, "nobody");
    HttpClient::waitUntil([] { return false; }, 5);
}

void TestHooks::aHandlerMayRunAnEventLoop()
{
    int depth = 0;
    m_site->server->route(u"/outer"_s, [&](const QHttpServerRequest &request) {
        Session session = sessionOf(request);
        session.insert("name", QString::fromLatin1(request.value("X-Name")));
        if (++depth == 1) {
            HttpClient other(m_site->port());
            const HttpResponse inner = other.get("/outer", {}, {"X-Name: inner"});
            [&] { QCOMPARE(inner.setCookies().size(), 1); }();
        }
        return QHttpServerResponse(session.get<QString>("name").value_or(QString()));
    });
    const HttpResponse outer = HttpClient(m_site->port()).get("/outer", {}, {"X-Name: outer"});
    QCOMPARE(outer.body, "outer");
    QCOMPARE(outer.setCookies().size(), 1);
    QCOMPARE(m_site->sessionCount(), 2);
}

void TestHooks::aHandlerMayProcessEvents()
{
    m_site->server->route(u"/events"_s, [&](const QHttpServerRequest &request) {
        Session session = sessionOf(request);
        session.insert("a", 1);
        for (const auto flags : {QEventLoop::AllEvents, QEventLoop::WaitForMoreEvents}) {
            QTimer::singleShot(1, m_site->server.get(), [] { });
            QCoreApplication::processEvents(flags);
        }
        return QHttpServerResponse(sessionOf(request).get<int>("a") == 1 ? "kept" : "lost");
    });
    const HttpResponse response = HttpClient(m_site->port()).get("/events");
    QCOMPARE(response.body, "kept");
    QCOMPARE(response.setCookies().size(), 1);
    QCOMPARE(m_site->sessionCount(), 1);
}

void TestHooks::aSlowStoreIsWaitedFor()
{
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    m_site->store->hold();
    QCOMPARE(visitor.get("/visit").body, "2");
    QCOMPARE(m_site->store->waiting(), 0);
}

void TestHooks::aStalledStoreAnswers503AfterItsTimeout()
{
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    m_site->store->setTimeout(std::chrono::milliseconds(20));
    m_site->store->hold();
    m_site->store->answersBlocking = false;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"store fails"_s));
    const HttpResponse response = visitor.get("/visit");
    QCOMPARE(response.status, 503);
    QVERIFY(response.setCookies().isEmpty());
    QVERIFY(!response.value("retry-after").isEmpty());
    m_site->store->forget();
    m_site->store->release();
    QCOMPARE(visitor.get("/visit").body, "2");
}

void TestHooks::theServerOutlivesTheManager()
{
    m_site->server->route(u"/bare"_s, [] { return QHttpServerResponse("hello"); });
    m_site->sessions.reset();
    QCOMPARE(HttpClient(m_site->port()).get("/bare").body, "hello");
}

QTEST_GUILESS_MAIN(TestHooks)
#include "tst_hooks.moc"
