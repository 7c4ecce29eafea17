// SPDX-License-Identifier: MIT
#include "world.h"

#include <Sojourn/SessionResponder>

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QTimer>
#include <QtNetwork/QTcpServer>

using namespace Sojourn;
using namespace Qt::StringLiterals;

World::World(const Backend &backend, const Model::Policy &policy, const std::array<qint64, OperationGenerator::Processes> &skew)
    : m_now(std::make_shared<std::atomic<qint64>>(systemNow().time_since_epoch().count() / 4 * 4)), m_skew(skew)
{
    if (backend.hasOneClock)
        m_skew.fill(0);
    const auto clockOf = [this](int process) -> Clock {
        return [base = m_now, skew = m_skew[static_cast<size_t>(process)]] {
            return TimePoint(std::chrono::milliseconds(*base + skew));
        };
    };
    backend.reset(clockOf(0));
    for (int i = 0; i < OperationGenerator::Processes; ++i) {
        Process &process = m_processes[static_cast<size_t>(i)];
        process.store = backend.open();
        process.store->setClock(clockOf(i));
        process.store->setTimeout(std::chrono::seconds(10)); // the machine may be busy
        watch(process.store);
        process.store->setClock(clockOf(i)); // of a live application, whose greeting may have come late
        serve(process, policy);
    }
}

World::~World()
{
    for (Process &process : m_processes) {
        process.connections.clear();
        process.server.reset();
        process.manager.reset();
    }
}

void World::watch(const std::shared_ptr<SessionStore> &store)
{
    if (m_events.contains(store.get()))
        return;
    QList<SessionEvent> &events = m_events[store.get()];
    QObject::connect(store.get(), &SessionStore::sessionEvent, &m_watching,
                     [&events](const SessionEvent &event) { events.append(event); });
    if (const auto subscribed = store->waitFor(store->subscribe()); !subscribed)
        qFatal("%s", qPrintable(subscribed.error().text));
}

void World::serve(Process &process, const Model::Policy &policy)
{
    using std::chrono::milliseconds;
    SessionOptions options;
    options.policy.idle = milliseconds(policy.idle);
    if (policy.absolute)
        options.policy.absolute = milliseconds(*policy.absolute);
    if (policy.touchInterval)
        options.policy.touchInterval = milliseconds(*policy.touchInterval);
    if (policy.renewInterval)
        options.policy.renewInterval = milliseconds(*policy.renewInterval);
    options.policy.grace = milliseconds(policy.grace);
    options.policy.sessionEnd = policy.sessionEnd;
    options.policy.cap = policy.cap;
    options.sizeLimit = policy.sizeLimit;
    options.sweepInterval = milliseconds(0);
    process.manager = std::make_unique<SessionManager>(process.store, options);
    process.server = std::make_unique<QHttpServer>();
    if (process.manager->error() || !process.manager->install(process.server.get()))
        qFatal("The options of the test do not work.");

    const bool added =
        process.manager->route(process.server.get(), u"/routes"_s, [this](Session &session, SessionResponder &&responder) {
            Run &run = *m_run;
            run.reached = true;
            run.session = session;
            run.handle(session);
            if (run.holds)
                run.responder.emplace(std::move(responder));
            else
                responder.send(QHttpServerResponse(QHttpServerResponse::StatusCode(run.status)));
        });
    if (!added)
        qFatal("A route of the test could not be added.");
    process.server->route(u"/hooks"_s, [this, &process](const QHttpServerRequest &request) {
        Run &run = *m_run;
        run.reached = true;
        Session session = process.manager->session(request);
        run.handle(session);
        return QHttpServerResponse(QHttpServerResponse::StatusCode(run.status));
    });
    auto *listener = new QTcpServer(process.server.get());
    listener->listen(QHostAddress::LocalHost);
    process.server->bind(listener);
    process.port = listener->serverPort();
}

int &World::patience()
{
    static int ms = 10'000;
    return ms;
}

bool World::waitUntil(const std::function<bool()> &done)
{
    const QDeadlineTimer deadline(patience());
    QTimer wake; // an event loop that waits must not wait for ever
    wake.start(50);
    while (!done()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

std::optional<Response> World::send(int process, int connection, bool overHooks, const QByteArray &cookies, bool fromOtherSite,
                                    Run &run)
{
    Process &server = m_processes[static_cast<size_t>(process)];
    std::unique_ptr<QTcpSocket> &socket = server.connections[connection];
    if (!socket || socket->state() != QAbstractSocket::ConnectedState) {
        socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, server.port);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (!waitUntil([&] { return socket->state() == QAbstractSocket::ConnectedState; }))
            return Response();
    }
    QByteArray text = overHooks ? "GET /hooks HTTP/1.1\r\nHost: localhost\r\n" : "GET /routes HTTP/1.1\r\nHost: localhost\r\n";
    if (!cookies.isEmpty())
        text += "Cookie: " + cookies + "\r\n";
    if (fromOtherSite)
        text += "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n";
    m_run = &run;
    socket->write(text + "\r\n");
    return read(*socket, [&] { return run.responder.has_value(); });
}

std::optional<Response> World::receive(int process, int connection)
{
    return read(*m_processes[static_cast<size_t>(process)].connections[connection], [] { return false; });
}

std::optional<Response> World::read(QTcpSocket &socket, const std::function<bool()> &stop)
{
    QByteArray received;
    std::optional<Response> response;
    waitUntil([&] {
        received += socket.readAll();
        const qsizetype end = received.indexOf("\r\n\r\n");
        if (end < 0)
            return stop() || socket.state() == QAbstractSocket::UnconnectedState;
        Response parsed;
        qsizetype length = 0;
        parsed.status = received.split(' ').value(1).toInt();
        const QByteArrayList lines = received.first(end).split('\n');
        for (const QByteArray &line : lines) {
            const QByteArray name = line.first(std::max<qsizetype>(0, line.indexOf(':'))).toLower();
            const QByteArray value = line.sliced(name.size()).mid(1).trimmed();
            if (name == "content-length")
                length = value.toLongLong();
            else if (name == "set-cookie" && value.startsWith("id="))
                parsed.setCookies += value;
            else if (name == "cache-control")
                parsed.forbidsStoring = value.contains("no-store");
            else if (name == "vary")
                parsed.variesByCookie = value.contains("Cookie");
        }
        if (received.size() < end + 4 + length)
            return false;
        response = parsed;
        return true;
    });
    if (response || stop())
        return response;
    return Response();
}

std::vector<QList<SessionEvent>> World::takeEvents(qsizetype count, const std::function<bool(const SessionEvent &)> &mayCome)
{
    const auto haveCome = [&](const auto &entry) {
        return entry.second.size() - std::ranges::count_if(entry.second, mayCome) >= count;
    };
    waitUntil([&] { return std::ranges::all_of(m_events, haveCome); });
    std::vector<QList<SessionEvent>> taken;
    for (auto &[store, events] : m_events)
        taken.push_back(std::exchange(events, {}));
    return taken;
}
