// SPDX-License-Identifier: MIT
#include "livehost.h"

#include "applicationlink_p.h"
#include "frame_p.h"
#include "tlsrules_p.h"

#include <faultyproxy.h>
#include <tlsauthority.h>

#include <Sojourn/Author>

#include <QtCore/QElapsedTimer>
#include <QtCore/QScopeGuard>
#include <QtCore/QStandardPaths>
#include <QtCore/QTimer>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslServer>
#include <QtNetwork/QSslSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// An application that lets clients in over TLS, and those that should not come in.
class TestLiveTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { g_log.clear(); }
    void cleanup();
    void doesNotListenByItself();
    void wrongOptionsAreRefused_data();
    void wrongOptionsAreRefused();
    void portInUseIsAClearError();
    void localNameAndPortStandBesideEachOther();
    void friendsComeIn_data();
    void friendsComeIn();
    void ipv6IsReached();
    void keysOfBothKindsAreTaken();
    void secretsThatOthersCanReadAreToldOf();
    void strangersAreToldWhy_data();
    void strangersAreToldWhy();
    void wrongApplicationsAreNotTrusted_data();
    void wrongApplicationsAreNotTrusted();
    void certificateThatRanOutIsNotTrusted();
    void whatIsNoApplicationIsToldSo();
    void nothingIsToldBeforeTheLogin();
    void recordedProofIsRefused();
    void recordedBytesAreRefused();
    void proofGivenToSomebodyInBetweenIsRefused();
    void silentConnectionsKeepNobodyOut_data();
    void silentConnectionsKeepNobodyOut();
    void whoDoesNotLogInIsDropped_data();
    void whoDoesNotLogInIsDropped();
    void largeFramesEndTheConnection_data();
    void largeFramesEndTheConnection();
    void impostorsFramesAreBounded();
    void clocksOfTwoMachinesMayDiffer();
    void connectionThatIsDeadIsGivenUp();
    void applicationGoesOnMeanwhile();
    void comesInAgainWithANewToken();

private:
    LiveTlsOptions tokenOnly() const;
    LiveTlsAddress toPort(quint16 port) const;
    QByteArray fingerprint(const QString &name) const;
    QSslConfiguration serverConfiguration(const QString &name = u"server"_s) const;

    TlsAuthority m_authority, m_other;
    static inline QMutex g_mutex;
    static inline QStringList g_log;
    static inline QtMessageHandler g_before = nullptr;

    static QString logText()
    {
        const QMutexLocker lock(&g_mutex);
        return g_log.join(u'\n');
    }
};

namespace {

const QString Token = u"0123456789abcdef0123456789abcdef"_s;
const QString OtherToken = u"fedcba9876543210fedcba9876543210"_s;

/// A program that speaks the protocol by hand, over TLS and without a look at the application's certificate.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        socket.setPeerVerifyMode(QSslSocket::QueryPeer);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
        if (socket.waitForEncrypted(5000))
            challenge = readFrame();
    }

    QByteArray readFrame()
    {
        for (;;) {
            const auto status = reader.read(socket, Wire::MaxReplySize);
            if (status == Wire::FrameReader::Complete)
                return reader.takePayload();
            if (!socket.waitForReadyRead(5000))
                return {};
        }
    }
    QByteArray nonce() const
    {
        Wire::Payload in(challenge);
        Wire::Message message{};
        int version = 0;
        TimePoint now;
        QByteArray nonce;
        return in.read(message, version, now, nonce) && message == Wire::Message::Challenge ? nonce : QByteArray();
    }
    QByteArray proof(const QByteArray &forFingerprint = {}) const
    {
        return Wire::tokenProof(Token, nonce(),
                                forFingerprint.isEmpty() ? socket.peerCertificate().digest(QCryptographicHash::Sha256)
                                                         : forFingerprint);
    }
    /// What the application answers to \a proof.
    Wire::Message logIn(const QByteArray &proof)
    {
        socket.write(Wire::makeFrame(proof));
        return kindOf(readFrame());
    }
    static Wire::Message kindOf(const QByteArray &frame)
    {
        Wire::Message message{};
        Wire::Payload in(frame);
        return in.read(message) ? message : Wire::Message::EventsLost;
    }
    bool ends() { return socket.state() == QSslSocket::UnconnectedState || socket.waitForDisconnected(5000); }

    QSslSocket socket;
    Wire::FrameReader reader;
    QByteArray challenge;
};

Error errorOf(LiveStore &store)
{
    store.setTimeout(10s);
    const auto answer = store.waitFor(store.count());
    return answer ? Error() : answer.error();
}

} // namespace

void TestLiveTls::initTestCase()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("This Qt has no TLS.");
    if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
        QSKIP("There is no openssl to make certificates with.");
    static const QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
    QVERIFY(m_authority.make());
    QVERIFY(m_other.make());
    QVERIFY(m_authority.issue(u"server"_s, u"IP:127.0.0.1,IP:0:0:0:0:0:0:0:1,DNS:localhost"_s));
    QVERIFY(m_authority.issue(u"elsewhere"_s, u"DNS:web1.example.org"_s));
    QVERIFY(m_authority.issue(u"old"_s, u"IP:127.0.0.1"_s, -1));
    QVERIFY(m_authority.issue(u"client"_s));
    QVERIFY(m_authority.issue(u"old-client"_s, {}, -1));
    for (const QString &name : {u"rsa"_s, u"other-rsa"_s})
        QVERIFY(m_authority.issue(name, u"IP:127.0.0.1"_s, 2, TlsAuthority::Rsa));
    QVERIFY(TlsAuthority::openssl({u"pkcs8"_s, u"-topk8"_s, u"-in"_s, m_authority.key(u"server"_s), u"-out"_s,
                                   m_authority.key(u"encrypted"_s), u"-passout"_s, u"pass:secret"_s}));
    QVERIFY(m_other.issue(u"server"_s, u"IP:127.0.0.1"_s));
    QVERIFY(m_other.issue(u"client"_s));
    g_before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &text) {
        {
            const QMutexLocker lock(&g_mutex);
            g_log.append(text);
        }
        if (QByteArrayView(context.category) != "sojourn.live")
            g_before(type, context, text);
    });
}

void TestLiveTls::cleanup()
{
    QVERIFY(!logText().contains(Token) && !logText().contains(OtherToken));
}

LiveTlsOptions TestLiveTls::tokenOnly() const
{
    LiveTlsOptions options;
    options.certificateFile = m_authority.certificate(u"server"_s);
    options.keyFile = m_authority.key(u"server"_s);
    options.token = Token;
    return options;
}

LiveTlsAddress TestLiveTls::toPort(quint16 port) const
{
    LiveTlsAddress address;
    address.host = u"127.0.0.1"_s;
    address.port = port;
    address.caFile = m_authority.certificate(u"ca"_s);
    address.token = Token;
    return address;
}

QByteArray TestLiveTls::fingerprint(const QString &name) const
{
    return QSslCertificate::fromPath(m_authority.certificate(name)).value(0).digest(QCryptographicHash::Sha256);
}

QSslConfiguration TestLiveTls::serverConfiguration(const QString &name) const
{
    QFile key(m_authority.key(name));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (key.open(QIODevice::ReadOnly))
        configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(m_authority.certificate(name)));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

void TestLiveTls::doesNotListenByItself()
{
    LiveServer server(std::make_shared<MemoryStore>());
    QVERIFY(server.listen(LiveHost::freshName()));
    QCOMPARE(server.tlsPort(), 0);
}

void TestLiveTls::wrongOptionsAreRefused_data()
{
    QTest::addColumn<std::function<void(LiveTlsOptions &)>>("spoil");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const std::function<void(LiveTlsOptions &)> &spoil, const QString &word) {
        QTest::newRow(name) << spoil << word;
    };
    row("nobody has to log in", [](auto &o) { o.token.clear(); }, u"only those who may see them"_s);
    row("short token", [](auto &o) { o.token = u"0123456789abcdef"_s; }, u"openssl rand"_s);
    row("token of one letter", [](auto &o) { o.token = QString(64, u'a'); }, u"openssl rand"_s);
    row("digits", [](auto &o) { o.token = u"01234567890123456789012345678901"_s; }, u"openssl rand"_s);
    row("token with a space", [](auto &o) { o.token[3] = u' '; }, u"spaces"_s);
    row("token twice", [](auto &o) { o.tokenFile = u"/etc/hostname"_s; }, u"twice"_s);
    row("no token file", [](auto &o) { o.token.clear(), o.tokenFile = u"/nowhere"_s; }, u"/nowhere"_s);
    row("no certificate", [](auto &o) { o.certificateFile.clear(); }, u"certificateFile"_s);
    row("no such file", [](auto &o) { o.certificateFile = u"/nowhere.crt"_s; }, u"/nowhere.crt"_s);
    row("key for certificate", [this](auto &o) { o.certificateFile = m_authority.key(u"server"_s); }, u"no certificate"_s);
    row("certificate for key", [](auto &o) { o.keyFile = o.certificateFile; }, u"no private key"_s);
    row("key of another certificate", [this](auto &o) { o.keyFile = m_authority.key(u"elsewhere"_s); }, u"is not that of"_s);
    row("key of another kind", [this](auto &o) { o.keyFile = m_authority.key(u"rsa"_s); }, u"is not that of"_s);
    row(
        "two of RSA",
        [this](auto &o) {
            o.certificateFile = m_authority.certificate(u"rsa"_s);
            o.keyFile = m_authority.key(u"other-rsa"_s);
        },
        u"is not that of"_s);
    row("encrypted key", [this](auto &o) { o.keyFile = m_authority.key(u"encrypted"_s); }, u"is encrypted"_s);
    row(
        "out of date",
        [this](auto &o) {
            o.certificateFile = m_authority.certificate(u"old"_s);
            o.keyFile = m_authority.key(u"old"_s);
        },
        u"Renew"_s);
    row("a folder for a key", [this](auto &o) { o.keyFile = m_authority.path({}); }, m_authority.path({}));
    row("no authorities", [this](auto &o) { o.clientCaFile = m_authority.key(u"ca"_s); }, u"no certificate"_s);
    row("no fingerprint", [](auto &o) { o.clientFingerprints = QStringList{u"abc"_s}; }, u"64 hexadecimal"_s);
}

void TestLiveTls::wrongOptionsAreRefused()
{
    QFETCH(const std::function<void(LiveTlsOptions &)>, spoil);
    QFETCH(const QString, word);
    LiveServer server(std::make_shared<MemoryStore>());
    LiveTlsOptions options = tokenOnly();
    spoil(options);
    const auto listening = server.listenTls(u"127.0.0.1"_s, 0, options);
    QVERIFY(!listening);
    QCOMPARE(listening.error().code, Error::Invalid);
    QVERIFY2(listening.error().text.contains(word), qPrintable(listening.error().text));
    QVERIFY(options.token.isEmpty() || !listening.error().text.contains(options.token));
    QCOMPARE(server.tlsPort(), 0);
}

void TestLiveTls::portInUseIsAClearError()
{
    LiveServer server(std::make_shared<MemoryStore>()), other(std::make_shared<MemoryStore>());
    QVERIFY(server.listenTls(u"127.0.0.1"_s, 0, tokenOnly()));
    const auto listening = other.listenTls(u"127.0.0.1"_s, server.tlsPort(), tokenOnly());
    QVERIFY(listening.error() == Error::Unavailable);
    QVERIFY2(listening.error().text.contains(QString::number(server.tlsPort())), qPrintable(listening.error().text));
    QVERIFY(other.listenTls(u"web1"_s, 0, tokenOnly()).error() == Error::Invalid);
}

void TestLiveTls::localNameAndPortStandBesideEachOther()
{
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    LiveStore local(host.name()), remote(toPort(host.port()));
    QVERIFY(local.waitFor(local.count()) && remote.waitFor(remote.count()));
    host.run([&host] { QVERIFY(host.server()->listen(LiveHost::freshName())); });
    QVERIFY(remote.waitFor(remote.count()));
    host.run([&host] { QCOMPARE(host.server()->clientCount(), 1); });
    host.run([&host] { host.server()->close(); });
    QVERIFY(!remote.waitFor(remote.count()));
}

void TestLiveTls::friendsComeIn_data()
{
    using Adjust = std::function<void(LiveTlsOptions &, LiveTlsAddress &)>;
    QTest::addColumn<Adjust>("adjust");
    const auto row = [](const char *name, const Adjust &adjust) { QTest::newRow(name) << adjust; };
    const auto certificate = [this](LiveTlsOptions &options, LiveTlsAddress &address) {
        options.token.clear();
        address.token.clear();
        address.certificateFile = m_authority.certificate(u"client"_s);
        address.keyFile = m_authority.key(u"client"_s);
    };
    row("token", [](auto &, auto &) { });
    row("certificate of an authority", [=, this](auto &o, auto &a) {
        certificate(o, a);
        o.clientCaFile = m_authority.certificate(u"ca"_s);
    });
    row("certificate by its fingerprint", [=, this](auto &o, auto &a) {
        certificate(o, a);
        o.clientFingerprints = QStringList{QString::fromLatin1(fingerprint(u"client"_s).toHex(':').toUpper())};
    });
    row("certificate and token", [=, this](auto &o, auto &a) {
        certificate(o, a);
        o.clientCaFile = m_authority.certificate(u"ca"_s);
        o.token = a.token = Token;
    });
    row("token that is not asked for", [=, this](auto &o, auto &a) {
        certificate(o, a);
        o.clientCaFile = m_authority.certificate(u"ca"_s);
        a.token = Token;
    });
    row("token in a file", [this](auto &o, auto &a) {
        QFile file(m_authority.path(u"token"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(Token.toLatin1() + "\n");
        a.tokenFile = o.tokenFile = file.fileName();
        a.token.clear();
        o.token.clear();
    });
    row("pinned", [this](auto &o, auto &a) {
        o.certificateFile = m_authority.certificate(u"elsewhere"_s);
        o.keyFile = m_authority.key(u"elsewhere"_s);
        a.caFile.clear();
        a.fingerprint = QString::fromLatin1(fingerprint(u"elsewhere"_s).toHex());
    });
    row("by name", [](auto &, auto &a) { a.host = u"localhost"_s; });
}

void TestLiveTls::friendsComeIn()
{
    QFETCH(const std::function<void(LiveTlsOptions &, LiveTlsAddress &)>, adjust);
    LiveTlsOptions options = tokenOnly();
    LiveTlsAddress address;
    adjust(options, address = toPort(0));
    LiveHost host(LiveHost::freshName(), {}, options);
    address.port = host.port();
    const Author::Scope scope(u"ann@desk, test"_s);
    LiveStore store(address);
    store.setTimeout(10s);
    QVERIFY(store.waitFor(store.subscribe()));
    QSignalSpy events(&store, &SessionStore::sessionEvent);
    SessionRecord record;
    record.key = *SessionKey::fromBytes(QByteArray(SessionKey::ByteCount, 'k'));
    record.createdAt = record.lastSeenAt = record.idIssuedAt = systemNow();
    record.expiresAt = record.createdAt + 1h;
    QVERIFY(store.waitFor(store.create(record)));
    QCOMPARE(store.waitFor(store.count()), 1);
    QTRY_COMPARE(events.size(), 1);
    QVERIFY2(logText().contains(u"let in"), qPrintable(logText()));
    QVERIFY(store.waitFor(store.remove(record.key, SessionStore::Removal::Admin)));
    QTRY_COMPARE(events.size(), 2);
    const QString by = events[1].first().value<SessionEvent>().by;
    QVERIFY2(by.startsWith(u"127.0.0.1 with ") && by.endsWith(u": ann@desk, test"), qPrintable(by));
}

void TestLiveTls::ipv6IsReached()
{
    LiveHost host;
    std::unique_ptr<LiveServer> server;
    bool listens = false;
    host.run([&] {
        server = std::make_unique<LiveServer>(std::make_shared<MemoryStore>());
        listens = server->listenTls(u"::1"_s, 0, tokenOnly()).has_value();
    });
    if (!listens)
        QSKIP("This machine has no IPv6.");
    LiveTlsAddress address = toPort(server->tlsPort());
    address.host = u"::1"_s;
    LiveStore store(address);
    store.setTimeout(10s);
    const auto count = store.waitFor(store.count());
    QVERIFY2(count, count ? "" : qPrintable(count.error().text));
    host.run([&server] { server.reset(); });
}

void TestLiveTls::keysOfBothKindsAreTaken()
{
    for (const QString &name : {u"rsa"_s, u"server"_s}) {
        LiveTlsOptions options = tokenOnly();
        options.certificateFile = m_authority.certificate(name);
        options.keyFile = m_authority.key(name);
        LiveHost host(LiveHost::freshName(), {}, options);
        LiveStore store(toPort(host.port()));
        QCOMPARE(errorOf(store), Error());
    }
}

void TestLiveTls::secretsThatOthersCanReadAreToldOf()
{
    LiveTlsOptions options = tokenOnly();
    LiveServer server(std::make_shared<MemoryStore>());
    QVERIFY(QFile::setPermissions(options.keyFile, QFile::ReadOwner | QFile::ReadGroup));
    QVERIFY(server.listenTls(u"127.0.0.1"_s, 0, options));
    QVERIFY(!logText().contains(u"chmod o-r"));
    QVERIFY(QFile::setPermissions(options.keyFile, QFile::ReadOwner | QFile::ReadOther));
    QVERIFY(server.listenTls(u"127.0.0.1"_s, 0, options));
    QVERIFY(QFile::setPermissions(options.keyFile, QFile::ReadOwner));
    QVERIFY2(logText().contains(u"chmod o-r") && logText().contains(options.keyFile), qPrintable(logText()));
}

void TestLiveTls::strangersAreToldWhy_data()
{
    using Adjust = std::function<void(LiveTlsOptions &, LiveTlsAddress &)>;
    QTest::addColumn<Adjust>("adjust");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const Adjust &adjust, const QString &word) { QTest::newRow(name) << adjust << word; };
    const auto certificate = [this](LiveTlsOptions &options, LiveTlsAddress &address, const TlsAuthority &of,
                                    const QString &name) {
        options.clientCaFile = m_authority.certificate(u"ca"_s);
        address.certificateFile = of.certificate(name);
        address.keyFile = of.key(name);
    };
    row("no token", [](auto &, auto &a) { a.token.clear(); }, u"asks for a token"_s);
    row("wrong token", [](auto &, auto &a) { a.token = OtherToken; }, u"refused the token"_s);
    row("no certificate", [this](auto &o, auto &) { o.clientCaFile = m_authority.certificate(u"ca"_s); }, u"cert=FILE"_s);
    row(
        "certificate of another authority", [=, this](auto &o, auto &a) { certificate(o, a, m_other, u"client"_s); },
        u"does not know"_s);
    row(
        "certificate out of date", [=, this](auto &o, auto &a) { certificate(o, a, m_authority, u"old-client"_s); },
        u"good from"_s);
    row(
        "certificate that is not in the list",
        [=, this](auto &o, auto &a) {
            certificate(o, a, m_authority, u"client"_s);
            o.clientCaFile.clear();
            o.clientFingerprints = QStringList{QString::fromLatin1(fingerprint(u"server"_s).toHex())};
        },
        u"does not know"_s);
    row(
        "certificate without the token",
        [=, this](auto &o, auto &a) {
            certificate(o, a, m_authority, u"client"_s);
            a.token.clear();
        },
        u"asks for a token"_s);
    row("file that is not there", [](auto &, auto &a) { a.certificateFile = u"/nowhere.crt"_s; }, u"/nowhere.crt"_s);
}

void TestLiveTls::strangersAreToldWhy()
{
    QFETCH(const std::function<void(LiveTlsOptions &, LiveTlsAddress &)>, adjust);
    QFETCH(const QString, word);
    LiveTlsOptions options = tokenOnly();
    LiveTlsAddress address;
    adjust(options, address = toPort(0));
    LiveHost host(LiveHost::freshName(), {}, options);
    address.port = host.port();
    LiveStore store(address);
    const Error error = errorOf(store);
    QVERIFY2(error.text.contains(word), qPrintable(error.text));
    QVERIFY(!error.text.contains(Token) && !error.text.contains(OtherToken));
    // Nor does it get in with what it asks next.
    QVERIFY(!store.waitFor(store.count()));
    host.run([&host] { QCOMPARE(host.server()->clientCount(), 0); });
}

void TestLiveTls::wrongApplicationsAreNotTrusted_data()
{
    using Adjust = std::function<void(LiveTlsOptions &, LiveTlsAddress &)>;
    QTest::addColumn<Adjust>("adjust");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const Adjust &adjust, const QString &word) { QTest::newRow(name) << adjust << word; };
    const auto certificate = [](LiveTlsOptions &options, const TlsAuthority &of, const QString &name) {
        options.certificateFile = of.certificate(name);
        options.keyFile = of.key(name);
    };
    row(
        "authority that is not known", [](auto &, auto &a) { a.caFile.clear(); },
        u"fingerprint="_s + QString::fromLatin1(fingerprint(u"server"_s).toHex()));
    row("another authority", [=, this](auto &o, auto &) { certificate(o, m_other, u"server"_s); }, u"ca=FILE"_s);
    row("another host", [=, this](auto &o, auto &) { certificate(o, m_authority, u"elsewhere"_s); }, u"web1.example.org"_s);
    row(
        "another than the pinned one",
        [=, this](auto &, auto &a) {
            a.caFile.clear();
            a.fingerprint = QString::fromLatin1(fingerprint(u"old"_s).toHex());
        },
        u"not the one that is pinned"_s);
    row(
        "right authority, another than the pinned one",
        [=, this](auto &, auto &a) { a.fingerprint = QString::fromLatin1(fingerprint(u"old"_s).toHex()); },
        u"not the one that is pinned"_s);
}

void TestLiveTls::wrongApplicationsAreNotTrusted()
{
    strangersAreToldWhy();
    QVERIFY2(!logText().contains(u"let in"), qPrintable(logText())); // and no proof was given to it
}

/// An application does not begin with such a certificate, but goes on with it.
void TestLiveTls::certificateThatRanOutIsNotTrusted()
{
    QSslConfiguration configuration = serverConfiguration(u"old"_s);
    QSslServer server;
    server.setSslConfiguration(configuration);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    for (const bool isPinned : {false, true}) {
        LiveTlsAddress address = toPort(server.serverPort());
        if (isPinned) {
            address.caFile.clear();
            address.fingerprint = QString::fromLatin1(fingerprint(u"old"_s).toHex());
        }
        LiveStore store(address);
        store.setTimeout(10s);
        std::optional<Error> error;
        store.count().then(this, [&error](const Result<qint64> &count) { error = count.error(); });
        QTRY_VERIFY(error);
        QVERIFY2(error->text.contains(u"Renew"), qPrintable(error->text));
    }
}

void TestLiveTls::whatIsNoApplicationIsToldSo()
{
    const LiveHost host;
    LiveTlsAddress address = toPort(host.port());
    address.port = 1;
    LiveStore nobody(address);
    QVERIFY2(errorOf(nobody).text.contains(u"Nothing listens at 127.0.0.1:1"), qPrintable(errorOf(nobody).text));

    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, this, [&plain] {
        QTcpSocket *const socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    });
    address.port = plain.serverPort();
    LiveStore http(address);
    http.setTimeout(10s);
    std::optional<Error> error;
    http.count().then(this, [&error](const Result<qint64> &count) { error = count.error(); });
    QTRY_VERIFY(error);
    QVERIFY2(error->text.contains(u"live+tls"), qPrintable(error->text));

    address.host = u"no-such-host.invalid"_s;
    LiveStore nowhere(address);
    QVERIFY2(errorOf(nowhere).text.contains(u"no-such-host.invalid"), qPrintable(errorOf(nowhere).text));
}

void TestLiveTls::nothingIsToldBeforeTheLogin()
{
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    RawClient client(host.port());
    QCOMPARE(client.nonce().size(), Wire::NonceSize);
    QVERIFY(client.challenge.size() < 64);
    QVERIFY(!client.socket.waitForReadyRead(50));
    QCOMPARE(client.logIn(client.proof()), Wire::Message::Greeting);
}

void TestLiveTls::recordedProofIsRefused()
{
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    RawClient first(host.port());
    const QByteArray proof = first.proof();
    QCOMPARE(first.logIn(proof), Wire::Message::Greeting);
    RawClient second(host.port());
    QVERIFY(first.nonce() != second.nonce());
    QCOMPARE(second.logIn(proof), Wire::Message::Failure);
    QVERIFY(second.ends());
}

/// Passes a connection on and keeps what the client sends.
class Recorder : public QObject
{
public:
    explicit Recorder(quint16 target)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this, target] {
            QTcpSocket *const in = m_server.nextPendingConnection();
            auto *out = new QTcpSocket(in);
            out->connectToHost(u"127.0.0.1"_s, target);
            connect(in, &QTcpSocket::readyRead, this, [this, in, out] {
                const QByteArray bytes = in->readAll();
                sent += bytes;
                out->write(bytes);
            });
            connect(out, &QTcpSocket::readyRead, in, [in, out] { in->write(out->readAll()); });
        });
    }
    quint16 port() const { return m_server.serverPort(); }

    QByteArray sent;

private:
    QTcpServer m_server;
};

void TestLiveTls::recordedBytesAreRefused()
{
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    Recorder recorder(host.port());
    LiveTlsAddress address = toPort(host.port());
    address.port = recorder.port();
    LiveStore store(address);
    QSignalSpy available(&store, &SessionStore::availabilityChanged);
    QTRY_COMPARE(available.size(), 1);
    host.run([&host] { QCOMPARE(host.server()->clientCount(), 1); });

    QTcpSocket replay;
    replay.connectToHost(u"127.0.0.1"_s, host.port());
    QVERIFY(replay.waitForConnected());
    replay.write(recorder.sent);
    QVERIFY(replay.state() == QTcpSocket::UnconnectedState || replay.waitForDisconnected(5000));
    host.run([&host] { QCOMPARE(host.server()->clientCount(), 1); });
}

// A man in the middle whose certificate the client trusts gets a proof that is good for his certificate only.
void TestLiveTls::proofGivenToSomebodyInBetweenIsRefused()
{
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    RawClient between(host.port());
    QCOMPARE(between.logIn(between.proof(fingerprint(u"elsewhere"_s))), Wire::Message::Failure);
}

void TestLiveTls::silentConnectionsKeepNobodyOut_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("silent, of another address") << u"127.0.0.2"_s << QByteArray();
    QTest::newRow("silent, of the same address") << u"127.0.0.1"_s << QByteArray();
    QTest::newRow("half a greeting") << u"127.0.0.2"_s << QByteArray::fromHex("16030100ff010000");
    QTest::newRow("no TLS") << u"127.0.0.2"_s << QByteArray("GET / HTTP/1.1\r\n\r\n");
}

void TestLiveTls::silentConnectionsKeepNobodyOut()
{
    QFETCH(const QString, from);
    QFETCH(const QByteArray, words);
    LiveTlsOptions options = tokenOnly();
    options.loginTimeout = 60s; // it is not by waiting that one comes in
    LiveHost host(LiveHost::freshName(), {}, options);
    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < 200; ++i) {
        silent.push_back(std::make_unique<QTcpSocket>());
        if (!silent.back()->bind(QHostAddress(from)))
            QSKIP("This system has one address only.");
        silent.back()->connectToHost(u"127.0.0.1"_s, host.port());
        QVERIFY(silent.back()->waitForConnected());
        if (!words.isEmpty()) {
            silent.back()->write(words);
            silent.back()->flush();
        }
        if (i % 50 == 0 || i == 199) {
            LiveStore store(toPort(host.port()));
            store.setTimeout(10s);
            QCOMPARE(store.waitFor(store.count()), 0);
        }
    }
}

void TestLiveTls::whoDoesNotLogInIsDropped_data()
{
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("silent") << false << QByteArray();
    QTest::newRow("half a handshake") << false << QByteArray::fromHex("16030100ff010000");
    QTest::newRow("no proof") << true << QByteArray();
    QTest::newRow("half a proof") << true << Wire::makeFrame(QByteArray(32, 'x')).chopped(1);
}

void TestLiveTls::whoDoesNotLogInIsDropped()
{
    QFETCH(const bool, encrypted);
    QFETCH(const QByteArray, words);
    LiveTlsOptions options = tokenOnly();
    options.loginTimeout = encrypted ? 1000ms : 200ms;
    LiveHost host(LiveHost::freshName(), {}, options);
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::QueryPeer);
    socket.connectToHost(u"127.0.0.1"_s, host.port());
    QVERIFY(socket.waitForConnected());
    if (encrypted) {
        socket.startClientEncryption();
        QVERIFY(socket.waitForEncrypted());
    }
    // A byte at a time buys no time.
    for (const char c : words) {
        socket.write(&c, 1);
        socket.flush();
    }
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    LiveStore store(toPort(host.port()));
    QCOMPARE(store.waitFor(store.count()), 0);
}

void TestLiveTls::largeFramesEndTheConnection_data()
{
    QTest::addColumn<bool>("loggedIn");
    QTest::addColumn<QByteArray>("bytes");
    for (const bool in : {false, true}) {
        const QByteArray when = in ? "after the login, " : "before the login, ";
        QTest::newRow((when + "4 GB").constData()) << in << QByteArray(4, '\xff') + QByteArray(1'000'000, 'x');
        QTest::newRow((when + "2 GB").constData()) << in << QByteArray::fromHex("7fffffff") + QByteArray(1'000'000, 'x');
        QTest::newRow((when + "text").constData()) << in << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow((when + "zeros").constData()) << in << QByteArray(100, '\0');
    }
    QTest::newRow("before the login, a request")
        << false << Wire::makeFrame(quint64(1), Wire::Operation::Count, systemNow() + 1h);
    QTest::newRow("before the login, one byte too many") << false << QByteArray::fromHex("00000041");
}

void TestLiveTls::largeFramesEndTheConnection()
{
    QFETCH(const bool, loggedIn);
    QFETCH(const QByteArray, bytes);
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    RawClient client(host.port());
    if (loggedIn)
        QCOMPARE(client.logIn(client.proof()), Wire::Message::Greeting);
    client.socket.write(bytes);
    QVERIFY(client.ends());
    LiveStore store(toPort(host.port()));
    QCOMPARE(store.waitFor(store.count()), 0);
    host.run([&host] { QCOMPARE(host.server()->clientCount(), 1); });
}

void TestLiveTls::impostorsFramesAreBounded()
{
    QSslServer impostor;
    impostor.setSslConfiguration(serverConfiguration());
    QVERIFY(impostor.listen(QHostAddress::LocalHost));
    connect(&impostor, &QTcpServer::pendingConnectionAvailable, this, [&impostor] {
        QTcpSocket *const socket = impostor.nextPendingConnection();
        socket->write(QByteArray::fromHex("03ffffff") + QByteArray(1000, 'x')); // 64 MB: as an answer may be, and no greeting
    });
    LiveTlsAddress address = toPort(0);
    address.port = impostor.serverPort();
    LiveStore store(address);
    store.setTimeout(10s);
    std::optional<Error> error;
    store.count().then(this, [&error](const Result<qint64> &count) { error = count.error(); });
    QTRY_VERIFY(error);
    QVERIFY2(error->text.contains(u"does not speak"), qPrintable(error->text));
}

void TestLiveTls::clocksOfTwoMachinesMayDiffer()
{
    QSslServer application;
    application.setSslConfiguration(serverConfiguration());
    QVERIFY(application.listen(QHostAddress::LocalHost));
    const auto ahead = -1h;
    std::optional<TimePoint> lastStart;
    quint64 lastId = 0;
    QTcpSocket *client = nullptr;
    Wire::FrameReader reader;
    connect(&application, &QTcpServer::pendingConnectionAvailable, this, [&] {
        QTcpSocket *const socket = application.nextPendingConnection();
        const TimePoint now = systemNow() + ahead;
        socket->write(Wire::makeFrame(Wire::Message::Challenge, Wire::ProtocolVersion, now, QByteArray()));
        socket->write(Wire::makeFrame(Wire::Message::Greeting, Wire::ProtocolVersion, now, false, qint64(1000), qint64(1000)));
        client = socket;
        connect(socket, &QTcpSocket::readyRead, this, [&reader, &lastStart, &lastId, socket] {
            while (reader.read(*socket, 1000) == Wire::FrameReader::Complete) {
                quint64 id = 0;
                Wire::Operation operation{};
                TimePoint last;
                if (Wire::Payload(reader.takePayload()).read(id, operation, last) && operation == Wire::Operation::Count) {
                    lastStart = last;
                    lastId = id;
                }
            }
        });
    });
    LiveTlsAddress address = toPort(0);
    address.port = application.serverPort();
    LiveStore store(address);
    store.setTimeout(10s);
    const auto count = store.count(); // before the application's clock is known
    QTRY_VERIFY(lastStart);
    const auto left = *lastStart - (systemNow() + ahead);
    QVERIFY2(left > 5s && left < 10s, qPrintable(QString::number(left.count())));
    QVERIFY(std::chrono::abs(store.now() - (systemNow() + ahead)) < 5s);

    // One of them is set while they are connected: one request is refused, and tells.
    client->write(Wire::makeFrame(Wire::Message::Late, lastId, systemNow() + 2h));
    QTRY_VERIFY(count.isFinished());
    lastStart.reset();
    const auto next = store.count();
    QTRY_VERIFY(lastStart);
    const auto leftNow = *lastStart - (systemNow() + 2h);
    QVERIFY2(leftNow > 5s && leftNow < 10s, qPrintable(QString::number(leftNow.count())));
}

void TestLiveTls::connectionThatIsDeadIsGivenUp()
{
    const auto usual = std::exchange(Wire::heartbeatInterval, 20ms);
    const auto restore = qScopeGuard([usual] { Wire::heartbeatInterval = usual; });
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    FaultyProxy proxy(host.port());
    LiveStore store(toPort(proxy.port()));
    QCOMPARE(store.waitFor(store.count()), 0);
    proxy.freeze();
    store.setTimeout(100ms);
    const auto unanswered = store.waitFor(store.count());
    QVERIFY(!unanswered && unanswered.error() == Error::Timeout);
    QSignalSpy available(&store, &SessionStore::availabilityChanged);
    QTRY_VERIFY(!available.isEmpty());
    store.setTimeout(2s);
    QCOMPARE(store.waitFor(store.count()), 0);
}

// Handshakes, of friends and strangers, take their turns with what the application does.
void TestLiveTls::applicationGoesOnMeanwhile()
{
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    std::atomic<int> beats = 0;
    QTimer *beat = nullptr;
    host.run([&] {
        beat = new QTimer(host.server().get());
        beat->callOnTimeout([&beats] { ++beats; });
        beat->start(1ms);
    });
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 20; ++i) {
        RawClient client(host.port());
        QVERIFY(!client.challenge.isEmpty());
    }
    const qint64 elapsed = timer.elapsed();
    host.run([&beat] { delete beat; });
    QVERIFY2(beats > 20, qPrintable(u"%1 beats in %2 ms"_s.arg(beats).arg(elapsed)));
}

void TestLiveTls::comesInAgainWithANewToken()
{
    const auto write = [this](const QString &token) {
        QFile file(m_authority.path(u"changing-token"_s));
        return file.open(QIODevice::WriteOnly) && file.write(token.toLatin1()) > 0;
    };
    LiveHost host(LiveHost::freshName(), {}, tokenOnly());
    LiveTlsAddress address = toPort(host.port());
    address.token.clear();
    address.tokenFile = m_authority.path(u"changing-token"_s);
    QVERIFY(write(OtherToken));
    LiveStore store(address);
    QSignalSpy available(&store, &SessionStore::availabilityChanged);
    const Error refused = errorOf(store);
    QVERIFY2(refused.text.contains(u"refused the token"), qPrintable(refused.text));
    QVERIFY(write(Token));
    QTRY_VERIFY_WITH_TIMEOUT(!available.isEmpty(), 10'000);
    QCOMPARE(store.waitFor(store.count()), 0);
}

QTEST_GUILESS_MAIN(TestLiveTls)
#include "tst_livetls.moc"
