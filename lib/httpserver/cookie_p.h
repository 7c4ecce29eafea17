// SPDX-License-Identifier: MIT
#pragma once

#include "sessionoptions.h"

#include <Sojourn/SessionId>

#include <vector>

namespace Sojourn {

/// The ids that a request's cookies offer.
struct SOJOURN_HTTPSERVER_EXPORT OfferedIds
{
    static constexpr size_t Limit = 4; ///< of different ids; those after it are not looked at

    std::vector<SessionId> ids;
    int malformed = 0; ///< cookies of the name that spell no id

    /// Adds what a Cookie header offers under \a cookieName. Pairs are separated by ";", or by ", " where a proxy joined headers.
    void read(QByteArrayView header, QByteArrayView cookieName);

    friend bool operator==(const OfferedIds &a, const OfferedIds &b) { return a.ids == b.ids && a.malformed == b.malformed; }
};

/// Writes Set-Cookie values; what does not change from one to the next is put together once.
class SOJOURN_HTTPSERVER_EXPORT CookieWriter
{
public:
    explicit CookieWriter(const CookieOptions &options);

    [[nodiscard]] QByteArray set(const SessionId &id, std::optional<std::chrono::seconds> maxAge) const;
    [[nodiscard]] const QByteArray &removal() const { return m_removal; }

private:
    QByteArray m_begin; // "name="
    QByteArray m_attributes; // "; Path=/; HttpOnly..."
    QByteArray m_removal;
};

} // namespace Sojourn
