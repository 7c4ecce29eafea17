// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionmanager.h>

#include <QtNetwork/QHostAddress>

QT_BEGIN_NAMESPACE
class QSslConfiguration;
QT_END_NAMESPACE

namespace Sojourn {

class HttpServerPoolPrivate;

/// One web server on several threads, each with a QHttpServer and a SessionManager of its own behind one listening port.
///
/// \code
/// Sojourn::HttpServerPool pool(4, [](QHttpServer &server, Sojourn::SessionManager &sessions) {
///     const bool ready = sessions.route(&server, "/visit", [](Sojourn::Session &session) {
///         session.increment("visits");
///         return QHttpServerResponse("ok");
///     });
///     if (!ready)
///         qFatal("The log says which route, and why.");
/// });
/// if (const auto listening = pool.listen(QHostAddress::Any, 8080); !listening)
///     qFatal("%ls", qUtf16Printable(listening.error().text));
/// \endcode
///
/// The function is called once in each thread, one thread after the other. From then on **handlers run in several threads at
/// once**: what they share beside sessions must be thread-safe. A connection stays in one thread, and the thread with the fewest
/// connections gets the next one. A handler that takes long hinders only the connections of its own thread.
///
/// Without another choice all threads share one MemoryStore. Use the pool itself in the thread that made it.
class SOJOURN_HTTPSERVER_EXPORT HttpServerPool
{
public:
    /// Adds the routes of one thread's server.
    using Setup = std::function<void(QHttpServer &server, SessionManager &sessions)>;
    /// Opens the store of one thread, in that thread.
    using StoreFactory = std::function<Result<std::shared_ptr<SessionStore>>()>;

    /// \a threads of 0 or less: as many as the machine has cores.
    HttpServerPool(int threads, Setup setup);
    /// Stops.
    ~HttpServerPool();
    Q_DISABLE_COPY_MOVE(HttpServerPool)

    /// What the manager of each thread gets. Before listen().
    void setOptions(const SessionOptions &options);
    /// Makes the store of each thread; called there. A store lives in its thread, so every call makes a new one, as
    /// `[] { return Sojourn::storeFromUrl("redis://localhost"); }` does; only a MemoryStore may be the same in all. Before
    /// listen().
    void setStoreFactory(StoreFactory factory);
    /// Serves https with \a configuration, which has the certificate and the key. Before listen().
    void setSslConfiguration(const QSslConfiguration &configuration);

    /// Starts the threads and accepts connections at \a address and \a port (0: any free one). Error::Invalid if the options
    /// cannot work, Error::Unavailable if the port is taken, or what the store's factory says; nothing runs then.
    Result<void> listen(const QHostAddress &address = QHostAddress::Any, quint16 port = 0);
    /// The port that listen() got; 0 while there is none.
    [[nodiscard]] quint16 port() const;
    /// How many threads serve.
    [[nodiscard]] int threadCount() const;

    /// Accepts nothing more, waits up to \a timeout until the requests that are under way have been answered, streams to their
    /// end (not over HTTP/2), and ends the threads.
    void stop(std::chrono::milliseconds timeout = std::chrono::seconds(10));

    /// The metrics of all threads' stores in one. From any thread.
    [[nodiscard]] Metrics metrics() const;

private:
    std::unique_ptr<HttpServerPoolPrivate> d;
};

} // namespace Sojourn
