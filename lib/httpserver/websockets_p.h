// SPDX-License-Identifier: MIT
#pragma once

#include "sessionmanager_p.h"

#include <QtWebSockets/QWebSocket>

namespace Sojourn {

/// The WebSockets of a server, each handed to whoever serves its path.
class WebSockets : public QObject
{
public:
    using Opened = std::function<void(std::unique_ptr<QWebSocket>)>;

    /// That of \a server, which owns it.
    static WebSockets *of(QHttpServer *server);

    /// \return false if \a path has somebody already.
    bool add(const QString &path, const Opened &opened);

private:
    explicit WebSockets(QHttpServer *server);
    void takePending();

    QHttpServer *const m_server;
    QHash<QString, Opened> m_paths;
};

/// One that is open: finds its session, hands both to the handler, and closes the socket when the session ends. Belongs to its
/// socket.
class SessionSocket : public QObject
{
public:
    using Handler = std::function<void(QWebSocket *socket, const Session &session)>;

    static void open(std::shared_ptr<SessionManagerPrivate> manager, std::unique_ptr<QWebSocket> socket, QObject *owner,
                     Handler handler);

    /// So much a client may send before its session is known.
    static constexpr qint64 MostKept = 1024 * 1024;
    /// Ends \a socket, also where its client does not read any more.
    static void close(QWebSocket *socket, QWebSocketProtocol::CloseCode code, const QString &reason);

private:
    SessionSocket(std::shared_ptr<SessionManagerPrivate> manager, QWebSocket *socket, Handler handler);
    void start();
    [[nodiscard]] bool comesFromHere() const;
    void keepMessages();
    void stopKeeping();
    void keep(qsizetype size, std::function<void()> emitAgain);
    void loaded(Result<LoadedSession> loaded);

    const std::shared_ptr<SessionManagerPrivate> m_manager;
    QWebSocket *const m_socket;
    Handler m_handler;
    std::vector<QMetaObject::Connection> m_keeping;
    std::vector<std::function<void()>> m_kept; ///< signals that came before the session
    qint64 m_keptBytes = 0;
    const quint64 m_messageLimit, m_frameLimit; ///< that hold once the session is known
};

} // namespace Sojourn
