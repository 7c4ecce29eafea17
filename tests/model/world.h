// SPDX-License-Identifier: MIT
#pragma once

#include "model.h"

#include <Sojourn/Session>
#include <Sojourn/SessionManager>

#include <QtNetwork/QTcpSocket>

#include <atomic>
#include <map>

/// One kind of store: how the processes of a world get theirs.
struct Backend
{
    QString name;
    int cost = 1; ///< only one of so many operations is done
    bool hasOneClock = false; ///< whether all processes see the time of one
    /// Starts its servers; \return whether they run.
    std::function<bool()> start = {};
    /// Begins anew with nothing in the store. \a clock is that of an application which others look into.
    std::function<void(const Sojourn::Clock &clock)> reset;
    std::function<std::shared_ptr<Sojourn::SessionStore>()> open;
};

/// What the visitor got.
struct Response
{
    int status = 0; ///< 0: nothing
    QByteArrayList setCookies; ///< of the session
    bool forbidsStoring = false;
    bool variesByCookie = false;
};

/// Servers over both front ends on one store, in the test's thread and time.
class World
{
public:
    /// A request that a handler works on.
    struct Run
    {
        std::function<void(Sojourn::Session &)> handle;
        int status = 200;
        bool holds = false; ///< the handler answers later
        bool reached = false;
        std::optional<Sojourn::Session> session;
        std::optional<Sojourn::SessionResponder> responder;
    };

    World(const Backend &backend, const Model::Policy &policy, const std::array<qint64, OperationGenerator::Processes> &skew);
    ~World();

    qint64 now(int process) const { return *m_now + m_skew[static_cast<size_t>(process)]; }
    void advance(qint64 ms) { *m_now += ms; }

    Sojourn::SessionStore &store(int process) { return *m_processes[static_cast<size_t>(process)].store; }

    /// Sends a request on the connection \a connection of a process, and waits until it is answered, or held by its handler.
    std::optional<Response> send(int process, int connection, bool overHooks, const QByteArray &cookies, bool fromOtherSite,
                                 Run &run);
    /// Waits for the answer of a request that was held.
    std::optional<Response> receive(int process, int connection);

    /// Waits until \a count events have come to every store, beside those that \a mayCome says, and takes all; less if they do
    /// not come.
    std::vector<QList<Sojourn::SessionEvent>> takeEvents(qsizetype count,
                                                         const std::function<bool(const Sojourn::SessionEvent &)> &mayCome);

    /// Runs the event loop until \a done(), or until patience() has passed.
    static bool waitUntil(const std::function<bool()> &done);
    /// How long an answer or an event may take, in ms.
    static int &patience();

private:
    struct Process
    {
        std::shared_ptr<Sojourn::SessionStore> store;
        std::unique_ptr<Sojourn::SessionManager> manager;
        std::unique_ptr<QHttpServer> server;
        quint16 port = 0;
        std::map<int, std::unique_ptr<QTcpSocket>> connections;
    };

    void serve(Process &process, const Model::Policy &policy);
    void watch(const std::shared_ptr<Sojourn::SessionStore> &store);
    std::optional<Response> read(QTcpSocket &socket, const std::function<bool()> &stop);

    std::shared_ptr<std::atomic<qint64>> m_now; // clocks may outlive the world
    std::array<qint64, OperationGenerator::Processes> m_skew;
    std::map<Sojourn::SessionStore *, QList<Sojourn::SessionEvent>> m_events;
    QObject m_watching; // what is not answered keeps its store
    std::array<Process, OperationGenerator::Processes> m_processes;
    Run *m_run = nullptr; // of the request that is being sent
};
