// SPDX-License-Identifier: MIT
#include "redisconnection_p.h"

#include "rediscodec_p.h"
#include "redislogging_p.h"

#include <Sojourn/uptime_p.h>

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QPointer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QVarLengthArray>
#include <QtNetwork/QHostAddress>

#include <algorithm>
#include <ranges>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

// Pauses between attempts to connect grow to a second, so that service resumes soon after the server is back, and vary by a
// quarter, so that many clients do not come back at the same moment.
static constexpr std::chrono::milliseconds FirstPause = 50ms;
static constexpr std::chrono::milliseconds LongestPause = 1s;
// The next master may be known at any moment, to one sentinel before it tells of it.
static constexpr std::chrono::milliseconds LongestLocatingPause = 250ms;
static constexpr std::chrono::milliseconds UnfitPause = 1s;
// So much later than it should does a thread that waits for events not look.
static constexpr std::chrono::milliseconds BusyThread = 50ms;
static constexpr std::chrono::milliseconds RolePause = 1s;
// How long WAIT holds up what comes behind it where a replica is silent, or where there are too few.
static constexpr std::chrono::milliseconds SilentWait = 50ms;
static constexpr std::chrono::milliseconds HopelessWait = 1ms;
// Clocks drift, and a server's may be set.
static constexpr std::chrono::milliseconds TimeKept = 10s;

static RedisConnection::Time timeNow()
{
    return std::chrono::steady_clock::now();
}

static int pollSockets(std::span<pollfd> sockets, std::chrono::milliseconds timeout)
{
#ifdef Q_OS_WIN
    return WSAPoll(sockets.data(), static_cast<ULONG>(sockets.size()), static_cast<int>(timeout.count()));
#else
    return ::poll(sockets.data(), static_cast<nfds_t>(sockets.size()), static_cast<int>(timeout.count()));
#endif
}

static bool hasInput(qintptr socket)
{
    pollfd one[] = {{}};
    one[0].fd = static_cast<decltype(one[0].fd)>(socket);
    one[0].events = POLLIN;
    return pollSockets(one, 0ms) > 0;
}

/// \a cause for a change whose fate is not known.
static Error unsure(const Error &cause)
{
    return {cause.code, Error::tr("%1. The change that was under way may or may not have happened.").arg(cause.sentence())};
}

/// Whether this is the answer of a server that is not the master (any more). A script may say so in the middle of its error.
static bool isOfReplica(const RedisReply &reply)
{
    return reply.type() == RedisReply::Error
        && (reply.text().indexOf("READONLY") >= 0 || reply.text().indexOf("MASTERDOWN") >= 0
            || reply.text().startsWith("UNBLOCKED"));
}

/// Whether a lasting command has changed something, so that replicas have to be waited for.
static bool hasChanged(const RedisReply &reply)
{
    return reply.type() == RedisReply::Integer
        || (reply.type() == RedisReply::Array && reply.size() > 0 && reply[0].text().startsWith("OK"));
}

/// The first number of the version in \a hello.
static int versionOf(const RedisReply &hello)
{
    const QByteArrayView version = fieldOf(hello, "version");
    return version.first(std::max<qsizetype>(version.indexOf('.'), 0)).toInt();
}

RedisConnection::RedisConnection(const RedisOptions &options, const SessionStore *store, RedisLocator *locator, Peer peer)
    : m_options(options),
      m_store(store),
      m_locator(locator),
      m_peer(peer),
      m_waitsForAll(!options.replicasToWaitFor && (!options.sentinels.isEmpty() || !options.clusterNodes.isEmpty())),
      m_replicasWanted(m_waitsForAll ? 1 : options.replicasToWaitFor.value_or(0))
{
    if (m_locator) {
        m_options.host.clear();
        connect(m_locator, &RedisLocator::found, this, &RedisConnection::located);
        connect(m_locator, &RedisLocator::failed, this, [this](const Error &error) {
            if (m_state == Locating)
                drop(error);
        });
    }
    connect(m_readNotifier.get(), &QSocketNotifier::activated, this, &RedisConnection::readable);
    connect(m_writeNotifier.get(), &QSocketNotifier::activated, this, &RedisConnection::writable);
    connect(&m_roleTimer, &QTimer::timeout, this, [this] {
        send(RedisCommand("ROLE"), [this](const Result<RedisReply> &role) {
            if (role)
                noteRole(*role);
        });
    });
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const QPointer<RedisConnection> self = this;
        checkDeadlines();
        if (self)
            armTimer();
    });
}

RedisConnection::~RedisConnection()
{
    close();
    for (auto *notifier : {&m_readNotifier, &m_writeNotifier}) { // one may be the caller
        (*notifier)->disconnect(this);
        notifier->release()->deleteLater();
    }
}

/// Has what was sent in one turn of the event loop leave at its end: aboutToBlock() comes in each, or awake() in the next. A
/// notifier would take a turn more, and wake the loop for it.
void RedisConnection::followEventLoop()
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    if (!dispatcher || std::exchange(m_followsLoop, true))
        return;
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &RedisConnection::flush);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &RedisConnection::flush);
}

void RedisConnection::open()
{
    if (std::exchange(m_opened, true))
        return;
    followEventLoop();
    if (const auto unsupported = RedisTransport::unsupported(m_options)) {
        m_error = *unsupported;
        m_retryAt = Time::max();
    } else {
        connectNow();
    }
}

void RedisConnection::hurry()
{
    if (m_opened && m_state == Down && m_retryAt != Time::max())
        connectNow();
}

void RedisConnection::reopen(const Error &cause, std::chrono::milliseconds pause)
{
    if (m_state == Ready)
        drop(cause, pause);
}

void RedisConnection::refuse(const Error &cause)
{
    m_isUnfit = true;
    drop(cause, UnfitPause);
}

void RedisConnection::close()
{
    m_error = {Error::Unavailable, Error::tr("The session store was closed.")};
    m_retryAt = Time::max();
    m_state = Down;
    m_timer.stop();
    closeSocket();
    failAll(m_error);
    runAnswers();
}

Error RedisConnection::error() const
{
    const Error cause = m_error.text.isEmpty() ? timeoutError() : m_error; // the first attempt has not ended
    return cause.code == Error::Timeout ? Error{Error::Unavailable, cause.sentence()} : cause;
}

RedisConnection::Time RedisConnection::deadlineFromNow() const
{
    return timeNow() + m_store->timeout();
}

void RedisConnection::send(RedisCommand command, Handler handler, std::optional<Time> deadline)
{
    if (m_state == Down && isOverdue())
        connectNow();
    const Time due = deadline.value_or(deadlineFromNow());
    if (deadline && due <= timeNow())
        handler(std::unexpected(timeoutError()));
    else if (m_state == Ready)
        transmit(command, std::move(handler), due);
    else if (isHopeful())
        m_waiting.push_back({due, std::move(command), std::move(handler)});
    else
        handler(std::unexpected(error()));
}

void RedisConnection::connectNow()
{
    m_attemptEnd = deadlineFromNow();
    ++m_attempts;
    m_followed = m_isUnfit = m_isProlonged = false;
    if (!m_locator) {
        lookUp();
        return;
    }
    m_state = Locating;
    armTimer();
    if (const auto server = m_locator->look())
        located(*server);
}

/// The locator has found \a server, whether it was waited for or not.
void RedisConnection::located(const RedisAddress &server)
{
    const bool isNews = m_located != server;
    m_located = server;
    const bool isElsewhere = m_options.host != server.host || m_options.port != server.port;
    if (m_state == Locating) {
        connectTo(server);
    } else if (isNews && m_state == Down) {
        hurry();
    } else if (isNews && isElsewhere && m_state == Ready) {
        reopen({Error::Unavailable, Error::tr("Another server is the master now. The connection leads there.")});
    } else if (isNews && isElsewhere) {
        m_attemptEnd = deadlineFromNow();
        connectTo(server);
    }
}

/// Goes on with an attempt to connect, wherever that has led before.
void RedisConnection::connectTo(const RedisAddress &server)
{
    closeSocket();
    m_pending.clear(); // of a greeting
    m_addresses.clear();
    if (std::exchange(m_options.host, server.host) != server.host || m_options.port != server.port)
        m_stalled = false;
    m_options.port = server.port;
    lookUp();
}

void RedisConnection::lookUp()
{
    if (!m_options.socketPath.isEmpty() || !QHostAddress(m_options.host).isNull()) {
        openSocket(m_options.host);
        return;
    }
    m_state = LookingUp;
    armTimer();
    m_lookup.start(m_options.host, this, [this] { lookedUp(); });
}

void RedisConnection::lookedUp()
{
    const std::optional<QHostInfo> info = m_lookup.take();
    if (!info || m_state != LookingUp)
        return;
    m_addresses = info->addresses();
    if (m_addresses.isEmpty()) {
        drop({Error::Unavailable, Error::tr("The host name of Redis at %1 is not known: %2. Check the store's address.")
                                      .arg(serverName(), info->errorString())});
        return;
    }
    // An address that swallows the whole attempt comes later in the next one.
    std::ranges::rotate(m_addresses, m_addresses.begin() + m_attempts % m_addresses.size());
    openSocket(m_addresses.takeFirst().toString());
}

/// Goes on after an address that could not be reached; the attempt has failed if it was the last.
void RedisConnection::tryNextAddress(const Error &cause)
{
    if (m_addresses.isEmpty()) {
        drop(cause);
        return;
    }
    closeSocket();
    openSocket(m_addresses.takeFirst().toString());
}

void RedisConnection::openSocket(const QString &address)
{
    auto opened = RedisTransport::open(m_options, address);
    if (!opened) {
        tryNextAddress(unreachable(opened.error().sentence()));
        return;
    }
    m_state = Connecting;
    m_transport = std::move(*opened);
    m_readNotifier->setSocket(m_transport->socket());
    m_writeNotifier->setSocket(m_transport->socket());
    m_writeNotifier->setEnabled(true);
    armTimer();
}

void RedisConnection::greet()
{
    m_state = Greeting;
    m_inStepAt = 0;
    m_readNotifier->setEnabled(true);
    authenticate();
    const auto hello = [this](Result<RedisReply> reply) {
        if (reply)
            m_majorVersion = versionOf(*reply);
        if (const auto unfit = reply ? unfitFor(*reply) : std::nullopt)
            refuse(*unfit);
        else if (reply && m_peer == Sentinel)
            m_examine(); // it does not know TIME
    };
    transmit(RedisCommand("HELLO"), hello, m_attemptEnd);
    if (m_peer == Sentinel)
        return;
    if (m_locator || isOfCluster())
        askRole();
    if (m_options.database != 0) {
        RedisCommand select("SELECT");
        select.add(m_options.database);
        transmit(
            select,
            [this](Result<RedisReply> reply) {
                if (reply && reply->type() == RedisReply::Error && !reply->isError("NOAUTH"))
                    drop({Error::Unavailable, Error::tr("Redis at %1 has no database %2: %3.")
                                                  .arg(serverName())
                                                  .arg(m_options.database)
                                                  .arg(QString::fromUtf8(reply->text()))});
            },
            m_attemptEnd);
    }
    askTime([this] {
        if (m_examine)
            m_examine();
        else
            becomeReady();
    });
}

/// Does not repeat the server's error: it may quote the password.
void RedisConnection::authenticate()
{
    if (m_options.password.isEmpty())
        return;
    RedisCommand auth("AUTH");
    if (!m_options.user.isEmpty())
        auth.add(m_options.user.toUtf8());
    auth.add(m_options.password.toUtf8());
    transmit(
        auth,
        [this](Result<RedisReply> reply) {
            if (!reply || reply->type() != RedisReply::Error)
                return;
            const ErrorText text = m_peer == Sentinel
                                     ? Error::tr("The sentinel at %1 refuses the user name or the password. Check "
                                                 "sentinel-user and sentinel-password in the store URL.")
                                     : Error::tr("Redis at %1 refuses the user name or the password. Check both.");
            refuse({Error::Unavailable, text.arg(serverName())});
        },
        m_attemptEnd);
}

// ---- The role of a server where there are several

/// A master that has just been replaced may not know it: whoever it calls its master is asked next.
void RedisConnection::askRole()
{
    transmit(
        RedisCommand("ROLE"),
        [this](Result<RedisReply> role) {
            if (!role || role->isError("NOAUTH"))
                return;
            if (role->type() != RedisReply::Array || role->size() < 3)
                drop(
                    {Error::Unavailable,
                     Error::tr("Redis at %1 does not tell whether it is the master: %2. Give the account the rights +role +wait.")
                         .arg(serverName(), QString::fromUtf8(role->text()))},
                    UnfitPause);
            else if ((*role)[0].text() == "master")
                countReplicas(*role);
            else if (m_locator)
                follow(*role);
        },
        m_attemptEnd);
}

void RedisConnection::follow(const RedisReply &role)
{
    const qint64 port = role[2].integer();
    if (std::exchange(m_followed, true) || role[0].text() != "slave" || port < 1 || port > 65535)
        drop(noMaster());
    else
        connectTo({QString::fromUtf8(role[1].text()), static_cast<quint16>(port)});
}

void RedisConnection::watchRole()
{
    m_watchesRole = true;
}

void RedisConnection::noteRole(const RedisReply &role)
{
    if (role.type() != RedisReply::Array || role.size() < 3)
        return;
    if (role[0].text() == "master")
        countReplicas(role);
    else if (m_locator) // the nodes of a cluster may be replicas
        reopen(noMaster());
}

/// "master", how much it has written, and of each replica its host, its port and how much of that it has confirmed.
void RedisConnection::countReplicas(const RedisReply &role)
{
    m_replicas = m_replicasInStep = 0;
    for (const RedisReply replica : role[2]) {
        ++m_replicas;
        if (replica.size() > 2 && replica[2].text().toLongLong() >= m_inStepAt)
            ++m_replicasInStep;
    }
}

Error RedisConnection::noMaster() const
{
    return {Error::Unavailable, Error::tr("Redis at %1 is not the master (any more). Try again in a while.").arg(serverName())};
}

/// Why a server that greets so is none for a store, if so.
std::optional<Error> RedisConnection::unfitFor(const RedisReply &hello) const
{
    if (hello.isError("NOAUTH") && m_peer == Sentinel)
        return Error{Error::Unavailable,
                     Error::tr("The sentinel at %1 wants a password, and none was given. Add sentinel-password=W to the "
                               "store URL, and sentinel-user=U if it has one.")
                         .arg(serverName())};
    if (hello.isError("NOAUTH"))
        return Error{Error::Unavailable, Error::tr("Redis at %1 wants a password, and none was given.").arg(serverName())};
    if (hello.type() == RedisReply::Error && !hello.isError("ERR unknown command")) // before 6.2
        return Error{Error::Unavailable,
                     Error::tr("Redis at %1 is not ready: %2.").arg(serverName(), QString::fromUtf8(hello.text()))};
    const QByteArrayView mode = fieldOf(hello, "mode");
    const QString scheme = m_options.tls ? u"rediss"_s : u"redis"_s;
    if (mode == "cluster" && !isOfCluster())
        return Error{
            Error::Unsupported,
            Error::tr("Redis at %1 is a node of a cluster. Use the store URL %2+cluster://%1").arg(serverName(), scheme)};
    if (mode == "sentinel" && m_peer != Sentinel)
        return Error{
            Error::Unsupported,
            Error::tr("Redis at %1 is a sentinel. Use the store URL %2+sentinel://%1/MASTER with the name of its master.")
                .arg(serverName(), scheme)};
    if (mode != "sentinel" && m_peer == Sentinel)
        return Error{Error::Unsupported,
                     Error::tr("Redis at %1 is no sentinel. Give the addresses of sentinels, which mostly listen at port "
                               "26379, or use the store URL %2://%1")
                         .arg(serverName(), scheme)};
    if (mode != "cluster" && isOfCluster())
        return Error{Error::Unsupported,
                     Error::tr("Redis at %1 is no node of a cluster. Use the store URL %2://%1").arg(serverName(), scheme)};
    if (m_peer == Sentinel || isOfCluster())
        return std::nullopt;
    if (m_locator)
        return std::nullopt; // ROLE tells more
    if (fieldOf(hello, "role") == "replica" || fieldOf(hello, "role") == "slave")
        return Error{
            Error::Unavailable,
            Error::tr(
                "Redis at %1 is a replica. Use the address of its master, or the store URL %2+sentinel://SENTINEL/MASTER that "
                "follows it.")
                .arg(serverName(), scheme)};
    return std::nullopt;
}

/// Learns how far the server's clock is ahead: by as much as before, unless that cannot be.
void RedisConnection::askTime(MoveOnlyFunction<void()> then)
{
    const std::chrono::nanoseconds asked = Detail::upTime();
    m_asksTime = true;
    transmit(
        RedisCommand("TIME"),
        [this, asked, then = std::move(then)](Result<RedisReply> reply) mutable {
            if (!reply)
                return;
            m_asksTime = false;
            if (reply->size() != 2) {
                drop({Error::Unavailable,
                      Error::tr("Redis at %1 does not tell its time: %2.").arg(serverName(), QString::fromUtf8(reply->text()))});
                return;
            }
            const auto time = std::chrono::seconds((*reply)[0].text().toLongLong())
                            + std::chrono::microseconds((*reply)[1].text().toLongLong());
            const auto least = std::chrono::floor<std::chrono::milliseconds>(time - Detail::upTime());
            const auto most = std::chrono::floor<std::chrono::milliseconds>(time - asked);
            m_ahead = std::clamp(m_ahead.value_or(least), least, std::max(least, most));
            then();
        },
        m_state == Ready ? deadlineFromNow() : m_attemptEnd);
}

void RedisConnection::becomeReady()
{
    m_state = Ready;
    m_stalled = false;
    m_pause = 0ms;
    m_timeAskedUntil = m_attemptEnd + TimeKept;
    m_replicasAreSilent = m_toldOfReplicas = false;
    if (m_watchesRole && (m_locator || isOfCluster()))
        m_roleTimer.start(RolePause);
    for (Waiting &waiting : std::exchange(m_waiting, {}))
        transmit(waiting.command, std::move(waiting.handler), waiting.deadline);
    Q_EMIT ready();
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): what it is called with may go meanwhile
void RedisConnection::drop(Error cause, std::chrono::milliseconds pause)
{
    const bool wasReady = m_state == Ready;
    m_error = cause;
    if (cause.code == Error::Timeout)
        m_stalled = true;
    closeSocket();
    m_state = Down;
    failAll(cause);
    if (wasReady && pause == 0ms) {
        connectNow();
    } else {
        m_pause = std::max(pause, std::clamp(m_pause * 2, FirstPause, m_locator ? LongestLocatingPause : LongestPause));
        m_retryAt = timeNow() + m_pause * QRandomGenerator::global()->bounded(75, 126) / 100;
        armTimer();
    }

    const QPointer<RedisConnection> self = this; // from here on the user's code runs
    Q_EMIT lost(cause);
    if (self)
        runAnswers();
}

/// The socket can be neither read nor written any more.
void RedisConnection::breakOff(const Error &cause)
{
    if (refuseCertificate())
        return;
    const ErrorText text = m_state == Greeting && !m_options.tls
                             ? Error::tr("The connection to Redis at %1 was lost before it answered: %2. If it wants TLS, use a "
                                         "rediss URL.")
                             : Error::tr("The connection to Redis at %1 was lost: %2.");
    drop({Error::Unavailable, text.arg(serverName(), cause.sentence())});
}

/// \return whether it is the certificate that has ended the connection.
bool RedisConnection::refuseCertificate()
{
    const auto distrust = m_transport->distrust(serverName());
    if (distrust)
        refuse({Error::Unavailable, *distrust});
    return distrust.has_value();
}

/// Has all commands under way, and those that wait for a connection, fail with \a cause in the next runAnswers().
void RedisConnection::failAll(const Error &cause)
{
    const auto fail = [this](Handler &handler, const Error &error) {
        m_answers.push_back([handler = std::move(handler), error]() mutable { handler(std::unexpected(error)); });
    };
    for (Pending &pending : std::exchange(m_pending, {}))
        fail(pending.handler, pending.writes ? unsure(cause) : cause);
    if (!m_unconfirmed.empty()) // those of them that are under way fail as such
        m_answers.push_back([this, group = std::exchange(m_unconfirmed, {}), error = unsure(cause)] { answer(group, error); });
    for (Waiting &waiting : std::exchange(m_waiting, {}))
        fail(waiting.handler, cause);
}

/// Hands out the answers that are there. Any of them may end this object, which is closed first and hands out the rest then,
/// while those who wait are still there.
void RedisConnection::runAnswers()
{
    const QPointer<RedisConnection> self = this;
    while (self && !m_answers.empty()) {
        MoveOnlyFunction<void()> next = std::move(m_answers.front());
        m_answers.pop_front();
        next();
    }
}

void RedisConnection::closeSocket()
{
    ++m_life;
    ++m_turn;
    m_asksTime = false;
    // They must be silent before their socket is closed.
    m_readNotifier->setEnabled(false);
    m_writeNotifier->setEnabled(false);
    m_transport.reset();
    m_roleTimer.stop();
}

RedisConnection::Time RedisConnection::lastMoment(Time deadline, const SessionStore &store)
{
    return deadline - std::clamp<std::chrono::milliseconds>(store.timeout() / 10, 1ms, 100ms);
}

void RedisConnection::transmit(const RedisCommand &command, Handler handler, Time deadline)
{
    if (m_state == Ready && deadline > m_timeAskedUntil) {
        m_timeAskedUntil = deadline + TimeKept;
        askTime([] { });
    }
    if (command.isLasting() && handler && m_replicasWanted > 0)
        handler = awaitingReplicas(std::move(handler), deadline);
    const auto notAfter = std::chrono::floor<std::chrono::milliseconds>(Detail::upTime() + (lastMoment(deadline) - timeNow()))
                        + m_ahead.value_or(0ms);
    m_transport->send(command, command.isScript() ? QByteArray::number(qint64(notAfter.count())) : QByteArray());
    m_pending.push_back({deadline, std::move(handler), command.writes()});
    armTimer();
}

// ---- What replicas must have

/// \return what keeps an answer until replicas have what its command changed.
RedisConnection::Handler RedisConnection::awaitingReplicas(Handler handler, Time deadline)
{
    const auto lasting = std::make_shared<Lasting>(std::move(handler), deadline);
    m_unconfirmed.push_back(lasting);
    return [lasting](Result<RedisReply> reply) {
        if (reply && hasChanged(*reply))
            lasting->reply = reply->buffer();
        else
            std::exchange(lasting->handler, {})(std::move(reply));
    };
}

/// One WAIT for all that was sent in this turn: it counts what came before it on this connection.
void RedisConnection::waitForReplicas()
{
    if (m_unconfirmed.empty() || !m_transport)
        return;
    const auto group = std::make_shared<LastingGroup>(std::exchange(m_unconfirmed, {}));
    const auto [first, last] = std::ranges::minmax(*group | std::views::transform(&Lasting::deadline));
    const auto left = std::chrono::floor<std::chrono::milliseconds>(first - timeNow());
    const auto longest = m_replicas < m_replicasWanted ? HopelessWait : m_replicasAreSilent ? SilentWait : m_store->timeout() / 2;
    RedisCommand wait("WAIT");
    const qint64 wanted = m_waitsForAll ? std::max<qint64>(m_replicasWanted, m_replicasInStep) : m_replicasWanted;
    wait.add(wanted).add(std::clamp(left * 3 / 4, 1ms, longest).count());
    m_transport->send(wait);
    const auto answered = [this, group, last, wanted](Result<RedisReply> confirmation) {
        if (std::ranges::none_of(*group, [](const auto &lasting) { return bool(lasting->handler); }))
            return; // nothing was changed
        if (confirmation)
            confirmed(group, *confirmation, wanted, last);
        else
            answer(*group, confirmation.error());
    };
    m_pending.push_back({last, answered, true});
    armTimer();
}

/// Where too few replicas have confirmed, those are enough that the server has. Where all are waited for, one that lags behind is
/// left aside until it has caught up.
void RedisConnection::confirmed(const std::shared_ptr<LastingGroup> &group, const RedisReply &confirmation, qint64 wanted,
                                Time deadline)
{
    const qint64 count = confirmation.integer();
    if (confirmation.type() == RedisReply::Integer && count >= wanted) {
        m_replicas = std::max<qint64>(m_replicas, count);
        m_replicasInStep = std::max<qint64>(m_replicasInStep, count);
        m_replicasAreSilent = false;
        answer(*group, {});
        return;
    }
    const auto answered = [this, group, count](Result<RedisReply> role) {
        if (!role)
            return answer(*group, unsure(role.error()));
        const Error tooFew =
            unsure({Error::Unavailable,
                    Error::tr("Too few replicas of Redis at %1 have confirmed a change. Look after them.").arg(serverName())});
        const bool isMaster = role->size() > 2 && (*role)[0].text() == "master";
        if (!isMaster) {
            m_replicasAreSilent = false;
            prepareAnswers(*group, tooFew);
            return reopen(noMaster()); // which hands them out
        }
        countReplicas(*role);
        if (count >= m_replicas) {
            if (m_replicas < m_replicasWanted && !std::exchange(m_toldOfReplicas, true))
                qCWarning(lcRedis).noquote()
                    << u"Redis at %1 has %2 of %3 replicas that changes wait for: what is lost with this "
                       "server is lost. Look after the replicas."_s.arg(serverName(), QString::number(m_replicas),
                                                                        QString::number(m_replicasWanted));
            return answer(*group, {});
        }
        if (m_waitsForAll && count >= m_replicasWanted) {
            if (!std::exchange(m_toldOfReplicas, true))
                qCWarning(lcRedis).noquote() << u"Only %2 of %3 replicas of Redis at %1 have confirmed a change in time; it "
                                                u"counts, and the others are not "
                                                "waited for until they have caught up. Look after the replicas."_s.arg(
                                                    serverName(), QString::number(count), QString::number(m_replicas));
            m_inStepAt = (*role)[1].integer();
            m_replicasInStep = count;
            return answer(*group, {});
        }
        m_replicasAreSilent = true;
        answer(*group, tooFew);
    };
    transmit(RedisCommand("ROLE"), answered, deadline);
}

/// Has the answers that were kept, or \a error in their place, handed out by the next runAnswers().
void RedisConnection::prepareAnswers(const LastingGroup &group, const std::optional<Error> &error)
{
    for (const auto &lasting : group) {
        if (lasting->handler)
            m_answers.push_back([lasting, handler = std::exchange(lasting->handler, {}), error]() mutable {
                handler(error ? Result<RedisReply>(std::unexpected(*error)) : lasting->reply.reply());
            });
    }
}

void RedisConnection::answer(const LastingGroup &group, const std::optional<Error> &error)
{
    prepareAnswers(group, error);
    runAnswers();
}

void RedisConnection::post(const RedisCommand &command)
{
    if (m_state == Ready)
        m_transport->send(command);
}

TimePoint RedisConnection::serverTime() const
{
    return m_ahead ? TimePoint(std::chrono::floor<std::chrono::milliseconds>(Detail::upTime()) + *m_ahead) : systemNow();
}

void RedisConnection::readable()
{
    const quint64 life = m_life;
    if (const auto read = m_transport->read(); !read) {
        breakOff(read.error());
        return;
    }
    if (m_transport->hasOutput())
        m_writeNotifier->setEnabled(true);
    const QPointer<RedisConnection> self = this;
    while (self && m_life == life) {
        const auto reply = m_transport->nextReply();
        if (!reply) {
            drop({Error::Unavailable,
                  Error::tr("Redis at %1 sent what is no reply (%2). Check that it is Redis that listens there.")
                      .arg(serverName(), reply.error().sentence())});
            return;
        }
        if (!*reply)
            return;
        if (m_pending.empty()) {
            Q_EMIT pushed(**reply);
            continue;
        }
        Pending pending = std::move(m_pending.front());
        m_pending.pop_front();
        if (!(*reply)->isError("LATE")) {
            const bool leaves = isOfReplica(**reply);
            pending.handler(**reply);
            if (!leaves || !self || m_life != life)
                continue;
            if (m_locator || isOfCluster())
                reopen(noMaster());
            else // the name or the proxy in front may lead to the new master by now
                reopen({Error::Unavailable,
                        Error::tr("Redis at %1 is a replica. Use the address of its master.").arg(serverName())},
                       UnfitPause);
            continue;
        }
        if (lastMoment(pending.deadline) > timeNow()) { // a clock was set, or its answer was slow: they are compared anew
            if (!m_asksTime)
                askTime([] { });
            pending.handler(**reply);
            continue;
        }
        const Error timeout = {Error::Timeout, Error::tr("%1. Nothing was changed.").arg(timeoutError().sentence())};
        pending.handler(std::unexpected(timeout));
    }
}

void RedisConnection::writable()
{
    if (m_state == Connecting) {
        if (const auto connected = m_transport->finishConnecting(m_options); !connected) {
            if (!refuseCertificate())
                tryNextAddress(unreachable(connected.error().sentence()));
            return;
        }
        greet();
    }
    ++m_turn;
    const auto done = m_transport->write();
    if (!done)
        breakOff(done.error());
    else if (m_writeNotifier->isEnabled() == *done)
        m_writeNotifier->setEnabled(!*done);
}

void RedisConnection::flush()
{
    if (m_gather && !m_gather())
        return;
    waitForReplicas();
    if (m_state >= Greeting && m_transport->hasOutput() && !m_writeNotifier->isEnabled())
        writable();
}

void RedisConnection::checkDeadlines()
{
    // What has arrived is not late, however long this thread was busy.
    const QPointer<RedisConnection> self = this;
    while (m_state >= Greeting && isOverdue() && hasInput(m_transport->socket())) {
        readable();
        if (!self)
            return;
    }
    if (!isOverdue())
        return;
    if (m_state == Down)
        return connectNow();
    // An attempt to connect in whose time this thread did something else has not failed yet.
    if (m_state != Ready && timeNow() - m_attemptEnd > BusyThread && !std::exchange(m_isProlonged, true)) {
        m_attemptEnd = deadlineFromNow();
        return armTimer();
    }
    drop(timeoutError());
}

Error RedisConnection::unreachable(const ErrorText &why) const
{
    if (!m_options.socketPath.isEmpty())
        return {
            Error::Unavailable,
            Error::tr("Redis at %1 cannot be reached: %2. Check that it runs and that its setting \"unixsocket\" has this path.")
                .arg(serverName(), why)};
    return {Error::Unavailable,
            Error::tr("Redis at %1 cannot be reached: %2. Check that it runs and that the store's address is right.")
                .arg(serverName(), why)};
}

Error RedisConnection::timeoutError() const
{
    if (m_state == Locating)
        return m_locator->error();
    if (m_state == Greeting && m_options.tls)
        return {Error::Timeout,
                Error::tr("Redis at %1 did not answer over TLS in time. Check that it listens with TLS there and is not "
                          "overloaded.")
                    .arg(serverName())};
    return {Error::Timeout,
            Error::tr("Redis at %1 did not answer in time. Check that it runs and is not overloaded.").arg(serverName())};
}

bool RedisConnection::isOverdue() const
{
    const std::optional<Time> due = nextDeadline();
    return due && *due <= timeNow();
}

std::optional<RedisConnection::Time> RedisConnection::nextDeadline() const
{
    switch (m_state) {
    case Down:
        return m_opened && m_retryAt != Time::max() ? std::optional(m_retryAt) : std::nullopt;
    case Ready:
        return m_pending.empty() ? std::nullopt : std::optional(m_pending.front().deadline);
    default:
        return m_attemptEnd;
    }
}

void RedisConnection::armTimer()
{
    const std::optional<Time> due = nextDeadline();
    if (!due || (m_timer.isActive() && m_timerDue <= *due))
        return;
    m_timerDue = *due;
    m_timer.start(std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(*due - timeNow())));
}

void RedisConnection::process(std::span<RedisConnection *const> connections, std::chrono::milliseconds timeout)
{
    struct Polled
    {
        QPointer<RedisConnection> connection;
        quint64 life;
    };
    QVarLengthArray<Polled, 8> polled;
    QVarLengthArray<pollfd, 8> sockets;
    // What one connection says may end it, or the others.
    const QVarLengthArray<QPointer<RedisConnection>, 8> living(connections.begin(), connections.end());
    for (const QPointer<RedisConnection> &connection : living) {
        if (connection)
            connection->flush();
        if (!connection)
            continue;
        if (std::exchange(connection->m_awake, false))
            timeout = 0ms;
        if (const auto due = connection->nextDeadline())
            timeout = std::clamp(std::chrono::ceil<std::chrono::milliseconds>(*due - timeNow()), 0ms, timeout);
        if (connection->m_state == LookingUp) {
            constexpr auto step = 10ms; // the others are not to wait for it
            if (connection->m_lookup.wait(living.size() > 1 ? std::min<std::chrono::milliseconds>(timeout, step) : timeout))
                connection->lookedUp();
            timeout = 0ms;
            if (!connection)
                continue;
        }
        pollfd socket = {};
        socket.fd = ~decltype(socket.fd){}; // none: poll() skips it
        if (connection->m_transport) {
            socket.fd = static_cast<decltype(socket.fd)>(connection->m_transport->socket());
            socket.events = static_cast<short>((connection->m_readNotifier->isEnabled() ? POLLIN : 0)
                                               | (connection->m_writeNotifier->isEnabled() ? POLLOUT : 0));
        }
        sockets.append(socket);
        polled.append({connection, connection->m_life});
    }
    pollSockets(sockets, timeout);
    for (qsizetype i = 0; i < polled.size(); ++i) {
        const auto may = [&polled = polled[i], revents = sockets[i].revents](short event) {
            return (revents & (event | POLLERR | POLLHUP)) && polled.connection && polled.connection->m_life == polled.life;
        };
        if (may(POLLOUT) && polled[i].connection->m_writeNotifier->isEnabled())
            polled[i].connection->writable();
        if (may(POLLIN) && polled[i].connection->m_readNotifier->isEnabled())
            polled[i].connection->readable();
        if (polled[i].connection)
            polled[i].connection->checkDeadlines();
    }
}

QString RedisConnection::serverName() const
{
    if (m_locator && m_options.host.isEmpty())
        return u"the master \"%1\""_s.arg(m_options.masterName);
    if (!m_options.socketPath.isEmpty())
        return m_options.socketPath;
    const bool hasColons = m_options.host.contains(u':'); // IPv6
    return (hasColons ? u'[' + m_options.host + u']' : m_options.host) + u':' + QString::number(m_options.port);
}

} // namespace Sojourn
