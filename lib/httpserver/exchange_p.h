// SPDX-License-Identifier: MIT
#pragma once

#include "qtcompat_p.h"
#include "routehandler.h"
#include "sessionmanager_p.h"

namespace Sojourn {

class ServerThread;
class Stream;

/// A path of an application and what answers it.
struct Route
{
    std::shared_ptr<SessionManagerPrivate> manager;
    std::shared_ptr<ServerThread> thread;
    QHttpServer *server;
    bool usesSession;
    Detail::RouteFunction function;
    Compat::HeldChannels held{server};
};

/// One request of a route, from its arrival to its answer. Never blocks. One that ends without an answer answers 500.
class Exchange
{
public:
    Exchange(std::shared_ptr<Route> route, const QHttpServerRequest &request, Compat::RawResponder responder)
        : m_route(std::move(route)), m_channel(m_route->held, request, static_cast<Compat::RawResponder>(responder))
    { }
    ~Exchange();
    Q_DISABLE_COPY_MOVE(Exchange)

    /// A request arrives.
    static void start(std::shared_ptr<Route> route, const QRegularExpressionMatch &match, const QHttpServerRequest &request,
                      Compat::RawResponder responder);
    /// Saves the session, then writes \a response. In any thread.
    static void answer(std::unique_ptr<Exchange> exchange, QHttpServerResponse &&response);

    /// Saves the session, then writes \a head and what \a stream brings. In any thread.
    static void stream(std::unique_ptr<Exchange> exchange, QHttpServerResponse &&head, std::shared_ptr<Stream> stream);

    /// The answer will come after the handler has returned; the request stays readable until then.
    void hold(const QHttpServerRequest &request);

    Route &route() const { return *m_route; }
    const std::shared_ptr<Route> &sharedRoute() const { return m_route; }
    const std::shared_ptr<SessionState> &session() const { return m_visit.session; }

private:
    static void loaded(std::unique_ptr<Exchange> exchange, Result<LoadedSession> session, const QRegularExpressionMatch &match,
                       const QHttpServerRequest &request);
    static void call(std::unique_ptr<Exchange> exchange, const QRegularExpressionMatch &match, const QHttpServerRequest &request);
    static void save(std::unique_ptr<Exchange> exchange, QHttpServerResponse &&response, const QHttpServerRequest *request);
    void finish(QHttpServerResponse &&response, const Result<void> &committed, const QHttpServerRequest *request);
    void leave(QHttpServerResponse &&response, bool isHandlers, const QHttpServerRequest *request);
    const QHttpServerRequest *heldRequest() const;

    const std::shared_ptr<Route> m_route;
    Compat::Channel m_channel;
    Visit m_visit; ///< without a session in routes that do not take one
    std::optional<Compat::HeldRequest> m_held;
    std::shared_ptr<Stream> m_stream; ///< of an answer that goes on
};

} // namespace Sojourn
