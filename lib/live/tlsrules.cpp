// SPDX-License-Identifier: MIT
#include "tlsrules_p.h"

#include <Sojourn/livetls.h>

#include <QtCore/QFile>
#include <QtCore/QMessageAuthenticationCode>
#include <QtCore/QSet>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sojourn {

Result<void> LiveTlsAddress::check() const
{
    if (host.isEmpty() || port == 0)
        return failure(Error::Invalid,
                       Error::tr("The address of a live application needs a host and a port; there is no usual one."));
    if (!fingerprint.isEmpty()) {
        if (const auto read = Wire::fingerprintFromText(fingerprint); !read)
            return std::unexpected(read.error());
    }
    if (!keyFile.isEmpty() && certificateFile.isEmpty())
        return failure(Error::Invalid, Error::tr("A private key alone opens nothing; name its certificate too, with cert=FILE."));
    if (!token.isEmpty() && !tokenFile.isEmpty())
        return failure(Error::Invalid, Error::tr("The token is given twice; leave out either it or the file that holds it."));
    return {};
}

} // namespace Sojourn

namespace Sojourn::Wire {

Result<QByteArray> fingerprintFromText(const QString &text)
{
    constexpr qsizetype digits = 64;
    const QString bare = QString(text).remove(u':').trimmed();
    const bool valid = bare.size() == digits && std::ranges::all_of(bare, [](QChar c) {
                           return (c >= u'0' && c <= u'9') || (c.toLower() >= u'a' && c.toLower() <= u'f');
                       });
    if (!valid)
        return failure(
            Error::Invalid,
            Error::tr("A fingerprint is the SHA-256 of a certificate in 64 hexadecimal digits, with or without colons; "
                      "`openssl x509 -noout -fingerprint -sha256 -in FILE` tells it."));
    return QByteArray::fromHex(bare.toLatin1());
}

QString fingerprintText(const QByteArray &fingerprint)
{
    return QString::fromLatin1(fingerprint.toHex());
}

namespace {

// How many characters a token of these kinds is drawn from.
double alphabetOf(const QString &token)
{
    const auto all = [&token](auto is) { return std::ranges::all_of(token, is); };
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    const auto isIn = [](QChar c, char16_t first, char16_t last) { return c >= first && c <= last; };
    if (all(isDigit))
        return 10;
    if (all([&](QChar c) { return isDigit(c) || isIn(c, u'a', u'f'); })
        || all([&](QChar c) { return isDigit(c) || isIn(c, u'A', u'F'); }))
        return 16;
    if (all([&](QChar c) { return isDigit(c) || isIn(c, u'a', u'z'); })
        || all([&](QChar c) { return isDigit(c) || isIn(c, u'A', u'Z'); }))
        return 32;
    return 64;
}

} // namespace

Result<void> checkToken(const QString &token)
{
    constexpr double bits = 128;
    constexpr int fewestCharacters = 8; // different ones: a random token has more
    const bool printable = std::ranges::all_of(token, [](QChar c) { return c > u' ' && c <= u'~'; });
    if (!printable)
        return failure(
            Error::Invalid,
            Error::tr("The token for live+tls has spaces or characters beyond ASCII. Make one with `openssl rand -hex 32`."));
    const QSet<QChar> characters(token.begin(), token.end());
    if (static_cast<double>(token.size()) * std::log2(alphabetOf(token)) < bits || characters.size() < fewestCharacters)
        return failure(
            Error::Invalid,
            Error::tr("The token for live+tls is too easy to guess, it needs 128 bits. Make one with `openssl rand -hex 32`."));
    return {};
}

QByteArray tokenProof(const QString &token, const QByteArray &nonce, const QByteArray &fingerprint)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, token.toUtf8());
    code.addData("sojourn live+tls token\n");
    code.addData(nonce);
    code.addData(fingerprint);
    return code.result();
}

Error noTlsError()
{
    return {Error::Unsupported,
            Error::tr("This Qt has no TLS, which live+tls needs. Install its TLS plugin and OpenSSL, or use live: over SSH.")};
}

Result<QByteArray> readSmallFile(const QString &path)
{
    constexpr qint64 most = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Invalid, Error::tr("The file %1 cannot be read: %2.").arg(path).arg(file.errorString()));
    return file.read(most);
}

Result<QString> readTokenFile(const QString &path)
{
    const auto bytes = readSmallFile(path);
    if (!bytes)
        return std::unexpected(bytes.error());
    const QByteArray line = bytes->split('\n').constFirst().trimmed();
    if (line.isEmpty())
        return failure(Error::Invalid, Error::tr("The first line of the file %1 should be a token, and is empty.").arg(path));
    return QString::fromUtf8(line);
}

} // namespace Sojourn::Wire
