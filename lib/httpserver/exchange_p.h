// SPDX-License-Identifier: MIT
#pragma once

#include "qtcompat_p.h"

namespace Sojourn {

class SessionManagerPrivate;
class SessionState;

/// A request of a route that waits for its answer.
class Exchange
{
public:
    Exchange(const std::shared_ptr<SessionManagerPrivate> &sessionManager, QHttpServer *httpServer,
             const QHttpServerRequest &request, Compat::RawResponder responder)
        : manager(sessionManager), server(httpServer), channel(httpServer, request, static_cast<Compat::RawResponder>(responder))
    { }

    /// Saves the session, then writes \a response.
    static void answer(std::unique_ptr<Exchange> exchange, QHttpServerResponse &&response);

    const std::shared_ptr<SessionManagerPrivate> manager;
    QHttpServer *const server;
    Compat::Channel channel;
    std::shared_ptr<SessionState> session; ///< null in routes that do not take one
    bool hasHeaders = true;
};

} // namespace Sojourn
