// SPDX-License-Identifier: MIT
#include "tlslistener_p.h"

#include "tlsrules_p.h"

#include <Sojourn/secret_p.h>

#include <QtCore/QRandomGenerator>
#include <QtNetwork/QHostAddress>

#include <algorithm>

#if QT_CONFIG(ssl)
#include "tlsfiles_p.h"

#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn::Wire {

#if QT_CONFIG(ssl)

namespace {

/// Before a client has logged in it sends its proof and nothing else.
constexpr qsizetype MaxProofFrame = 64;
constexpr qint64 UnknownReadBufferSize = 16 * 1024;
/// Of these is the time to log in made: an application that was busy does not find it over before it has looked.
constexpr int LoginTicks = 4;

/// Accepts connections whose handshake has not begun.
class PlainServer final : public QTcpServer
{
public:
    using QTcpServer::QTcpServer;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        if (socket->setSocketDescriptor(descriptor))
            addPendingConnection(socket);
        else
            delete socket;
    }
};

/// What addresses that one person may have at once have in common.
QByteArray originOf(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // also of one that is written as IPv6
    if (isV4)
        return QByteArray::number(v4);
    constexpr int networkSize = 8;
    const Q_IPV6ADDR v6 = address.toIPv6Address();
    return QByteArray(reinterpret_cast<const char *>(v6.c), networkSize);
}

QByteArray newNonce()
{
    QByteArray nonce(NonceSize, Qt::Uninitialized);
    QRandomGenerator::system()->generate(nonce.begin(), nonce.end());
    return nonce;
}

/// The token that clients must know, empty for none.
Result<QString> checkOptions(const LiveTlsOptions &options)
{
    if (!options.token.isEmpty() && !options.tokenFile.isEmpty())
        return failure(Error::Invalid, Error::tr("The token is given twice; leave out either it or the file that holds it."));
    const auto token = options.tokenFile.isEmpty() ? options.token : readTokenFile(options.tokenFile);
    if (!token)
        return token;
    if (token->isEmpty() && options.clientCaFile.isEmpty() && options.clientFingerprints.isEmpty())
        return failure(Error::Invalid,
                       Error::tr("live+tls would show the sessions to the whole network: set a token, clientCaFile or "
                                 "clientFingerprints, so that only those who may see them log in."));
    if (options.certificateFile.isEmpty())
        return failure(Error::Invalid,
                       Error::tr("live+tls needs a certificate of this application and its private key, so that clients know "
                                 "whom they talk to: set certificateFile and keyFile."));
    if (!token->isEmpty()) {
        if (const auto strong = checkToken(*token); !strong)
            return std::unexpected(strong.error());
    }
    return token;
}

} // namespace

struct TlsListener::Settings
{
    QSslConfiguration configuration;
    QByteArray fingerprint; // of this application's certificate
    QString token;
    bool hasClientCa = false;
    QList<QByteArray> clientFingerprints;

    [[nodiscard]] bool wantsCertificate() const { return hasClientCa || !clientFingerprints.isEmpty(); }
    [[nodiscard]] Result<void> checkClient(const QSslSocket &socket) const;
};

Result<void> TlsListener::Settings::checkClient(const QSslSocket &socket) const
{
    const QSslCertificate certificate = socket.peerCertificate();
    if (certificate.isNull())
        return failure(
            Error::Unavailable,
            Error::tr("The application lets in only who has a client certificate that it knows. Name yours with cert=FILE "
                      "and key=FILE in the store URL."));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (now > certificate.expiryDate() || now < certificate.effectiveDate())
        return failure(Error::Unavailable,
                       Error::tr("The application refused the client certificate: it is good from %1 to %2 only. Get a new one.")
                           .arg(certificate.effectiveDate().toUTC().toString(Qt::ISODate))
                           .arg(certificate.expiryDate().toUTC().toString(Qt::ISODate)));
    if (clientFingerprints.contains(certificate.digest(QCryptographicHash::Sha256)))
        return {};
    if (hasClientCa && socket.sslHandshakeErrors().isEmpty())
        return {};
    return failure(
        Error::Unavailable,
        Error::tr("The application does not know the client certificate. Have its fingerprint or its authority allowed "
                  "there, or use one that is."));
}

struct TlsListener::Pending
{
    enum State { Silent, Handshake, LoggingIn, Leaving };

    QSslSocket *socket;
    QByteArray origin;
    State state = Silent;
    int ticks = 0;
    QByteArray nonce = {};
    QString certificate = {}; // whose it is, once it was checked
    FrameReader reader = {};

    [[nodiscard]] bool waitsForHandshake() const { return state == Silent && socket->bytesAvailable() > 0; }
    [[nodiscard]] int progress() const { return state == Silent && !waitsForHandshake() ? -1 : state; }
    [[nodiscard]] QString address() const { return socket->peerAddress().toString(); }
};

TlsListener::TlsListener(QObject *parent) : QObject(parent)
{
    m_tick.callOnTimeout(this, &TlsListener::tick);
}

TlsListener::~TlsListener()
{
    close();
}

Result<void> TlsListener::listen(const QString &address, quint16 port, const LiveTlsOptions &options)
{
    auto token = checkOptions(options);
    if (!token)
        return std::unexpected(token.error());
    if (const auto supported = checkTls(); !supported)
        return supported;
    const auto configuration = serverConfiguration(options);
    if (!configuration)
        return std::unexpected(configuration.error());
    auto settings = std::make_unique<Settings>();
    settings->configuration = *configuration;
    settings->fingerprint = configuration->localCertificate().digest(QCryptographicHash::Sha256);
    settings->token = *std::move(token);
    settings->hasClientCa = !options.clientCaFile.isEmpty();
    for (const QString &text : options.clientFingerprints) {
        const auto fingerprint = fingerprintFromText(text);
        if (!fingerprint)
            return std::unexpected(fingerprint.error());
        settings->clientFingerprints.append(*fingerprint);
    }
    const QHostAddress local(address);
    if (local.isNull())
        return failure(
            Error::Invalid,
            Error::tr("\"%1\" is no address to listen on; give an IP address of this machine, or 0.0.0.0 or :: for all.")
                .arg(address));
    close();
    auto server = std::make_unique<PlainServer>(this);
    if (!server->listen(local, port))
        return failure(Error::Unavailable,
                       Error::tr("live+tls cannot listen on port %1 of %2: %3. Choose another port or address.")
                           .arg(port)
                           .arg(address)
                           .arg(server->errorString()));
    m_server = server.release();
    m_settings = std::move(settings);
    m_tick.setInterval(std::max(options.loginTimeout / LoginTicks, std::chrono::milliseconds(1)));
    connect(m_server, &QTcpServer::newConnection, this, &TlsListener::accept);
    return {};
}

void TlsListener::close()
{
    while (!m_pending.empty())
        drop(*m_pending.back());
    delete std::exchange(m_server, nullptr);
    m_settings.reset();
}

quint16 TlsListener::port() const
{
    return m_server ? m_server->serverPort() : 0;
}

void TlsListener::accept()
{
    while (auto *socket = static_cast<QSslSocket *>(m_server->nextPendingConnection())) {
        const QByteArray origin = originOf(socket->peerAddress());
        makeRoomFor(origin);
        socket->setParent(this);
        socket->setReadBufferSize(UnknownReadBufferSize);
        socket->setSslConfiguration(m_settings->configuration);
        watchForLoss(*socket);
        m_pending.push_back(std::make_unique<Pending>(Pending{.socket = socket, .origin = origin}));
        Pending &pending = *m_pending.back();
        connect(socket, &QSslSocket::readyRead, this, [this, &pending] {
            if (pending.state == Pending::Silent)
                Q_EMIT ready();
            else if (pending.state == Pending::LoggingIn)
                readProof(pending);
        });
        connect(socket, &QSslSocket::encrypted, this, [this, &pending] { checkCertificate(pending); });
        connect(socket, &QSslSocket::errorOccurred, this, [this, &pending](QAbstractSocket::SocketError error) {
            const bool isTls = error == QAbstractSocket::SslHandshakeFailedError || error == QAbstractSocket::SslInternalError
                            || error == QAbstractSocket::SslInvalidUserDataError;
            if (isTls && pending.state == Pending::Handshake)
                Q_EMIT refused(pending.address(), pending.socket->errorString());
            drop(pending);
        });
        connect(socket, &QSslSocket::disconnected, this, [this, &pending] { drop(pending); });
        if (!m_tick.isActive())
            m_tick.start();
        if (socket->state() != QAbstractSocket::ConnectedState)
            drop(pending);
        else if (pending.waitsForHandshake())
            Q_EMIT ready();
    }
}

// Those who come from where most come from make room, and first of them who has done least: nobody's connections keep others out.
void TlsListener::makeRoomFor(const QByteArray &origin)
{
    QHash<QByteArray, int> count;
    for (const auto &pending : m_pending)
        ++count[pending->origin];
    const bool isFull = m_pending.size() >= MaxPending;
    if (count.value(origin) < MaxPendingOfOrigin && !isFull)
        return;
    QByteArray crowd = origin;
    if (count.value(origin) < MaxPendingOfOrigin) {
        for (const auto &[other, number] : count.asKeyValueRange()) {
            if (number > count.value(crowd))
                crowd = other;
        }
    }
    Pending *victim = nullptr; // of those that are as far the one that came first
    for (const auto &pending : m_pending) {
        if (pending->origin == crowd && (!victim || pending->progress() < victim->progress()))
            victim = pending.get();
    }
    if (victim)
        drop(*victim);
    else if (isFull)
        drop(*m_pending.front());
}

bool TlsListener::step()
{
    const auto waiting = std::ranges::find_if(m_pending, [](const auto &pending) { return pending->waitsForHandshake(); });
    if (waiting == m_pending.end())
        return false;
    Pending &pending = **waiting;
    pending.state = Pending::Handshake;
    pending.socket->startServerEncryption(); // which may be the end of it
    return true;
}

void TlsListener::checkCertificate(Pending &pending)
{
    if (m_settings->wantsCertificate()) {
        if (const auto known = m_settings->checkClient(*pending.socket); !known) {
            refuse(pending, known.error());
            return;
        }
        pending.certificate = u"certificate "_s
                            + fingerprintText(pending.socket->peerCertificate().digest(QCryptographicHash::Sha256)).first(16);
    }
    if (!m_settings->token.isEmpty())
        pending.nonce = newNonce();
    pending.state = Pending::LoggingIn;
    pending.socket->write(makeFrame(Message::Challenge, ProtocolVersion, systemNow(), pending.nonce));
    if (m_settings->token.isEmpty())
        letIn(pending, pending.certificate);
    else
        readProof(pending);
}

void TlsListener::readProof(Pending &pending)
{
    const FrameReader::Status status = pending.reader.read(*pending.socket, MaxProofFrame);
    if (status == FrameReader::Incomplete)
        return;
    QByteArray proof;
    if (status != FrameReader::Complete || !Payload(pending.reader.takePayload()).readRest(proof)) {
        Q_EMIT refused(pending.address(), u"it sent something else than its proof of the token"_s);
        drop(pending);
        return;
    }
    if (!Detail::isSameSecret(proof, tokenProof(m_settings->token, pending.nonce, m_settings->fingerprint))) {
        refuse(pending, {Error::Unavailable,
                         Error::tr("The application refused the token. Check that both ends have the same one, and that nothing "
                                   "between them, such as a proxy, ends the encryption.")});
        return;
    }
    letIn(pending, pending.certificate.isEmpty() ? u"token"_s : pending.certificate + u" and token"_s);
}

void TlsListener::letIn(Pending &pending, const QString &how)
{
    QSslSocket *const socket = pending.socket;
    const QString who = u"%1 with %2"_s.arg(pending.address(), how);
    socket->disconnect(this);
    std::erase_if(m_pending, [&pending](const auto &one) { return one.get() == &pending; });
    Q_EMIT loggedIn(new SocketLink<QSslSocket>(socket), who);
}

void TlsListener::refuse(Pending &pending, const Error &why)
{
    Q_EMIT refused(pending.address(), why.text);
    pending.state = Pending::Leaving; // it has what is left of its time to read why
    pending.socket->write(makeFrame(Message::Failure, quint64(0), why));
    pending.socket->disconnectFromHost();
}

void TlsListener::drop(Pending &pending)
{
    pending.socket->disconnect(this);
    pending.socket->abort();
    pending.socket->deleteLater();
    std::erase_if(m_pending, [&pending](const auto &one) { return one.get() == &pending; });
}

void TlsListener::tick()
{
    std::vector<Pending *> late;
    for (const auto &pending : m_pending) {
        if (++pending->ticks > LoginTicks)
            late.push_back(pending.get());
    }
    for (Pending *pending : late)
        drop(*pending);
    if (m_pending.empty())
        m_tick.stop();
}

#else

struct TlsListener::Settings
{ };
struct TlsListener::Pending
{ };

TlsListener::TlsListener(QObject *parent) : QObject(parent) { }
TlsListener::~TlsListener() = default;

Result<void> TlsListener::listen(const QString &, quint16, const LiveTlsOptions &)
{
    return std::unexpected(noTlsError());
}

void TlsListener::close() { }

quint16 TlsListener::port() const
{
    return 0;
}

bool TlsListener::step()
{
    return false;
}

#endif

} // namespace Sojourn::Wire
