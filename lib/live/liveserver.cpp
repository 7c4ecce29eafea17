// SPDX-License-Identifier: MIT
#include "liveserver.h"

#include "liveclient_p.h"
#include "localpeer_p.h"

#include <Sojourn/nostore_p.h>

#include <QtCore/QDir>
#include <QtCore/QLockFile>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTimer>
#include <QtNetwork/QLocalServer>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <ctime>
#endif

static Q_LOGGING_CATEGORY(lcLive, "sojourn.live")

    using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

namespace {

constexpr int MaxClients = 64;
/// Clients that have not asked for anything yet; with more of them the oldest goes.
constexpr int MaxSilentClients = 16;
/// Requests are handled for so long at a time ...
constexpr std::chrono::nanoseconds TurnBudget = 2ms;
/// ... and after a turn that took longer the application has so many times as long for itself.
constexpr int PauseFactor = 3;
/// Events go out together after so long: an inspector cannot tell the difference, and the application saves a system call for
/// each.
constexpr auto EventDelay = 5ms;
constexpr qsizetype MaxEventBatch = 64 * 1024;

/// The time that this thread has worked. What other programs on a busy machine take from it is not what its clients cost.
std::chrono::nanoseconds threadTime()
{
#if defined(Q_OS_UNIX) && defined(CLOCK_THREAD_CPUTIME_ID)
    timespec time{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
#endif
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

class LiveServerPrivate : public QObject
{
public:
    LiveServerPrivate(std::shared_ptr<SessionStore> theStore, QObject *parent);

    void close();
    void accept();
    void dropSilent();
    void remove(Wire::LiveClient *client);
    void schedule();
    void turn();
    void subscribe();
    void addEvent(const SessionEvent &event);
    void loseEvents();
    void flushEvents();
    void warnOnce(const QString &text);

    std::shared_ptr<SessionStore> store;
    QLocalServer server{this};
    QString name;
    QList<Wire::LiveClient *> clients;

private:
    QTimer m_turn{this};
    qsizetype m_next = 0; // the client whose turn comes first
    QByteArray m_events;  // frames that wait for the flush
    bool m_eventsLost = false;
    QTimer m_flush{this};
    QMetaObject::Connection m_subscription;
    bool m_warned = false;
};

LiveServerPrivate::LiveServerPrivate(std::shared_ptr<SessionStore> theStore, QObject *parent)
    : QObject(parent), store(Detail::orNoStore(std::move(theStore)))
{
    server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server, &QLocalServer::newConnection, this, &LiveServerPrivate::accept);
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, &LiveServerPrivate::turn);
    m_flush.setSingleShot(true);
    m_flush.setInterval(EventDelay);
    connect(&m_flush, &QTimer::timeout, this, &LiveServerPrivate::flushEvents);
    connect(store.get(), &SessionStore::eventsLost, this, &LiveServerPrivate::loseEvents);
    connect(store.get(), &SessionStore::availabilityChanged, this, [this](bool available) {
        for (Wire::LiveClient *client : std::as_const(clients))
            client->sendAvailability(available);
    });
}

void LiveServerPrivate::close()
{
    server.close();
    name.clear();
    disconnect(m_subscription);
    qDeleteAll(std::exchange(clients, {}));
}

void LiveServerPrivate::accept()
{
    while (QLocalSocket *socket = server.nextPendingConnection()) {
        if (!Wire::isSameUser(*socket)) {
            warnOnce(u"refused a process of another user"_s);
            delete socket;
            continue;
        }
        dropSilent();
        if (clients.size() >= MaxClients) {
            const Error tooMany{Error::Unavailable,
                                Error::tr("The application has as many live connections as it allows. Close one of them.")};
            socket->write(Wire::makeFrame(Wire::Message::Failure, quint64(0), tooMany));
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            socket->disconnectFromServer();
            continue;
        }
        auto *client = new Wire::LiveClient(socket, store, this);
        clients.append(client);
        connect(client, &Wire::LiveClient::ready, this, &LiveServerPrivate::schedule);
        connect(client, &Wire::LiveClient::subscribed, this, &LiveServerPrivate::subscribe);
        connect(client, &Wire::LiveClient::closed, this, [this, client] { remove(client); });
        connect(client, &Wire::LiveClient::misbehaved, this, [this] { warnOnce(u"dropped a client that sent no request"_s); });
    }
}

// Whoever connects and says nothing must not keep others out.
void LiveServerPrivate::dropSilent()
{
    const auto isSilent = [](const Wire::LiveClient *client) { return !client->hasSpoken(); };
    const auto silent = std::ranges::count_if(clients, isSilent);
    if (silent < MaxSilentClients && (silent == 0 || clients.size() < MaxClients))
        return;
    Wire::LiveClient *const oldest = *std::ranges::find_if(clients, isSilent);
    clients.removeOne(oldest);
    delete oldest;
}

void LiveServerPrivate::remove(Wire::LiveClient *client)
{
    clients.removeOne(client);
    client->deleteLater();
    if (std::ranges::none_of(clients, &Wire::LiveClient::isSubscribed))
        disconnect(m_subscription);
}

void LiveServerPrivate::schedule()
{
    if (!m_turn.isActive())
        m_turn.start(0);
}

void LiveServerPrivate::turn()
{
    const auto used = [begin = threadTime()] { return threadTime() - begin; };
    qsizetype idle = 0;
    while (idle < clients.size() && used() < TurnBudget) {
        m_next = (m_next + 1) % clients.size();
        idle = clients[m_next]->step() ? 0 : idle + 1;
    }
    if (used() >= TurnBudget)
        m_turn.start(std::chrono::ceil<std::chrono::milliseconds>(used() * PauseFactor));
}

void LiveServerPrivate::subscribe()
{
    flushEvents(); // what happened before is not for the new subscriber
    if (!m_subscription)
        m_subscription = connect(store.get(), &SessionStore::sessionEvent, this, &LiveServerPrivate::addEvent);
}

void LiveServerPrivate::addEvent(const SessionEvent &event)
{
    // Clients that do not read cost no more than this look at them.
    if (m_events.size() < MaxEventBatch && std::ranges::any_of(clients, &Wire::LiveClient::takesEvents))
        Wire::appendFrame(m_events, Wire::Message::Event, event);
    else
        m_eventsLost = true;
    if (!m_flush.isActive())
        m_flush.start();
}

void LiveServerPrivate::loseEvents()
{
    m_eventsLost = true;
    flushEvents();
}

void LiveServerPrivate::flushEvents()
{
    m_flush.stop();
    const QByteArray events = std::exchange(m_events, {});
    const bool lost = std::exchange(m_eventsLost, false);
    for (Wire::LiveClient *client : std::as_const(clients)) {
        if (!client->isSubscribed())
            continue;
        if (!events.isEmpty())
            client->sendEvents(events);
        if (lost)
            client->loseEvents();
    }
}

void LiveServerPrivate::warnOnce(const QString &text)
{
    if (!std::exchange(m_warned, true))
        qCWarning(lcLive).noquote().nospace() << "live:" << name << ' ' << text << "; it is not told again if that happens again";
}

LiveServer::LiveServer(std::shared_ptr<SessionStore> store, QObject *parent)
    : QObject(parent), d(std::make_unique<LiveServerPrivate>(std::move(store), this))
{ }

LiveServer::~LiveServer()
{
    close();
}

Result<void> LiveServer::checkName(const QString &name)
{
    return Wire::checkName(name);
}

Result<void> LiveServer::listen(const QString &name)
{
    if (const auto valid = checkName(name); !valid)
        return valid;
    close();
    const auto folder = Wire::listeningFolder();
    if (!folder)
        return std::unexpected(folder.error());
#ifdef Q_OS_UNIX
    const QString socketName = *folder + u'/' + name;
    const QString lockName = *folder + "/."_L1 + name + ".lock"_L1;
#else
    const QString socketName = Wire::serverName(name);
    const QString lockName = QDir::tempPath() + "/."_L1 + socketName + ".lock"_L1;
#endif
    // One at a time, or two processes that find a dead socket both take it over, the second from the first.
    QLockFile lock(lockName);
    if (!lock.tryLock(1000))
        return failure(Error::Unavailable,
                       Error::tr("The live name \"%1\" cannot be claimed: no access to the folder %2.").arg(name, *folder));
    if (Wire::isTaken(name))
        return failure(Error::Exists,
                       Error::tr("Another process is live as \"%1\" already. Choose another name, or stop it.").arg(name));
    QLocalServer::removeServer(socketName);
    if (!d->server.listen(socketName))
        return failure(Error::Unavailable,
                       Error::tr("The live name \"%1\" cannot be used: %2").arg(name, d->server.errorString()));
    d->name = name;
    return {};
}

void LiveServer::close()
{
    d->close();
}

QString LiveServer::name() const
{
    return d->name;
}

int LiveServer::clientCount() const
{
    return static_cast<int>(d->clients.size());
}

} // namespace Sojourn
