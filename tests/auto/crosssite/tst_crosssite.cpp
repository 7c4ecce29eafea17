// SPDX-License-Identifier: MIT
// What a real browser does with the cookie: links and forms of another site, and plain http on this machine. The application is
// http://127.0.0.1, the other site http://localhost.

#include "browser.h"

#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>

#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using Method = QHttpServerRequest::Method;

namespace {

quint16 listen(QHttpServer &server)
{
    auto *listener = new QTcpServer(&server);
    listener->listen(QHostAddress::LocalHost);
    server.bind(listener);
    return listener->serverPort();
}

QHttpServerResponse page(const QString &body)
{
    return QHttpServerResponse("text/html; charset=utf-8", ("<!doctype html><title>Test</title>"_L1 + body).toUtf8());
}

/// An application with a login, which notes in the session of whoever comes that he came.
class Application
{
public:
    explicit Application(SameSite sameSite)
    {
        SessionOptions options;
        options.cookie.sameSite = sameSite;
        sessions = std::make_unique<SessionManager>(store, options);
        const auto who = [](Session &session) {
            session.increment("visits");
            return page(
                u"<p id=who>%1</p><form method=post action=/login><input name=user id=user><button>Log in</button></form>"_s.arg(
                    session.user().isEmpty() ? u"nobody"_s : session.user()));
        };
        const auto logIn = [](Session &session, const QHttpServerRequest &request) {
            session.logIn(SessionManager::formField(request, "user"));
            return SessionManager::redirect(u"/who"_s);
        };
        const auto transfer = [this](Session &) {
            ++transfers;
            return page(u"<p id=who>done</p>"_s);
        };
        isReady = sessions->route(&server, u"/who"_s, who) && sessions->route(&server, u"/login"_s, Method::Post, logIn)
               && sessions->route(&server, u"/transfer"_s, Method::Post, SessionManager::requireCsrfToken(transfer));
        port = listen(server);
    }
    QUrl url(const QString &path, const QString &host = u"127.0.0.1"_s) const
    {
        return QUrl(u"http://%1:%2%3"_s.arg(host).arg(port).arg(path));
    }

    std::shared_ptr<MemoryStore> store = std::make_shared<MemoryStore>();
    QHttpServer server;
    std::unique_ptr<SessionManager> sessions;
    bool isReady = false;
    quint16 port = 0;
    int transfers = 0;
};

} // namespace

class TestCrossSite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_browser.reset(); }
    void init();

    void aLinkFromAnotherSiteKeepsTheLogin_data() { policies(); }
    void aLinkFromAnotherSiteKeepsTheLogin();
    void aFormOfAnotherSiteIsRefused_data() { policies(); }
    void aFormOfAnotherSiteIsRefused();
    void aLoginWorksOnPlainHttpOnThisMachine_data();
    void aLoginWorksOnPlainHttpOnThisMachine();

private:
    static void policies()
    {
        QTest::addColumn<int>("sameSite");
        QTest::newRow("Strict") << int(SameSite::Strict);
        QTest::newRow("Lax") << int(SameSite::Lax);
        QTest::newRow("None") << int(SameSite::None);
    }
    void logIn(const QUrl &url)
    {
        QVERIFY(m_browser->open(url));
        m_browser->click(u"#user"_s);
        m_browser->type(u"ann"_s);
        m_browser->click(u"button"_s);
        QTRY_COMPARE(m_browser->textOf(u"#who"_s), u"ann"_s);
    }

    std::unique_ptr<Browser> m_browser;
};

void TestCrossSite::initTestCase()
{
    if (Browser::executable().isEmpty())
        QSKIP("No browser to try it with: apt install chromium");
    m_browser = std::make_unique<Browser>();
    QVERIFY(m_browser->isReady());
}

void TestCrossSite::init()
{
    QVERIFY(m_browser->open(QUrl(u"about:blank"_s)));
    m_browser->forgetCookies();
}

void TestCrossSite::aLinkFromAnotherSiteKeepsTheLogin()
{
    QFETCH(int, sameSite);
    Application application{SameSite(sameSite)};
    QVERIFY(application.isReady);
    QHttpServer other;
    other.route(u"/"_s, [&] { return page(u"<a href=\"%1\">A link</a>"_s.arg(application.url(u"/who"_s).toString())); });
    const quint16 port = listen(other);

    logIn(application.url(u"/who"_s));
    QVERIFY(m_browser->open(QUrl(u"http://localhost:%1/"_s.arg(port))));
    m_browser->click(u"a"_s);
    // Strict withholds the cookie from this one request; it must not be replaced by that of a new session.
    const bool isWithheld = SameSite(sameSite) == SameSite::Strict;
    QTRY_COMPARE(m_browser->textOf(u"#who"_s), isWithheld ? u"nobody"_s : u"ann"_s);
    QVERIFY(m_browser->open(application.url(u"/who"_s)));
    QTRY_COMPARE(m_browser->textOf(u"#who"_s), u"ann"_s);
    QCOMPARE(application.store->count().takeResult().value(), 1);
}

void TestCrossSite::aFormOfAnotherSiteIsRefused()
{
    QFETCH(int, sameSite);
    Application application{SameSite(sameSite)};
    QHttpServer other;
    other.route(u"/"_s, [&] {
        return page(u"<form method=post action=\"%1\"><input name=csrf value=guess><button>Win</button></form>"_s.arg(
            application.url(u"/transfer"_s).toString()));
    });
    const quint16 port = listen(other);

    logIn(application.url(u"/who"_s));
    QVERIFY(m_browser->open(QUrl(u"http://localhost:%1/"_s.arg(port))));
    m_browser->click(u"button"_s);
    QTRY_COMPARE(m_browser->textOf(u"h1"_s), u"403"_s);
    QCOMPARE(application.transfers, 0);
    QVERIFY(m_browser->open(application.url(u"/who"_s)));
    QTRY_COMPARE(m_browser->textOf(u"#who"_s), u"ann"_s);
}

void TestCrossSite::aLoginWorksOnPlainHttpOnThisMachine_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("localhost") << u"localhost"_s;
    QTest::newRow("127.0.0.1") << u"127.0.0.1"_s;
}

void TestCrossSite::aLoginWorksOnPlainHttpOnThisMachine()
{
    QFETCH(QString, host);
    Application application{SameSite::Lax}; // the cookie is Secure, as by default
    logIn(application.url(u"/who"_s, host));
    QVERIFY(m_browser->reload());
    QTRY_COMPARE(m_browser->textOf(u"#who"_s), u"ann"_s);
}

QTEST_GUILESS_MAIN(TestCrossSite)
#include "tst_crosssite.moc"
