// SPDX-License-Identifier: MIT
#pragma once

#include "cookie_p.h"
#include "sessionoptions.h"

#include <Sojourn/SessionStore>
#include <Sojourn/session_p.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QLoggingCategory>
#include <QtHttpServer/qhttpserverresponse.h>

QT_BEGIN_NAMESPACE
class QHttpServerRequest;
QT_END_NAMESPACE

namespace Sojourn {

Q_DECLARE_LOGGING_CATEGORY(lcHttpServer)

class RequestPath;

/// What hooks and routes share: from the request's cookies to a session, and from a session to the response.
class SessionManagerPrivate
{
public:
    SessionManagerPrivate(std::shared_ptr<SessionStore> sessionStore, SessionOptions sessionOptions);

    /// What \a request offers; nothing if its headers are missing. Qt drops all headers of a request that has too many: such a
    /// visitor may well have a session, which must not be replaced by a new one.
    std::optional<OfferedIds> offeredIds(const QHttpServerRequest &request) const;
    void countMalformed(const OfferedIds &offered);

    /// A session as yet unread, of \a id or without one.
    std::shared_ptr<SessionState> newSession(std::optional<SessionId> id) const;
    /// The session that \a ids name, loaded. Of several ids the one that is alive counts; if two are, none.
    Task<std::shared_ptr<SessionState>> load(const OfferedIds &offered);

    /// Turns the handler's \a response into what leaves: with the cookie of \a session, or with the reason why it could not be
    /// saved.
    void finish(QHttpServerResponse &response, const std::shared_ptr<SessionState> &session, const Result<void> &committed);
    /// The same for a request without headers: it saves nothing.
    void finishWithoutHeaders(QHttpServerResponse &response, const std::shared_ptr<SessionState> &session);
    /// The answer to a request whose session could not be loaded.
    QHttpServerResponse unavailable(const Error &error);

    const std::shared_ptr<SessionStore> store;
    const SessionOptions options;
    const std::shared_ptr<const SessionPolicy> policy;
    const CookieWriter cookieWriter;
    const std::shared_ptr<RequestPath> requestPath; ///< for the rules of all routes
    std::optional<Error> error;

private:
    class Search;

    QDeadlineTimer m_quiet; ///< a failing store is logged now and then, not for every visitor
};

[[nodiscard]] inline bool hasFailed(const QHttpServerResponse &response)
{
    return static_cast<int>(response.statusCode()) >= 500;
}

} // namespace Sojourn
