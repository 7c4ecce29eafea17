// SPDX-License-Identifier: MIT
#pragma once

// Everything in which the HTTP servers of Qt 6.4 to 6.11 differ.

#include <QtCore/QPointer>
#include <QtCore/QThread>
#include <QtHttpServer/qhttpserver.h>
#include <QtNetwork/QTcpSocket>

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QtHttpServer/qhttpserverwebsocketupgraderesponse.h>
#include <QtNetwork/qhttpheaders.h>
#endif

#include <optional>
#include <ranges>
#include <vector>

namespace Sojourn::Compat {

// ---- Rules of the router

#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
using RawResponder = QTcpSocket *;
#elif QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
using RawResponder = QHttpServerResponder &&;
#else
using RawResponder = QHttpServerResponder &;
#endif

/// A rule that calls \a handler(const QRegularExpressionMatch &, const QHttpServerRequest &, RawResponder).
template<class Rule, class Handler>
std::unique_ptr<Rule> makeRule([[maybe_unused]] QHttpServer *server, const QString &path, QHttpServerRequest::Methods methods,
                               Handler handler)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    return std::make_unique<Rule>(path, methods, std::move(handler));
#else
    return std::make_unique<Rule>(path, methods, server, std::move(handler));
#endif
}

/// Has \a hook(QHttpServerResponse &, const QHttpServerRequest &) see every response of a synchronous handler before it is
/// written.
template<class Hook>
void addAfterHook(QHttpServer *server, Hook hook)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    server->afterRequest([hook = std::move(hook)](QHttpServerResponse &&response, const QHttpServerRequest &request) {
        hook(response, request);
        return std::move(response);
    });
#else
    server->addAfterRequestHandler(server, [hook = std::move(hook)](const QHttpServerRequest &request,
                                                                    QHttpServerResponse &response) { hook(response, request); });
#endif
}

/// Has \a handler(const QHttpServerRequest &, RawResponder) answer the requests that no rule takes.
template<class Handler>
void setMissingHandler(QHttpServer *server, Handler handler)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    server->setMissingHandler([handler = std::move(handler)](const QHttpServerRequest &request,
                                                             QHttpServerResponder &&responder) {
        handler(request, responder.socket());
    });
#elif QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    server->setMissingHandler([handler = std::move(handler)](const QHttpServerRequest &request,
                                                             QHttpServerResponder &&responder) {
        handler(request, std::move(responder));
    });
#else
    server->setMissingHandler(server,
                              [handler = std::move(handler)](const QHttpServerRequest &request, QHttpServerResponder &responder) {
                                  handler(request, responder);
                              });
#endif
}

#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
/// Before Qt 6.8 a WebSocket is accepted if a rule matches its request, and then left alone.
class WebSocketRule : public QHttpServerRouterRule
{
public:
    using QHttpServerRouterRule::QHttpServerRouterRule;

    QString path;

protected:
    bool matches(const QHttpServerRequest &request, QRegularExpressionMatch *) const override
    {
        return request.value("Upgrade").compare("websocket", Qt::CaseInsensitive) == 0 && request.url().path() == path;
    }
};
#endif

/// Accepts the WebSockets of \a path.
inline void acceptWebSockets(QHttpServer *server, const QString &path)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    const auto leaveAlone = [](const QRegularExpressionMatch &, const QHttpServerRequest &, RawResponder) { };
    auto rule = makeRule<WebSocketRule>(server, QStringLiteral("/"), QHttpServerRequest::Method::AnyKnown, leaveAlone);
    rule->path = path;
    server->router()->addRule<void (*)()>(std::move(rule));
#else
    server->addWebSocketUpgradeVerifier(server, [path](const QHttpServerRequest &request) {
        return request.url().path() == path ? QHttpServerWebSocketUpgradeResponse::accept()
                                            : QHttpServerWebSocketUpgradeResponse::passToNext();
    });
#endif
}

// ---- Requests

/// Calls \a visit(name, value) for each header as it came, never joined with others. Names are lower-case from Qt 6.8 on, as they
/// came before. \return false if \a request has no headers at all.
template<class Visit>
bool visitHeaders(const QHttpServerRequest &request, Visit &&visit)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    const auto headers = request.headers();
    for (const auto &[name, value] : headers)
        visit(QByteArrayView(name), QByteArrayView(value));
    return !headers.isEmpty();
#else
    const QHttpHeaders &headers = request.headers();
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const QLatin1StringView name = headers.nameAt(i);
        visit(QByteArrayView(name.data(), name.size()), headers.valueAt(i));
    }
    return !headers.isEmpty();
#endif
}

/// Whether \a request stays as it is while its answer is awaited. Until 6.10 the streams of a HTTP/2 connection share one.
inline bool staysWhileHeld([[maybe_unused]] const QHttpServerRequest &request)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0) && QT_VERSION < QT_VERSION_CHECK(6, 10, 0) && QT_CONFIG(ssl)
    return request.sslConfiguration().nextNegotiatedProtocol() != "h2";
#else
    return true;
#endif
}

/// A request while its answer is awaited; valid as long as its Channel is open.
#if QT_VERSION < QT_VERSION_CHECK(6, 10, 0)
using HeldRequest = std::reference_wrapper<const QHttpServerRequest>;
#else
using HeldRequest = QHttpServerRequest;
#endif

// ---- Responses

/// The name of a header of a response. Before Qt 6.8 names that differ in case are different ones there, and a response does not
/// list its headers: they are looked for as people write them.
class HeaderName
{
public:
    HeaderName(const QByteArray &name)
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    {
        for (const QByteArray &spelling : {name, name.toLower(), name.toUpper(), name.first(1) + name.sliced(1).toLower()}) {
            if (!m_spellings.contains(spelling)) // "Vary" is the last one, too
                m_spellings.append(spelling);
        }
    }
    const QByteArrayList &spellings() const { return m_spellings; }

private:
    QByteArrayList m_spellings;
#else
        : m_name(name)
    { }
    const QByteArray &name() const { return m_name; }

private:
    const QByteArray m_name;
#endif
};

/// Reads and changes the headers of a response.
class ResponseHeaders
{
public:
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    explicit ResponseHeaders(QHttpServerResponse &response) : m_response(response) { }
    void add(const QByteArray &name, const QByteArray &value) { m_response.addHeader(name, value); }
    QByteArrayList values(const HeaderName &name) const
    {
        QByteArrayList values;
        for (const QByteArray &spelling : name.spellings())
            values += m_response.headers(spelling);
        return values;
    }
    void remove(const HeaderName &name)
    {
        for (const QByteArray &spelling : name.spellings())
            m_response.clearHeader(spelling);
    }
#else
    explicit ResponseHeaders(QHttpServerResponse &response) : m_response(response), m_headers(response.headers())
    {
        response.setHeaders({}); // or appending would copy them
    }
    ~ResponseHeaders() { m_response.setHeaders(std::move(m_headers)); }
    void add(const QByteArray &name, const QByteArray &value) { m_headers.append(name, value); }
    QByteArrayList values(const HeaderName &name) const { return m_headers.values(name.name()); }
    void remove(const HeaderName &name) { m_headers.removeAll(name.name()); }
#endif
    Q_DISABLE_COPY_MOVE(ResponseHeaders)

private:
    QHttpServerResponse &m_response;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QHttpHeaders m_headers;
#endif
};

/// What follows the headers of a response that goes on. HTTP/1 has chunks, or a length that was announced.
class Body
{
public:
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    /// A connection ends with its streamed answer: Qt 6.4 must not read the next request meanwhile, and cannot be told to
    /// read it afterwards.
    Body(QTcpSocket *socket, bool chunked) : m_socket(socket), m_chunked(chunked)
    {
        QObject::disconnect(socket, &QTcpSocket::readyRead, nullptr, nullptr);
    }
    bool isOpen() const { return m_socket && m_socket->state() == QAbstractSocket::ConnectedState; }
    void write(const QByteArray &data)
    {
        if (!isOpen() || data.isEmpty())
            return;
        if (m_chunked)
            m_socket->write(QByteArray::number(data.size(), 16) + "\r\n");
        m_socket->write(data);
        if (m_chunked)
            m_socket->write("\r\n");
    }
    void end()
    {
        if (!isOpen())
            return;
        if (m_chunked)
            m_socket->write("0\r\n\r\n");
        m_socket->disconnectFromHost();
    }
    void abort()
    {
        if (m_socket)
            m_socket->abort();
    }
    /// The connection, null where Qt does not let us have it.
    QAbstractSocket *socket() const { return m_socket; }

private:
    const QPointer<QTcpSocket> m_socket;
    const bool m_chunked;
#elif QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    Body(QHttpServerResponder &&responder, QAbstractSocket *socket, bool chunked)
        : m_responder(std::move(responder)), m_socket(socket), m_chunked(chunked)
    { }
    bool isOpen() const { return m_socket && m_socket->state() == QAbstractSocket::ConnectedState; }
    void write(const QByteArray &data)
    {
        if (!isOpen() || data.isEmpty())
            return;
        m_responder.writeBody(m_chunked ? QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n" : data);
    }
    void end()
    {
        if (isOpen() && m_chunked)
            m_responder.writeBody("0\r\n\r\n");
    }
    void abort()
    {
        if (m_socket)
            m_socket->abort();
    }
    QAbstractSocket *socket() const { return m_socket; }

private:
    QHttpServerResponder m_responder;
    const QPointer<QAbstractSocket> m_socket;
    const bool m_chunked;
#else
    /// Without a responder Qt has it, and writes the body itself.
    Body(std::optional<QHttpServerResponder> responder, QAbstractSocket *socket)
        : m_responder(std::move(responder)), m_socket(socket), m_hasSocket(socket)
    { }
    bool isOpen() const
    {
        if (m_hasSocket && (!m_socket || m_socket->state() != QAbstractSocket::ConnectedState))
            return false;
#if QT_VERSION >= QT_VERSION_CHECK(6, 11, 0)
        if (m_responder && m_responder->isResponseCanceled())
            return false;
#endif
        return true;
    }
    void write(const QByteArray &data)
    {
        if (m_responder && isOpen() && !data.isEmpty())
            m_responder->writeChunk(data);
    }
    void end()
    {
        if (m_responder && isOpen())
            m_responder->writeEndChunked({});
        m_responder.reset();
    }
    void abort()
    {
        if (m_socket)
            m_socket->abort();
    }
    QAbstractSocket *socket() const { return m_socket; }

private:
    std::optional<QHttpServerResponder> m_responder;
    const QPointer<QAbstractSocket> m_socket;
    const bool m_hasSocket;
#endif
};

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
/// The connection of \a request, which Qt keeps to itself, among those below \a parent. The newest first: there may be thousands,
/// and streams begin soon after their connections.
inline QAbstractSocket *socketOf(const QObject *parent, const QHttpServerRequest *request)
{
    if (!request)
        return nullptr;
    for (QObject *child : parent->children() | std::views::reverse) {
        auto *socket = qobject_cast<QAbstractSocket *>(child);
        if (!socket)
            socket = socketOf(child, request);
        else if (socket->peerPort() != request->remotePort() || socket->peerAddress() != request->remoteAddress())
            continue;
        if (socket)
            return socket;
    }
    return nullptr;
}
#endif

class Channel;

/// The channels of a server that are held. One for many, as a connection to a signal for each costs more than the rest of hold().
class HeldChannels
{
public:
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    explicit HeldChannels(QHttpServer *) { }
#else
    explicit HeldChannels(QHttpServer *server)
        : m_serverGone(QObject::connect(server, &QObject::destroyed, [this] { closeAll(); }))
    { }
    ~HeldChannels() { QObject::disconnect(m_serverGone); }

    void add(Channel *channel);
    void remove(Channel *channel);

private:
    void closeAll();

    std::vector<Channel *> m_channels; ///< each knows its place
    const QMetaObject::Connection m_serverGone;
#endif
    Q_DISABLE_COPY_MOVE(HeldChannels)
};

/// The way back to the visitor. Writes one response, at once or later: between hold() and write() the connection reads no further
/// request. A channel that is held must not move. What was written leaves with the next turn of the event loop, or with flush()
/// where Qt lets us have the socket.
class Channel
{
public:
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    // Qt 6.4 reuses and frees a request as the signals of its socket tell it to. So the signals wait, and what they
    // would have done is made up for afterwards.
    Channel(HeldChannels &, const QHttpServerRequest &request, QTcpSocket *socket) : m_request(request), m_socket(socket) { }
    ~Channel() { release(); }

    void hold()
    {
        if (m_socket)
            m_socket->blockSignals(true);
        m_held = true;
    }
    /// Whether somebody waits for an answer.
    bool isOpen() const { return m_socket && !m_written; }
    void write(QHttpServerResponse &&response)
    {
        if (isOpen())
            response.write(ResponderMaker::makeResponder(m_request, m_socket));
        m_written = true;
        release();
    }
    void flush()
    {
        if (m_socket)
            m_socket->flush();
    }
    /// Whether Qt sends devices of known size itself, and well.
    static constexpr bool SendsDevices = false;
    /// Begins a response that goes on, of \a length bytes if that is known. Null if nobody waits for it.
    std::unique_ptr<Body> begin(QHttpServer *, QHttpServerResponse::StatusCode status,
                                const QList<std::pair<QByteArray, QByteArray>> &headers, const QHttpServerRequest *,
                                std::optional<qint64> length, std::unique_ptr<QIODevice> = {})
    {
        m_written = true;
        if (!m_socket || m_socket->state() != QAbstractSocket::ConnectedState) {
            release();
            return nullptr;
        }
        auto body = std::make_unique<Body>(m_socket, !length);
        m_socket->blockSignals(false);
        m_held = false;
        QHttpServerResponder responder = ResponderMaker::makeResponder(m_request, m_socket);
        responder.writeStatusLine(status);
        for (const auto &[name, value] : headers)
            responder.writeHeader(name, value);
        if (length)
            responder.writeHeader("Content-Length", QByteArray::number(*length));
        else
            responder.writeHeader("Transfer-Encoding", "chunked");
        responder.writeHeader("Connection", "close");
        responder.writeBody(QByteArray());
        return body;
    }

private:
    struct ResponderMaker : QAbstractHttpServer
    {
        using QAbstractHttpServer::makeResponder;
    };

    void release()
    {
        if (!std::exchange(m_held, false) || !m_socket)
            return;
        m_socket->blockSignals(false);
        if (m_socket->state() == QAbstractSocket::UnconnectedState)
            m_socket->deleteLater();
        else if (m_socket->bytesAvailable() > 0)
            QMetaObject::invokeMethod(m_socket, &QIODevice::readyRead, Qt::QueuedConnection);
    }

    const QHttpServerRequest &m_request;
    QPointer<QTcpSocket> m_socket;
    bool m_held = false;
    bool m_written = false;
#else
    Channel(HeldChannels &held, const QHttpServerRequest &, QHttpServerResponder &&responder)
        : m_held(held), m_responder(std::move(responder))
    { }
    Channel(HeldChannels &held, const QHttpServerRequest &request, QHttpServerResponder &responder)
        : Channel(held, request, std::move(responder))
    { }
    ~Channel()
    {
        if (m_place)
            m_held.remove(this);
    }

    void hold()
    {
        if (!m_place)
            m_held.add(this);
    }
    /// Whether somebody waits for an answer.
    bool isOpen() const { return m_responder.has_value(); }
    void write(QHttpServerResponse &&response)
    {
        if (!m_responder)
            return;
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
        response.write(std::move(*m_responder));
#else
        m_responder->sendResponse(response);
#endif
        m_responder.reset();
    }
    void flush() { }
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    static constexpr bool SendsDevices = false;
    std::unique_ptr<Body> begin(QHttpServer *server, QHttpServerResponse::StatusCode status,
                                const QList<std::pair<QByteArray, QByteArray>> &headers, const QHttpServerRequest *request,
                                std::optional<qint64> length, std::unique_ptr<QIODevice> = {})
    {
        QAbstractSocket *socket = socketOf(server, request);
        if (!m_responder || !socket)
            return nullptr;
        m_responder->writeStatusLine(status);
        for (const auto &[name, value] : headers)
            m_responder->writeHeader(name, value);
        if (length)
            m_responder->writeHeader("Content-Length", QByteArray::number(*length));
        else
            m_responder->writeHeader("Transfer-Encoding", "chunked");
        m_responder->writeBody(QByteArray());
        auto body = std::make_unique<Body>(std::move(*m_responder), socket, !length);
        m_responder.reset();
        return body;
    }
#else
    static constexpr bool SendsDevices = true;
    std::unique_ptr<Body> begin(QHttpServer *server, QHttpServerResponse::StatusCode status,
                                const QList<std::pair<QByteArray, QByteArray>> &headers, const QHttpServerRequest *request,
                                std::optional<qint64> length, std::unique_ptr<QIODevice> device = {})
    {
        if (!m_responder)
            return nullptr;
        // The socket of a HTTP/2 connection is that of other answers too.
        QAbstractSocket *socket = request && staysWhileHeld(*request) ? socketOf(server, request) : nullptr;
        QHttpHeaders fields;
        for (const auto &[name, value] : headers)
            fields.append(name, value);
        std::optional<QHttpServerResponder> responder = std::exchange(m_responder, std::nullopt);
        if (device) {
            responder->write(device.release(), fields, status);
            responder.reset();
        } else if (length) { // of a body that is not to be sent
            fields.append(QHttpHeaders::WellKnownHeader::ContentLength, QByteArray::number(*length));
            responder->write(fields, status);
            responder.reset();
        } else {
            responder->writeBeginChunked(fields, status);
        }
        return std::make_unique<Body>(std::move(responder), socket);
    }
#endif

private:
    friend class HeldChannels;

    HeldChannels &m_held;
    std::optional<QHttpServerResponder> m_responder;
    std::optional<std::size_t> m_place; ///< among those that are held
#endif
    Q_DISABLE_COPY_MOVE(Channel)
};

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
inline void HeldChannels::add(Channel *channel)
{
    channel->m_place = m_channels.size();
    m_channels.push_back(channel);
}

inline void HeldChannels::remove(Channel *channel)
{
    Channel *last = m_channels.back();
    m_channels[*channel->m_place] = last;
    last->m_place = channel->m_place;
    m_channels.pop_back();
    channel->m_place.reset();
}

/// A responder must not outlive the connections, which are children of the server.
inline void HeldChannels::closeAll()
{
    while (!m_channels.empty()) {
        Channel *channel = m_channels.back();
        remove(channel);
        channel->m_responder.reset();
    }
}
#endif

} // namespace Sojourn::Compat
