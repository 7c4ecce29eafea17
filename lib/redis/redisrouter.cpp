// SPDX-License-Identifier: MIT
#include "redisrouter_p.h"

#include "rediscodec_p.h"

#include <QtCore/QPointer>

#include <algorithm>

using namespace std::chrono_literals;

namespace Sojourn {

static constexpr size_t SlotCount = 16384;
static constexpr std::chrono::milliseconds MapPause = 1s;
static constexpr std::chrono::milliseconds MapPauseWhileAway = 500ms; // another master may be chosen at any moment
static constexpr std::chrono::milliseconds FirstRetry = 5ms;
static constexpr std::chrono::milliseconds LongestRetry = 50ms;
static constexpr int MostMoves = 5; // of one command before it pauses

static RedisOptions at(RedisOptions options, const RedisAddress &address)
{
    options.host = address.host;
    options.port = address.port;
    return options;
}

RedisRouter::RedisRouter(const RedisOptions &options, const SessionStore *store, RedisLocator *locator)
    : m_options(options), m_store(store), m_isCluster(!options.clusterNodes.isEmpty())
{
    if (m_isCluster) {
        m_slots.assign(SlotCount, nullptr);
        for (const RedisAddress &address : options.clusterNodes)
            nodeAt(address);
        return;
    }
    m_nodes.push_back(std::make_unique<RedisConnection>(options, store, locator));
    RedisConnection *const only = m_nodes.front().get();
    only->watchRole();
    only->setExamination([this, only] { m_examine(*only); });
    connect(only, &RedisConnection::ready, this, &RedisRouter::ready);
    connect(only, &RedisConnection::lost, this, &RedisRouter::lost);
    only->setGathering(gathering());
}

RedisRouter::~RedisRouter() = default;

void RedisRouter::setCheck(const RedisCommand &command, std::function<std::optional<Error>(const RedisReply &)> judge)
{
    m_check = command;
    m_judge = std::move(judge);
    m_isOpen = !m_isCluster;
}

/// The connection to the node at \a address; a new one if there is none.
RedisConnection *RedisRouter::nodeAt(const RedisAddress &address)
{
    for (const auto &node : m_nodes) {
        if (node->address() == address)
            return node.get();
    }
    m_nodes.push_back(std::make_unique<RedisConnection>(at(m_options, address), m_store, nullptr));
    RedisConnection *const node = m_nodes.back().get();
    node->watchRole();
    node->setExamination([this, node] { examine(node); });
    node->setGathering(gathering());
    connect(node, &RedisConnection::ready, this, &RedisRouter::ready);
    connect(node, &RedisConnection::lost, this, [this, node](const Error &error) {
        const bool isUsed = std::ranges::find(m_slots, node) != m_slots.end();
        if (isUsed)
            wantMap();
        if (isUsed || !m_isOpen)
            Q_EMIT lost(error); // may end this object
    });
    if (m_isOpened)
        node->open();
    return node;
}

/// The first node tells where the others are before it is used itself.
void RedisRouter::examine(RedisConnection *node)
{
    if (m_isMapped)
        return m_examine(*node);
    RedisCommand map("CLUSTER");
    map.add("SLOTS");
    node->ask(map, [this, node](const Result<RedisReply> &reply) {
        if (!reply)
            return;
        if (reply->type() != RedisReply::Array)
            return node->refuse({Error::Unavailable, Error::tr("Redis at %1 does not tell who has which slots: %2.")
                                                         .arg(node->serverName(), QString::fromUtf8(reply->text()))});
        const QPointer self(this);
        apply(*reply, *node); // which may end this object
        if (self)
            m_examine(*node);
    });
}

void RedisRouter::open()
{
    m_isOpened = true;
    for (size_t i = 0; i < m_nodes.size(); ++i)
        m_nodes[i]->open();
}

void RedisRouter::close()
{
    m_isClosed = true;
    for (size_t i = 0; i < m_nodes.size(); ++i)
        m_nodes[i]->close();
    delay.runAll();
}

bool RedisRouter::isReady() const
{
    if (!m_isCluster)
        return m_nodes.front()->isReady();
    const RedisConnection *last = nullptr;
    for (const RedisConnection *node : m_slots) {
        if (node != last && (!node || !node->isReady()))
            return false;
        last = node;
    }
    return m_isOpen && last;
}

bool RedisRouter::isHopeful() const
{
    return !m_isClosed && std::ranges::any_of(m_nodes, [](const auto &node) { return node->isHopeful(); });
}

Error RedisRouter::error() const
{
    if (m_fault)
        return *m_fault;
    for (const auto &node : m_nodes) {
        if (!node->isReady())
            return node->error();
    }
    return {Error::Unavailable, Error::tr("No master of the cluster has this session's slot. Look at CLUSTER INFO.")};
}

std::optional<Error> RedisRouter::eventsError() const
{
    for (const auto &node : m_nodes) {
        if (node->eventsError)
            return node->eventsError;
    }
    return std::nullopt;
}

TimePoint RedisRouter::serverTime() const
{
    for (const auto &node : m_nodes) {
        if (node->isReady())
            return node->serverTime();
    }
    return m_nodes.front()->serverTime();
}

quint64 RedisRouter::turn() const
{
    quint64 sum = m_turnsOfGone; // grows with each
    for (const auto &node : m_nodes)
        sum += node->turn();
    return sum;
}

std::vector<RedisConnection *> RedisRouter::connections() const
{
    std::vector<RedisConnection *> all;
    for (const auto &node : m_nodes)
        all.push_back(node.get());
    return all;
}

std::pair<int, int> RedisRouter::masters() const
{
    std::pair<int, int> counts;
    for (const auto &node : m_nodes) {
        if (std::ranges::find(m_slots, node.get()) == m_slots.end())
            continue;
        counts.first += node->isReady();
        ++counts.second;
    }
    return counts;
}

// ---- Commands

/// A node that has left the cluster may outlive this object.
std::function<bool()> RedisRouter::gathering()
{
    return [self = QPointer<RedisRouter>(this)] { return self && self->leave(); };
}

/// \return whether this object is still there.
bool RedisRouter::leave()
{
    return release() && (!m_gather || m_gather()) && release();
}

/// \return whether this object is still there.
bool RedisRouter::release()
{
    if (!m_release)
        return true;
    const QPointer<RedisRouter> self = this; // what cannot be sent fails at once, and its handler may end it
    std::exchange(m_release, {})();
    return self;
}

void RedisRouter::send(RedisCommand command, Handler handler, std::optional<Time> deadline)
{
    if (!release())
        return handler(failure(Error::Unavailable, Error::tr("The session store was closed.")));
    if (!m_isCluster)
        m_nodes.front()->send(std::move(command), std::move(handler), deadline);
    else
        route(std::make_shared<Errand>(std::move(command), std::move(handler), deadline.value_or(deadlineFromNow())));
}

void RedisRouter::sendLater(RedisCommand command, Handler handler, Time deadline, std::chrono::milliseconds pause)
{
    delay.after(pause, [this, command = std::move(command), handler = std::move(handler), deadline]() mutable {
        const bool comesBack = !m_isCluster && m_nodes.front()->isDown() && m_nodes.front()->isHopeful();
        if (comesBack && !m_isClosed && deadline > std::chrono::steady_clock::now())
            sendLater(std::move(command), std::move(handler), deadline, LongestRetry);
        else
            send(std::move(command), std::move(handler), deadline);
    });
}

void RedisRouter::route(const Shared &errand)
{
    RedisConnection *const node = m_slots[errand->command.slot()];
    if (!node || (!m_isOpen && !errand->isCheck)) {
        wantMap();
        const bool mayBeKnownSoon = !m_isMapped || !m_isOpen || errand->isCheck;
        if (mayBeKnownSoon && isHopeful() && !m_fault)
            tryAgain(errand, error());
        else
            errand->handler(std::unexpected(error()));
        return;
    }
    node->send(
        errand->command, [this, errand, node](const Result<RedisReply> &reply) { answered(errand, node, reply); },
        errand->deadline);
}

/// "MOVED SLOT HOST:PORT" or "ASK SLOT HOST:PORT"; without a host it is that of \a from. A node whose name is not known has "?".
static std::optional<RedisAddress> addressIn(QByteArrayView text, const RedisConnection &from)
{
    const QString place = QString::fromUtf8(text.sliced(text.lastIndexOf(' ') + 1));
    const qsizetype colon = place.lastIndexOf(u':');
    bool ok = false;
    const ushort port = place.sliced(colon + 1).toUShort(&ok);
    if (colon < 0 || !ok || place.startsWith(u'?'))
        return std::nullopt;
    return RedisAddress{colon == 0 ? from.address().host : place.first(colon), port};
}

void RedisRouter::answered(const Shared &errand, RedisConnection *node, const Result<RedisReply> &reply)
{
    if (!reply || reply->type() != RedisReply::Error)
        return errand->handler(reply);
    const QByteArrayView text = reply->text();
    const bool hasMoved = text.startsWith("MOVED "), isMoving = text.startsWith("ASK ");
    const auto address = hasMoved || isMoving ? addressIn(text, *node) : std::nullopt;
    if (address && hasMoved) {
        wantMap();
        m_slots[errand->command.slot()] = nodeAt(*address);
        if (errand->tries++ < MostMoves)
            route(errand);
        else
            tryAgain(errand, {Error::Unavailable,
                              Error::tr("The nodes of the cluster disagree about who has a slot. Look at CLUSTER INFO.")});
    } else if (address && !errand->command.isScript()) {
        follow(errand, *address);
    } else if (hasMoved) {
        wantMap();
        tryAgain(errand, error());
    } else if (isMoving || text.startsWith("TRYAGAIN") || text.indexOf("non local key") >= 0) {
        tryAgain(errand, {Error::Unavailable, Error::tr("The session's slot is moving to another node of the cluster, and "
                                                        "nothing was changed. Try again in a while; move smaller shards.")});
    } else if (text.startsWith("CLUSTERDOWN") || text.startsWith("MASTERDOWN") || text.startsWith("LOADING")) {
        wantMap();
        tryAgain(errand, {Error::Unavailable,
                          Error::tr("The cluster of Redis at %1 is down: %2.").arg(node->serverName(), QString::fromUtf8(text))});
    } else {
        errand->handler(reply);
    }
}

/// A plain read of what is there already while its slot moves.
void RedisRouter::follow(const Shared &errand, const RedisAddress &address)
{
    RedisConnection *const node = nodeAt(address);
    if (!node->isReady())
        return tryAgain(errand, node->error());
    node->send(RedisCommand("ASKING"), [](const Result<RedisReply> &) { }, errand->deadline);
    node->send(
        errand->command, [this, errand, node](const Result<RedisReply> &reply) { answered(errand, node, reply); },
        errand->deadline);
}

void RedisRouter::tryAgain(const Shared &errand, const Error &otherwise)
{
    const auto pause = std::min(LongestRetry, FirstRetry * (1 << std::min(errand->tries++, 4)));
    if (m_isClosed || std::chrono::steady_clock::now() + pause >= RedisConnection::lastMoment(errand->deadline, *m_store))
        errand->handler(std::unexpected(otherwise));
    else
        delay.after(pause, [this, errand] { route(errand); });
}

// ---- The map

void RedisRouter::wantMap()
{
    if (!m_isCluster || m_isClosed || std::exchange(m_mapWanted, true))
        return;
    const auto passed = std::chrono::steady_clock::now() - m_mapRead;
    const auto pause = isReady() ? MapPause : MapPauseWhileAway;
    delay.after(passed >= pause ? 0ms : std::chrono::ceil<std::chrono::milliseconds>(pause - passed), [this] { readMap(); });
}

void RedisRouter::readMap()
{
    m_mapWanted = false;
    if (m_isClosed)
        return;
    m_mapRead = std::chrono::steady_clock::now();
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        RedisConnection *const node = m_nodes[++m_asked % m_nodes.size()].get();
        if (!node->isReady())
            continue;
        RedisCommand map("CLUSTER");
        map.add("SLOTS");
        node->send(map, [this, node](const Result<RedisReply> &reply) {
            const QPointer self(this);
            if (reply && reply->type() == RedisReply::Array)
                apply(*reply, *node); // which may end this object
            if (self && !isReady())
                wantMap();
        });
        return;
    }
    wantMap();
}

/// The host of a node of the map: its host, port, id, and names and values of other things. A node without the name that the
/// cluster prefers has "?", and one that is not to be named nothing.
static QString hostOf(const RedisReply &node, const RedisConnection &from)
{
    const QByteArrayView host = node[0].text();
    if (!host.isEmpty() && host != "?")
        return QString::fromUtf8(host);
    const QByteArrayView ip = node.size() > 3 && !host.isEmpty() ? fieldOf(node[3], "ip") : QByteArrayView();
    return ip.isEmpty() ? from.address().host : QString::fromUtf8(ip);
}

/// \a map has a row for each range of slots: first, last, then nodes, the master first. A node that has left the cluster knows of
/// no other one: slots that nobody claims stay where they were.
void RedisRouter::apply(const RedisReply &map, const RedisConnection &from)
{
    std::vector<RedisConnection *> slots = m_slots;
    for (const RedisReply range : map) {
        if (range.size() < 3 || range[2].size() < 2)
            continue;
        RedisConnection *const node = nodeAt({hostOf(range[2], from), quint16(range[2][1].integer())});
        const auto first = size_t(std::clamp<qint64>(range[0].integer(), 0, SlotCount)),
                   last = size_t(std::clamp<qint64>(range[1].integer() + 1, 0, SlotCount));
        std::fill(slots.begin() + qsizetype(first), slots.begin() + qsizetype(std::max(first, last)), node);
    }
    const bool isNew = slots != m_slots;
    m_isMapped = true;
    m_slots = std::move(slots);
    const auto gone = takeUnused(from);
    const QPointer<RedisRouter> self = this;
    if (!m_isChecked || m_fault)
        check(); // which may fail at once, and end this object
    for (RedisConnection *node : gone) { // their handlers run, which may end this object
        node->deleteLater();
        node->close();
    }
    if (self && isNew && m_isOpen)
        Q_EMIT mapped();
    if (self)
        Q_EMIT ready();
}

/// The connections to nodes that have left the cluster.
std::vector<RedisConnection *> RedisRouter::takeUnused(const RedisConnection &from)
{
    const auto isOf = [](const auto &nodes, const auto &node) { return std::ranges::find(nodes, node) != nodes.end(); };
    std::vector<RedisConnection *> unused;
    std::erase_if(m_nodes, [&](std::unique_ptr<RedisConnection> &node) {
        if (isOf(m_slots, node.get()) || isOf(m_options.clusterNodes, node->address()) || node.get() == &from)
            return false;
        m_turnsOfGone += node->turn() + 1; // closing it takes one
        unused.push_back(node.release());
        return true;
    });
    return unused;
}

void RedisRouter::check()
{
    if (std::exchange(m_isChecking, true))
        return;
    const auto errand = std::make_shared<Errand>(*m_check, Handler(), deadlineFromNow(), true);
    errand->handler = [this](const Result<RedisReply> &reply) {
        m_isChecking = false;
        m_isChecked = reply.has_value(); // a master that is away keeps nobody from the others
        m_fault = reply ? m_judge(*reply) : std::nullopt;
        m_isOpen = !m_fault && (m_isChecked || m_isOpen); // where nobody has looked yet, it may be another number of shards
        if (!m_isOpen) {
            wantMap();
            Q_EMIT lost(error()); // may end this object
            return;
        }
        const QPointer self(this);
        Q_EMIT mapped();
        if (self)
            Q_EMIT ready();
    };
    route(errand);
}

} // namespace Sojourn
