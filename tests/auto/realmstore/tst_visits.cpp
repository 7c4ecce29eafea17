// SPDX-License-Identifier: MIT
// What is kept of a visit, and applications that share a store.

#include "site.h"

#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestVisits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsKeptUnlessAsked_data() { frontEnds(); }
    void nothingIsKeptUnlessAsked();
    void visitIsKeptWithWhatIsWritten_data() { frontEnds(); }
    void visitIsKeptWithWhatIsWritten();
    void visitAloneIsNoReasonToWrite_data() { frontEnds(); }
    void visitAloneIsNoReasonToWrite();
    void addressComesFromTheProxysHeader_data() { frontEnds(); }
    void addressComesFromTheProxysHeader();
    void labelIsWhatTheVisitorSays_data() { frontEnds(); }
    void labelIsWhatTheVisitorSays();
    void labelOutlivesTheFactsOfOtherRequests_data() { frontEnds(); }
    void labelOutlivesTheFactsOfOtherRequests();
    void longAndOddHeadersAreCut();
    void devicesAreNamed_data();
    void devicesAreNamed();

    void idOfAnotherRealmIsUnknown_data() { frontEnds(); }
    void idOfAnotherRealmIsUnknown();
    void logOutEverywhereStaysInItsRealm();
    void aUserNameTooLongForItsRealmIsRefusedAtOnce();
    void optionsThatCannotWorkAreRefused();

private:
    static void frontEnds()
    {
        QTest::addColumn<FrontEnd>("frontEnd");
        QTest::newRow("hooks") << FrontEnd::Hooks;
        QTest::newRow("routes") << FrontEnd::Routes;
    }
    static SessionOptions keeping()
    {
        SessionOptions options;
        options.keepVisit = true;
        return options;
    }
    /// The only session of \a site.
    static SessionInfo only(Site &site)
    {
        const SessionPage page = site.store->inner().list({}).takeResult().value();
        return page.records.size() == 1 ? SessionInfo(page.records.first()) : SessionInfo();
    }
    static void addRoutes(Site &site)
    {
        site.route(u"/login"_s, [](Session &session) { session.logIn(u"ann"_s); });
        site.route(u"/read"_s, [](Session &session, const QHttpServerRequest &) { return QHttpServerResponse(session.user()); });
        site.route(u"/write"_s, [](Session &session) { session.increment("n"); });
    }
};

void TestVisits::nothingIsKeptUnlessAsked()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd);
    addRoutes(site);
    QCOMPARE(HttpClient(site.port()).get("/login", {}, {"User-Agent: curl/8"}).status, 200);
    QVERIFY(only(site).visit.isEmpty());
    QVERIFY(!only(site).toJson().contains("visit"_L1));
}

void TestVisits::visitIsKeptWithWhatIsWritten()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, keeping());
    addRoutes(site);
    HttpClient client(site.port());
    const QByteArray cookie = "id=" + client.get("/login", {}, {"User-Agent: curl/8"}).cookie();
    QCOMPARE(only(site).visitFacts(), (VisitFacts{.address = u"127.0.0.1"_s, .userAgent = u"curl/8"_s}));
    client.get("/write", cookie, {"User-Agent: Firefox/140"});
    QCOMPARE(only(site).visitFacts().userAgent, u"Firefox/140"_s);
    const quint64 version = only(site).version;
    site.now += 1h;
    client.get("/read", cookie, {"User-Agent: Opera"}); // touches
    QCOMPARE(only(site).visitFacts().userAgent, u"Opera"_s);
    QCOMPARE(only(site).version, version);
    QCOMPARE(only(site).lastSeenAt, site.now);
}

void TestVisits::visitAloneIsNoReasonToWrite()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, keeping());
    addRoutes(site);
    HttpClient client(site.port());
    QVERIFY(client.get("/read", {}, {"User-Agent: curl/8"}).cookie().isNull());
    QCOMPARE(site.sessionCount(), 0);
    const QByteArray cookie = "id=" + client.get("/login", {}, {"User-Agent: curl/8"}).cookie();
    client.get("/read", cookie, {"User-Agent: Firefox/140"});
    QCOMPARE(only(site).visitFacts().userAgent, u"curl/8"_s);
}

void TestVisits::addressComesFromTheProxysHeader()
{
    QFETCH(FrontEnd, frontEnd);
    SessionOptions options = keeping();
    options.addressHeader = "X-Forwarded-For";
    Site site(frontEnd, options);
    addRoutes(site);
    HttpClient client(site.port());
    const QByteArray cookie = "id=" + client.get("/login", {}, {"X-Forwarded-For: 6.6.6.6, 192.0.2.7"}).cookie();
    QCOMPARE(only(site).visitFacts().address, u"192.0.2.7"_s);
    client.get("/write", cookie);
    QCOMPARE(only(site).visitFacts().address, u"127.0.0.1"_s);
    client.get("/write", cookie, {"X-Forwarded-For: ::ffff:192.0.2.9"}); // IPv4 through a socket of both kinds
    QCOMPARE(only(site).visitFacts().address, u"192.0.2.9"_s);
}

void TestVisits::labelIsWhatTheVisitorSays()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, keeping());
    addRoutes(site);
    site.route(u"/label"_s, [](Session &session, const QHttpServerRequest &) {
        session.setLabel(u"my laptop"_s);
        return QHttpServerResponse(session.info().visitFacts().device());
    });
    HttpClient client(site.port());
    QVERIFY(client.get("/label").cookie().isNull());
    QCOMPARE(site.sessionCount(), 0);
    const QByteArray cookie = "id=" + client.get("/login", {}, {"User-Agent: curl/8"}).cookie();
    QCOMPARE(client.get("/label", cookie, {"User-Agent: curl/8"}).body, "my laptop");
    QCOMPARE(only(site).visitFacts().label, u"my laptop"_s);
    client.get("/write", cookie, {"User-Agent: curl/9"});
    QCOMPARE(only(site).visitFacts(), (VisitFacts{.address = u"127.0.0.1"_s, .userAgent = u"curl/9"_s, .label = u"my laptop"_s}));
}

void TestVisits::labelOutlivesTheFactsOfOtherRequests()
{
    QFETCH(FrontEnd, frontEnd);
    Site site(frontEnd, keeping());
    addRoutes(site);
    const auto meanwhile = [&site](const Session &session, const VisitFacts &facts) {
        SessionChange ofAnother;
        ofAnother.visit = facts.toText();
        QVERIFY(site.store->inner().update(session.key(), ofAnother).takeResult());
    };
    site.route(u"/slow-write"_s, [&meanwhile](Session &session) {
        session.increment("n");
        meanwhile(session, {.label = u"my laptop"_s});
    });
    site.route(u"/slow-label"_s, [&meanwhile](Session &session) {
        session.setLabel(u"my phone"_s);
        meanwhile(session, {.address = u"192.0.2.7"_s});
    });
    HttpClient client(site.port());
    const QByteArray cookie = "id=" + client.get("/login", {}, {"User-Agent: curl/8"}).cookie();
    QCOMPARE(client.get("/slow-write", cookie, {"User-Agent: curl/9"}).status, 200);
    QCOMPARE(only(site).visitFacts(), (VisitFacts{.address = u"127.0.0.1"_s, .userAgent = u"curl/9"_s, .label = u"my laptop"_s}));
    QCOMPARE(client.get("/slow-label", cookie, {"User-Agent: curl/9"}).status, 200);
    QCOMPARE(only(site).visitFacts(), (VisitFacts{.address = u"192.0.2.7"_s, .userAgent = u"curl/9"_s, .label = u"my phone"_s}));
}

void TestVisits::longAndOddHeadersAreCut()
{
    Site site(FrontEnd::Routes, keeping());
    addRoutes(site);
    QCOMPARE(HttpClient(site.port()).get("/login", {}, {"User-Agent: \"\xff\\" + QByteArray(5000, 'x')}).status, 200);
    QCOMPARE(only(site).visitFacts().userAgent.size(), 256);
    QVERIFY(only(site).visitFacts().userAgent.startsWith(u"\"\uFFFD\\x"_s));
}

void TestVisits::devicesAreNamed_data()
{
    QTest::addColumn<QString>("userAgent");
    QTest::addColumn<QString>("device");
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("Firefox") << u"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"_s
                             << u"Firefox 140, Linux"_s;
    QTest::newRow("Chrome")
        << u"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"_s
        << u"Chrome 140, Windows"_s;
    QTest::newRow("Edge")
        << u"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"_s
        << u"Edge 140, Windows"_s;
    QTest::newRow("Safari")
        << u"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"_s
        << u"Safari 18, iPhone"_s;
    QTest::newRow("Android")
        << u"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"_s
        << u"Chrome 140, Android"_s;
    QTest::newRow("curl") << u"curl/8.5"_s << u"curl 8"_s;
    QTest::newRow("unknown") << u"kiosk 7"_s << u"kiosk 7"_s;
}

void TestVisits::devicesAreNamed()
{
    QFETCH(QString, userAgent);
    VisitFacts facts{.userAgent = userAgent};
    QTEST(facts.device(), "device");
    facts.label = u"kitchen"_s;
    QCOMPARE(facts.device(), u"kitchen"_s);
    QTEST(facts.browser(), "device");
    QCOMPARE(VisitFacts::fromText(facts.toText()), facts);
}

void TestVisits::idOfAnotherRealmIsUnknown()
{
    QFETCH(FrontEnd, frontEnd);
    SessionOptions options;
    options.realm = u"shop"_s;
    Site shop(frontEnd, options);
    addRoutes(shop);
    const QByteArray cookie = "id=" + HttpClient(shop.port()).get("/login").cookie();
    QCOMPARE(HttpClient(shop.port()).get("/read", cookie).body, "ann");
    QCOMPARE(only(shop).user, u"shop/ann"_s);

    options.realm = u"intranet"_s;
    SessionManager intranet(shop.store, options);
    QHttpServer server;
    QVERIFY(intranet.route(&server, u"/read"_s, [](Session &session) { return QHttpServerResponse(session.user()); }));
    QVERIFY(intranet.route(&server, u"/end"_s, [](Session &session) {
        session.logOut();
        return QHttpServerResponse("ok");
    }));
    auto *listener = new QTcpServer(&server);
    QVERIFY(listener->listen(QHostAddress::LocalHost));
    server.bind(listener);
    HttpClient client(listener->serverPort());
    QCOMPARE(client.get("/read", cookie).body, "");
    client.get("/end", cookie);
    QCOMPARE(HttpClient(shop.port()).get("/read", cookie).body, "ann");
    QCOMPARE(intranet.metrics().rejectedIds, 2);
}

void TestVisits::logOutEverywhereStaysInItsRealm()
{
    SessionOptions options;
    options.realm = u"shop"_s;
    Site shop(FrontEnd::Hooks, options);
    addRoutes(shop);
    shop.route(u"/everywhere"_s, [](Session &session, const QHttpServerRequest &) {
        const auto revoked = session.store()->waitFor(session.revokeUserSessions(false));
        return QHttpServerResponse(QString::number(revoked.value_or(-1)));
    });
    options.realm = u"intranet"_s;
    SessionManager intranet(shop.store, options);
    Session theirs({}, intranet.store());
    theirs.setUser(u"ann"_s);
    QVERIFY(intranet.store()->waitFor(theirs.save()));
    const QByteArray cookie = "id=" + HttpClient(shop.port()).get("/login").cookie();
    HttpClient(shop.port()).get("/login");
    QCOMPARE(HttpClient(shop.port()).get("/everywhere", cookie).body, "2");
    QCOMPARE(only(shop).user, u"intranet/ann"_s);
}

void TestVisits::aUserNameTooLongForItsRealmIsRefusedAtOnce()
{
    SessionOptions options;
    options.realm = u"b\u00fccher"_s; // 7 bytes
    Site site(FrontEnd::Routes, options);
    std::optional<Error> error;
    site.route(u"/login"_s, [&error](Session &session, const QHttpServerRequest &request) {
        session.logIn(QString(request.url().query().toInt(), u'u'));
        error = session.error();
        return QHttpServerResponse("ok");
    });
    QCOMPARE(HttpClient(site.port()).get("/login?1016").status, 200);
    QVERIFY(!error);
    QCOMPARE(HttpClient(site.port()).get("/login?1017").status, 409);
    QCOMPARE(error->code, Error::Invalid);
    QVERIFY(error->text.contains(u"1016"_s));
}

void TestVisits::optionsThatCannotWorkAreRefused()
{
    SessionOptions options;
    options.addressHeader = "X-Real-IP";
    QVERIFY(options.validate().error().text.contains(u"keepVisit"_s));
    options.keepVisit = true;
    QVERIFY(options.validate());
    options.addressHeader = "X Real";
    QVERIFY(!options.validate());
    options = {};
    options.realm = u"a/b"_s;
    QVERIFY(options.validate().error().text.contains(u"realm"_s));
}

QTEST_GUILESS_MAIN(TestVisits)
#include "tst_visits.moc"
