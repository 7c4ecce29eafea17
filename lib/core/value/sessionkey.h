// SPDX-License-Identifier: MIT
#pragma once

#include "global.h"

#include <QtCore/QByteArray>
#include <QtCore/QHashFunctions>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <array>
#include <cstring>
#include <optional>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace Sojourn {

/// The name by which everything but the visitor's browser knows a session: SHA-256 of the session id,
/// written as 43 characters of base64url. The id cannot be computed from it.
class SOJOURN_CORE_EXPORT SessionKey
{
public:
    static constexpr qsizetype ByteCount = 32; ///< bytes of a key, a SHA-256 digest
    static constexpr qsizetype TextSize = 43; ///< characters of its text, base64url

    /// The null key, which names no session.
    constexpr SessionKey() = default;

    /// The key with these 32 bytes; nothing for another size.
    [[nodiscard]] static std::optional<SessionKey> fromBytes(QByteArrayView bytes);
    /// The key that \a text spells: 43 characters of base64url whose 2 spare bits are zero.
    [[nodiscard]] static std::optional<SessionKey> fromString(QAnyStringView text);

    /// Whether this is no key.
    [[nodiscard]] bool isNull() const { return *this == SessionKey(); }
    /// A view of the 32 bytes, valid as long as the key.
    [[nodiscard]] QByteArrayView bytes() const { return QByteArrayView(m_bytes.data(), ByteCount); }
    /// The 43 characters.
    [[nodiscard]] QString toString() const;
    /// The text as bytes.
    [[nodiscard]] QByteArray toLatin1() const;

    friend bool operator==(const SessionKey &a, const SessionKey &b) = default;
    friend auto operator<=>(const SessionKey &a, const SessionKey &b) = default;
    /// For QHash.
    friend size_t qHash(const SessionKey &key, size_t seed = 0) noexcept
    {
        size_t hash; // the bytes are a digest already
        std::memcpy(&hash, key.m_bytes.data(), sizeof hash);
        return hash ^ seed;
    }

private:
    friend class SessionId;
    std::array<quint8, ByteCount> m_bytes{};
};

SOJOURN_CORE_EXPORT QDebug operator<<(QDebug debug, const SessionKey &key);

} // namespace Sojourn

Q_DECLARE_METATYPE(Sojourn::SessionKey)
