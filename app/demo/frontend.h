// SPDX-License-Identifier: MIT
#pragma once

#include "options.h"
#include "response.h"

#include <Sojourn/SessionManager>

#include <QtCore/QTimer>

#include <concepts>
#include <type_traits>

/// Gives the calls of the API their session through hooks or routes, so that each call is written once.
class FrontEnd
{
public:
    using Method = QHttpServerRequest::Method;

    FrontEnd(Options::FrontEnd kind, QHttpServer *server, Sojourn::SessionManager *sessions)
        : m_hooks(kind == Options::FrontEnd::Hooks), m_server(server), m_sessions(sessions)
    {
        if (m_hooks)
            m_sessions->install(m_server);
    }

    /// A call without a session: \a handler().
    template<class Handler>
    void addPlain(const QString &path, Handler handler)
    {
        m_server->route(path, Method::Get, std::move(handler));
    }

    /// A call that is answered at once: \a handler(Session &), or with an ApiRequest or the request itself behind it.
    template<class Handler>
    void add(Method method, const QString &path, Handler handler)
    {
        const auto call = [handler](Sojourn::Session &session, const QHttpServerRequest &request) {
            if constexpr (std::invocable<Handler, Sojourn::Session &>)
                return respond(handler(session));
            else if constexpr (std::invocable<Handler, Sojourn::Session &, const QHttpServerRequest &>)
                return respond(handler(session, request));
            else
                return respond(handler(session, ApiRequest(request)));
        };
        if (m_hooks) {
            m_server->route(path, method, [call, sessions = m_sessions](const QHttpServerRequest &request) {
                Sojourn::Session session = sessions->session(request);
                return call(session, request);
            });
        } else {
            mustAdd(m_sessions->route(m_server, path, method, call));
        }
    }

    /// A call that asks the store: \a start(session, request) gives a future or a refusal, \a finish(session, value) the answer.
    /// Hooks wait for the store, routes answer when it has answered.
    template<class Start, class Finish>
    void addAsking(Method method, const QString &path, Start start, Finish finish)
    {
        if (m_hooks) {
            add(method, path, [start, finish](Sojourn::Session &session, const ApiRequest &request) -> Checked<QJsonObject> {
                auto started = start(session, request);
                if (!started)
                    return std::unexpected(started.error());
                return finished(finish, session, session.store()->waitFor(*started));
            });
            return;
        }
        mustAdd(m_sessions->route(m_server, path, method,
                                  [start, finish, server = m_server](Sojourn::Session &session, const QHttpServerRequest &request,
                                                                     Sojourn::SessionResponder responder) {
                                      auto started = start(session, ApiRequest(request));
                                      if (!started) {
                                          responder.send(respond(std::unexpected(started.error())));
                                          return;
                                      }
                                      using Future = std::remove_reference_t<decltype(*started)>;
                                      started->then(server,
                                                    [finish, session, responder = std::move(responder)](Future future) mutable {
                                                        if (future.resultCount() > 0)
                                                            responder.send(respond(finished(finish, session, future.result())));
                                                    });
                                  }));
    }

    /// A call that is answered by \a handler(session, request) after \a delay(request). Routes only: hooks would block everybody.
    template<class Delay, class Handler>
    void addSlow(Method method, const QString &path, Delay delay, Handler handler)
    {
        if (m_hooks) {
            m_server->route(path, method, [] {
                return respond(refuse(501, QStringLiteral("Hooks cannot answer later. Start the demo with --front-end routes.")));
            });
            return;
        }
        mustAdd(m_sessions->route(m_server, path, method,
                                  [delay, handler, server = m_server](Sojourn::Session &session,
                                                                      const QHttpServerRequest &received,
                                                                      Sojourn::SessionResponder responder) {
                                      const ApiRequest request(received);
                                      const Checked<std::chrono::milliseconds> pause = delay(request);
                                      if (!pause) {
                                          responder.send(respond(std::unexpected(pause.error())));
                                          return;
                                      }
                                      QTimer::singleShot(*pause, Qt::PreciseTimer, server,
                                                         [handler, session, request, responder = std::move(responder)]() mutable {
                                                             responder.send(respond(handler(session, request)));
                                                         });
                                  }));
    }

private:
    static void mustAdd(bool added)
    {
        if (!added)
            qFatal("A call of the API is wrong in this build.");
    }

    template<class Finish, class T>
    static Checked<QJsonObject> finished(const Finish &finish, Sojourn::Session &session, const Sojourn::Result<T> &result)
    {
        if (!result)
            return refuse(result.error());
        if constexpr (std::is_void_v<T>)
            return finish(session);
        else
            return finish(session, *result);
    }

    bool m_hooks;
    QHttpServer *m_server;
    Sojourn::SessionManager *m_sessions;
};
