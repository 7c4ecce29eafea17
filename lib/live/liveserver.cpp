// SPDX-License-Identifier: MIT
#include "liveserver.h"

#include "liveclient_p.h"
#include "localpeer_p.h"
#include "tlslistener_p.h"

#include <Sojourn/nostore_p.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QLockFile>
#include <QtCore/QLoggingCategory>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <ctime>
#endif

static Q_LOGGING_CATEGORY(lcLive, "sojourn.live");

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
constexpr auto RefusalLogInterval = 1min;

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

    /// Makes the store known as live:\a newName, which nobody else may have.
    Result<void> claim(const QString &newName, std::chrono::milliseconds patience);
    /// Lets go of the name and of those who came by it.
    void closeLocal();
    /// Lets go of the port and of those who came by it.
    void closeTls();
    void accept();
    void add(Wire::PeerLink *link, const QString &remote = {});
    void logRefusal(const QString &address, const QString &why);
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
    Wire::TlsListener tls{this};
    QList<Wire::LiveClient *> clients;

private:
    void removeClients(bool remoteOnes);
    void keepName();

    int m_refused = 0;                 // since the log last told
    QDeadlineTimer m_quiet;            // until it tells again
    QTimer m_turn{this};
    qsizetype m_next = 0; // the client whose turn comes first
    QByteArray m_events;  // frames that wait for the flush
    bool m_eventsLost = false;
    QTimer m_flush{this};
    QMetaObject::Connection m_subscription;
    QTimer m_nameCheck{this};
    bool m_nameWasLost = false; // and this was told
    bool m_warned = false;
};

LiveServerPrivate::LiveServerPrivate(std::shared_ptr<SessionStore> theStore, QObject *parent)
    : QObject(parent), store(Detail::orNoStore(std::move(theStore)))
{
    server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server, &QLocalServer::newConnection, this, &LiveServerPrivate::accept);
    connect(&tls, &Wire::TlsListener::ready, this, &LiveServerPrivate::schedule);
    connect(&tls, &Wire::TlsListener::refused, this, &LiveServerPrivate::logRefusal);
    connect(&tls, &Wire::TlsListener::loggedIn, this, [this](Wire::PeerLink *link, const QString &who) {
        qCInfo(lcLive).noquote() << "live+tls let in" << who;
        add(link, who);
    });
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, &LiveServerPrivate::turn);
    m_nameCheck.setInterval(Wire::handshakeTick);
    connect(&m_nameCheck, &QTimer::timeout, this, &LiveServerPrivate::keepName);
    m_flush.setSingleShot(true);
    m_flush.setInterval(EventDelay);
    connect(&m_flush, &QTimer::timeout, this, &LiveServerPrivate::flushEvents);
    connect(store.get(), &SessionStore::eventsLost, this, &LiveServerPrivate::loseEvents);
    connect(store.get(), &SessionStore::availabilityChanged, this, [this](bool available) {
        for (Wire::LiveClient *client : std::as_const(clients))
            client->sendAvailability(available);
    });
}

void LiveServerPrivate::closeLocal()
{
    server.close();
    name.clear();
    m_nameCheck.stop();
    removeClients(false);
}

void LiveServerPrivate::closeTls()
{
    tls.close();
    removeClients(true);
}

void LiveServerPrivate::removeClients(bool remoteOnes)
{
    for (Wire::LiveClient *client : QList(clients)) {
        if (client->isRemote() == remoteOnes)
            remove(client);
    }
}

void LiveServerPrivate::accept()
{
    while (QLocalSocket *socket = server.nextPendingConnection()) {
        if (Wire::isSameUser(*socket)) {
            add(new Wire::SocketLink<QLocalSocket>(socket));
        } else {
            warnOnce(u"refused a process of another user"_s);
            delete socket;
        }
    }
}

void LiveServerPrivate::add(Wire::PeerLink *link, const QString &remote)
{
    link->setParent(this);
    dropSilent();
    if (clients.size() >= MaxClients) {
        const Error tooMany{Error::Unavailable,
                            Error::tr("The application has as many live connections as it allows. Close one of them.")};
        link->device().write(Wire::makeFrame(Wire::Message::Failure, quint64(0), tooMany));
        connect(link, &Wire::PeerLink::closed, link, &QObject::deleteLater);
        QTimer::singleShot(Wire::handshakeTick, link, &QObject::deleteLater); // whoever does not read why
        link->finish();
        return;
    }
    auto *client = new Wire::LiveClient(link, store, this, remote);
    clients.append(client);
    connect(client, &Wire::LiveClient::ready, this, &LiveServerPrivate::schedule);
    connect(client, &Wire::LiveClient::subscribed, this, &LiveServerPrivate::subscribe);
    connect(client, &Wire::LiveClient::closed, this, [this, client] { remove(client); });
    connect(client, &Wire::LiveClient::misbehaved, this, [this] { warnOnce(u"dropped a client that sent no request"_s); });
    schedule(); // it may have spoken already
}

// Not a line each: who is refused may come again and again.
void LiveServerPrivate::logRefusal(const QString &address, const QString &why)
{
    ++m_refused;
    if (!m_quiet.hasExpired())
        return;
    qCWarning(lcLive).noquote().nospace() << "live+tls refused " << address << ": " << why << " (" << m_refused
                                          << " since it was last told, which is at most once a minute)";
    m_refused = 0;
    m_quiet.setRemainingTime(RefusalLogInterval);
}

// Whoever connects and says nothing must not keep others out.
void LiveServerPrivate::dropSilent()
{
    const auto isSilent = [](const Wire::LiveClient *client) { return !client->hasSpoken(); };
    const auto silent = std::ranges::count_if(clients, isSilent);
    if (silent < MaxSilentClients && (silent == 0 || clients.size() < MaxClients))
        return;
    remove(*std::ranges::find_if(clients, isSilent));
}

void LiveServerPrivate::remove(Wire::LiveClient *client)
{
    clients.removeOne(client);
    if (std::ranges::none_of(clients, &Wire::LiveClient::isSubscribed))
        disconnect(m_subscription);
    client->dismiss();
}

void LiveServerPrivate::schedule()
{
    if (!m_turn.isActive())
        m_turn.start(0);
}

void LiveServerPrivate::turn()
{
    const auto used = [begin = threadTime()] { return threadTime() - begin; };
    const bool isHandshakeBegun = tls.step();
    qsizetype idle = 0;
    const QPointer guard(this); // a slot of the store's events may delete the server
    while (idle < clients.size() && used() < TurnBudget) {
        m_next = (m_next + 1) % clients.size();
        idle = clients[m_next]->step() ? 0 : idle + 1;
        if (!guard)
            return;
    }
    if (used() >= TurnBudget)
        m_turn.start(std::chrono::ceil<std::chrono::milliseconds>(used() * PauseFactor));
    else if (isHandshakeBegun)
        schedule(); // for the next one
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
    d->closeLocal();
    return d->claim(name, 1s);
}

Result<void> LiveServerPrivate::claim(const QString &newName, std::chrono::milliseconds patience)
{
    const auto folder = Wire::listeningFolder();
    if (!folder)
        return std::unexpected(folder.error());
#ifdef Q_OS_UNIX
    const QString socketName = *folder + u'/' + newName;
    const QString lockName = *folder + "/."_L1 + newName + ".lock"_L1;
#else
    const QString socketName = Wire::serverName(newName);
    const QString lockName = QDir::tempPath() + "/."_L1 + socketName + ".lock"_L1;
#endif
    // One at a time, or two processes that find a dead socket both take it over, the second from the first.
    QLockFile lock(lockName);
    if (!lock.tryLock(static_cast<int>(patience.count())))
        return failure(
            Error::Unavailable,
            Error::tr("The live name \"%1\" cannot be claimed: no file can be opened in %2. Check that this user may write "
                      "there, that the disk is not full, and that the process may open more files.")
                .arg(newName, *folder));
    if (Wire::isTaken(newName))
        return failure(Error::Exists,
                       Error::tr("Another process is live as \"%1\" already. Choose another name, or stop it.").arg(newName));
    QLocalServer::removeServer(socketName);
    if (!server.listen(socketName))
        return failure(Error::Unavailable,
                       Error::tr("The live name \"%1\" cannot be used: %2.").arg(newName, server.errorString()));
    name = newName;
    m_nameCheck.start();
    return {};
}

// QLocalServer closes for good when it cannot accept a connection, as no descriptor is free; and who tidies up the folder of
// temporary files may take the socket.
void LiveServerPrivate::keepName()
{
#ifdef Q_OS_UNIX
    const bool isThere = QFileInfo::exists(server.fullServerName());
#else
    const bool isThere = true;
#endif
    if (server.isListening() && isThere) {
        m_nameWasLost = false;
        return;
    }
    server.close();
    const auto again = claim(name, 0s);
    if (again)
        qCWarning(lcLive).noquote().nospace() << "live:" << name << " had lost its socket, and listens again";
    else if (!std::exchange(m_nameWasLost, true))
        qCWarning(lcLive).noquote().nospace()
            << "live:" << name << " has lost its socket, and tries again each second: " << again.error().text;
}

Result<void> LiveServer::listenTls(const QString &address, quint16 port, const LiveTlsOptions &options)
{
    d->closeTls();
    const auto listening = d->tls.listen(address, port, options);
    const QString keyFile = options.keyFile.isEmpty() ? options.certificateFile : options.keyFile;
    for (const QString &secret : {keyFile, options.tokenFile}) {
        if (listening && !secret.isEmpty() && QFile::permissions(secret).testFlag(QFile::ReadOther))
            qCWarning(lcLive).noquote() << "live+tls: every user of this machine can read" << secret
                                        << "and with it pass for the application or log in to it. Take that away with chmod o-r.";
    }
    return listening;
}

void LiveServer::close()
{
    d->closeLocal();
    d->closeTls();
}

QString LiveServer::name() const
{
    return d->name;
}

quint16 LiveServer::tlsPort() const
{
    return d->tls.port();
}

int LiveServer::clientCount() const
{
    return static_cast<int>(d->clients.size());
}

} // namespace Sojourn
