// SPDX-License-Identifier: MIT
#pragma once

#include "cookie_p.h"
#include "guard.h"
#include "qtcompat_p.h"
#include "requestlog_p.h"
#include "sessionsearch_p.h"

#include <Sojourn/SessionStore>
#include <Sojourn/sessionstate_p.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QLoggingCategory>
#include <QtHttpServer/qhttpserverresponse.h>

QT_BEGIN_NAMESPACE
class QHttpServerRequest;
class QNetworkRequest;
QT_END_NAMESPACE

namespace Sojourn {

Q_DECLARE_LOGGING_CATEGORY(lcHttpServer)

class RequestPath;
class SessionWatch;
class ServerThread;

/// A request's cookies and the session that they lead to.
struct Visit : LoadedSession
{
    OfferedIds offered;
    std::optional<RequestLog::Found> found; ///< for the log, if it wants it
    bool isUnknown = false; ///< nobody has issued the id that was offered
};

/// What hooks and routes share: from the request's cookies to a session, and from a session to the response.
class SessionManagerPrivate : public std::enable_shared_from_this<SessionManagerPrivate>
{
public:
    SessionManagerPrivate(const std::shared_ptr<SessionStore> &sessionStore, SessionOptions sessionOptions);
    ~SessionManagerPrivate();

    /// What \a request offers.
    OfferedIds offeredIds(const QHttpServerRequest &request);
    /// Counts the cookies that spell no id; once a request.
    void countMalformed(const OfferedIds &offered);
    /// The same for that of a WebSocket.
    OfferedIds offeredIds(const QNetworkRequest &request);
    /// The headers that a session may add to a response.
    [[nodiscard]] QByteArrayList headerNames() const;
    /// Those of \a response.
    [[nodiscard]] QList<std::pair<QByteArray, QByteArray>> headersOf(QHttpServerResponse &response) const;

    /// A session that is not loaded yet, of the only id that is offered or of none.
    std::shared_ptr<SessionState> newSession(const OfferedIds &offered) const;
    /// The session that the offered ids name, loaded. Of several ids that are alive, those of one user's sessions lead to the
    /// newest of these, others to none.
    Task<LoadedSession> load(const OfferedIds &offered);

    /// Has \a session keep who visits, where the options say so.
    void keepVisit(SessionState &session, const QHttpServerRequest &request) const;
    /// Why what a request did is not saved, where its cookies could not be read.
    [[nodiscard]] static Error headersMissing();
    /// Saves what the request did, before its \a response leaves.
    Task<void> commit(Visit &visit, const QHttpServerResponse &response) const;
    /// Turns the handler's \a response into what leaves: with the cookie of the session, or with the reason why it could not be
    /// saved. \a request is null where it cannot be read any more. \return whether it is still the handler's.
    bool finish(QHttpServerResponse &response, const Visit &visit, const Result<void> &committed,
                const QHttpServerRequest *request);
    /// Gives \a response the cookie of the session, and what caches must know.
    void addHeaders(QHttpServerResponse &response, const Visit &visit) const;

    /// The answer to a request that fails with \a error: 409 where a change was dropped, 503 where the store fails.
    QHttpServerResponse answerTo(const Error &error, const QHttpServerRequest *request);
    /// The same where the session that the request offers could not be loaded.
    QHttpServerResponse answerUnloaded(const Error &error, const QHttpServerRequest *request);
    /// The answer that SessionOptions::errorResponse or, without one, the library gives for \a error.
    QHttpServerResponse answerWith(const RequestError &error, const QHttpServerRequest *request) const;
    QHttpServerResponse answerWith(const Guard::Refusal &refusal, const QHttpServerRequest &request) const;

    /// Why \a server cannot be served, empty if it can. Warns of other managers with the same cookie.
    QString attach(QHttpServer *server);
    /// The thread of a server that was attached.
    std::shared_ptr<ServerThread> threadOf(QHttpServer *server) const { return m_servers.value(server); }
    /// Why no request of \a server would ever be one of this route; empty if some are. Remembers it for the next ones.
    QString checkRoute(const QHttpServer *server, const QString &path, QHttpServerRequest::Methods methods, bool captures);

    /// Follows sessions beyond their requests.
    SessionWatch &watch();

    const std::shared_ptr<SessionStore> store;
    const QByteArray storeKind; ///< such as "redis"; that of the store below a realm
    const SessionOptions options;
    const std::shared_ptr<const SessionPolicy> policy;
    const CookieWriter cookieWriter;
    const std::shared_ptr<RequestPath> requestPath; ///< for the rules of all routes
    std::unique_ptr<QObject> sweepHelper; ///< of a store that lives in another thread
    std::optional<Error> error;

private:
    void detach(const QHttpServer *server);
    void addVary(Compat::ResponseHeaders &headers) const;
    /// Where a client without cookies finds its id.
    [[nodiscard]] QByteArray idHeader() const { return options.idHeader.isEmpty() ? QByteArray("Session-Id") : options.idHeader; }
    void replaceOwnCookie(Compat::ResponseHeaders &headers) const;
    void forbidSharedCaching(Compat::ResponseHeaders &headers) const;

    struct PlainRoute
    {
        const QHttpServer *server;
        QString path;
        QHttpServerRequest::Methods methods;
    };
    QHash<const QHttpServer *, std::shared_ptr<ServerThread>> m_servers;
    std::vector<PlainRoute> m_plainRoutes; ///< without captures
    std::unique_ptr<SessionWatch> m_watch; ///< from the first WebSocket or stream on
    QDeadlineTimer m_quiet; ///< a failing store is logged now and then, not for every visitor
};

[[nodiscard]] inline bool hasFailed(const QHttpServerResponse &response)
{
    return static_cast<int>(response.statusCode()) >= 500;
}

} // namespace Sojourn
