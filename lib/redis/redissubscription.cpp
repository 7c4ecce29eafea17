// SPDX-License-Identifier: MIT
#include "redissubscription_p.h"

#include "rediscodec_p.h"

#include <QtCore/QPointer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

// Messages that wait for the missed ones, of all shards, each with what it takes to keep it.
static constexpr qsizetype MostEarlyBytes = 32 * 1024 * 1024;
static constexpr qsizetype EarlyOverhead = 64;
static constexpr int MissedStep = 500;
static constexpr int MostSilentBeats =
    3; // counted by a timer: what a thread that was busy has not read yet is not held against it
/// Before a slot that has moved, or that nobody has, is looked for again: at first, and at most.
static constexpr std::chrono::milliseconds MovePause = 100ms, LongestMovePause = 2s;

RedisSubscription::RedisSubscription(RedisClient &client) : m_client(client), m_router(client.router), m_pause(MovePause)
{
    for (const RedisShard &shard : client.shards) {
        m_byChannel.insert(shard.channel, m_feeds.size());
        m_feeds.push_back({.shard = &shard});
    }
    connect(&m_heart, &QTimer::timeout, this, &RedisSubscription::beat);
    connect(&m_router, &RedisRouter::mapped, this, &RedisSubscription::assign);
    connect(&m_router, &RedisRouter::ready, this, [this] {
        for (Feed &feed : m_feeds) {
            if (feed.state == Listening)
                catchUp(feed);
        }
    });
    if (m_router.isCluster())
        return;
    RedisConnection *const ear = makeEar(client.options, client.locator.get());
    // The two connections lead to one server: where one was lost the other may be dead without knowing.
    connect(&m_router, &RedisRouter::lost, ear, [ear](const Error &error) { ear->reopen(error); });
}

RedisConnection *RedisSubscription::makeEar(const RedisOptions &options, RedisLocator *locator)
{
    m_ears.push_back({std::make_unique<RedisConnection>(options, m_client.store, locator)});
    RedisConnection *const ear = m_ears.back().connection.get();
    connect(ear, &RedisConnection::ready, this, [this, ear] { listen(ear); });
    connect(ear, &RedisConnection::lost, this, [this, ear](const Error &error) { fail(ear, error); });
    connect(ear, &RedisConnection::pushed, this, [this, ear](const RedisReply &push) { hear(ear, push); });
    return ear;
}

/// The connection to the server that has \a shard; null if that is not known.
RedisConnection *RedisSubscription::earFor(const RedisShard &shard)
{
    if (!m_router.isCluster())
        return m_ears.front().connection.get();
    const RedisConnection *const node = m_router.nodeOf(shard.slot);
    if (!node)
        return nullptr;
    for (const Ear &ear : m_ears) {
        if (ear.connection->address() == node->address())
            return ear.connection.get();
    }
    RedisOptions options = m_client.options;
    options.host = node->address().host;
    options.port = node->address().port;
    RedisConnection *const ear = makeEar(options, nullptr);
    ear->open();
    return ear;
}

/// Has each shard listened to where it is now.
void RedisSubscription::assign()
{
    if (!m_isStarted)
        return;
    for (Feed &feed : m_feeds) {
        RedisConnection *const ear = earFor(*feed.shard);
        if (std::exchange(feed.ear, ear) != ear)
            stop(feed);
        if (ear && ear->isReady() && feed.state == Off)
            subscribe(feed);
    }
    std::erase_if(m_ears, [this](Ear &ear) {
        RedisConnection *const connection = ear.connection.get();
        if (!m_router.isCluster() || std::ranges::find(m_feeds, connection, &Feed::ear) != m_feeds.end())
            return false;
        connection->disconnect(this);
        connection->close(); // it may outlive the store, of which it asks the timeout
        ear.connection.release()->deleteLater();
        return true;
    });
    update();
}

/// Once for all shards, however many refusals come: each attempt asks for all that are not heard, and may be refused as often.
void RedisSubscription::assignLater()
{
    m_router.wantMap();
    if (std::exchange(m_isAssigning, true))
        return;
    m_router.delay.after(std::exchange(m_pause, std::min(m_pause * 2, LongestMovePause)), [self = QPointer(this)] {
        if (!self)
            return;
        self->m_isAssigning = false;
        self->assign();
    });
}

Task<void> RedisSubscription::start()
{
    if (isUp())
        return {};
    m_isStarted = true;
    if (!m_router.isCluster()) {
        RedisConnection &ear = *m_ears.front().connection;
        ear.open();
        if (!ear.isReady() && !ear.isHopeful())
            return std::unexpected(ear.error());
    } else if (!m_router.isReady() && !m_router.isHopeful()) {
        return std::unexpected(m_router.error());
    }
    m_heart.start(std::clamp<std::chrono::milliseconds>(m_client.store->timeout() / 2, 50ms, 1s));
    const TaskPromise<void> promise;
    m_starting.append({QDeadlineTimer(m_client.store->timeout()), promise});
    assign();
    for (Feed &feed : m_feeds) {
        if (feed.state == Listening)
            catchUp(feed);
    }
    return promise.task();
}

void RedisSubscription::close()
{
    for (const Ear &ear : m_ears)
        ear.connection->close();
    refuse({Error::Unavailable, Error::tr("The session store was closed.")});
}

std::vector<RedisConnection *> RedisSubscription::connections() const
{
    std::vector<RedisConnection *> all;
    for (const Ear &ear : m_ears)
        all.push_back(ear.connection.get());
    return all;
}

// ---- Listening

void RedisSubscription::listen(RedisConnection *ear)
{
    for (Ear &one : m_ears) {
        if (one.connection.get() == ear)
            one.silentBeats = 0;
    }
    for (Feed &feed : m_feeds) {
        if (feed.ear == ear || !m_router.isCluster()) {
            feed.ear = ear;
            subscribe(feed);
        }
    }
}

/// The answer comes as messages do.
void RedisSubscription::subscribe(const Feed &feed)
{
    RedisCommand subscribe(m_client.publishCommand == "SPUBLISH" ? "SSUBSCRIBE" : "SUBSCRIBE");
    subscribe.add(feed.shard->channel);
    feed.ear->post(subscribe);
}

void RedisSubscription::beat()
{
    const QPointer self(this); // whoever hears of it may delete the store
    while (self && !m_starting.isEmpty() && m_starting.first().first.hasExpired())
        m_starting.takeFirst().second.finish(failure(
            Error::Timeout, Error::tr("Redis did not begin to tell of events in time. Check that it is not overloaded, and "
                                      "that each slot of a cluster has a master.")));
    if (!self)
        return;
    for (const Feed &feed : m_feeds) {
        if (feed.state == Off && feed.ear && feed.ear->isReady())
            subscribe(feed); // the answer to the first one never came
    }
    for (Ear &ear : m_ears) {
        if (!ear.connection->isReady())
            continue;
        if (ear.silentBeats++ < MostSilentBeats)
            ear.connection->post(RedisCommand("PING"));
        else
            return ear.connection->reopen( // the ears may be others afterwards
                {Error::Unavailable, Error::tr("The connection over which Redis at %1 tells of events is dead. It is renewed.")
                                         .arg(ear.connection->serverName())});
    }
}

void RedisSubscription::hear(RedisConnection *ear, const RedisReply &push)
{
    for (Ear &one : m_ears) {
        if (one.connection.get() == ear)
            one.silentBeats = 0;
    }
    if (push.type() == RedisReply::Error)
        return hearRefusal(ear, push);
    if (push.size() != 3)
        return;
    const QByteArrayView kind = push[0].text();
    const auto known = m_byChannel.constFind(push[1].text().toByteArray());
    if (known == m_byChannel.cend() || m_feeds[*known].ear != ear)
        return;
    Feed &feed = m_feeds[*known];
    if (kind == "message" || kind == "smessage") {
        hearMessage(feed, push[2].text().toByteArray());
    } else if ((kind == "subscribe" || kind == "ssubscribe") && feed.state == Off) {
        feed.state = Listening;
        m_pause = MovePause;
        catchUp(feed);
    } else if (kind == "sunsubscribe") { // its slot has moved
        stop(feed);
        const QPointer self(this); // whoever hears of it may delete the store
        update();
        if (self)
            assignLater();
    }
}

void RedisSubscription::hearRefusal(RedisConnection *ear, const RedisReply &refusal)
{
    if (refusal.isOfAnotherSlot())
        return assignLater();
    const RedisOptions &options = m_client.options;
    ear->reopen({Error::Unavailable,
                 Error::tr("Redis at %1 refuses SUBSCRIBE to this account: %2. Give it the rights: ACL SETUSER %3 &%4* +%5")
                     .arg(ear->serverName(), QString::fromUtf8(refusal.text()),
                          options.user.isEmpty() ? u"default"_s : options.user,
                          QString::fromUtf8(m_client.shards.isOne() ? options.prefix : '{' + options.prefix),
                          m_client.publishCommand == "SPUBLISH" ? u"ssubscribe"_s : u"subscribe"_s)},
                1s);
}

void RedisSubscription::hearMessage(Feed &feed, const QByteArray &message)
{
    if (feed.state == Up)
        return deliver(feed, message);
    const qsizetype bytes = message.size() + EarlyOverhead;
    if (m_earlyBytes + bytes <= MostEarlyBytes) {
        m_earlyBytes += bytes;
        feed.early.append(message);
    } else {
        feed.ear->reopen({Error::Unavailable, Error::tr("Redis does not tell which events were missed.")}, 1s);
    }
}

QList<QByteArray> RedisSubscription::takeEarly(Feed &feed)
{
    for (const QByteArray &message : std::as_const(feed.early))
        m_earlyBytes -= message.size() + EarlyOverhead;
    return std::exchange(feed.early, {});
}

void RedisSubscription::deliver(Feed &feed, const QByteArray &message)
{
    // "ID EVENT", with "-" for the id of what the history does not keep.
    const qsizetype space = message.indexOf(' ');
    if (space < 1)
        return;
    const QByteArray id = message.first(space);
    if (id != "-") {
        if (readStreamId(id) <= readStreamId(feed.lastId))
            return;
        feed.lastId = id;
    }
    if (const auto known = readEvent(QByteArrayView(message).sliced(space + 1)))
        Q_EMIT sessionEvent(*known);
}

// ---- Catching up

/// Asks first whose history it is and which event is the newest, then for those that were missed.
void RedisSubscription::catchUp(Feed &feed)
{
    const quint64 life = ++feed.life;
    feed.missed.clear();
    RedisCommand replication("INFO", feed.shard->slot);
    replication.add("replication");
    m_router.send(replication, [&feed, life, alive = QPointer(this)](const Result<RedisReply> &reply) {
        if (alive && life == feed.life && reply && reply->type() == RedisReply::String)
            feed.replicationId = infoField(reply->text(), "master_replid").toByteArray();
    });
    ask(feed, "XREVRANGE", {"+", "-", "COUNT", "1"}, [this, &feed](const RedisReply &entries) {
        if (const auto error = m_router.eventsError())
            return feed.ear->reopen(*error, 1s);
        const QByteArray newest = entries.size() > 0 ? entries[0][0].text().toByteArray() : QByteArrayLiteral("0-0");
        // Another history may lack what was told last, and go on at an earlier time.
        const bool isAnother = std::exchange(feed.historyId, feed.replicationId) != feed.replicationId;
        if (!isAnother || feed.lastId.isEmpty())
            return goOn(feed, newest, true);
        ask(feed, "XRANGE", {feed.lastId, feed.lastId, "COUNT", "1"},
            [this, &feed, newest](const RedisReply &last) { goOn(feed, newest, last.size() > 0); });
    });
}

/// From the last event that was told, or from \a newest if this history does not know it.
void RedisSubscription::goOn(Feed &feed, const QByteArray &newest, bool isKnown)
{
    const bool goesOn = isKnown && !feed.lastId.isEmpty() && readStreamId(newest) > readStreamId(feed.lastId);
    if (!goesOn)
        feed.lastId = newest;
    feed.missedUpTo = feed.lastId;
    if (goesOn)
        fetchMissed(feed);
    else
        caughtUp(feed);
}

/// Asks for entries of the history; \a read(const RedisReply &) gets them, unless there is more to do by then.
template<class Read>
void RedisSubscription::ask(Feed &feed, QByteArrayView command, std::initializer_list<QByteArrayView> arguments, Read read)
{
    RedisCommand range(command, feed.shard->slot);
    range.add({feed.shard->prefix, "history"});
    for (const QByteArrayView argument : arguments)
        range.add(argument);
    m_router.send(std::move(range), [this, &feed, life = feed.life, read = std::move(read),
                                     alive = QPointer(this)](const Result<RedisReply> &reply) {
        if (!alive || life != feed.life || feed.state != Listening)
            return;
        if (!reply)
            refuse(reply.error()); // tried again once the other connection is back
        else if (reply->type() != RedisReply::Array)
            feed.ear->reopen(m_client.eventsError(*reply), 1s);
        else
            read(*reply);
    });
}

void RedisSubscription::fetchMissed(Feed &feed)
{
    ask(feed, "XRANGE", {QByteArray('(' + feed.missedUpTo), "+", "COUNT", QByteArray::number(MissedStep)},
        [this, &feed](const RedisReply &entries) {
            for (const RedisReply entry : entries) {
                feed.missedUpTo = entry[0].text().toByteArray();
                const RedisReply fields = entry[1];
                if (fields.size() >= 2)
                    feed.missed.append(feed.missedUpTo + ' ' + fields[1].text().toByteArray());
            }
            if (entries.size() == MissedStep)
                fetchMissed(feed);
            else
                caughtUp(feed);
        });
}

void RedisSubscription::caughtUp(Feed &feed)
{
    const QList<QByteArray> messages = std::exchange(feed.missed, {}) + takeEarly(feed);
    feed.state = Up;
    const QPointer self(this); // whoever hears of it may delete the store
    update();
    for (const QByteArray &message : messages) {
        if (self)
            deliver(feed, message);
    }
    if (!self || !isUp())
        return;
    for (const auto &[deadline, promise] : std::exchange(m_starting, {}))
        promise.finish({});
}

void RedisSubscription::stop(Feed &feed)
{
    feed.state = Off;
    ++feed.life;
    takeEarly(feed);
}

/// Tells whether all shards are heard.
void RedisSubscription::update()
{
    const bool isUp = std::ranges::all_of(m_feeds, [](const Feed &feed) { return feed.state == Up; });
    if (std::exchange(m_isUp, isUp) == isUp)
        return;
    if (isUp)
        Q_EMIT up();
    else
        Q_EMIT lost();
}

void RedisSubscription::fail(RedisConnection *ear, const Error &error)
{
    for (Feed &feed : m_feeds) {
        if (feed.ear == ear)
            stop(feed);
    }
    m_router.wantMap();
    const QPointer self(this);
    update();
    if (self)
        refuse(error);
}

void RedisSubscription::refuse(const Error &error)
{
    for (const auto &[deadline, promise] : std::exchange(m_starting, {}))
        promise.finish(std::unexpected(error));
}

} // namespace Sojourn
