// SPDX-License-Identifier: MIT
#pragma once

#include "routehandler.h"
#include "sessionoptions.h"

#include <Sojourn/SessionStore>

#include <QtHttpServer/qhttpserver.h>

QT_BEGIN_NAMESPACE
class QWebSocket;
QT_END_NAMESPACE

namespace Sojourn {

class Hooks;
class SessionManagerPrivate;

/// Gives the requests of a QHttpServer their sessions: reads the cookie, loads the record, saves what the handler changed before
/// the first byte of the response leaves, and sets, renews or removes the cookie.
///
/// There are two ways to a session, and one manager may serve both:
///
/// \code
/// auto store = std::make_shared<Sojourn::MemoryStore>();
/// Sojourn::SessionManager sessions(store);
///
/// sessions.install(&server);                      // hooks: before the first route
/// server.route("/cart", [&](const QHttpServerRequest &request) {
///     Sojourn::Session session = sessions.session(request);
///     session.increment("items");
///     return QHttpServerResponse("ok");
/// });
///
/// sessions.route(&server, "/item/<arg>", [](int id, Sojourn::Session &session) {
///     session.insert("last", id);
///     return QHttpServerResponse("ok");
/// });
/// \endcode
///
/// *Hooks* drop into an existing application of synchronous handlers; with a networked store they block for its round trip.
/// *Routes* never block: the session is loaded before the handler runs and saved after it, while other visitors are served.
///
/// What the visitor gets when a session cannot be saved: 409 if it was logged out, revoked or replaced meanwhile, 413 if it grew
/// over the size limit, 403 if its user has too many, 503 with Retry-After if the store does not answer. A response of 500 or
/// more saves nothing, so that a failed login or purchase leaves no trace. Handlers hear of a failing store in no other way.
///
/// Belongs to the thread of its server and store. Servers that it was installed on may outlive it: what it added to them goes on
/// as before.
class SOJOURN_HTTPSERVER_EXPORT SessionManager
{
public:
    /// See SessionOptions.
    using Options = SessionOptions;

    /// Sessions in \a store, which the manager keeps alive. If \a options cannot work the reason is in error() and in the log,
    /// and install() and route() refuse: a server is not run with sessions that are less safe than its author thinks.
    explicit SessionManager(std::shared_ptr<SessionStore> store, Options options = {});
    ~SessionManager();
    Q_DISABLE_COPY_MOVE(SessionManager)

    /// The same as options.validate().
    [[nodiscard]] static Result<void> validate(const Options &options) { return options.validate(); }
    /// What is wrong with the options, if anything.
    [[nodiscard]] std::optional<Error> error() const;

    /// Hooks this manager into \a server, for session(). Call it before the first route: requests of earlier routes pass it by.
    /// QHttpServer does not tell what routes it has, so this cannot refuse then; session() says so in the log when one asks.
    /// \return false if error() is set or this is not the server's thread; the log says which.
    bool install(QHttpServer *server);

    /// The session of a request of a server that install() was called on. Only in the request's handler, which must return its
    /// response: a handler that takes the QHttpServerResponder belongs to route(). Costs nothing for requests that do not ask.
    [[nodiscard]] Session session(const QHttpServerRequest &request);

    /// Calls \a handler for requests of \a path, as QHttpServer::route() does. It takes the values captured by `<arg>`, then any
    /// of `Session &`, `const QHttpServerRequest &` and SessionResponder, and returns anything QHttpServerResponse can be made
    /// from, a `QFuture<QHttpServerResponse>`, or void if it takes a SessionResponder. The session of a handler that does not
    /// take one is not loaded. It is called in the server's thread; if it throws, the visitor gets 500 and nothing is saved.
    /// Functions given to QHttpServer::afterRequest() do not see these responses.
    /// \return false if no request could ever reach the handler: error() is set, this is not the server's thread, the path does
    /// not fit the handler, does not begin with "/" or has been taken by an earlier route. The log says why.
    template<class Handler>
    [[nodiscard]] bool route(QHttpServer *server, const QString &path, Handler &&handler)
    {
        return route(server, path, QHttpServerRequest::Method::AnyKnown, std::forward<Handler>(handler));
    }
    /// The same for requests of \a methods only.
    template<class Handler>
    [[nodiscard]] bool route(QHttpServer *server, const QString &path, QHttpServerRequest::Methods methods, Handler &&handler)
    {
        using Shape = Detail::HandlerShape<std::decay_t<Handler>>;
        static_assert(Shape::check());
        auto rule = makeRule(server, path, methods, {.captures = Shape::CaptureCount > 0, .usesSession = Shape::UsesSession},
                             [handler = std::decay_t<Handler>(std::forward<Handler>(handler))](Detail::RouteCall &call) mutable {
                                 return Detail::invoke(handler, call);
                             });
        return rule && added(path, server->router()->addRule<typename Shape::template Captures<>::Function>(std::move(rule)));
    }

    /// Calls \a handler for requests that no route takes, in place of Qt's 404: for a page of the application's own. It takes any
    /// of `Session &`, `const QHttpServerRequest &` and SessionResponder, as those of route() do. The handler sets the status.
    /// \return false if error() is set or this is not the server's thread; the log says which.
    template<class Handler>
    [[nodiscard]] bool missingHandler(QHttpServer *server, Handler &&handler)
    {
        using Shape = Detail::HandlerShape<std::decay_t<Handler>>;
        static_assert(Shape::check());
        static_assert(Shape::CaptureCount == 0, "Sojourn: no path, so a missing handler takes no captured arguments.");
        return setMissingHandler(server, Shape::UsesSession,
                                 [handler = std::decay_t<Handler>(std::forward<Handler>(handler))](
                                     Detail::RouteCall &call) mutable { return Detail::invoke(handler, call); });
    }

    /// Calls \a handler for each WebSocket that is opened at \a path, with the session of its visitor, loaded and read-only:
    /// \code
    /// sessions.webSocket(&server, "/chat", [](QWebSocket *socket, const Sojourn::Session &session) {
    ///     if (session.user().isEmpty())
    ///         return socket->close(QWebSocketProtocol::CloseCodePolicyViolated, "Log in first.");
    ///     ...
    /// });
    /// \endcode
    /// When the session ends (logged out, revoked, expired) or passes to another user, the socket is closed with the code
    /// CloseCodePolicyViolated; a fresh id makes no difference, nor does the log-in of who had no user yet. What the visitor
    /// sends is activity of the session. Pages of other sites are refused (SessionOptions::webSocketOrigins). The socket belongs
    /// to the server and is deleted once it has closed, 5 s after it was closed here at the latest. Before \a handler is called
    /// its client may send 1 MiB; after that what QWebSocket::setMaxAllowedIncomingMessageSize() says, which is a great deal by
    /// default.
    ///
    /// Works with every Qt that has QHttpServer. Before Qt 6.8 call it before a route of the same path. Do not call
    /// nextPendingWebSocketConnection() on this server beside it.
    /// \return false if error() is set, this is not the server's thread, or the path is taken; the log says which.
    [[nodiscard]] bool webSocket(QHttpServer *server, const QString &path,
                                 std::function<void(QWebSocket *socket, const Session &session)> handler);

    /// Header lines of a response: names and values.
    using Headers = QList<std::pair<QByteArray, QByteArray>>;
    /// For handlers of hooks that write their response themselves, through a QHttpServerResponder: saves what was changed of
    /// session(\a request), and \return the headers that the response must have (Set-Cookie, Cache-Control, Vary). Call it before
    /// writing and still in the handler, once, with the \a status of the response: as always 5xx saves nothing. If the session
    /// cannot be saved the response is to say so: 409 for Error::NotFound, Conflict and Invalid, 413 for TooLarge, 403 for
    /// LimitReached, 503 for others. Call this once more for that answer: it saves nothing, and \return its headers, among them
    /// the cookie of a cycleId() or flush() that is done. Waits for the store.
    [[nodiscard]] Result<Headers> responseHeaders(const QHttpServerRequest &request,
                                                  QHttpServerResponse::StatusCode status = QHttpServerResponse::StatusCode::Ok);

    /// \a handler for route(), called only if \a guard allows it. Guards may be nested.
    template<class Handler>
    [[nodiscard]] static auto guarded(const Guard &guard, Handler &&handler)
    {
        return Detail::Guarded<std::decay_t<Handler>>{guard, std::forward<Handler>(handler)};
    }
    /// The same as guarded(Guard::user(loginPage), handler).
    template<class Handler>
    [[nodiscard]] static auto requireUser(Handler &&handler, const QString &loginPage = {})
    {
        return guarded(Guard::user(loginPage), std::forward<Handler>(handler));
    }
    /// The same as guarded(Guard::role(role, loginPage), handler).
    template<class Handler>
    [[nodiscard]] static auto requireRole(const QString &role, Handler &&handler, const QString &loginPage = {})
    {
        return guarded(Guard::role(role, loginPage), std::forward<Handler>(handler));
    }
    /// The same as guarded(Guard::csrfToken(field), handler).
    template<class Handler>
    [[nodiscard]] static auto requireCsrfToken(Handler &&handler, const QString &field = QStringLiteral("csrf"))
    {
        return guarded(Guard::csrfToken(field), std::forward<Handler>(handler));
    }
    /// For handlers of hooks: the response to return if \a guard does not allow \a request, otherwise nothing.
    /// \code
    /// if (auto refusal = sessions.refusal(request, Sojourn::Guard::user("/login")))
    ///     return std::move(*refusal);
    /// \endcode
    [[nodiscard]] std::optional<QHttpServerResponse> refusal(const QHttpServerRequest &request, const Guard &guard);

    /// The field \a name of the form in the body of \a request (application/x-www-form-urlencoded), empty if there is none.
    [[nodiscard]] static QString formField(const QHttpServerRequest &request, QAnyStringView name);
    /// Where a guard's visitor wanted to go: the field or parameter `next` of \a request, or \a fallback if that is missing or
    /// leads to another site.
    [[nodiscard]] static QString nextPage(const QHttpServerRequest &request, const QString &fallback = QStringLiteral("/"));
    /// Sends the visitor to \a location with GET (303).
    [[nodiscard]] static QHttpServerResponse redirect(const QString &location);

    /// Where the sessions are kept: what was given, or with SessionOptions::realm a RealmStore around it. Ask this one about
    /// users, `sessions.store()->removeUser("ann", {}, SessionStore::Removal::Admin)`: in the store that was given ann has
    /// another name.
    [[nodiscard]] const std::shared_ptr<SessionStore> &store() const;
    /// As they were given.
    [[nodiscard]] const Options &options() const;
    /// What the store did in this process, and how many cookies were turned away.
    [[nodiscard]] Metrics metrics() const;
    /// Answers GET of \a path with what Prometheus scrapes: metrics(), `sojourn_sessions`, how many sessions are alive, and
    /// `sojourn_store_up`, 0 while the store does not answer. Each series has the label `store`, by default the kind of the store
    /// ("memory", "sqlite", "redis"). The page has no secrets, but keep it from the public with \a guard or the proxy.
    /// \return false as route() does.
    [[nodiscard]] bool metricsRoute(QHttpServer *server, const QString &path, const QString &storeLabel = {},
                                    const std::optional<Guard> &guard = {});

private:
    struct RouteShape
    {
        bool captures;
        bool usesSession;
    };
    std::unique_ptr<QHttpServerRouterRule> makeRule(QHttpServer *server, const QString &path, QHttpServerRequest::Methods methods,
                                                    RouteShape shape, Detail::RouteFunction function);

    bool setMissingHandler(QHttpServer *server, bool usesSession, Detail::RouteFunction function);

    static bool added(const QString &path, bool fits);

    std::shared_ptr<SessionManagerPrivate> d;
    std::shared_ptr<Hooks> m_hooks;
};

} // namespace Sojourn
