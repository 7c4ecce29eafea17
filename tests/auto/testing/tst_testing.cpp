// SPDX-License-Identifier: MIT
// What Sojourn::Testing gives to the test of an application, used as its header shows.

#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>
#include <Sojourn/TestClient>
#include <Sojourn/TestClock>

#include <QtCore/QBuffer>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using Status = QHttpServerResponse::StatusCode;

class TestTesting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aVisitorKeepsCookies();
    void theClockLogsOut();
    void formsArriveAsTheyWereFilledIn();
    void fieldsOfAPageAreRead();
    void everyKindOfBodyIsRead();
    void aServerThatDoesNotAnswerIsStatus0();

private:
    std::shared_ptr<MemoryStore> m_store;
    std::unique_ptr<QHttpServer> m_server;
    std::unique_ptr<SessionManager> m_sessions;
    quint16 m_port = 0;
};

void TestTesting::init()
{
    m_store = std::make_shared<MemoryStore>();
    m_server = std::make_unique<QHttpServer>();
    m_sessions = std::make_unique<SessionManager>(m_store);
    const auto logIn = [](Session &session, const QHttpServerRequest &request) {
        session.logIn(SessionManager::formField(request, "user"));
        return SessionManager::redirect(u"/account"_s);
    };
    const auto account = [](Session &session) { return QHttpServerResponse(QJsonObject{{u"user"_s, session.user()}}); };
    const auto logOut = [](Session &session) {
        session.logOut();
        return QHttpServerResponse("bye");
    };
    QVERIFY(m_sessions->route(m_server.get(), u"/login"_s, logIn));
    QVERIFY(m_sessions->route(m_server.get(), u"/logout"_s, logOut));
    QVERIFY(m_sessions->route(m_server.get(), u"/account"_s, SessionManager::requireUser(account)));
    m_port = TestClient::listen(*m_server);
}

void TestTesting::aVisitorKeepsCookies()
{
    TestClient ann(m_port), bob(m_port);
    const TestResponse login = ann.post("/login", {{u"user"_s, u"ann"_s}});
    QCOMPARE(login.status, 303);
    QCOMPARE(login.location(), "/account");
    QCOMPARE(ann.get("/account").json()[u"user"_s], u"ann"_s);
    QCOMPARE(bob.get("/account").status, 401);
    ann.get("/logout");
    QVERIFY(ann.cookies.isEmpty());
    QCOMPARE(ann.get("/account").status, 401);
}

void TestTesting::theClockLogsOut()
{
    TestClock clock(*m_store);
    TestClient ann(m_port);
    ann.post("/login", {{u"user"_s, u"ann"_s}});
    clock.advance(std::chrono::days(13));
    QCOMPARE(ann.get("/account").status, 200);
    clock.advance(std::chrono::days(15));
    QCOMPARE(ann.get("/account").status, 401);
    QVERIFY(clock.now() > systemNow() + std::chrono::days(27));
}

void TestTesting::formsArriveAsTheyWereFilledIn()
{
    const QString name = u"Ann & Bob = 100% +ü\n"_s;
    TestClient ann(m_port);
    ann.post("/login", {{u"other"_s, u"x"_s}, {u"user"_s, name}});
    QCOMPARE(ann.get("/account").json()[u"user"_s].toString(), name);
}

void TestTesting::fieldsOfAPageAreRead()
{
    const TestResponse page{.body = R"(<p name=no value=no><INPUT name=plain value=a/b><input value='x > "y"' name='quoted'>
        <input type=hidden name="token" value="&lt;&amp;amp;&#39;&quot;"/><input name=token value=second><input
        name = "spaced" value = "s"><input name=empty disabled><input value=nameless>)"};
    QCOMPARE(page.formField(u"plain"_s), u"a/b"_s);
    QCOMPARE(page.formField(u"quoted"_s), u"x > \"y\""_s);
    QCOMPARE(page.formField(u"token"_s), u"<&amp;'\""_s);
    QCOMPARE(page.formField(u"spaced"_s), u"s"_s);
    QVERIFY(page.formField(u"empty"_s).isEmpty() && !page.formField(u"empty"_s).isNull());
    for (const QString &name : {u"no"_s, u"nameless"_s, u""_s})
        QVERIFY2(page.formField(name).isNull(), qPrintable(name));
    QVERIFY(TestResponse().formField(u"token"_s).isNull());
}

void TestTesting::everyKindOfBodyIsRead()
{
    QVERIFY(m_sessions->route(m_server.get(), u"/chunks"_s, [](SessionResponder responder) {
        SessionStream stream = responder.stream("text/plain");
        stream.write("one ");
        stream.write("two");
    }));
    QVERIFY(m_sessions->route(m_server.get(), u"/file"_s, [](SessionResponder responder) {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData("file");
        responder.send(std::move(buffer), "text/plain");
    }));
    QVERIFY(m_sessions->route(m_server.get(), u"/none"_s, [] { return QHttpServerResponse(Status::NoContent); }));
    TestClient client(m_port);
    QCOMPARE(client.get("/chunks").body, "one two");
    QCOMPARE(client.get("/file").body, "file");
    QCOMPARE(client.get("/none").status, 204);
    QCOMPARE(client.request("HEAD", "/file").status, 200);
    QCOMPARE(client.get("/missing").status, 404);
    QVERIFY(client.get("/chunks").json().isUndefined());
}

void TestTesting::aServerThatDoesNotAnswerIsStatus0()
{
    TestClient client(m_port);
    m_server.reset();
    QCOMPARE(client.get("/account").status, 0);
}

QTEST_GUILESS_MAIN(TestTesting)
#include "tst_testing.moc"
