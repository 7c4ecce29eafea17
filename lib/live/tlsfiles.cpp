// SPDX-License-Identifier: MIT
#include <QtNetwork/qtnetworkglobal.h>

#if QT_CONFIG(ssl)

#include "tlsfiles_p.h"
#include "tlsrules_p.h"

#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslSocket>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace Sojourn::Wire {

namespace {

Result<QList<QSslCertificate>> readCertificates(const QString &path)
{
    const auto bytes = readSmallFile(path);
    if (!bytes)
        return std::unexpected(bytes.error());
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*bytes, QSsl::Pem);
    if (certificates.isEmpty())
        return failure(Error::Invalid, Error::tr("The file %1 holds no certificate in PEM.").arg(path));
    return certificates;
}

Result<QSslKey> readKey(const QString &path)
{
    const auto bytes = readSmallFile(path);
    if (!bytes)
        return std::unexpected(bytes.error());
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec}) {
        if (QSslKey key(*bytes, algorithm, QSsl::Pem); !key.isNull())
            return key;
    }
    return failure(Error::Invalid,
                   Error::tr("The file %1 holds no private key in PEM, of RSA or EC and without a passphrase.").arg(path));
}

Result<void> setIdentity(QSslConfiguration &configuration, const QString &certificateFile, const QString &keyFile)
{
    const auto chain = readCertificates(certificateFile);
    if (!chain)
        return std::unexpected(chain.error());
    const auto key = readKey(keyFile.isEmpty() ? certificateFile : keyFile);
    if (!key)
        return std::unexpected(key.error());
    configuration.setLocalCertificateChain(*chain);
    configuration.setPrivateKey(*key);
    return {};
}

} // namespace

Result<void> checkTls()
{
    return QSslSocket::supportsSsl() ? Result<void>() : std::unexpected(noTlsError());
}

Result<QSslConfiguration> serverConfiguration(const LiveTlsOptions &options)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setCaCertificates({}); // not those of the system: whoever has a certificate of them is no friend yet
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (const auto set = setIdentity(configuration, options.certificateFile, options.keyFile); !set)
        return std::unexpected(set.error());
    if (!options.clientCaFile.isEmpty()) {
        const auto authorities = readCertificates(options.clientCaFile);
        if (!authorities)
            return std::unexpected(authorities.error());
        configuration.setCaCertificates(*authorities);
    }
    // What is wrong with it is told the client over the connection, which an alert of TLS could not.
    if (!options.clientCaFile.isEmpty() || !options.clientFingerprints.isEmpty())
        configuration.setPeerVerifyMode(QSslSocket::QueryPeer);
    return configuration;
}

Result<QSslConfiguration> clientConfiguration(const LiveTlsAddress &address)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    const bool trustsPinOnly = address.caFile.isEmpty() && !address.fingerprint.isEmpty();
    configuration.setPeerVerifyMode(trustsPinOnly ? QSslSocket::QueryPeer : QSslSocket::VerifyPeer);
    if (!address.caFile.isEmpty()) {
        const auto authorities = readCertificates(address.caFile);
        if (!authorities)
            return std::unexpected(authorities.error());
        configuration.setCaCertificates(*authorities);
    }
    if (!address.certificateFile.isEmpty()) {
        if (const auto set = setIdentity(configuration, address.certificateFile, address.keyFile); !set)
            return std::unexpected(set.error());
    }
    return configuration;
}

void watchForLoss(QSslSocket &socket)
{
    socket.setSocketOption(QAbstractSocket::KeepAliveOption, 1);
#if defined(Q_OS_UNIX) && defined(TCP_KEEPIDLE) && defined(TCP_KEEPINTVL) && defined(TCP_KEEPCNT)
    const auto set = [descriptor = static_cast<int>(socket.socketDescriptor())](int option, int value) {
        ::setsockopt(descriptor, IPPROTO_TCP, option, &value, sizeof value);
    };
    set(TCP_KEEPIDLE, 30);
    set(TCP_KEEPINTVL, 10);
    set(TCP_KEEPCNT, 3);
#endif
}

} // namespace Sojourn::Wire

#endif
