// SPDX-License-Identifier: MIT
// The code of the guides in docs/, compiled and run as they stand there; the test "readme" compares line by line.
#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>
#include <Sojourn/StoreSuite>
#include <Sojourn/TestClient>
#include <Sojourn/TestClock>

#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <vector>

using namespace Sojourn;
using namespace std::chrono_literals;

class TestGuides : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void rememberMeOutlivesTheBrowser();
    void aRoleOpensADoor();
    void aNewPasswordLogsOutElsewhere();
    void alreadyLoggedInWithHooks();
    void messagesAreShownOnce();
    void aThirdDeviceReplacesTheOldest();
    void visitorsAreLoggedOutAfterTwoWeeks();
    void aStreamIsReadToItsEnd();
    void listenersHearOfNews();

private:
    void serve(SessionOptions options = {});

    std::shared_ptr<MemoryStore> m_store;
    std::unique_ptr<QHttpServer> m_server;
    std::unique_ptr<SessionManager> m_sessions;
    quint16 m_port = 0;
    std::vector<SessionStream> m_listeners;
};

void TestGuides::init()
{
    m_store = std::make_shared<MemoryStore>();
    serve();
}

void TestGuides::serve(SessionOptions options)
{
    m_server = std::make_unique<QHttpServer>();
    m_sessions = std::make_unique<SessionManager>(m_store, options);
    QHttpServer &server = *m_server;
    SessionManager &sessions = *m_sessions;

    const auto logIn = [](Session &session, const QHttpServerRequest &request) {
        session.logIn(SessionManager::formField(request, "user"));
        if (SessionManager::formField(request, "remember") != "on")
            session.setExpiry(Expiry::onSessionEnd()); // the browser forgets the cookie when it closes
        session.insert("role", session.user() == "root" ? "admin" : "customer");
        return SessionManager::redirect("/account");
    };
    const auto account = [](Session &session) { return QHttpServerResponse(session.user()); };
    const auto report = [](Session &) { return QHttpServerResponse("all sold out"); };
    const auto changePassword = [](Session &session, SessionResponder responder) {
        session.rotate(); // a stolen cookie is worth nothing from here on
        session.revokeUserSessions(true).then([responder = std::move(responder)](Result<qint64> revoked) mutable {
            if (revoked)
                responder.send(QHttpServerResponse(QString("logged out elsewhere: %1").arg(*revoked)));
        }); // without an answer the responder answers 500
    };
    const auto rename = [](Session &session, const QHttpServerRequest &request) {
        session.insert("nick", SessionManager::formField(request, "nick"));
        session.addFlash("Saved.");
        return SessionManager::redirect("/profile");
    };
    const auto profile = [](Session &session) {
        QString page = session.get<QString>("nick").value_or("no name yet");
        for (const QJsonValue &message : session.flash()) // each is shown once, by whichever page comes first
            page += " " + message.toString();
        return QHttpServerResponse(page);
    };
    const auto sales = [](Session &session, SessionResponder responder) {
        session.increment("exports"); // saved before the first byte leaves
        SessionStream csv = responder.stream("text/csv");
        for (int day = 1; day <= 3; ++day)
            csv.write(QByteArray::number(day) + ",mugs\n");
    }; // a stream that is destroyed has ended
    const auto news = [this](Session &, SessionResponder responder) { m_listeners.push_back(responder.events()); };
    sessions.install(&server);
    const bool ready = sessions.route(&server, "/login", QHttpServerRequest::Method::Post, logIn)
                    && sessions.route(&server, "/account", SessionManager::requireUser(account, "/login"))
                    && sessions.route(&server, "/report", SessionManager::requireRole("admin", report))
                    && sessions.route(&server, "/password", SessionManager::requireUser(changePassword))
                    && sessions.route(&server, "/rename", QHttpServerRequest::Method::Post, rename)
                    && sessions.route(&server, "/profile", profile) && sessions.route(&server, "/sales", sales)
                    && sessions.route(&server, "/news", news);
    QVERIFY(ready);
    server.route("/orders", [&sessions](const QHttpServerRequest &request) {
        if (auto refusal = sessions.refusal(request, Guard::user("/login")))
            return std::move(*refusal);
        return QHttpServerResponse("orders of " + sessions.session(request).user());
    });
    m_port = TestClient::listen(server);
}

void TestGuides::rememberMeOutlivesTheBrowser()
{
    TestClient ann(m_port);
    QVERIFY(!ann.post("/login", {{"user", "ann"}}).header("set-cookie").contains("Max-Age"));
    QVERIFY(ann.post("/login", {{"user", "ann"}, {"remember", "on"}}).status == 303);
    TestClient bob(m_port);
    QVERIFY(bob.post("/login", {{"user", "bob"}, {"remember", "on"}}).header("set-cookie").contains("Max-Age"));
}

void TestGuides::aRoleOpensADoor()
{
    TestClient ann(m_port), root(m_port), nobody(m_port);
    ann.post("/login", {{"user", "ann"}});
    root.post("/login", {{"user", "root"}});
    QCOMPARE(ann.get("/report").status, 403);
    QCOMPARE(root.get("/report").status, 200);
    QCOMPARE(nobody.get("/report").status, 401);
}

void TestGuides::aNewPasswordLogsOutElsewhere()
{
    TestClient desk(m_port), phone(m_port);
    desk.post("/login", {{"user", "ann"}});
    phone.post("/login", {{"user", "ann"}});
    const QByteArray before = desk.cookies.value("id");
    QCOMPARE(desk.get("/password").body, "logged out elsewhere: 1");
    QVERIFY(desk.cookies.value("id") != before);
    QCOMPARE(desk.get("/account").body, "ann");
    QCOMPARE(phone.get("/account").location(), "/login?next=/account");
}

void TestGuides::alreadyLoggedInWithHooks()
{
    TestClient ann(m_port);
    QCOMPARE(ann.get("/orders").location(), "/login?next=/orders");
    ann.post("/login", {{"user", "ann"}});
    QCOMPARE(ann.get("/orders").body, "orders of ann");
}

void TestGuides::messagesAreShownOnce()
{
    TestClient ann(m_port);
    QCOMPARE(ann.post("/rename", {{"nick", "Annie"}}).status, 303);
    QCOMPARE(ann.get("/profile").body, "Annie Saved.");
    QCOMPARE(ann.get("/profile").body, "Annie");
}

void TestGuides::aThirdDeviceReplacesTheOldest()
{
    SessionOptions options;
    options.policy.idle = 30min;                                            // without a request
    options.policy.absolute = 12h;                                          // whatever happens
    options.policy.renewInterval = 15min;                                   // a fresh id every quarter of an hour (OWASP)
    options.policy.cap = {.limit = 2, .policy = Sojourn::UserCap::Evict};   // the oldest of three devices gives way
    serve(options);
    TestClock clock(*m_store);
    TestClient desk(m_port), phone(m_port), tablet(m_port);
    for (TestClient *device : {&desk, &phone, &tablet}) {
        QCOMPARE(device->post("/login", {{"user", "ann"}}).status, 303);
        clock.advance(1ms); // two that were created in the same one are equally old
    }
    QCOMPARE(desk.get("/account").status, 303);
    QCOMPARE(phone.get("/account").status, 200);
    QCOMPARE(tablet.get("/account").status, 200);
}

void TestGuides::visitorsAreLoggedOutAfterTwoWeeks()
{
    TestClock clock(*m_store);
    TestClient ann(m_port);
    QCOMPARE(ann.post("/login", {{"user", "ann"}, {"remember", "on"}}).status, 303);
    clock.advance(std::chrono::days(13));
    QCOMPARE(ann.get("/account").status, 200);
    clock.advance(std::chrono::days(15));
    QCOMPARE(ann.get("/account").status, 303);
}

void TestGuides::aStreamIsReadToItsEnd()
{
    TestClient ann(m_port);
    const TestResponse sales = ann.get("/sales");
    QCOMPARE(sales.status, 200);
    QVERIFY(sales.body.contains("1,mugs\n") && sales.body.contains("3,mugs\n"));
    QVERIFY(ann.cookies.contains("id"));
}

void TestGuides::listenersHearOfNews()
{
    QTcpSocket ann;
    ann.connectToHost(QHostAddress::LocalHost, m_port);
    ann.write("GET /news HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(m_listeners.size(), 1U);
    for (SessionStream &listener : m_listeners)
        listener.sendEvent("New mugs have arrived.");
    std::erase_if(m_listeners, [](const SessionStream &listener) { return !listener.isOpen(); });
    QCOMPARE(m_listeners.size(), 1U);
    QByteArray heard;
    QTRY_VERIFY((heard += ann.readAll()).contains("data: New mugs have arrived."));
    m_listeners.clear();
}

/// A store of one's own: here one that has another do the work.
class ArchiveStore : public MemoryStore
{ };

class TestArchiveStore : public StoreSuite
{
    Q_OBJECT

public:
    TestArchiveStore() : StoreSuite({.make = [] { return std::make_shared<ArchiveStore>(); }}) { }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    TestGuides guides;
    TestArchiveStore store;
    return QTest::qExec(&guides, argc, argv) + QTest::qExec(&store, argc, argv);
}

#include "tst_guides.moc"
