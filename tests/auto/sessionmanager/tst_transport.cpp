// SPDX-License-Identifier: MIT
// Sessions without cookies, and the route that Prometheus scrapes.

#include "site.h"

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;

class TestTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClientWithoutCookiesHasASession_data();
    void aClientWithoutCookiesHasASession();
    void aLoginChangesTheIdInTheHeader();
    void aLogoutEmptiesTheHeader();
    void cookiesCountForNothingBesideTheHeader();
    void malformedIdsAreNoSession();
    void withoutTheOptionTheHeaderMeansNothing();
    void browsersGoOnWithCookies();
    void badHeaderNamesAreRefused();

    void prometheusGetsWhatItScrapes();
    void aStoreThatFailsIsDown();
    void metricsMayBeGuarded();

private:
    static std::unique_ptr<Site> site(FrontEnd frontEnd, const QByteArray &idHeader = {}, bool bearer = true)
    {
        SessionOptions options;
        options.bearer = bearer;
        options.idHeader = idHeader;
        auto site = std::make_unique<Site>(frontEnd, options);
        site->route(u"/visit"_s, [](Session &session, const QHttpServerRequest &) {
            session.increment("visits");
            return QHttpServerResponse(QString::number(session.get<int>("visits").value_or(0)));
        });
        site->route(u"/login"_s, [](Session &session) { session.logIn(u"ann"_s); });
        site->route(u"/logout"_s, [](Session &session) { session.logOut(); });
        return site;
    }
};

void TestTransport::aClientWithoutCookiesHasASession_data()
{
    QTest::addColumn<FrontEnd>("frontEnd");
    QTest::addColumn<QByteArray>("idHeader");
    QTest::addColumn<QByteArray>("request");
    for (const FrontEnd frontEnd : {FrontEnd::Hooks, FrontEnd::Routes}) {
        const QByteArray name = frontEnd == FrontEnd::Hooks ? "hooks" : "routes";
        QTest::newRow((name + ", bearer").constData()) << frontEnd << QByteArray() << QByteArray("Authorization: Bearer ");
        QTest::newRow((name + ", header").constData()) << frontEnd << QByteArray("X-Session") << QByteArray("X-Session: ");
    }
}

void TestTransport::aClientWithoutCookiesHasASession()
{
    QFETCH(FrontEnd, frontEnd);
    QFETCH(QByteArray, idHeader);
    QFETCH(QByteArray, request);
    const QByteArray answer = idHeader.isEmpty() ? "Session-Id" : idHeader;
    const auto server = site(frontEnd, idHeader, idHeader.isEmpty());
    HttpClient client(server->port());
    // Cookies alone are withheld from other sites.
    const HttpResponse first = client.get("/visit", {},
                                          {request.trimmed(), "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors"});
    const QByteArray id = first.value(answer);
    QVERIFY(SessionId::fromCookieValue(id));
    QVERIFY(first.setCookies().isEmpty());
    QCOMPARE(first.value("cache-control"), "no-store");
    QVERIFY(first.value("vary").contains(idHeader.isEmpty() ? "Authorization" : idHeader));
    QCOMPARE(client.get("/visit", {}, {request + id}).body, "2");
}

void TestTransport::aLoginChangesTheIdInTheHeader()
{
    const auto server = site(FrontEnd::Routes);
    HttpClient client(server->port());
    const QByteArray id = client.get("/visit", {}, {"Authorization: Bearer"}).value("session-id");
    const HttpResponse login = client.get("/login", {}, {"Authorization: bearer " + id});
    const QByteArray fresh = login.value("session-id");
    QVERIFY(!fresh.isEmpty() && fresh != id);
    QCOMPARE(client.get("/visit", {}, {"Authorization: Bearer " + id}).status, 409);
    QCOMPARE(client.get("/visit", {}, {"Authorization: Bearer " + fresh}).body, "2");
}

void TestTransport::aLogoutEmptiesTheHeader()
{
    const auto server = site(FrontEnd::Routes);
    HttpClient client(server->port());
    const QByteArray id = client.get("/visit", {}, {"Authorization: Bearer"}).value("session-id");
    const HttpResponse logout = client.get("/logout", {}, {"Authorization: Bearer " + id});
    QCOMPARE(logout.values("session-id"), QByteArrayList{""});
    QVERIFY(logout.setCookies().isEmpty());
    QCOMPARE(server->sessionCount(), 0);
}

void TestTransport::cookiesCountForNothingBesideTheHeader()
{
    const auto server = site(FrontEnd::Routes);
    HttpClient client(server->port());
    const QByteArray cookie = "id=" + client.get("/visit").cookie();
    QCOMPARE(client.get("/visit", cookie, {"Authorization: Bearer"}).body, "1");
    QCOMPARE(client.get("/visit", cookie, {"Authorization: Basic YTpi"}).body, "2");
}

void TestTransport::malformedIdsAreNoSession()
{
    const auto server = site(FrontEnd::Routes);
    HttpClient client(server->port());
    const HttpResponse response = client.get("/visit", {}, {"Authorization: Bearer some.other.token"});
    QCOMPARE(response.body, "1");
    QVERIFY(!response.value("session-id").isEmpty());
    QCOMPARE(server->sessions->metrics().rejectedIds, 1);
}

void TestTransport::withoutTheOptionTheHeaderMeansNothing()
{
    const auto server = site(FrontEnd::Routes, {}, false);
    HttpClient client(server->port());
    const QByteArray id = client.get("/visit").cookie();
    const HttpResponse response = client.get("/visit", {}, {"Authorization: Bearer " + id});
    QCOMPARE(response.body, "1");
    QVERIFY(response.value("session-id").isEmpty());
    QCOMPARE(response.value("vary"), "Cookie");
}

void TestTransport::browsersGoOnWithCookies()
{
    const auto server = site(FrontEnd::Routes);
    Visitor visitor(server->port());
    visitor.get("/visit");
    const HttpResponse second = visitor.get("/visit");
    QCOMPARE(second.body, "2");
    QVERIFY(second.value("session-id").isEmpty());
}

void TestTransport::badHeaderNamesAreRefused()
{
    for (const char *name : {"two words", "Cookie", "authorization"}) {
        SessionOptions options;
        options.idHeader = name;
        QVERIFY2(!options.validate(), name);
    }
}

void TestTransport::prometheusGetsWhatItScrapes()
{
    const auto server = site(FrontEnd::Routes);
    QVERIFY(server->sessions->metricsRoute(server->server.get(), u"/metrics"_s, u"slow"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Two SessionManagers"_s));
    QVERIFY(server->sessions->metricsRoute(server->server.get(), u"/named"_s, u"the \"big\" one"_s));
    HttpClient client(server->port());
    client.get("/visit");
    const HttpResponse scraped = client.get("/metrics");
    QVERIFY(scraped.value("content-type").startsWith("text/plain; version=0.0.4"));
    QVERIFY(scraped.body.contains("sojourn_events_total{event=\"created\",store=\"slow\"} "));
    QVERIFY(scraped.body.contains("\nsojourn_sessions{store=\"slow\"} 1\n"));
    QVERIFY(scraped.body.contains("\nsojourn_store_up{store=\"slow\"} 1\n"));
    QVERIFY(scraped.body.contains("sojourn_store_seconds_bucket{le=\"+Inf\",store=\"slow\"} "));
    QVERIFY(scraped.setCookies().isEmpty() && scraped.value("vary").isEmpty());
    QVERIFY(client.get("/named").body.contains("sojourn_sessions{store=\"the \\\"big\\\" one\"} 1\n"));
    SessionManager inMemory(std::make_shared<MemoryStore>());
    QVERIFY(inMemory.metricsRoute(server->server.get(), u"/memory"_s));
    QVERIFY(client.get("/memory").body.contains("sojourn_sessions{store=\"memory\"} 0\n"));
    QCOMPARE(scraped.body.count("# TYPE sojourn_sessions gauge"), 1);
}

void TestTransport::aStoreThatFailsIsDown()
{
    const auto server = site(FrontEnd::Routes);
    QVERIFY(server->sessions->metricsRoute(server->server.get(), u"/metrics"_s, u"slow"_s));
    server->store->failCounting = true;
    const HttpResponse scraped = HttpClient(server->port()).get("/metrics");
    QCOMPARE(scraped.status, 200);
    QVERIFY(scraped.body.contains("sojourn_store_up{store=\"slow\"} 0\n"));
    QVERIFY(!scraped.body.contains("sojourn_sessions{"));
}

void TestTransport::metricsMayBeGuarded()
{
    const auto server = site(FrontEnd::Routes);
    QVERIFY(server->sessions->metricsRoute(server->server.get(), u"/metrics"_s, {}, Guard::user()));
    Visitor visitor(server->port());
    QCOMPARE(visitor.get("/metrics").status, 401);
    visitor.get("/login");
    QCOMPARE(visitor.get("/metrics").status, 200);
}

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
