// SPDX-License-Identifier: MIT
#pragma once

#include "sessionmanager_p.h"

#include <Sojourn/Session>

#include <atomic>
#include <vector>

QT_BEGIN_NAMESPACE
class QThread;
QT_END_NAMESPACE

namespace Sojourn {

/// The front end for synchronous handlers. A rule in front of all others sees each request begin, the after-request hook sees its
/// response; between the two, in one call stack, the handler may ask for its session.
class Hooks
{
public:
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    explicit Hooks(std::shared_ptr<SessionManagerPrivate> manager);

    static void install(const std::shared_ptr<Hooks> &hooks, QHttpServer *server);
    [[nodiscard]] Session session(const QHttpServerRequest &request);
    /// Saves the session of \a request now, for a handler that writes its response itself.
    [[nodiscard]] Result<Headers> responseHeaders(const QHttpServerRequest &request, QHttpServerResponse::StatusCode status);

private:
    class Observer;

    /// A request whose handler may be running. There is more than one only if a handler runs an event loop of its own.
    struct OpenRequest
    {
        const QHttpServerRequest *request;
        quintptr stack; ///< where the stack was when it began
        Visit visit; ///< without a session until one is asked for
        std::optional<Headers> errorHeaders; ///< of the answer that says why the session could not be saved
    };

    void begin(const QHttpServerRequest &request);
    void end(QHttpServerResponse &response, const QHttpServerRequest &request);
    [[nodiscard]] Session unknown() const;
    void dropAbandoned();
    static void warnIfAsked(const OpenRequest &abandoned);
    OpenRequest *find(const QHttpServerRequest &request);

    const std::shared_ptr<SessionManagerPrivate> m_manager;
    std::vector<OpenRequest> m_open;
    std::atomic_flag m_toldOfUnknown; // any thread may ask
    QSet<const QHttpServer *> m_servers;
    QThread *m_thread = nullptr; ///< that of the servers
};

} // namespace Sojourn
