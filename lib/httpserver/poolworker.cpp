// SPDX-License-Identifier: MIT
#include "poolworker_p.h"

#include "stream_p.h"
#include "websockets_p.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtNetwork/QSslServer>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <algorithm>
#include <unordered_set>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn {

/// The connections of a worker: which are open, and which have a request that waits for its answer.
class PoolConnections : public QObject
{
public:
    explicit PoolConnections(std::atomic<int> &count) : m_count(count) { }

    void add(QTcpSocket *socket)
    {
        m_open.insert(socket);
        // Bytes that came in are a request, or part of one, until the bytes of an answer have left.
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { m_busy.insert(socket); });
        connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] {
            if (socket->bytesToWrite() == 0)
                answered(socket);
        });
        // Not by a signal of its own: QWebSocket takes all of them from the connection that it lets go.
        connect(new QObject(socket), &QObject::destroyed, this, [this, socket] {
            m_open.erase(socket);
            m_busy.erase(socket);
            m_count.fetch_sub(1, std::memory_order_relaxed);
            endIfDone();
        });
    }

    /// Calls \a ended when every connection is gone. Requests that are under way are answered before.
    void finish(std::function<void()> ended)
    {
        m_ended = std::move(ended);
        QTimer::singleShot(1, this, &PoolConnections::closeIdle); // once requests that are here already have been read
    }

private:
    void closeIdle()
    {
        for (QTcpSocket *socket : std::vector(m_open.begin(), m_open.end())) {
            if (!m_busy.contains(socket) && socket->bytesAvailable() == 0 && isAnswered(socket)) {
                stopReading(socket);
                close(socket);
            }
        }
        endIfDone();
    }

    void answered(QTcpSocket *socket)
    {
        m_busy.erase(socket);
        if (!m_ended)
            return;
        stopReading(socket);
        // A streamed answer goes on once its bytes have left.
        QMetaObject::invokeMethod(
            socket,
            [this, socket] {
                if (isAnswered(socket))
                    close(socket);
            },
            Qt::QueuedConnection);
    }

    /// Whether all bytes have left, and no more are to come. A stream that is under way comes back to closeIdle().
    bool isAnswered(const QTcpSocket *socket)
    {
        const QObject *stream = Stream::ofConnection(socket);
        if (stream)
            connect(stream, &QObject::destroyed, this, &PoolConnections::closeIdle,
                    Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection));
        return !stream && socket->bytesToWrite() == 0;
    }

    /// A request that comes from now on could no longer be answered: its handler must not run.
    static void stopReading(QTcpSocket *socket) { disconnect(socket, &QIODevice::readyRead, nullptr, nullptr); }

    /// Not at once in both directions: what the client has sent meanwhile would destroy the answer on its way (RFC 9112, 9.6).
    void close(QTcpSocket *socket)
    {
#ifdef Q_OS_UNIX
        if (!qobject_cast<QSslSocket *>(socket)) {
            ::shutdown(int(socket->socketDescriptor()), SHUT_WR);
            QTimer::singleShot(LingerTime, socket, [socket] { socket->disconnectFromHost(); });
            return;
        }
#endif
        QMetaObject::invokeMethod(socket, [socket] { socket->disconnectFromHost(); }, Qt::QueuedConnection);
    }
    void endIfDone()
    {
        if (m_ended && m_open.empty())
            m_ended();
    }

    static constexpr std::chrono::milliseconds LingerTime{200};

    std::atomic<int> &m_count;
    std::unordered_set<QTcpSocket *> m_open, m_busy;
    std::function<void()> m_ended;
};

/// What a QHttpServer takes for its listening server. Its connections are those that the pool accepted.
class PoolListener
{
public:
    virtual ~PoolListener() = default;
    virtual QTcpServer *server() = 0;
    virtual void adopt(qintptr descriptor) = 0;

    /// QHttpServer binds a server only while it listens. Nobody is to connect to it, though.
    bool bindTo(QHttpServer *httpServer)
    {
        if (!server()->listen(QHostAddress::LocalHost))
            return false;
        httpServer->bind(server());
        server()->pauseAccepting();
#ifdef Q_OS_UNIX
        ::shutdown(int(server()->socketDescriptor()), SHUT_RDWR);
#endif
        return true;
    }
};

template<class Server>
class PoolListenerOf : public Server, public PoolListener
{
public:
    explicit PoolListenerOf(PoolConnections &connections) : m_connections(connections) { }

    QTcpServer *server() override { return this; }
    void adopt(qintptr descriptor) override { this->incomingConnection(descriptor); }

    QTcpSocket *nextPendingConnection() override
    {
        QTcpSocket *socket = Server::nextPendingConnection();
        this->pauseAccepting(); // which the call above has undone
        return socket;
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        if constexpr (std::is_same_v<Server, QTcpServer>) {
            auto *socket = new QTcpSocket(this);
            m_connections.add(socket);
            if (socket->setSocketDescriptor(descriptor))
                this->addPendingConnection(socket);
            else
                delete socket;
        } else {
            const qsizetype before = this->children().size(); // new ones come last
            Server::incomingConnection(descriptor);
            for (QObject *child : this->children().sliced(std::min(before, this->children().size()))) {
                if (auto *socket = qobject_cast<QTcpSocket *>(child))
                    m_connections.add(socket);
            }
        }
    }

private:
    PoolConnections &m_connections;
};

PoolWorker::PoolWorker(Settings settings) : m_settings(std::move(settings))
{
    setObjectName(u"sojourn-http"_s);
}

PoolWorker::~PoolWorker()
{
    wait();
}

Result<void> PoolWorker::startAndWait()
{
    start();
    m_ready.acquire();
    return m_started;
}

void PoolWorker::run()
{
    serve();
    if (m_started) {
        m_finished.release();
        m_end.acquire();
    }
    m_store.reset(); // in its thread
    if (!m_started)
        m_ready.release();
}

void PoolWorker::serve()
{
    Result<std::shared_ptr<SessionStore>> store = m_settings.makeStore();
    if (!store || !*store) {
        m_started = store ? failure(Error::Invalid, u"The pool's store factory returned no store."_s)
                          : std::unexpected(store.error());
        return;
    }
    m_store = *store;
    if (!m_store->isUsedHere()) {
        m_started = failure(Error::Invalid,
                            u"The pool's store factory returned a store of another thread. Make a new one in each "
                            "call; only a MemoryStore may be the same in all."_s);
        return;
    }
    SessionManager manager(m_store, m_settings.options);
    if (manager.error()) {
        m_started = std::unexpected(*manager.error());
        return;
    }
    PoolConnections connections(m_connections);
    QHttpServer server;
    m_settings.setup(server, manager);

    if (m_settings.ssl) {
        auto *listener = new PoolListenerOf<QSslServer>(connections);
        listener->setSslConfiguration(*m_settings.ssl);
        m_listener = listener;
    } else {
        m_listener = new PoolListenerOf<QTcpServer>(connections);
    }
    m_listener->server()->setParent(&server);
    if (!m_listener->bindTo(&server)) {
        m_started = failure(Error::Unavailable,
                            u"A thread of the pool cannot listen: %1."_s.arg(m_listener->server()->errorString()));
        return;
    }
    m_finish = [&connections, &server, this](std::chrono::milliseconds timeout) {
        for (QWebSocket *socket : server.findChildren<QWebSocket *>()) // no requests that would come to an end
            SessionSocket::close(socket, QWebSocketProtocol::CloseCodeGoingAway, u"The server is going away."_s);
        QTimer::singleShot(timeout, m_listener->server(), [this] { quit(); });
        connections.finish([this] { quit(); });
    };
    m_ready.release();
    exec();
}

void PoolWorker::adopt(qintptr descriptor)
{
    m_connections.fetch_add(1, std::memory_order_relaxed);
    QMetaObject::invokeMethod(m_listener->server(), [this, descriptor] { m_listener->adopt(descriptor); }, Qt::QueuedConnection);
}

void PoolWorker::finish(std::chrono::milliseconds timeout)
{
    QMetaObject::invokeMethod(m_listener->server(), [this, timeout] { m_finish(timeout); }, Qt::QueuedConnection);
}

} // namespace Sojourn
