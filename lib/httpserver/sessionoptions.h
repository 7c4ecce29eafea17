// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>
#include <Sojourn/SessionPolicy>
#include <Sojourn/sojournhttpserver_export.h>

#include <QtCore/QStringList>
#include <QtHttpServer/qhttpserverresponse.h>

#include <functional>

QT_BEGIN_NAMESPACE
class QHttpServerRequest;
QT_END_NAMESPACE

namespace Sojourn {

enum class SameSite : quint8 { Strict, Lax, None };

/// The cookie that carries the session id (RFC 6265bis).
struct CookieOptions
{
    QByteArray name = "id"; ///< `__Host-` and `__Secure-` names are held to their rules
    QByteArray path = "/"; ///< the Path attribute
    QByteArray domain = {}; ///< empty: this host only
    bool httpOnly = true; ///< hidden from scripts
    /// Over TLS only. Over plain http Chromium and Firefox make an exception for localhost, Safari does not.
    bool secure = true;
    /// Strict: a link from a mail or another site shows a visitor who is not logged in. Lax: only forms, frames and scripts of
    /// other sites do. None: nothing but CSRF tokens protects from those.
    SameSite sameSite = SameSite::Lax;
    bool partitioned = false; ///< one cookie jar per embedding site (CHIPS)
};

/// Why a request gets an answer of the library in place of the handler's. For a guard's refusal the code is Error::Invalid.
struct RequestError : Error
{
    QHttpServerResponse::StatusCode status = QHttpServerResponse::StatusCode::ServiceUnavailable; ///< of the answer
};

/// How a SessionManager treats the sessions of its server.
struct SOJOURN_HTTPSERVER_EXPORT SessionOptions
{
    CookieOptions cookie = {}; ///< what the cookie looks like
    SessionPolicy policy = {}; ///< how long sessions live
    /// The largest record in bytes that this manager writes. The store's own limit holds too; it becomes this one unless it was
    /// set before, by another manager too. Without one the store's limit holds alone.
    std::optional<qsizetype> sizeLimit = {};
    /// How often expired records are removed, traffic or not; 0: never. Of several managers on one store the most eager counts.
    std::chrono::milliseconds sweepInterval = std::chrono::seconds(60);
    /// A request whose session was logged out, revoked or replaced while it ran cannot save its changes. Its answer becomes 409;
    /// with this set the visitor gets the handler's answer although nothing was saved.
    bool keepAnswerWhenLost = false;
    /// What a 503 tells the visitor to wait when the store cannot be reached (Retry-After).
    std::chrono::seconds retryAfter = std::chrono::seconds(1);
    /// For clients without cookies, applications and scripts: a request with `Authorization: Bearer ID`, or without an id yet
    /// `Authorization: Bearer`, gets the id of a new session, a rotation or renewal in the response header Session-Id and no
    /// cookie of any kind; an empty one says that the session has ended. Its own cookies count for nothing.
    bool bearer = false;
    /// The same with a request header of this name, which is then that of the response too; such as "X-Session".
    QByteArray idHeader = {};
    /// Pages of other sites that may open WebSockets with their visitors' sessions, as browsers name them (RFC 6454): such as
    /// "https://shop.example", a port only if it is unusual, no path, no pattern. Those of this host may always, by plain http
    /// only where the cookie is not Secure, and on the browser's own machine.
    QStringList webSocketOrigins = {};
    /// Keeps where a visitor comes from and what the browser calls itself beside the data of sessions: for the inspector, the
    /// command line and a page "my devices" (SessionInfo::visitFacts()). It is written along with other things, never for itself,
    /// so it is as new as the last touch. These are personal data: whoever keeps them has to say so.
    bool keepVisit = false;
    /// Behind a proxy, all requests come from that. The header in which it passes the visitor's address on, such as "X-Real-IP"
    /// or "X-Forwarded-For", whose last address counts. Only of a proxy that writes it itself: visitors can send any header.
    QByteArray addressHeader = {};
    /// Keeps applications apart that share a store: each with a realm of its own, see RealmStore, through which the manager then
    /// sees the store. All of them need one: an application without a realm sees, and accepts, the sessions of all.
    QString realm = {};
    /// Makes the answers of the library: 400, 401, 403, 409, 413 and 503. Use error.status; a 503 gets its Retry-After by itself.
    /// Without a function, or where it returns nothing, browsers (Accept: text/html) get a small page and others JSON:
    /// `{"error":"..."}`. Called in the server's thread.
    std::function<std::optional<QHttpServerResponse>(const RequestError &error, const QHttpServerRequest &request)>
        errorResponse = {};

    /// Nothing if this can work, otherwise Error::Invalid with a sentence that names the option and says what to do.
    [[nodiscard]] Result<void> validate() const;
};

} // namespace Sojourn
