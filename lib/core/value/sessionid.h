// SPDX-License-Identifier: MIT
#pragma once

#include "sessionkey.h"

#include <array>
#include <optional>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace Sojourn {

/// The secret in the cookie: 128 bits from the system's random generator (OWASP Session Management asks for 64 of entropy),
/// written as 22 characters of base64url.
///
/// Give it to nobody but the visitor's browser: not to a log, not to a store. A debug stream prints it as `SessionId(hidden)`.
class SOJOURN_CORE_EXPORT SessionId
{
public:
    static constexpr qsizetype ByteCount = 16; ///< random bytes in an id
    static constexpr qsizetype TextSize = 22; ///< letters of its text

    /// A fresh id from QRandomGenerator::system(). Thread-safe.
    [[nodiscard]] static SessionId generate();
    /// The id that \a cookieValue spells, if it is exactly 22 characters of base64url whose 4 spare bits are zero.
    [[nodiscard]] static std::optional<SessionId> fromCookieValue(QByteArrayView cookieValue);

    /// The 22 characters for the cookie.
    [[nodiscard]] QByteArray toCookieValue() const;
    /// The public name of the session: SHA-256 of the 16 bytes. Recent pairs are remembered in each thread.
    [[nodiscard]] SessionKey key() const;

    friend bool operator==(const SessionId &a, const SessionId &b) = default;

private:
    SessionId() = default;
    std::array<quint8, ByteCount> m_bytes{};
};

SOJOURN_CORE_EXPORT QDebug operator<<(QDebug debug, const SessionId &id);

} // namespace Sojourn
