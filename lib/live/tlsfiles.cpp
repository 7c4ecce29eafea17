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
    if (bytes->contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || bytes->contains("Proc-Type: 4,ENCRYPTED"))
        return failure(Error::Invalid,
                       Error::tr("The private key in %1 is encrypted. Write it without its passphrase into a file that only this "
                                 "program's user can read, with openssl pkey -in OLD -out NEW.")
                           .arg(path));
    return failure(Error::Invalid,
                   Error::tr("The file %1 holds no private key in PEM, of RSA or EC and without a passphrase.").arg(path));
}

/// Takes the value that comes next off \a der, if its tag is \a tag. \return its content.
std::optional<QByteArrayView> takeDer(QByteArrayView &der, uchar tag)
{
    if (der.size() < 2 || uchar(der[0]) != tag)
        return {};
    qsizetype size = uchar(der[1]);
    der = der.sliced(2);
    if (size >= 0x80) { // so many bytes tell the size
        const qsizetype digits = size - 0x80;
        if (digits > 4 || digits > der.size())
            return {};
        size = 0;
        for (const char digit : der.first(digits))
            size = size << 8 | uchar(digit);
        der = der.sliced(digits);
    }
    if (size > der.size())
        return {};
    const QByteArrayView content = der.first(size);
    der = der.sliced(size);
    return content;
}

/// What a public key and its private one have in common: the modulus of RSA, the point of EC. Nothing where \a key does not tell.
std::optional<QByteArray> publicPart(const QSslKey &key)
{
    constexpr uchar Integer = 0x02, BitString = 0x03, OctetString = 0x04, Sequence = 0x30, Parameters = 0xa0, PublicKey = 0xa1;
    const QByteArray bytes = key.toDer();
    QByteArrayView der = bytes;
    const auto enter = [&der](uchar tag) {
        const auto content = takeDer(der, tag);
        der = content.value_or(QByteArrayView());
        return content.has_value();
    };
    const auto skip = [&der](uchar tag) { return takeDer(der, tag).has_value(); };
    const bool isRsa = key.algorithm() == QSsl::Rsa;
    const auto enterBits = [&] {
        const bool found = enter(BitString) && !der.isEmpty();
        der = der.sliced(found ? 1 : 0); // how many bits of the last byte do not count
        return found;
    };
    bool found = enter(Sequence);
    if (key.type() == QSsl::PublicKey)
        found = found && skip(Sequence) && enterBits() && (!isRsa || (enter(Sequence) && enter(Integer)));
    else if (isRsa)
        found = found && skip(Integer) && enter(Integer);
    else
        found = found && skip(Integer) && skip(OctetString) && (skip(Parameters) || true) && enter(PublicKey) && enterBits();
    return found ? std::optional(der.toByteArray()) : std::nullopt;
}

/// Whether a handshake with both is bound to fail. Where that cannot be told it is left to the handshake.
bool isOfAnother(const QSslKey &key, const QSslCertificate &certificate)
{
    const QSslKey publicKey = certificate.publicKey();
    if (publicKey.isNull() || (publicKey.algorithm() != QSsl::Rsa && publicKey.algorithm() != QSsl::Ec))
        return false;
    if (publicKey.algorithm() != key.algorithm())
        return true;
    const auto ofKey = publicPart(key), ofCertificate = publicPart(publicKey);
    return ofKey && ofCertificate && *ofKey != *ofCertificate;
}

Result<void> setIdentity(QSslConfiguration &configuration, const QString &certificateFile, const QString &keyFile)
{
    const auto chain = readCertificates(certificateFile);
    if (!chain)
        return std::unexpected(chain.error());
    const auto key = readKey(keyFile.isEmpty() ? certificateFile : keyFile);
    if (!key)
        return std::unexpected(key.error());
    if (isOfAnother(*key, chain->constFirst()))
        return failure(Error::Invalid,
                       Error::tr("The private key in %1 is not that of the certificate in %2, the first one there. Name "
                                 "the two that were made together.")
                           .arg(keyFile.isEmpty() ? certificateFile : keyFile, certificateFile));
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
    const QSslCertificate own = configuration.localCertificate();
    if (QDateTime::currentDateTimeUtc() > own.expiryDate())
        return failure(Error::Invalid,
                       Error::tr("The certificate in %1 was good until %2, so that no client would trust it. Renew it.")
                           .arg(options.certificateFile, own.expiryDate().toUTC().toString(Qt::ISODate)));
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
#ifdef TCP_USER_TIMEOUT // nothing is probed while bytes wait to be acknowledged
    set(TCP_USER_TIMEOUT, 60'000);
#endif
#endif
}

} // namespace Sojourn::Wire

#endif
