// SPDX-License-Identifier: MIT
#pragma once

#include "qtcompat_p.h"
#include "routehandler.h"

namespace Sojourn {

class SessionManagerPrivate;

/// A route: takes its requests from arrival to answer without ever blocking.
class Endpoint : public std::enable_shared_from_this<Endpoint>
{
public:
    Endpoint(std::shared_ptr<SessionManagerPrivate> manager, QHttpServer *server, bool usesSession,
             Detail::RouteFunction function);

    void handle(const QRegularExpressionMatch &match, const QHttpServerRequest &request, Compat::RawResponder responder);

private:
    void loaded(std::unique_ptr<Exchange> exchange, Result<std::shared_ptr<SessionState>> session,
                const QRegularExpressionMatch &match, const QHttpServerRequest &request);
    void call(std::unique_ptr<Exchange> exchange, const QRegularExpressionMatch &match, const QHttpServerRequest &request);

    const std::shared_ptr<SessionManagerPrivate> m_manager;
    QHttpServer *const m_server;
    const bool m_usesSession;
    Detail::RouteFunction m_function;
};

} // namespace Sojourn
