// SPDX-License-Identifier: MIT
#pragma once

#include "sessionstream.h"

#include <QtCore/QList>
#include <QtHttpServer/qhttpserverresponse.h>

#include <memory>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

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

    /// Header lines of a response: names and values.
    using Headers = QList<std::pair<QByteArray, QByteArray>>;
    /// A status of HTTP.
    using StatusCode = QHttpServerResponse::StatusCode;

    /// Saves the session, then sends all that \a device has: of a file with its size, of what comes bit by bit (a pipe, another
    /// server's reply) until its channel is finished. It is read in the server's thread, where it must live, no faster than the
    /// visitor takes it, and deleted afterwards. A device that cannot be read is a 500. \a headers are added to the response.
    ///
    /// What leaves is activity of the session, unless the handler called Session::setPassive(): who downloads for an hour stays
    /// logged in. The cookie left with the headers, though: where downloads may take longer than the idle time, set
    /// SessionPolicy::sessionEnd, so that the browser does not drop it before.
    void send(std::unique_ptr<QIODevice> device, const QByteArray &mimeType, const Headers &headers = {},
              StatusCode status = StatusCode::Ok);
    /// Saves the session, then sends what is written to the stream. What leaves is activity, as above.
    [[nodiscard]] SessionStream stream(const QByteArray &mimeType, const Headers &headers = {},
                                       StatusCode status = StatusCode::Ok);
    /// The same for server-sent events (SessionStream::sendEvent()), which are no activity: a page that listens must not keep a
    /// forgotten login alive. The stream ends when the session does.
    [[nodiscard]] SessionStream events(const Headers &headers = {});

private:
    void begin(std::shared_ptr<Stream> stream, StatusCode status);

    std::unique_ptr<Exchange> m_exchange;
};

} // namespace Sojourn
