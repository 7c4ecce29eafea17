// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>
#include <Sojourn/sojournlive_export.h>

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

namespace Sojourn::Wire {

/// Bytes of a nonce.
inline constexpr int NonceSize = 32;

/// A SHA-256 in hexadecimal digits, in either case and with or without colons, as 32 bytes.
[[nodiscard]] SOJOURN_LIVE_EXPORT Result<QByteArray> fingerprintFromText(const QString &text);
/// As fingerprintFromText() reads it.
[[nodiscard]] QString fingerprintText(const QByteArray &fingerprint);

/// Whether \a token has 128 bits, as far as its looks tell.
[[nodiscard]] SOJOURN_LIVE_EXPORT Result<void> checkToken(const QString &token);

/// What shows that its sender knows \a token, to the one who asked with \a nonce over a connection whose server has the
/// certificate with \a fingerprint, and to nobody else.
[[nodiscard]] SOJOURN_LIVE_EXPORT QByteArray tokenProof(const QString &token, const QByteArray &nonce,
                                                        const QByteArray &fingerprint);

/// What is said where this Qt has no TLS.
[[nodiscard]] Error noTlsError();

/// The whole of a small file, such as a certificate.
[[nodiscard]] Result<QByteArray> readSmallFile(const QString &path);
/// The token in the first line of a file.
[[nodiscard]] Result<QString> readTokenFile(const QString &path);

} // namespace Sojourn::Wire
