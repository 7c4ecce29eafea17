// SPDX-License-Identifier: MIT
// Sessions where there is no handler of a request: WebSockets, the missing handler, responses that are written by hand.

#include "patience_p.h"
#include "site.h"

#include <QtCore/QScopeGuard>
#include <QtNetwork/QNetworkRequest>
#include <QtTest/QSignalSpy>
#include <QtWebSockets/QWebSocket>

using namespace Sojourn;
using namespace Qt::StringLiterals;

#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
using Responder = QHttpServerResponder &&;
#else
using Responder = QHttpServerResponder &;
#endif

/// The browser's end of a WebSocket.
class Chatter
{
public:
    explicit Chatter(const QString &origin = {}) : socket(origin) { }

    void open(quint16 port, const QString &path, const QByteArray &cookie, const QByteArray &host = {})
    {
        QNetworkRequest request(QUrl(u"ws://127.0.0.1:%1%2"_s.arg(port).arg(path)));
        if (!cookie.isEmpty())
            request.setRawHeader("Cookie", cookie);
        if (!host.isEmpty())
            request.setRawHeader("Host", host);
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket, [this](const QString &text) { heard += text; });
        socket.open(request);
    }
    bool isClosed() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    QWebSocket socket;
    QStringList heard;
};

class TestWebSockets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aWebSocketHasTheSessionOfItsVisitor();
    void aStrangerHasASessionThatIsNotKept();
    void itClosesWhenTheSessionEnds_data();
    void itClosesWhenTheSessionEnds();
    void itSurvivesAFreshId();
    void itSurvivesAFreshIdOfWhichNobodyTells();
    void itClosesWhenAnotherUserLogsIn();
    void theFirstUserWhoLogsInKeepsIt();
    void anEventThatComesLateEndsNothing();
    void anIdleTimeOfItsOwnIsKept();
    void aClockThatWasSetBackEndsNothing();
    void malformedCookiesAreCounted();
    void whatTheVisitorSendsIsActivity();
    void messagesBeforeTheSessionIsLoadedAreKept();
    void aFailingStoreClosesIt();
    void pagesOfOtherSitesAreRefused();
    void pathsThatNobodyServesAreRefused();
    void aSessionThatEndedUnseenIsNoticed();
    void theServerOutlivesTheManager();
    void whatComesBeforeTheSessionIsBounded();
    void itClosesWhenItsSessionIsOverwritten();
    void aSubscriptionThatFailedIsTriedAgain();
    void aClientThatDoesNotAnswerIsCutOff();

    void missingPagesHaveSessions();
    void aMissingHandlerMayAnswerLater();

    void aResponseByHandHasTheCookie();
    void aResponseByHandSavesNothingIfItFails();
    void aResponseByHandIsToldWhatWasNotSaved();
    void aResponseByHandThatTellsAnErrorHasTheCookieOfWhatIsDone();

private:
    QByteArray logIn(const QString &user = u"ann"_s)
    {
        Visitor visitor(m_site->port());
        visitor.get("/login?user=" + user.toUtf8());
        return visitor.cookieHeader();
    }
    SessionKey keyOf(const QByteArray &cookie) { return SessionId::fromCookieValue(cookie.mid(3))->key(); }
    SessionInfo info(const QByteArray &cookie) { return m_site->store->inner().load(keyOf(cookie)).takeResult().value(); }

    std::unique_ptr<Site> m_site;
    QPointer<QWebSocket> m_served;
    QStringList m_users, m_said;
};

void TestWebSockets::init()
{
    m_site = std::make_unique<Site>(FrontEnd::Routes);
    m_users.clear();
    m_said.clear();
    m_site->route(u"/login"_s, [](Session &session, const QHttpServerRequest &request) {
        session.logIn(request.query().queryItemValue(u"user"_s));
        return QHttpServerResponse("ok");
    });
    m_site->route(u"/rotate"_s, [](Session &session) { session.rotate(); });
    m_site->route(u"/visit"_s, [](Session &session) { session.increment("visits"); });
    m_site->route(u"/short"_s, [](Session &session) { session.setExpiry(Expiry::onInactivity(std::chrono::seconds(20))); });
    m_site->route(u"/logout"_s, [](Session &session) { session.logOut(); });
    QVERIFY(m_site->sessions->webSocket(m_site->server.get(), u"/chat"_s, [this](QWebSocket *socket, const Session &session) {
        m_served = socket;
        m_users += session.user();
        QObject::connect(socket, &QWebSocket::textMessageReceived, socket, [this](const QString &text) { m_said += text; });
        QObject::connect(socket, &QWebSocket::binaryMessageReceived, socket,
                         [this](const QByteArray &bytes) { m_said += QString::fromLatin1(bytes.toHex()); });
        socket->sendTextMessage(u"hello "_s + session.user());
    }));
}

void TestWebSockets::aWebSocketHasTheSessionOfItsVisitor()
{
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, logIn());
    QTRY_COMPARE(ann.heard, QStringList{u"hello ann"_s});
    ann.socket.sendTextMessage(u"hi"_s);
    QTRY_COMPARE(m_said, QStringList{u"hi"_s});
    ann.socket.close();
    QTRY_VERIFY(!m_served);
    QVERIFY(!m_site->sessions->webSocket(m_site->server.get(), u"/chat"_s, {})); // the path is taken
}

void TestWebSockets::aStrangerHasASessionThatIsNotKept()
{
    Chatter stranger;
    stranger.open(m_site->port(), u"/chat"_s, "id=AAAAAAAAAAAAAAAAAAAAAA");
    QTRY_COMPARE(stranger.heard, QStringList{u"hello "_s});
    QCOMPARE(m_site->sessionCount(), 0);
}

void TestWebSockets::itClosesWhenTheSessionEnds_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"logged out", "revoked", "expired"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void TestWebSockets::itClosesWhenTheSessionEnds()
{
    QFETCH(QString, how);
    const QByteArray cookie = logIn();
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    if (how == u"logged out"_s) {
        HttpClient(m_site->port()).get("/logout", cookie);
    } else if (how == u"revoked"_s) {
        m_site->store->removeUser(u"ann"_s, {}, SessionStore::Removal::Admin).takeResult().value();
    } else {
        m_site->now += std::chrono::days(30);
        m_site->store->removeExpired(10).takeResult().value();
    }
    QTRY_VERIFY(ann.isClosed());
    QCOMPARE(ann.socket.closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
    QTRY_VERIFY(!m_served);
}

void TestWebSockets::itSurvivesAFreshId()
{
    const QByteArray cookie = logIn();
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    const HttpResponse rotated = HttpClient(m_site->port()).get("/rotate", cookie);
    QVERIFY(m_served);
    QTest::qWait(20);
    QVERIFY(!ann.isClosed());
    HttpClient(m_site->port()).get("/logout", "id=" + rotated.cookie());
    QTRY_VERIFY(ann.isClosed());
}

void TestWebSockets::itSurvivesAFreshIdOfWhichNobodyTells()
{
    const QByteArray cookie = logIn();
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    disconnect(&m_site->store->inner(), nullptr, m_site->store.get(), nullptr);
    const HttpResponse rotated = HttpClient(m_site->port()).get("/rotate", cookie);
    Q_EMIT m_site->store->eventsLost();
    QTest::qWait(20);
    QVERIFY(!ann.isClosed());
    HttpClient(m_site->port()).get("/logout", "id=" + rotated.cookie());
    Q_EMIT m_site->store->eventsLost();
    QTRY_VERIFY(ann.isClosed());
}

void TestWebSockets::itClosesWhenAnotherUserLogsIn()
{
    const QByteArray cookie = logIn();
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    HttpClient(m_site->port()).get("/login?user=bob", cookie);
    QTRY_VERIFY(ann.isClosed());
}

void TestWebSockets::theFirstUserWhoLogsInKeepsIt()
{
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    Chatter chatter;
    chatter.open(m_site->port(), u"/chat"_s, visitor.cookieHeader());
    QTRY_COMPARE(chatter.heard, QStringList{u"hello "_s});
    visitor.get("/login?user=bob");
    chatter.socket.sendTextMessage(u"I am bob"_s);
    QTRY_COMPARE(m_said.size(), 1);
    visitor.get("/login?user=alice");
    QTRY_VERIFY(chatter.isClosed());
}

void TestWebSockets::anEventThatComesLateEndsNothing()
{
    Visitor visitor(m_site->port());
    visitor.get("/visit");
    SessionEvent beforeTheLogin;
    beforeTheLogin.type = SessionEvent::Changed;
    beforeTheLogin.version = info(visitor.cookieHeader()).version;
    visitor.get("/login?user=bob");
    Chatter bob;
    bob.open(m_site->port(), u"/chat"_s, visitor.cookieHeader());
    QTRY_COMPARE(bob.heard.size(), 1);
    beforeTheLogin.key = keyOf(visitor.cookieHeader());
    Q_EMIT m_site->store->sessionEvent(beforeTheLogin);
    bob.socket.sendTextMessage(u"still here"_s);
    QTRY_COMPARE(m_said.size(), 1);
}

void TestWebSockets::anIdleTimeOfItsOwnIsKept()
{
    const QByteArray cookie = logIn();
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    HttpClient(m_site->port()).get("/short", cookie);
    for (int i = 1; i <= 5; ++i) {
        m_site->now += std::chrono::seconds(12);
        ann.socket.sendTextMessage(u"here I am"_s);
        QTRY_COMPARE(m_said.size(), i);
        QCOMPARE(m_site->sessionCount(), 1);
    }
    m_site->now += std::chrono::seconds(21);
    QCOMPARE(m_site->sessionCount(), 0);
}

void TestWebSockets::aClockThatWasSetBackEndsNothing()
{
    const QByteArray cookie = logIn();
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    m_site->now -= std::chrono::hours(1);
    const int calls = m_site->store->calls;
    for (int i = 1; i <= 3; ++i) {
        ann.socket.sendTextMessage(u"here I am"_s);
        QTRY_COMPARE(m_said.size(), i);
    }
    QCOMPARE(m_site->store->calls, calls + 1); // touched, once
}

void TestWebSockets::malformedCookiesAreCounted()
{
    const quint64 before = m_site->sessions->metrics().rejectedIds;
    Chatter stranger;
    stranger.open(m_site->port(), u"/chat"_s, "id=nonsense");
    QTRY_COMPARE(stranger.heard.size(), 1);
    QCOMPARE(m_site->sessions->metrics().rejectedIds, before + 1);
}

void TestWebSockets::whatTheVisitorSendsIsActivity()
{
    const QByteArray cookie = logIn();
    const TimePoint seen = info(cookie).lastSeenAt;
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    m_site->now += std::chrono::days(10);
    m_served->sendTextMessage(u"a word of the server"_s);
    QTRY_COMPARE(ann.heard.size(), 2);
    QCOMPARE(info(cookie).lastSeenAt, seen);
    ann.socket.sendTextMessage(u"here I am"_s);
    QTRY_COMPARE(m_said.size(), 1);
    QCOMPARE(info(cookie).lastSeenAt, m_site->now);
    m_site->now += std::chrono::days(10); // longer than the idle time since the login
    QVERIFY(!m_site->store->inner().load(keyOf(cookie)).takeResult().value().user.isEmpty());
}

void TestWebSockets::messagesBeforeTheSessionIsLoadedAreKept()
{
    const QByteArray cookie = logIn();
    m_site->store->hold();
    Chatter ann;
    QObject::connect(&ann.socket, &QWebSocket::connected, &ann.socket, [&] {
        ann.socket.sendTextMessage(u"one"_s);
        ann.socket.sendBinaryMessage("\x00\xff two"_ba);
    });
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_VERIFY(m_site->store->waiting() > 0 && ann.socket.state() == QAbstractSocket::ConnectedState);
    QTest::qWait(20); // the messages arrive
    QVERIFY(m_said.isEmpty());
    m_site->store->release();
    QTRY_COMPARE(m_said, (QStringList{u"one"_s, u"00ff2074776f"_s}));
    QCOMPARE(m_users, QStringList{u"ann"_s});
}

void TestWebSockets::aFailingStoreClosesIt()
{
    const QByteArray cookie = logIn();
    m_site->store->fail(Error{Error::Unavailable, u"gone"_s});
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.socket.closeCode(), QWebSocketProtocol::CloseCodeBadOperation);
    QVERIFY(m_users.isEmpty());
}

void TestWebSockets::pagesOfOtherSitesAreRefused()
{
    const QByteArray cookie = logIn();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"https://evil.example tried .*webSocketOrigins"_s));
    Chatter foreign(u"https://evil.example"_s);
    foreign.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(foreign.socket.closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
    QVERIFY(m_users.isEmpty());
    for (const QString &other :
         {u"http://evil.example:%1"_s.arg(m_site->port()), u"http://127.0.0.1:%1"_s.arg(m_site->port() ^ 1)}) {
        Chatter neighbour(other); // another host of the same port, another port of the same host
        neighbour.open(m_site->port(), u"/chat"_s, cookie);
        QTRY_COMPARE(neighbour.socket.closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
        QVERIFY(m_users.isEmpty());
    }
    Chatter own(u"http://127.0.0.1:%1"_s.arg(m_site->port()));
    own.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(m_users, QStringList{u"ann"_s});

#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0) // newer ones of Qt's clients name a Host of their own
    for (const auto &[origin, host] : {std::pair("https://shop.example", "shop.example:443"),
                                       {"http://[::1]", "[::1]:80"},
                                       {"https://shop.example:443", "shop.example"}}) {
        m_users.clear();
        Chatter behindAProxy(QString::fromLatin1(origin));
        behindAProxy.open(m_site->port(), u"/chat"_s, cookie, host);
        QTRY_COMPARE(m_users, QStringList{u"ann"_s});
    }
    m_users.clear();
    Chatter onTheWay(u"http://shop.example"_s); // a page of ours comes by https, as the cookie is Secure
    onTheWay.open(m_site->port(), u"/chat"_s, cookie, "shop.example:80");
    QTRY_COMPARE(onTheWay.socket.closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
    QVERIFY(m_users.isEmpty());
#endif

    SessionOptions options;
    options.webSocketOrigins = {u"https://evil.example"_s};
    Site friendly(FrontEnd::Routes, options);
    QStringList opened;
    QVERIFY(friendly.sessions->webSocket(friendly.server.get(), u"/chat"_s,
                                         [&](QWebSocket *, const Session &) { opened += u"one"_s; }));
    Chatter named(u"https://evil.example"_s);
    named.open(friendly.port(), u"/chat"_s, {});
    QTRY_COMPARE(opened.size(), 1);
}

void TestWebSockets::pathsThatNobodyServesAreRefused()
{
    Chatter lost;
    QSignalSpy disconnected(&lost.socket, &QWebSocket::disconnected);
    lost.open(m_site->port(), u"/other"_s, {});
    QTRY_COMPARE(disconnected.size(), 1);
    QVERIFY(m_users.isEmpty());
}

void TestWebSockets::aSessionThatEndedUnseenIsNoticed()
{
    const QByteArray cookie = logIn();
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    {
        const QSignalBlocker noEvents(m_site->store.get());
        m_site->store->remove(keyOf(cookie), SessionStore::Removal::Admin).takeResult().value();
    }
    QVERIFY(!ann.isClosed());
    Q_EMIT m_site->store->eventsLost();
    QTRY_VERIFY(ann.isClosed());
}

void TestWebSockets::theServerOutlivesTheManager()
{
    const QByteArray cookie = logIn();
    m_site->sessions.reset();
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    ann.socket.sendTextMessage(u"hi"_s);
    QTRY_COMPARE(m_said.size(), 1);
    m_site->server.reset();
    QTRY_VERIFY(ann.isClosed());
}

void TestWebSockets::whatComesBeforeTheSessionIsBounded()
{
    const QByteArray cookie = logIn();
    m_site->store->hold();
    Chatter ann;
    QObject::connect(&ann.socket, &QWebSocket::connected, &ann.socket, [&] {
        for (int i = 0; i < 40; ++i)
            ann.socket.sendBinaryMessage(QByteArray(32 * 1024, 'x'));
    });
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.socket.closeCode(), QWebSocketProtocol::CloseCodeTooMuchData);
    m_site->store->release();
    QTRY_VERIFY(ann.isClosed());
    QVERIFY(m_users.isEmpty());

    Chatter bob; // one message is as much as many
    m_site->store->hold();
    QObject::connect(&bob.socket, &QWebSocket::connected, &bob.socket,
                     [&] { bob.socket.sendBinaryMessage(QByteArray(2 * 1024 * 1024, 'x')); });
    bob.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(bob.socket.closeCode(), QWebSocketProtocol::CloseCodeTooMuchData);
    m_site->store->release();

    Chatter cleo; // whose session is known may send more
    cleo.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(cleo.heard.size(), 1);
    cleo.socket.sendTextMessage(QString(2 * 1024 * 1024, u'x'));
    QTRY_COMPARE(m_said.size(), 1);
    QCOMPARE(m_said.first().size(), 2 * 1024 * 1024);
}

void TestWebSockets::itClosesWhenItsSessionIsOverwritten()
{
    for (const bool isRemoved : {false, true}) {
        const QByteArray cookie = logIn();
        HttpClient(m_site->port()).get("/visit", cookie);
        Chatter ann;
        ann.open(m_site->port(), u"/chat"_s, cookie);
        QTRY_COMPARE(ann.heard.size(), 1);
        SessionRecord other;
        other.key = keyOf(cookie);
        other.user = u"bob"_s;
        other.createdAt = other.lastSeenAt = other.idIssuedAt = m_site->store->now();
        other.expiresAt = other.createdAt + std::chrono::hours(1);
        if (isRemoved) { // and nobody has heard of it
            const QSignalBlocker noEvents(m_site->store.get());
            m_site->store->remove(other.key, SessionStore::Removal::Admin).takeResult().value();
        }
        m_site->store->create(other, {}, SessionStore::CreateMode::Overwrite).takeResult().value();
        QTRY_COMPARE(ann.socket.closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
    }
}

void TestWebSockets::aSubscriptionThatFailedIsTriedAgain()
{
    const QByteArray cookie = logIn();
    m_site->store->failSubscribing = true;
    Chatter ann;
    ann.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(ann.heard.size(), 1);
    QCOMPARE(m_site->store->subscriptions, 1);
    m_site->store->failSubscribing = false;
    Q_EMIT m_site->store->availabilityChanged(true);
    QCOMPARE(m_site->store->subscriptions, 2);
    Q_EMIT m_site->store->availabilityChanged(true);
    Chatter again;
    again.open(m_site->port(), u"/chat"_s, cookie);
    QTRY_COMPARE(again.heard.size(), 1);
    QCOMPARE(m_site->store->subscriptions, 2);
}

void TestWebSockets::aClientThatDoesNotAnswerIsCutOff()
{
    const auto usual = std::exchange(Detail::closingPatience, std::chrono::milliseconds(50));
    const auto restore = qScopeGuard([usual] { Detail::closingPatience = usual; });
    const QByteArray cookie = logIn();
    HttpClient mute(m_site->port());
    mute.send("GET /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: "
              + cookie + "\r\n\r\n");
    QTRY_COMPARE(m_users, QStringList{u"ann"_s});
    QVERIFY(m_served);
    HttpClient(m_site->port()).get("/logout", cookie);
    QTRY_VERIFY(!m_served);
}

void TestWebSockets::missingPagesHaveSessions()
{
    QVERIFY(m_site->sessions->missingHandler(m_site->server.get(), [](Session &session, const QHttpServerRequest &request) {
        session.increment("missed");
        return QHttpServerResponse("text/plain",
                                   request.url().path().toUtf8() + ' '
                                       + QByteArray::number(session.get<int>("missed").value_or(0)),
                                   QHttpServerResponse::StatusCode::NotFound);
    }));
    Visitor visitor(m_site->port());
    const HttpResponse first = visitor.get("/nowhere");
    QCOMPARE(first.status, 404);
    QCOMPARE(first.body, "/nowhere 1");
    QCOMPARE(first.setCookies().size(), 1);
    QCOMPARE(visitor.get("/elsewhere").body, "/elsewhere 2");
    QCOMPARE(visitor.get("/login?user=ann").status, 200);
}

void TestWebSockets::aMissingHandlerMayAnswerLater()
{
    QVERIFY(m_site->sessions->missingHandler(m_site->server.get(), [](Session &session, SessionResponder responder) {
        session.insert("missed", true);
        QTimer::singleShot(1, qApp, [responder = std::make_shared<SessionResponder>(std::move(responder))] {
            responder->send(QHttpServerResponse("text/plain", "gone", QHttpServerResponse::StatusCode::Gone));
        });
    }));
    m_site->store->hold();
    QTimer::singleShot(20, qApp, [this] { m_site->store->release(); });
    Visitor visitor(m_site->port());
    QCOMPARE(visitor.get("/nowhere").status, 410);
    QCOMPARE(m_site->sessionCount(), 1);
}

void TestWebSockets::aResponseByHandHasTheCookie()
{
    Site site(FrontEnd::Hooks);
    site.server->route(u"/hand"_s, [&](const QHttpServerRequest &request, Responder responder) {
        site.sessions->session(request).increment("visits");
        const auto headers = site.sessions->responseHeaders(request);
        QVERIFY(headers);
        QCOMPARE(headers->size(), 3);
        QCOMPARE(headers->at(0).first, "Set-Cookie");
        responder.write(headers->at(0).second, "text/plain");
        QVERIFY(!site.sessions->responseHeaders(request)); // once
    });
    site.route(u"/visits"_s, [](Session &session, const QHttpServerRequest &) {
        return QHttpServerResponse(QString::number(session.get<int>("visits").value_or(0)));
    });
    HttpClient client(site.port());
    const QByteArray cookie = client.get("/hand").body.split(';').first();
    QVERIFY(cookie.startsWith("id="));
    QCOMPARE(client.get("/visits", cookie).body, "1");
}

void TestWebSockets::aResponseByHandSavesNothingIfItFails()
{
    Site site(FrontEnd::Hooks);
    site.server->route(u"/hand"_s, [&](const QHttpServerRequest &request, Responder responder) {
        site.sessions->session(request).increment("visits");
        const auto headers = site.sessions->responseHeaders(request, QHttpServerResponse::StatusCode::InternalServerError);
        QVERIFY(headers);
        for (const auto &[name, value] : *headers)
            QVERIFY(name != "Set-Cookie");
        responder.write(QHttpServerResponder::StatusCode::InternalServerError);
    });
    QCOMPARE(HttpClient(site.port()).get("/hand").status, 500);
    QCOMPARE(site.sessionCount(), 0);
}

void TestWebSockets::aResponseByHandIsToldWhatWasNotSaved()
{
    Site site(FrontEnd::Hooks);
    site.server->route(u"/hand"_s, [&](const QHttpServerRequest &request, Responder responder) {
        site.sessions->session(request).insert("a", 1);
        site.store->fail(Error{Error::Unavailable, u"gone"_s});
        const auto headers = site.sessions->responseHeaders(request);
        QVERIFY(!headers);
        QCOMPARE(headers.error().code, Error::Unavailable);
        responder.write(QHttpServerResponder::StatusCode::ServiceUnavailable);
    });
    QCOMPARE(HttpClient(site.port()).get("/hand").status, 503);
}

void TestWebSockets::aResponseByHandThatTellsAnErrorHasTheCookieOfWhatIsDone()
{
    Site site(FrontEnd::Hooks);
    site.route(u"/login"_s, [](Session &session, const QHttpServerRequest &) {
        session.logIn(u"ann"_s);
        return QHttpServerResponse("ok");
    });
    site.server->route(u"/hand"_s, [&](const QHttpServerRequest &request, Responder responder) {
        Session session = site.sessions->session(request);
        QVERIFY(site.store->waitFor(session.cycleId()));
        session.insert("a", 1);
        site.store->fail(Error{Error::Unavailable, u"gone"_s});
        QVERIFY(!site.sessions->responseHeaders(request));
        const auto headers = site.sessions->responseHeaders(request, QHttpServerResponse::StatusCode::ServiceUnavailable);
        QVERIFY(headers);
        QCOMPARE(headers->at(0).first, "Set-Cookie");
        QVERIFY(headers->at(0).second.startsWith("id=" + session.id()->toCookieValue()));
        QVERIFY(!site.sessions->responseHeaders(request)); // once
        responder.write(QHttpServerResponder::StatusCode::ServiceUnavailable);
    });
    Visitor visitor(site.port());
    QCOMPARE(visitor.get("/login").status, 200);
    QCOMPARE(visitor.get("/hand").status, 503);
}

QTEST_GUILESS_MAIN(TestWebSockets)
#include "tst_websockets.moc"
