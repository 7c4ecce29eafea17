// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"

#include <Sojourn/SessionEvent>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QHash>

namespace Sojourn {

/// Events of a store as they come: from the channels of its shards, over a connection of its own to each server, and after that
/// was broken from their histories. A connection that is open but dead is noticed as it does not answer to a heartbeat.
class RedisSubscription : public QObject
{
    Q_OBJECT
public:
    /// Asks by way of \a client for what was missed.
    explicit RedisSubscription(RedisClient &client);

    /// Finished once no event is missed any more.
    Task<void> start();
    void close();
    [[nodiscard]] bool isUp() const { return m_isUp; }
    [[nodiscard]] std::vector<RedisConnection *> connections() const;

Q_SIGNALS:
    void up();
    void lost();
    void sessionEvent(const Sojourn::SessionEvent &event);

private:
    enum State : quint8 { Off, Listening, Up };

    /// A connection that listens.
    struct Ear
    {
        std::unique_ptr<RedisConnection> connection;
        int silentBeats = 0; // since something was heard
    };
    /// What happens in a shard.
    struct Feed
    {
        const RedisShard *shard;
        RedisConnection *ear = nullptr;
        QList<QByteArray> missed = {};
        QByteArray missedUpTo = {};
        QByteArray replicationId = {}; // of the server, which another master changes
        QByteArray historyId = {};     // that it had when its history was read last
        QList<QByteArray> early = {};  // messages that came while the missed ones are fetched
        QByteArray lastId = {};        // of the newest lifecycle event that is known, empty at first
        quint64 life = 0;
        State state = Off;
    };

    RedisConnection *makeEar(const RedisOptions &options, RedisLocator *locator);
    [[nodiscard]] RedisConnection *earFor(const RedisShard &shard);
    void assign();
    void assignLater();
    void listen(RedisConnection *ear);
    void subscribe(const Feed &feed);
    void catchUp(Feed &feed);
    void goOn(Feed &feed, const QByteArray &newest, bool isKnown);
    template<class Read>
    void ask(Feed &feed, QByteArrayView command, std::initializer_list<QByteArrayView> arguments, Read read);
    void fetchMissed(Feed &feed);
    void caughtUp(Feed &feed);
    void beat();
    void hear(RedisConnection *ear, const RedisReply &push);
    void hearMessage(Feed &feed, const QByteArray &message);
    QList<QByteArray> takeEarly(Feed &feed);
    void hearRefusal(RedisConnection *ear, const RedisReply &refusal);
    void deliver(Feed &feed, const QByteArray &message);
    void stop(Feed &feed);
    void update();
    void fail(RedisConnection *ear, const Error &error);
    void refuse(const Error &error);

    RedisClient &m_client;
    RedisRouter &m_router;
    std::vector<Ear> m_ears;
    std::vector<Feed> m_feeds; // of each shard
    QHash<QByteArray, size_t> m_byChannel;
    QList<std::pair<QDeadlineTimer, TaskPromise<void>>> m_starting;
    QTimer m_heart;
    qsizetype m_earlyBytes = 0;
    std::chrono::milliseconds m_pause; // before the next assignLater() does something
    bool m_isAssigning = false;        // assignLater() is under way
    bool m_isStarted = false;
    bool m_isUp = false;
};

} // namespace Sojourn
