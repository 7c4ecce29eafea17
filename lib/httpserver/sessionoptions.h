// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>
#include <Sojourn/SessionPolicy>
#include <Sojourn/sojournhttpserver_export.h>

namespace Sojourn {

enum class SameSite : quint8 { Strict, Lax, None };

/// The cookie that carries the session id (RFC 6265bis). The defaults are the strictest that browsers know; loosen what you must.
struct CookieOptions
{
    QByteArray name = "id"; ///< `__Host-` and `__Secure-` names are held to their rules
    QByteArray path = "/";
    QByteArray domain = {}; ///< empty: this host only
    bool httpOnly = true; ///< hidden from scripts
    bool secure = true; ///< over TLS only; browsers make an exception for localhost
    SameSite sameSite = SameSite::Strict;
    bool partitioned = false; ///< one cookie jar per embedding site (CHIPS)
};

/// How a SessionManager treats the sessions of its server.
struct SOJOURN_HTTPSERVER_EXPORT SessionOptions
{
    CookieOptions cookie = {};
    SessionPolicy policy = {};
    /// The largest record in bytes; forwarded to the store. Without one the store's own limit stays.
    std::optional<qsizetype> sizeLimit = {};
    /// How often expired records are removed, traffic or not; 0: never. Forwarded to the store.
    std::chrono::milliseconds sweepInterval = std::chrono::seconds(60);
    /// A request whose session was logged out, revoked or replaced while it ran cannot save its changes. Its answer becomes 409;
    /// with this set the visitor gets the handler's answer although nothing was saved.
    bool keepAnswerWhenLost = false;
    /// What a 503 tells the visitor to wait when the store cannot be reached (Retry-After).
    std::chrono::seconds retryAfter = std::chrono::seconds(1);

    /// Nothing if this can work, otherwise Error::Invalid with a sentence that names the option and says what to do.
    [[nodiscard]] Result<void> validate() const;
};

} // namespace Sojourn
