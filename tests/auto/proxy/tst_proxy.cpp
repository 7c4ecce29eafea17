// SPDX-License-Identifier: MIT
// Runs nginx with the configuration that docs/deployment.md gives, in front of an application.
#include <redisserver.h>

#include <Sojourn/MemoryStore>
#include <Sojourn/SessionManager>
#include <Sojourn/TestClient>

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrlQuery>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkCookie>
#include <QtNetwork/QNetworkCookieJar>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWebSockets/QWebSocket>

using namespace Sojourn;
using namespace Qt::StringLiterals;

class TestProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void plainHttpIsLedToHttps();
    void secureCookieStaysOverHttps();
    void visitorsAreToldApartByTheirAddress();
    void webSocketOpensWithTheSessionOfItsPage();
    void webSocketOfAnotherSiteIsRefused();
    void eventsArriveAsTheyAreSent();

private:
    QString configuration(const QString &guide) const;
    QNetworkReply *finished(QNetworkReply *reply);
    QByteArray get(const QString &path);
    void logIn();
    [[nodiscard]] QUrl url(const QString &path) const { return QUrl(u"https://127.0.0.1:%1%2"_s.arg(m_https).arg(path)); }
    [[nodiscard]] QNetworkRequest socketRequest(const QString &origin) const;

    QTemporaryDir m_folder;
    QProcess m_nginx;
    std::shared_ptr<MemoryStore> m_store = std::make_shared<MemoryStore>();
    std::unique_ptr<SessionManager> m_sessions;
    QHttpServer m_server;
    std::vector<SessionStream> m_listeners;
    QNetworkAccessManager m_browser;
    quint16 m_port = 0, m_http = 0, m_https = 0;
};

/// The nginx block of the guide, with this test's ports and files, as one of a whole configuration.
QString TestProxy::configuration(const QString &guide) const
{
    const qsizetype begin = guide.indexOf(u"```nginx\n"_s) + 9;
    QString block = guide.mid(begin, guide.indexOf(u"```"_s, begin) - begin);
    const std::pair<QString, QString> replaced[] = {
        {u"127.0.0.1:8080"_s, u"127.0.0.1:%1"_s.arg(m_port)},
        {u"listen 80;"_s, u"listen 127.0.0.1:%1;"_s.arg(m_http)},
        {u"listen 443 ssl;"_s, u"listen 127.0.0.1:%1 ssl;"_s.arg(m_https)},
        {u"/etc/ssl/shop/"_s, m_folder.path() + u"/"_s},
    };
    for (const auto &[from, to] : replaced) {
        if (!block.contains(from))
            return {};
        block.replace(from, to);
    }
    QString whole = u"daemon off; master_process off; pid DIR/pid; events { } http { access_log off;\n"_s;
    for (const char16_t *kind : {u"client_body", u"proxy", u"fastcgi", u"uwsgi", u"scgi"})
        whole += u"%1_temp_path DIR/%1;\n"_s.arg(QStringView(kind));
    return whole.replace(u"DIR"_s, m_folder.path()) + block + u"}\n"_s;
}

void TestProxy::initTestCase()
{
    // Where a distribution puts it is not in the path of everybody.
    const QString nginx = QStandardPaths::findExecutable(u"nginx"_s, QString::fromLocal8Bit(qgetenv("PATH")).split(u':')
                                                                         << u"/usr/sbin"_s << u"/usr/local/sbin"_s);
    if (nginx.isEmpty())
        QSKIP("nginx is not installed");
    if (!QSslSocket::supportsSsl())
        QSKIP("this Qt has no TLS");

    SessionOptions options;
    options.keepVisit = true;
    options.addressHeader = "X-Real-IP";
    m_sessions = std::make_unique<SessionManager>(m_store, options);
    const auto logIn = [](Session &session, const QHttpServerRequest &request) {
        session.logIn(SessionManager::formField(request, u"user"_s));
        return QHttpServerResponse("welcome");
    };
    const auto address = [](const Session &session) { return QHttpServerResponse(session.info().visitFacts().address); };
    const auto account = [](const Session &session) { return QHttpServerResponse(session.user()); };
    const auto news = [this](Session &, SessionResponder responder) { m_listeners.push_back(responder.events()); };
    const auto chat = [](QWebSocket *socket, const Session &session) {
        socket->sendTextMessage(u"Welcome, "_s + session.user());
    };
    QVERIFY(m_sessions->route(&m_server, u"/login"_s, QHttpServerRequest::Method::Post, logIn));
    QVERIFY(m_sessions->route(&m_server, u"/account"_s, account));
    QVERIFY(m_sessions->route(&m_server, u"/address"_s, address));
    QVERIFY(m_sessions->route(&m_server, u"/news"_s, news));
    QVERIFY(m_sessions->webSocket(&m_server, u"/chat"_s, chat));
    m_port = TestClient::listen(m_server);
    m_http = ServerProcess::freePort();
    m_https = ServerProcess::freePort();

    QProcess openssl;
    openssl.setWorkingDirectory(m_folder.path());
    openssl.start(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                                 u"/CN=shop.example"_s, u"-keyout"_s, u"key.pem"_s, u"-out"_s, u"cert.pem"_s});
    if (!openssl.waitForFinished() || openssl.exitCode() != 0)
        QSKIP("openssl makes no certificate");
    QFile guide(QStringLiteral(DEPLOYMENT_GUIDE));
    QVERIFY(guide.open(QIODevice::ReadOnly));
    QFile file(m_folder.filePath(u"nginx.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QString text = configuration(QString::fromUtf8(guide.readAll()));
    QVERIFY2(!text.isEmpty(), "the guide has other ports or files than this test replaces");
    file.write(text.toUtf8());
    file.close();
    m_nginx.setProcessChannelMode(QProcess::MergedChannels);
    m_nginx.start(nginx, {u"-p"_s, m_folder.path(), u"-c"_s, file.fileName(), u"-e"_s, u"stderr"_s});
    const auto answers = [this] {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_https);
        return socket.waitForConnected(1000) || m_nginx.state() == QProcess::NotRunning;
    };
    QTRY_VERIFY_WITH_TIMEOUT(answers(), 20000);
    QVERIFY2(m_nginx.state() == QProcess::Running, m_nginx.readAll().constData());
}

void TestProxy::cleanupTestCase()
{
    m_nginx.terminate();
    m_nginx.waitForFinished();
}

QNetworkReply *TestProxy::finished(QNetworkReply *reply)
{
    reply->setParent(this);
    connect(reply, &QNetworkReply::sslErrors, reply, qOverload<>(&QNetworkReply::ignoreSslErrors));
    QSignalSpy spy(reply, &QNetworkReply::finished);
    if (!reply->isFinished())
        spy.wait(10000);
    return reply;
}

QByteArray TestProxy::get(const QString &path)
{
    return finished(m_browser.get(QNetworkRequest(url(path))))->readAll();
}

void TestProxy::logIn()
{
    QNetworkRequest request(url(u"/login"_s));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    QCOMPARE(finished(m_browser.post(request, "user=ann"))->readAll(), "welcome");
}

void TestProxy::plainHttpIsLedToHttps()
{
    QNetworkRequest request(QUrl(u"http://127.0.0.1:%1/account?x=1"_s.arg(m_http)));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    const QNetworkReply *reply = finished(m_browser.get(request));
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 301);
    QCOMPARE(reply->rawHeader("Location"), "https://127.0.0.1/account?x=1");
}

void TestProxy::secureCookieStaysOverHttps()
{
    // No word of a Secure cookie over plain http.
    QTest::failOnWarning(QRegularExpression(u"Secure"_s));
    logIn();
    const QList<QNetworkCookie> cookies = m_browser.cookieJar()->cookiesForUrl(url(u"/"_s));
    QCOMPARE(cookies.size(), 1);
    QVERIFY(cookies.first().isSecure());
    for (int i = 0; i < 5; ++i)
        QCOMPARE(get(u"/account"_s), "ann");
}

void TestProxy::visitorsAreToldApartByTheirAddress()
{
    logIn();
    QCOMPARE(get(u"/address"_s), "127.0.0.1");
}

QNetworkRequest TestProxy::socketRequest(const QString &origin) const
{
    QNetworkRequest request(QUrl(u"wss://127.0.0.1:%1/chat"_s.arg(m_https)));
    request.setRawHeader("Origin", origin.toLatin1());
    QByteArrayList pairs;
    for (const QNetworkCookie &cookie : m_browser.cookieJar()->cookiesForUrl(url(u"/"_s)))
        pairs += cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    request.setRawHeader("Cookie", pairs.join("; "));
    return request;
}

void TestProxy::webSocketOpensWithTheSessionOfItsPage()
{
    logIn();
    QWebSocket socket(u"https://127.0.0.1:%1"_s.arg(m_https));
    connect(&socket, &QWebSocket::sslErrors, &socket, [&] { socket.ignoreSslErrors(); });
    QSignalSpy said(&socket, &QWebSocket::textMessageReceived);
    socket.open(socketRequest(u"https://127.0.0.1:%1"_s.arg(m_https)));
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, 10000);
    QCOMPARE(said.first().first().toString(), u"Welcome, ann"_s);

    // It ends with its session, through the proxy too.
    QSignalSpy closed(&socket, &QWebSocket::disconnected);
    QVERIFY(m_store->waitFor(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::User)).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 10000);
}

void TestProxy::webSocketOfAnotherSiteIsRefused()
{
    logIn();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"tried to open a WebSocket"_s));
    QWebSocket socket(u"https://evil.example"_s);
    connect(&socket, &QWebSocket::sslErrors, &socket, [&] { socket.ignoreSslErrors(); });
    QSignalSpy closed(&socket, &QWebSocket::disconnected);
    QSignalSpy said(&socket, &QWebSocket::textMessageReceived);
    socket.open(socketRequest(u"https://evil.example"_s));
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 10000);
    QCOMPARE(said.size(), 0);
}

void TestProxy::eventsArriveAsTheyAreSent()
{
    logIn();
    QNetworkReply *reply = m_browser.get(QNetworkRequest(url(u"/news"_s)));
    reply->setParent(this);
    connect(reply, &QNetworkReply::sslErrors, reply, qOverload<>(&QNetworkReply::ignoreSslErrors));
    QTRY_COMPARE_WITH_TIMEOUT(m_listeners.size(), 1U, 10000);
    QByteArray heard;
    for (const QByteArray text : {"one", "two", "three"}) {
        QVERIFY(m_listeners.front().sendEvent(text));
        QTRY_VERIFY_WITH_TIMEOUT((heard += reply->readAll()).contains("data: " + text), 10000);
    }
    m_listeners.clear();
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 10000);
}

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
