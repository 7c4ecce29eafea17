// SPDX-License-Identifier: MIT
#include "tlslink_p.h"

#include "tlsrules_p.h"

#include <QtCore/QPointer>
#include <QtNetwork/qtnetworkglobal.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#if QT_CONFIG(ssl)
#include "tlsfiles_p.h"

#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslSocket>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn::Wire {

static constexpr qsizetype MaxReceived = 256 * 1024;

/// What both threads know of one connection.
struct TlsPipe
{
    std::mutex mutex;
    std::condition_variable changed;
    QByteArray received;
    QByteArray fingerprint; // of the application's certificate
    bool isOver = false;
    std::optional<Error> error; // why it is over; none if the application ended it
    TlsLink *reader = nullptr;  // null once it has left
    bool isTold = false;        // deliver() is on its way
};

/// Owns the socket, in the link's thread.
class TlsWorker final : public QObject
{
public:
    TlsWorker(const LiveTlsAddress &address, const QString &name, std::shared_ptr<TlsPipe> pipe)
        : m_address(address), m_name(name), m_pipe(std::move(pipe))
    { }

    void start();
    void write(const QByteArray &bytes);
    /// Passes on what the socket has, as far as there is room.
    void read();

private:
#if QT_CONFIG(ssl)
    void check();
    Error errorOf(const QList<QSslError> &errors) const;
    Error errorOf(QAbstractSocket::SocketError error) const;
    QSslSocket *m_socket = nullptr;
    std::optional<Error> m_sslError;
    bool m_checked = false;
#endif
    void end(const std::optional<Error> &error);
    void tell();

    LiveTlsAddress m_address;
    QString m_name;
    std::shared_ptr<TlsPipe> m_pipe;
};

#if QT_CONFIG(ssl)

void TlsWorker::start()
{
    auto configuration = clientConfiguration(m_address);
    if (const auto supported = checkTls(); !supported)
        configuration = std::unexpected(supported.error());
    if (!configuration)
        return end(configuration.error());
    m_socket = new QSslSocket(this);
    m_socket->setSslConfiguration(*configuration);
    m_socket->setReadBufferSize(MaxReceived);
    connect(m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (m_socket->peerVerifyMode() == QSslSocket::VerifyPeer)
            m_sslError = errorOf(errors);
    });
    connect(m_socket, &QSslSocket::encrypted, this, &TlsWorker::check);
    connect(m_socket, &QSslSocket::readyRead, this, &TlsWorker::read);
    connect(m_socket, &QSslSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error == QAbstractSocket::RemoteHostClosedError && m_checked)
            end(std::nullopt);
        else
            end(m_sslError ? *m_sslError : errorOf(error));
    });
    connect(m_socket, &QSslSocket::disconnected, this, [this] { end(std::nullopt); });
    m_socket->connectToHostEncrypted(m_address.host, m_address.port);
}

void TlsWorker::write(const QByteArray &bytes)
{
    if (m_socket)
        m_socket->write(bytes);
}

void TlsWorker::check()
{
    watchForLoss(*m_socket);
    const QSslCertificate certificate = m_socket->peerCertificate();
    const QByteArray fingerprint = certificate.digest(QCryptographicHash::Sha256);
    if (!m_address.fingerprint.isEmpty()) {
        const auto pinned = fingerprintFromText(m_address.fingerprint);
        if (!pinned)
            return end(pinned.error());
        if (*pinned != fingerprint)
            return end(Error(
                Error::Unavailable,
                Error::tr(
                    "The certificate of %1 is not the one that is pinned: its fingerprint is %2. If it was renewed there, put "
                    "the new one into the store URL; otherwise somebody is in between.")
                    .arg(m_name)
                    .arg(fingerprintText(fingerprint))));
        const QDateTime now = QDateTime::currentDateTimeUtc();
        if (now > certificate.expiryDate() || now < certificate.effectiveDate())
            return end(errorOf({QSslError(QSslError::CertificateExpired, certificate)}));
    }
    {
        const std::lock_guard lock(m_pipe->mutex);
        m_pipe->fingerprint = fingerprint;
    }
    m_checked = true;
    read();
}

void TlsWorker::read()
{
    if (!m_checked || !m_socket)
        return;
    {
        const std::lock_guard lock(m_pipe->mutex);
        const qsizetype room = MaxReceived - m_pipe->received.size();
        if (room > 0)
            m_pipe->received += m_socket->read(room);
    }
    tell();
}

/// The sentence for what is wrong with the application's certificate, the gravest first.
Error TlsWorker::errorOf(const QList<QSslError> &errors) const
{
    const auto find = [&errors](std::initializer_list<QSslError::SslError> wanted) {
        return std::ranges::find_if(errors, [wanted](const QSslError &error) {
            return std::ranges::find(wanted, error.error()) != wanted.end();
        });
    };
    if (const auto error = find({QSslError::CertificateExpired, QSslError::CertificateNotYetValid}); error != errors.end()) {
        const QSslCertificate certificate = error->certificate();
        return {Error::Unavailable,
                Error::tr("The certificate of %1 is good from %2 to %3 only. Renew it there, or set the clock here.")
                    .arg(m_name)
                    .arg(certificate.effectiveDate().toUTC().toString(Qt::ISODate))
                    .arg(certificate.expiryDate().toUTC().toString(Qt::ISODate))};
    }
    const QString fingerprint = fingerprintText(m_socket->peerCertificate().digest(QCryptographicHash::Sha256));
    if (find({QSslError::SelfSignedCertificate, QSslError::SelfSignedCertificateInChain, QSslError::UnableToGetIssuerCertificate,
              QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToVerifyFirstCertificate,
              QSslError::CertificateUntrusted, QSslError::InvalidCaCertificate})
        != errors.end())
        return {Error::Unavailable,
                Error::tr("The certificate of %1 is signed by nobody who is trusted here. Name its authority with ca=FILE in the "
                          "store URL; or, if its fingerprint is the same on that machine, pin it with fingerprint=%2")
                    .arg(m_name)
                    .arg(fingerprint)};
    if (find({QSslError::HostNameMismatch}) != errors.end()) {
        const QSslCertificate certificate = m_socket->peerCertificate();
        QStringList names = certificate.subjectAlternativeNames().values();
        if (names.isEmpty())
            names = certificate.subjectInfo(QSslCertificate::CommonName);
        return {
            Error::Unavailable,
            Error::tr("The certificate of %1 is made out for %2. Use that name in the store URL, or pin it with fingerprint=%3")
                .arg(m_name)
                .arg(names.join(", "_L1))
                .arg(fingerprint)};
    }
    return {Error::Unavailable, Error::tr("The certificate of %1 cannot be trusted: %2.")
                                    .arg(m_name)
                                    .arg(errors.isEmpty() ? QString() : errors.first().errorString())};
}

Error TlsWorker::errorOf(QAbstractSocket::SocketError error) const
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return {Error::Unavailable,
                Error::tr("Nothing listens at %1. Start the application, or check host and port.").arg(m_name)};
    case QAbstractSocket::HostNotFoundError:
        return {Error::Unavailable, Error::tr("There is no host of the name in %1. Check how it is written.").arg(m_name)};
    case QAbstractSocket::RemoteHostClosedError:
    case QAbstractSocket::SslHandshakeFailedError:
        return {
            Error::Unavailable,
            Error::tr("No connection over TLS came about with %1: %2. Check that a live application listens there with live+tls.")
                .arg(m_name)
                .arg(m_socket->errorString())};
    default:
        return {Error::Unavailable, Error::tr("%1 cannot be reached: %2. Check the network and the firewall between.")
                                        .arg(m_name)
                                        .arg(m_socket->errorString())};
    }
}

#else

void TlsWorker::start()
{
    end(noTlsError());
}

void TlsWorker::write(const QByteArray &) { }

void TlsWorker::read() { }

#endif

void TlsWorker::end(const std::optional<Error> &error)
{
    QByteArray rest;
#if QT_CONFIG(ssl)
    if (QSslSocket *const socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        if (m_checked)
            rest = socket->readAll();
        socket->abort();
        socket->deleteLater();
    }
#endif
    {
        const std::lock_guard lock(m_pipe->mutex);
        if (std::exchange(m_pipe->isOver, true))
            return;
        m_pipe->received += rest;
        m_pipe->error = error;
    }
    tell();
}

void TlsWorker::tell()
{
    m_pipe->changed.notify_all();
    const std::lock_guard lock(m_pipe->mutex);
    TlsLink *const reader = m_pipe->reader;
    if (reader && !std::exchange(m_pipe->isTold, true))
        QMetaObject::invokeMethod(reader, &TlsLink::deliver, Qt::QueuedConnection);
}

/// The bytes of a link as FrameReader takes them.
class TlsDevice final : public QIODevice
{
public:
    explicit TlsDevice(TlsLink *link) : QIODevice(link), m_link(link) { open(QIODevice::ReadWrite | QIODevice::Unbuffered); }

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override
    {
        if (!m_link->m_pipe)
            return QIODevice::bytesAvailable();
        const std::lock_guard lock(m_link->m_pipe->mutex);
        return m_link->m_pipe->received.size() + QIODevice::bytesAvailable();
    }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        if (!m_link->m_pipe)
            return 0;
        std::unique_lock lock(m_link->m_pipe->mutex);
        QByteArray &received = m_link->m_pipe->received;
        const bool wasFull = received.size() >= MaxReceived;
        const qsizetype size = std::min<qsizetype>(most, received.size());
        std::copy_n(received.constData(), size, data);
        received.remove(0, size);
        lock.unlock();
        if (wasFull && size > 0) {
            TlsWorker *const worker = m_link->m_worker;
            QMetaObject::invokeMethod(worker, [worker] { worker->read(); }, Qt::QueuedConnection);
        }
        return size;
    }
    qint64 writeData(const char *data, qint64 size) override
    {
        if (!m_link->m_pipe)
            return -1;
        TlsWorker *const worker = m_link->m_worker;
        QMetaObject::invokeMethod(
            worker, [worker, bytes = QByteArray(data, size)] { worker->write(bytes); }, Qt::QueuedConnection);
        return size;
    }

private:
    TlsLink *m_link;
};

TlsLink::TlsLink(const LiveTlsAddress &address)
    : m_address(address),
      m_name((address.host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address.host, QString::number(address.port))),
      m_device(new TlsDevice(this))
{ }

TlsLink::~TlsLink()
{
    abort();
    m_thread.quit();
    m_thread.wait();
}

QIODevice &TlsLink::device()
{
    return *m_device;
}

void TlsLink::open()
{
    abort();
    m_error.reset();
    if (!m_thread.isRunning())
        m_thread.start();
    m_pipe = std::make_shared<TlsPipe>();
    m_pipe->reader = this;
    m_worker = new TlsWorker(m_address, m_name, m_pipe);
    m_worker->moveToThread(&m_thread);
    TlsWorker *const worker = m_worker;
    QMetaObject::invokeMethod(worker, [worker] { worker->start(); }, Qt::QueuedConnection);
}

void TlsLink::abort()
{
    if (!m_pipe)
        return;
    {
        const std::lock_guard lock(m_pipe->mutex);
        m_pipe->reader = nullptr;
    }
    m_pipe.reset();
    std::exchange(m_worker, nullptr)->deleteLater();
}

void TlsLink::wait(std::chrono::milliseconds timeout)
{
    if (const auto pipe = m_pipe) {
        std::unique_lock lock(pipe->mutex);
        pipe->changed.wait_for(lock, timeout, [&pipe] { return pipe->isOver || !pipe->received.isEmpty(); });
    }
    closeIfOver();
}

void TlsLink::deliver()
{
    const auto pipe = m_pipe;
    if (!pipe)
        return;
    bool hasBytes = false;
    {
        const std::lock_guard lock(pipe->mutex);
        pipe->isTold = false;
        hasBytes = !pipe->received.isEmpty();
    }
    const QPointer<TlsLink> guard(this);
    if (hasBytes)
        Q_EMIT readyRead();
    if (guard && m_pipe == pipe)
        closeIfOver();
}

// What came before the end is read first.
void TlsLink::closeIfOver()
{
    if (!m_pipe)
        return;
    {
        const std::lock_guard lock(m_pipe->mutex);
        if (!m_pipe->isOver || !m_pipe->received.isEmpty())
            return;
        m_error = m_pipe->error;
    }
    abort();
    Q_EMIT closed();
}

Result<QByteArray> TlsLink::proof(const QByteArray &nonce)
{
    QString token = m_address.token;
    if (token.isEmpty() && !m_address.tokenFile.isEmpty()) {
        auto read = readTokenFile(m_address.tokenFile);
        if (!read)
            return std::unexpected(read.error());
        token = *std::move(read);
    }
    if (token.isEmpty())
        return failure(
            Error::Unavailable,
            Error::tr("The application at %1 asks for a token. Name the file that holds it with token-file=FILE in the "
                      "store URL.")
                .arg(m_name));
    QByteArray fingerprint;
    if (m_pipe) {
        const std::lock_guard lock(m_pipe->mutex);
        fingerprint = m_pipe->fingerprint;
    }
    return tokenProof(token, nonce, fingerprint);
}

Error TlsLink::whyUnreachable() const
{
    return m_error.value_or(Error(
        Error::Unavailable,
        Error::tr("The application at %1 closed the connection before it had greeted. Try again; it may be starting, or have as "
                  "many clients as it takes.")
            .arg(m_name)));
}

} // namespace Sojourn::Wire
