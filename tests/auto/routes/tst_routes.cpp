// SPDX-License-Identifier: MIT
// What only routes do: sessions that are loaded and saved while other visitors are served.

#include "site.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QPromise>
#include <QtCore/QThread>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslServer>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;

class TestRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // ---- What a handler may look like
    void handlersTakeWhatTheyNeed();
    void methodsAreRespected();
    void moveOnlyAndMutableHandlersWork();
    void handlersMayAnswerWithAFuture();
    void badPathsAreRefused_data();
    void badPathsAreRefused();
    void routesThatCannotWorkAreRefused();
    void aSecondManagerWithTheSameCookieIsWarnedAbout();
    void theUserGuard();
    void theCsrfGuard();

    // ---- Waiting
    void requestsWithoutASessionDoNotWait();
    void othersAreServedWhileASessionLoadsOrSaves();
    void theResponseLeavesAfterTheSave();
    void pipelinedRequestsWaitForTheirTurn();
    void overlappingWritersBothKeepTheirs();
    void overlappingIncrementsAllCount();
    void aLogoutBeatsARequestUnderWay();

    // ---- Answers that come later, twice or never
    void aResponderAnswersLater();
    void aResponderAnswersOnce();
    void aDroppedResponderAnswers500();
    void aThrowingHandlerAnswers500();
    void aHandlerThatThrowsWithItsResponderAnswers500();
    void anyThreadMayAnswer();
    void aStoreThatForgetsItsPromiseAnswers500_data();
    void aStoreThatForgetsItsPromiseAnswers500();

    // ---- Visitors who leave, servers that go
    void clientsMayLeave_data();
    void clientsMayLeave();
    void theServerMayGo_data();
    void theServerMayGo();
    void theManagerMayGo();

    void tls();

private:
    std::unique_ptr<Site> m_site;
};

void TestRoutes::init()
{
    m_site = std::make_unique<Site>(FrontEnd::Routes);
    m_site->route(u"/visit"_s, [](Session &session, const QHttpServerRequest &) {
        session.insert("visits", session.get<int>("visits").value_or(0) + 1);
        return QHttpServerResponse(QString::number(session.get<int>("visits").value_or(0)));
    });
    m_site->route(u"/read"_s, [](Session &session, const QHttpServerRequest &) { return QHttpServerResponse(session.data()); });
    m_site->server->route(u"/bare"_s, [] { return QHttpServerResponse("hello"); });
}

namespace {

QHttpServerResponse greet(const QString &name, Session &session)
{
    return QHttpServerResponse(name + (session.isEmpty() ? u" is new"_s : u" is back"_s));
}

struct Counting
{
    std::unique_ptr<int> calls = std::make_unique<int>(0);
    QString operator()(Session &) { return QString::number(++*calls); }
};

} // namespace

void TestRoutes::handlersTakeWhatTheyNeed()
{
    SessionManager &sessions = *m_site->sessions;
    QHttpServer *server = m_site->server.get();
    QVERIFY(sessions.route(server, u"/none"_s, [] { return "none"; }));
    QVERIFY(sessions.route(server, u"/request"_s, [](const QHttpServerRequest &request) { return request.url().path(); }));
    QVERIFY(sessions.route(server, u"/item/<arg>/<arg>"_s,
                           [](int id, const QString &name, Session &session, const QHttpServerRequest &request) {
                               session.insert("last", id);
                               return QString::number(id) + name + request.url().query();
                           }));
    QVERIFY(sessions.route(server, u"/turned/<arg>"_s, [](quint32 id, const QHttpServerRequest &, Session session) {
        session.insert("last", id);
        return QHttpServerResponse(QJsonObject{{u"id"_s, qint64(id)}});
    }));
    QVERIFY(sessions.route(server, u"/greet/"_s, greet));
    QVERIFY(sessions.route(server, u"/status"_s,
                           [](const Session &) noexcept { return QHttpServerResponse::StatusCode::Accepted; }));
    QVERIFY(sessions.route(server, u"/json"_s, [](Session &session) { return session.data(); }));
    QVERIFY(sessions.route(server, u"/responder"_s,
                           [](Session &session, SessionResponder &&responder, const QHttpServerRequest &) {
                               session.insert("last", 7);
                               responder.send("sent");
                           }));

    Visitor visitor(m_site->port());
    QCOMPARE(visitor.get("/none").body, "none");
    QCOMPARE(visitor.get("/request").body, "/request");
    QCOMPARE(visitor.get("/greet/ada").body, "ada is new");
    QCOMPARE(visitor.get("/item/12/pen?x=1").body, "12penx=1");
    QCOMPARE(visitor.get("/greet/ada").body, "ada is back");
    QCOMPARE(visitor.get("/item/many/pen").status, 404);
    QCOMPARE(visitor.get("/turned/13").status, 200);
    QCOMPARE(visitor.get("/status").status, 202);
    QCOMPARE(visitor.get("/responder").body, "sent");
    QCOMPARE(QJsonDocument::fromJson(visitor.get("/json").body).object(), QJsonObject({{u"last"_s, 7}}));
}

void TestRoutes::methodsAreRespected()
{
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/post"_s,
                                    QHttpServerRequest::Method::Post | QHttpServerRequest::Method::Put,
                                    [](const QHttpServerRequest &request, Session &) { return request.body(); }));
    HttpClient client(m_site->port());
    QCOMPARE(client.request("POST", "/post", {}, "a").body, "a");
    QCOMPARE(client.request("PUT", "/post", {}, "b").body, "b");
    QCOMPARE(client.get("/post").status, 404);
}

void TestRoutes::moveOnlyAndMutableHandlersWork()
{
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/count"_s, Counting()));
    HttpClient client(m_site->port());
    QCOMPARE(client.get("/count").body, "1");
    QCOMPARE(client.get("/count").body, "2");
}

void TestRoutes::handlersMayAnswerWithAFuture()
{
    std::optional<QPromise<QHttpServerResponse>> promise;
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/future"_s, [&](Session &session) {
        session.insert("a", 1);
        promise.emplace();
        promise->start();
        return promise->future();
    }));
    HttpClient client(m_site->port());
    client.send(HttpClient::message("GET", "/future"));
    QVERIFY(HttpClient::waitUntil([&] { return promise.has_value(); }));
    promise->addResult(QHttpServerResponse("from the future"));
    promise->finish();
    const HttpResponse response = client.read();
    QCOMPARE(response.body, "from the future");
    QCOMPARE(response.setCookies().size(), 1);

    promise.reset();
    client.send(HttpClient::message("GET", "/future"));
    QVERIFY(HttpClient::waitUntil([&] { return promise.has_value(); }));
    promise.reset(); // cancelled
    QCOMPARE(client.read().status, 500);
    QCOMPARE(m_site->sessionCount(), 1);
}

void TestRoutes::badPathsAreRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("says");
    QTest::newRow("no slash") << u"shop"_s << u"begin with"_s;
    QTest::newRow("empty") << u""_s << u"begin with"_s;
    QTest::newRow("parameters") << u"/shop?item=1"_s << u"ends before"_s;
    QTest::newRow("fragment") << u"/shop#top"_s << u"ends before"_s;
    QTest::newRow("encoded") << u"/two%20words"_s << u"compared decoded"_s;
    QTest::newRow("taken") << u"/visit"_s << u"An earlier route"_s;
}

void TestRoutes::badPathsAreRefused()
{
    QFETCH(QString, path);
    QFETCH(QString, says);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is not added.*"_s + says));
    QVERIFY(!m_site->sessions->route(m_site->server.get(), path, [](Session &) { return "ok"; }));
}

void TestRoutes::routesThatCannotWorkAreRefused()
{
    SessionManager &sessions = *m_site->sessions;
    QHttpServer *server = m_site->server.get();
    const auto handler = [](Session &) { return "ok"; };
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"."_s)); // Qt's
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is not added.*arguments"_s));
    QVERIFY(!sessions.route(server, u"/a/<arg>/<arg>"_s, [](int, Session &) { return "ok"; }));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"names no method"_s));
    QVERIFY(!sessions.route(server, u"/a"_s, QHttpServerRequest::Methods(), handler));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no server"_s));
    QVERIFY(!sessions.route(nullptr, u"/a"_s, handler));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"thread of the server"_s));
    bool added = true;
    const std::unique_ptr<QThread> thread(QThread::create([&] { added = sessions.route(server, u"/a"_s, handler); }));
    thread->start();
    QVERIFY(thread->wait());
    QVERIFY(!added);
    QVERIFY(sessions.route(server, u"/a"_s, QHttpServerRequest::Method::Get, handler));
    QVERIFY(sessions.route(server, u"/a"_s, QHttpServerRequest::Method::Post, handler));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"An earlier route"_s));
    QVERIFY(!sessions.route(server, u"/a"_s, QHttpServerRequest::Method::Get | QHttpServerRequest::Method::Post, handler));
}

void TestRoutes::aSecondManagerWithTheSameCookieIsWarnedAbout()
{
    const auto handler = [](Session &) { return "ok"; };
    QTest::failOnWarning(QRegularExpression(u"Two SessionManagers"_s));
    SessionManager other(m_site->store, {.cookie = {.name = "other"}});
    QVERIFY(other.route(m_site->server.get(), u"/other"_s, handler));
    QHttpServer server;
    SessionManager elsewhere(m_site->store);
    QVERIFY(elsewhere.route(&server, u"/"_s, handler));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Two SessionManagers"_s));
    SessionManager second(m_site->store);
    QVERIFY(second.route(m_site->server.get(), u"/second"_s, handler));
}

void TestRoutes::theUserGuard()
{
    SessionManager &sessions = *m_site->sessions;
    QHttpServer *server = m_site->server.get();
    m_site->route(u"/login"_s, [](Session &session) { session.setUser(u"ada"_s); });
    QVERIFY(sessions.route(server, u"/account"_s, SessionManager::requireUser([](Session &session) { return session.user(); })));
    QVERIFY(sessions.route(server, u"/page/<arg>"_s,
                           SessionManager::requireUser([](int page) { return QString::number(page); }, u"/login?from=guard"_s)));
    Visitor visitor(m_site->port());
    QCOMPARE(visitor.get("/account").status, 401);
    const HttpResponse redirect = visitor.get("/page/3?a=b&c=%20");
    QCOMPARE(redirect.status, 303);
    QCOMPARE(redirect.value("location"), "/login?from=guard&next=/page/3%3Fa%3Db%26c%3D%2520");
    QCOMPARE(redirect.value("vary"), "Cookie");
    QCOMPARE(visitor.request("POST", "/page/3").value("location"), "/login?from=guard");
    QCOMPARE(m_site->sessionCount(), 0);
    visitor.get("/login");
    QCOMPARE(visitor.get("/account").body, "ada");
    QCOMPARE(visitor.get("/page/3").body, "3");
}

void TestRoutes::theCsrfGuard()
{
    SessionManager &sessions = *m_site->sessions;
    QHttpServer *server = m_site->server.get();
    QVERIFY(sessions.route(server, u"/token"_s, [](Session &session) { return session.csrfToken(); }));
    QVERIFY(sessions.route(server, u"/transfer"_s, QHttpServerRequest::Method::Post,
                           SessionManager::requireCsrfToken([](Session &session) {
                               session.increment("transfers");
                               return "done";
                           })));
    Visitor visitor(m_site->port());
    QCOMPARE(visitor.request("POST", "/transfer").status, 403);
    const QByteArray token = visitor.get("/token").body;
    QCOMPARE(visitor.request("POST", "/transfer").status, 403);
    QCOMPARE(visitor.request("POST", "/transfer", {}, {"X-CSRF-Token: " + token.chopped(1) + "!"}).status, 403);
    QCOMPARE(visitor.request("POST", "/transfer", {}, {"X-CSRF-Token: " + token}).body, "done");
}

void TestRoutes::requestsWithoutASessionDoNotWait()
{
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/plain"_s, [] { return "plain"; }));
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    const int calls = m_site->store->calls;
    m_site->store->hold();
    const HttpResponse plain = visitor.get("/plain");
    QCOMPARE(plain.body, "plain");
    QVERIFY(plain.value("vary").isEmpty());
    QCOMPARE(visitor.get("/bare").body, "hello");
    QCOMPARE(m_site->store->calls, calls);
}

void TestRoutes::othersAreServedWhileASessionLoadsOrSaves()
{
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    const QByteArray cookie = visitor.cookieHeader();
    HttpClient waiting(m_site->port()), other(m_site->port());
    m_site->store->hold();
    waiting.send(HttpClient::message("GET", "/visit", cookie));
    QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 1; }));
    QCOMPARE(other.get("/bare").body, "hello");
    m_site->store->releaseOne(); // loaded; now it saves
    QCOMPARE(m_site->store->waiting(), 1);
    QCOMPARE(other.get("/bare").body, "hello");
    m_site->store->release();
    QCOMPARE(waiting.read().body, "2");
}

void TestRoutes::theResponseLeavesAfterTheSave()
{
    HttpClient client(m_site->port());
    m_site->store->hold();
    client.send(HttpClient::message("GET", "/visit"));
    QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 1; })); // create()
    HttpClient::waitUntil([] { return false; }, 20);
    QCOMPARE(client.socket().bytesAvailable(), 0);
    m_site->store->release();
    QCOMPARE(client.read().setCookies().size(), 1);
}

void TestRoutes::pipelinedRequestsWaitForTheirTurn()
{
    QByteArrayList cookies;
    QByteArray all;
    for (int i = 0; i < 5; ++i) {
        cookies += "id=" + HttpClient(m_site->port()).get("/visit").cookie();
        for (int more = 0; more < i; ++more)
            HttpClient(m_site->port()).get("/visit", cookies.last());
        all += HttpClient::message("GET", "/visit", cookies.last());
    }
    m_site->store->hold();
    HttpClient client(m_site->port());
    client.send(all);
    for (int i = 0; i < 5; ++i) {
        QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 1; })); // loads
        m_site->store->releaseOne();
        QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 1; })); // saves
        m_site->store->releaseOne();
        QCOMPARE(client.read().body, QByteArray::number(i + 2));
    }
    QCOMPARE(m_site->store->waiting(), 0);
    m_site->store->release();
    QCOMPARE(client.get("/bare").body, "hello");
}

void TestRoutes::overlappingWritersBothKeepTheirs()
{
    std::vector<SessionResponder> responders;
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/set/<arg>"_s,
                                    [&](const QString &name, Session &session, SessionResponder responder) {
                                        session.insert(name, 1);
                                        responders.push_back(std::move(responder));
                                    }));
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    HttpClient first(m_site->port()), second(m_site->port());
    first.send(HttpClient::message("GET", "/set/a", visitor.cookieHeader()));
    second.send(HttpClient::message("GET", "/set/b", visitor.cookieHeader()));
    QVERIFY(HttpClient::waitUntil([&] { return responders.size() == 2; }));
    for (SessionResponder &responder : responders)
        responder.send("ok");
    QCOMPARE(first.read().status, 200);
    QCOMPARE(second.read().status, 200);
    QCOMPARE(QJsonDocument::fromJson(visitor.get("/read").body).object(),
             QJsonObject({{u"a"_s, 1}, {u"b"_s, 1}, {u"visits"_s, 1}}));
}

void TestRoutes::overlappingIncrementsAllCount()
{
    m_site->route(u"/increment"_s, [](Session &session) { session.increment("visits"); });
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    m_site->store->hold();
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<HttpClient>(m_site->port()));
        clients.back()->send(HttpClient::message("GET", "/increment", visitor.cookieHeader()));
    }
    QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 20; }));
    m_site->store->release();
    for (const auto &client : clients)
        QCOMPARE(client->read().status, 200);
    QCOMPARE(visitor.get("/visit").body, "22");
}

void TestRoutes::aLogoutBeatsARequestUnderWay()
{
    std::vector<SessionResponder> responders;
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/late"_s, [&](Session &session, SessionResponder responder) {
        session.insert("late", true);
        responders.push_back(std::move(responder));
    }));
    m_site->route(u"/logout"_s, [](Session &session) { session.destroy(); });
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    HttpClient late(m_site->port());
    late.send(HttpClient::message("GET", "/late", visitor.cookieHeader()));
    QVERIFY(HttpClient::waitUntil([&] { return responders.size() == 1; }));
    visitor.get("/logout");
    responders.front().send("saved");
    const HttpResponse response = late.read();
    QCOMPARE(response.status, 409);
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(m_site->sessionCount(), 0);
}

void TestRoutes::aResponderAnswersLater()
{
    std::optional<SessionResponder> kept;
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/later"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        kept.emplace(std::move(responder));
    }));
    HttpClient client(m_site->port());
    client.send(HttpClient::message("GET", "/later") + HttpClient::message("GET", "/bare"));
    QVERIFY(HttpClient::waitUntil([&] { return kept.has_value(); }));
    QCOMPARE(HttpClient(m_site->port()).get("/bare").body, "hello");
    QCOMPARE(m_site->sessionCount(), 0);
    kept->send("at last");
    const HttpResponse response = client.read();
    QCOMPARE(response.body, "at last");
    QCOMPARE(response.setCookies().size(), 1);
    QCOMPARE(client.read().body, "hello"); // what was pipelined behind it
}

void TestRoutes::aResponderAnswersOnce()
{
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/twice"_s, [](SessionResponder responder) {
        responder.send("first");
        responder.send("second");
        SessionResponder moved = std::move(responder);
        moved.send("third");
    }));
    HttpClient client(m_site->port());
    QCOMPARE(client.get("/twice").body, "first");
    QCOMPARE(client.get("/bare").body, "hello");
}

void TestRoutes::aDroppedResponderAnswers500()
{
    std::optional<SessionResponder> kept;
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/drop"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        kept.emplace(std::move(responder));
    }));
    HttpClient client(m_site->port());
    client.send(HttpClient::message("GET", "/drop"));
    QVERIFY(HttpClient::waitUntil([&] { return kept.has_value(); }));
    kept.reset();
    const HttpResponse response = client.read();
    QCOMPARE(response.status, 500);
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(m_site->sessionCount(), 0);
    QCOMPARE(client.get("/bare").body, "hello");
}

void TestRoutes::aThrowingHandlerAnswers500()
{
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/throw"_s, [](Session &session) -> QHttpServerResponse {
        session.insert("visits", 99);
        session.rotate();
        throw std::runtime_error("out of luck");
    }));
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"threw: out of luck"_s));
    const HttpResponse response = visitor.get("/throw");
    QCOMPARE(response.status, 500);
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(visitor.get("/visit").body, "2");
}

void TestRoutes::aHandlerThatThrowsWithItsResponderAnswers500()
{
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/throw"_s, [](Session &session, SessionResponder) {
        session.insert("visits", 99);
        throw 42;
    }));
    HttpClient client(m_site->port());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"threw"_s));
    QCOMPARE(client.get("/throw").status, 500);
    QCOMPARE(client.get("/bare").body, "hello");
    QCOMPARE(m_site->sessionCount(), 0);
}

void TestRoutes::anyThreadMayAnswer()
{
    std::vector<std::unique_ptr<QThread>> threads;
    const auto start = [&threads](auto work) {
        threads.emplace_back(QThread::create(std::move(work)));
        threads.back()->start();
    };
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/thread/<arg>"_s,
                                    [&](int number, Session &session, SessionResponder responder) {
                                        session.insert("number", number);
                                        auto shared = std::make_shared<SessionResponder>(std::move(responder));
                                        start([shared, number]() mutable {
                                            if (number % 3 == 0)
                                                shared.reset(); // without an answer
                                            else
                                                shared->send(QString::number(number));
                                            shared.reset();
                                        });
                                    }));
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 12; ++i) {
        clients.push_back(std::make_unique<HttpClient>(m_site->port()));
        clients.back()->send(HttpClient::message("GET", "/thread/" + QByteArray::number(i))
                             + HttpClient::message("GET", "/bare"));
    }
    for (int i = 0; i < 12; ++i) {
        const HttpResponse response = clients[size_t(i)]->read();
        QCOMPARE(response.status, i % 3 == 0 ? 500 : 200);
        if (i % 3 != 0)
            QCOMPARE(response.body, QByteArray::number(i));
        QCOMPARE(response.setCookies().size(), i % 3 == 0 ? 0 : 1);
        QCOMPARE(clients[size_t(i)]->read().body, "hello");
    }
    QCOMPARE(m_site->sessionCount(), 8);

    HttpClient last(m_site->port());
    std::optional<SessionResponder> kept;
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/later"_s,
                                    [&](Session &, SessionResponder responder) { kept.emplace(std::move(responder)); }));
    last.send(HttpClient::message("GET", "/later"));
    QVERIFY(HttpClient::waitUntil([&] { return kept.has_value(); }));
    m_site->server.reset();
    start([&] {
        kept->send("too late");
        kept.reset();
    });
    for (const auto &thread : threads)
        QVERIFY(thread->wait(5000));
}

void TestRoutes::aStoreThatForgetsItsPromiseAnswers500_data()
{
    QTest::addColumn<bool>("whileLoading");
    QTest::addColumn<QByteArray>("otherCookie");
    QTest::newRow("of a load") << true << QByteArray();
    QTest::newRow("of one of two loads") << true << QByteArray("; id=AAAAAAAAAAAAAAAAAAAAAA");
    QTest::newRow("of a save") << false << QByteArray();
}

void TestRoutes::aStoreThatForgetsItsPromiseAnswers500()
{
    QFETCH(bool, whileLoading);
    QFETCH(QByteArray, otherCookie);
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    m_site->store->hold();
    HttpClient client(m_site->port());
    client.send(HttpClient::message("GET", "/visit", visitor.cookieHeader() + otherCookie) + HttpClient::message("GET", "/bare"));
    QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() > 0; }));
    if (!whileLoading || !otherCookie.isEmpty())
        m_site->store->releaseOne();
    m_site->store->forget();
    m_site->store->release();
    const HttpResponse response = client.read();
    QCOMPARE(response.status, 500);
    QVERIFY(response.setCookies().isEmpty());
    QCOMPARE(client.read().body, "hello");
}

void TestRoutes::clientsMayLeave_data()
{
    QTest::addColumn<bool>("whileLoading");
    QTest::addColumn<bool>("reset");
    QTest::newRow("FIN while it loads") << true << false;
    QTest::newRow("RST while it loads") << true << true;
    QTest::newRow("FIN while it saves") << false << false;
    QTest::newRow("RST while it saves") << false << true;
}

void TestRoutes::clientsMayLeave()
{
    QFETCH(bool, whileLoading);
    QFETCH(bool, reset);
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    m_site->store->hold();
    {
        HttpClient leaving(m_site->port());
        leaving.send(HttpClient::message("GET", "/visit", visitor.cookieHeader())
                     + HttpClient::message("GET", "/visit", visitor.cookieHeader()));
        QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 1; }));
        if (!whileLoading) {
            m_site->store->releaseOne();
            QCOMPARE(m_site->store->waiting(), 1);
        }
        if (reset)
            leaving.abort();
        else
            leaving.close();
        HttpClient::waitUntil([] { return false; }, 20);
    }
    HttpClient::waitUntil([] { return false; }, 20);
    m_site->store->release();
    HttpClient::waitUntil([] { return false; }, 20);
    QCOMPARE(HttpClient(m_site->port()).get("/visit", visitor.cookieHeader()).status, 200);
    QCOMPARE(visitor.get("/bare").body, "hello");
}

void TestRoutes::theServerMayGo_data()
{
    QTest::addColumn<int>("stage");
    QTest::newRow("while it loads") << 0;
    QTest::newRow("while it saves") << 1;
    QTest::newRow("while a responder waits") << 2;
}

void TestRoutes::theServerMayGo()
{
    QFETCH(int, stage);
    std::optional<SessionResponder> kept;
    QVERIFY(m_site->sessions->route(m_site->server.get(), u"/later"_s, [&](Session &session, SessionResponder responder) {
        session.insert("a", 1);
        kept.emplace(std::move(responder));
    }));
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    HttpClient client(m_site->port());
    if (stage < 2)
        m_site->store->hold();
    client.send(HttpClient::message("GET", stage < 2 ? "/visit" : "/later", visitor.cookieHeader()));
    QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 1 || kept; }));
    if (stage == 1)
        m_site->store->releaseOne();
    m_site->server.reset();
    m_site->store->release();
    if (kept)
        kept->send("too late");
    kept.reset();
    QVERIFY(HttpClient::waitUntil([&] { return client.socket().state() == QAbstractSocket::UnconnectedState; }));
}

void TestRoutes::theManagerMayGo()
{
    HttpClient client(m_site->port());
    const QByteArray cookie = "id=" + client.get("/visit").cookie();
    m_site->sessions.reset();
    QCOMPARE(client.get("/visit", cookie).body, "2");
}

void TestRoutes::tls()
{
    QFile certificate(QFINDTESTDATA("localhost.crt")), key(QFINDTESTDATA("localhost.key"));
    QVERIFY(certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(&certificate));
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    auto *listener = new QSslServer(m_site->server.get());
    listener->setSslConfiguration(configuration);
    QVERIFY(listener->listen(QHostAddress::LocalHost));
    m_site->server->bind(listener);

    HttpClient client(listener->serverPort(), true);
    QVERIFY(client.socket().isEncrypted());
    const QByteArray cookie = "id=" + client.get("/visit").cookie();
    m_site->store->hold();
    client.send(HttpClient::message("GET", "/visit", cookie) + HttpClient::message("GET", "/visit", cookie));
    for (int i = 0; i < 4; ++i) {
        QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 1; }));
        m_site->store->releaseOne();
    }
    QCOMPARE(client.read().body, "2");
    QCOMPARE(client.read().body, "3");

    client.send(HttpClient::message("GET", "/visit", cookie));
    QVERIFY(HttpClient::waitUntil([&] { return m_site->store->waiting() == 1; }));
    client.abort();
    HttpClient::waitUntil([] { return false; }, 20);
    m_site->store->release();
    QCOMPARE(HttpClient(listener->serverPort(), true).get("/bare").body, "hello");
}

QTEST_GUILESS_MAIN(TestRoutes)
#include "tst_routes.moc"
