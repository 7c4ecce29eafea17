// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournhttpserver_export.h>

#include <QtHttpServer/qhttpserverresponse.h>

#include <memory>

namespace Sojourn {

class Exchange;

/// The means to answer a route's request later: keep it, and send() when the answer is known.
///
/// The connection waits meanwhile: requests that the visitor pipelined behind this one are handled after it. What the handler
/// needs of the request it must copy before it returns. send() may be called in any thread, the session only in the server's. If
/// the visitor has left or the server is gone, sending is harmless. A responder that is destroyed without an answer answers 500
/// and saves nothing.
class SOJOURN_HTTPSERVER_EXPORT SessionResponder
{
public:
    /// What SessionManager hands to a handler.
    explicit SessionResponder(std::unique_ptr<Exchange> exchange);
    /// The request goes along; \a other must not be used any more.
    SessionResponder(SessionResponder &&other) noexcept;
    /// \copydoc SessionResponder(SessionResponder &&)
    SessionResponder &operator=(SessionResponder &&other) noexcept;
    ~SessionResponder();

    /// Saves the session, then writes \a response, or what the manager's failure policy puts in its place. The first call counts.
    void send(QHttpServerResponse &&response);

private:
    std::unique_ptr<Exchange> m_exchange;
};

} // namespace Sojourn
