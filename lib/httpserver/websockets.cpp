// SPDX-License-Identifier: MIT
#include "websockets_p.h"

#include "patience_p.h"
#include "sessionwatch_p.h"

#include <Sojourn/Session>

#include <QtCore/QTimer>
#include <QtNetwork/QNetworkRequest>

using namespace Qt::StringLiterals;

namespace Sojourn {

std::chrono::milliseconds Detail::closingPatience{5000};

namespace {

const QString ObjectName = u"sojourn-websockets"_s;

} // namespace

WebSockets *WebSockets::of(QHttpServer *server)
{
    if (auto *present = server->findChild<QObject *>(ObjectName, Qt::FindDirectChildrenOnly))
        return static_cast<WebSockets *>(present);
    return new WebSockets(server);
}

WebSockets::WebSockets(QHttpServer *server) : QObject(server), m_server(server)
{
    setObjectName(ObjectName);
    connect(server, &QHttpServer::newWebSocketConnection, this, &WebSockets::takePending);
}

bool WebSockets::add(const QString &path, const Opened &opened)
{
    if (m_paths.contains(path))
        return false;
    m_paths.insert(path, opened);
    Compat::acceptWebSockets(m_server, path);
    return true;
}

void WebSockets::takePending()
{
    while (m_server->hasPendingWebSocketConnections()) {
        std::unique_ptr<QWebSocket> socket = m_server->nextPendingWebSocketConnection();
        const auto opened = m_paths.constFind(socket->requestUrl().path());
        if (opened != m_paths.cend()) {
            (*opened)(std::move(socket));
            continue;
        }
        QWebSocket *unwanted = socket.release(); // which a route of the application has let in
        connect(unwanted, &QWebSocket::disconnected, unwanted, &QObject::deleteLater);
        SessionSocket::close(unwanted, QWebSocketProtocol::CloseCodePolicyViolated, u"Nobody serves this path."_s);
    }
}

SessionSocket::SessionSocket(std::shared_ptr<SessionManagerPrivate> manager, QWebSocket *socket, Handler handler)
    : QObject(socket),
      m_manager(std::move(manager)),
      m_socket(socket),
      m_handler(std::move(handler)),
      m_messageLimit(socket->maxAllowedIncomingMessageSize()),
      m_frameLimit(socket->maxAllowedIncomingFrameSize())
{
    socket->setMaxAllowedIncomingFrameSize(MostKept);
    socket->setMaxAllowedIncomingMessageSize(MostKept);
}

void SessionSocket::close(QWebSocket *socket, QWebSocketProtocol::CloseCode code, const QString &reason)
{
    socket->close(code, reason);
    QTimer::singleShot(Detail::closingPatience, socket, &QWebSocket::abort);
}

void SessionSocket::open(std::shared_ptr<SessionManagerPrivate> manager, std::unique_ptr<QWebSocket> socket, QObject *owner,
                         Handler handler)
{
    QWebSocket *const opened = socket.release();
    opened->setParent(owner);
    connect(opened, &QWebSocket::disconnected, opened, &QObject::deleteLater);
    auto *self = new SessionSocket(std::move(manager), opened, std::move(handler));
    self->keepMessages();
    QMetaObject::invokeMethod(self, [self] { self->start(); }, Qt::QueuedConnection); // Qt is not done with the handshake
}

void SessionSocket::start()
{
    if (!comesFromHere()) {
        static std::atomic_flag warned;
        if (!warned.test_and_set()) {
            qCWarning(lcHttpServer,
                      "A page of %ls tried to open a WebSocket of this server, and was refused. If it is yours, name it in "
                      "SessionOptions::webSocketOrigins; behind a proxy, have that pass the header Host on. (This is said once.)",
                      qUtf16Printable(m_socket->origin()));
        }
        stopKeeping();
        close(m_socket, QWebSocketProtocol::CloseCodePolicyViolated, u"Pages of other sites may not connect."_s);
        return;
    }
    const OfferedIds offered = m_manager->offeredIds(m_socket->request());
    m_manager->countMalformed(offered);
    m_manager->load(offered).then(this, [this](Result<LoadedSession> session) { loaded(std::move(session)); });
}

/// Browsers send cookies with the WebSockets of any page, and say whose page it is.
bool SessionSocket::comesFromHere() const
{
    const QString origin = m_socket->origin();
    if (origin.isEmpty() || m_manager->options.webSocketOrigins.contains(origin, Qt::CaseInsensitive))
        return true; // who is no browser needs no other site to lure anybody
    const QUrl theirs(origin);
    const QUrl ours(u"http://"_s + QString::fromLatin1(m_socket->request().rawHeader("Host"_ba)));
    const int usual = theirs.scheme() == "https"_L1 ? 443 : 80; // which some name and others do not (RFC 6454, 4)
    if (!theirs.isValid() || theirs.host() != ours.host() || theirs.port(usual) != ours.port(usual))
        return false;
    // Whoever is on the way can write a page of plain http, which is not ours where the cookie needs TLS.
    return !m_manager->options.cookie.secure || theirs.scheme() == "https"_L1 || isOwnMachine(theirs.authority().toLatin1());
}

void SessionSocket::keep(qsizetype size, std::function<void()> emitAgain)
{
    constexpr qsizetype overhead = 128;
    m_keptBytes += size + overhead;
    if (m_keptBytes <= MostKept) {
        m_kept.push_back(std::move(emitAgain));
        return;
    }
    stopKeeping();
    m_kept.clear();
    close(m_socket, QWebSocketProtocol::CloseCodeTooMuchData, u"Too much was sent before the session was known."_s);
}

void SessionSocket::stopKeeping()
{
    for (const QMetaObject::Connection &keeping : std::exchange(m_keeping, {}))
        disconnect(keeping);
}

/// Qt delivers messages whether or not somebody listens yet.
void SessionSocket::keepMessages()
{
    m_keeping = {
        connect(m_socket, &QWebSocket::textMessageReceived, this,
                [this](const QString &text) {
                    keep(text.size() * qsizetype(sizeof(QChar)),
                         [socket = m_socket, text] { Q_EMIT socket->textMessageReceived(text); });
                }),
        connect(m_socket, &QWebSocket::binaryMessageReceived, this,
                [this](const QByteArray &bytes) {
                    keep(bytes.size(), [socket = m_socket, bytes] { Q_EMIT socket->binaryMessageReceived(bytes); });
                }),
    };
}

void SessionSocket::loaded(Result<LoadedSession> loaded)
{
    stopKeeping();
    const auto kept = std::exchange(m_kept, {});
    if (!m_socket->isValid())
        return;
    if (!loaded) {
        close(m_socket, QWebSocketProtocol::CloseCodeBadOperation, u"The session store does not answer. Try again later."_s);
        return;
    }
    m_socket->setMaxAllowedIncomingMessageSize(m_messageLimit);
    m_socket->setMaxAllowedIncomingFrameSize(m_frameLimit);
    SessionState &state = *loaded->session;
    state.keepNothing(); // no cookie could leave
    if (state.isLoaded()) {
        SessionWatch &watch = m_manager->watch();
        watch.add(m_socket, state.record(), [socket = m_socket] {
            close(socket, QWebSocketProtocol::CloseCodePolicyViolated, u"The session has ended."_s);
        });
        const auto touch = [this] { m_manager->watch().touch(m_socket); };
        connect(m_socket, &QWebSocket::textMessageReceived, this, touch);
        connect(m_socket, &QWebSocket::binaryMessageReceived, this, touch);
        watch.touch(m_socket);
        if (!m_socket->isValid())
            return; // it ended while it was loaded
    }
    const QPointer<QWebSocket> socket(m_socket); // which the handler may delete, and this with it
    const Handler handler = std::move(m_handler);
    handler(socket, Session(loaded->session));
    for (const auto &emitAgain : kept) {
        if (socket && socket->isValid())
            emitAgain();
    }
}

} // namespace Sojourn
