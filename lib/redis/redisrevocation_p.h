// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"
#include "rediscodec_p.h"
#include "redismerge_p.h"

#include <Sojourn/SessionStore>

namespace Sojourn {

// What touches many sessions, in steps that each hold the server up for a millisecond or two. Each step may take the store's
// timeout.

/// SessionStore::removeUser(), in one shard. What one index does not know the others do: it goes through all those that know
/// sessions by user, and where some have fewer entries than others through all there are, until nothing is found any more.
class RedisRevocation : public std::enable_shared_from_this<RedisRevocation>
{
public:
    RedisRevocation(RedisClient &client, const RedisShard &shard, const QString &user, std::optional<SessionKey> except,
                    SessionStore::Removal why, std::shared_ptr<qint64> sum);

    /// In all shards at once: no list of where a user has sessions is relied upon.
    [[nodiscard]] static Task<qint64> everywhere(RedisClient &client, const QString &user, std::optional<SessionKey> except,
                                                 SessionStore::Removal why);

private:
    [[nodiscard]] Task<qint64> start();
    void step();
    void nextIndex(bool allKnowAll);

    RedisClient &m_client;
    const RedisShard &m_shard;
    const QByteArray m_user;
    const QByteArray m_except;
    const SessionEvent m_event; // of each removal
    const std::shared_ptr<qint64> m_sum; // of all shards
    const TaskPromise<qint64> m_promise;
    qsizetype m_index = 0; // of indexes()
    qint64 m_from = 0;
    qint64 m_removed = 0;
    qint64 m_removedBefore = 0; // this round
};

/// SessionStore::history(): from the newest event back.
class RedisHistory : public std::enable_shared_from_this<RedisHistory>
{
public:
    RedisHistory(RedisClient &client, const HistoryQuery &query);

    [[nodiscard]] Task<QList<SessionEvent>> start();

private:
    struct Row
    {
        RedisStreamId id;
        std::optional<SessionEvent> event; // nothing that cannot be read
    };
    void step();
    void fetch(size_t source);
    void fetched();

    RedisClient &m_client;
    const HistoryQuery m_query;
    const TaskPromise<QList<SessionEvent>> m_promise;
    std::vector<int> m_shards; // that may have what is wanted
    RedisMerge<Row> m_merge;
    std::vector<QByteArray> m_ends; // of each shard, what was seen of it
    size_t m_fetching = 0;
    QList<SessionEvent> m_events;
    qint64 m_seen = 0;
};

/// SessionStore::removeExpired(): those of all shards that expired first. When nothing has expired any more, a part of the
/// indexes is held against the records, the next part the next time: servers evict what they like, records and indexes, and
/// people remove keys by hand.
class RedisSweep
{
public:
    explicit RedisSweep(RedisClient &client) : m_client(client) { }
    Q_DISABLE_COPY_MOVE(RedisSweep)

    [[nodiscard]] Task<qint64> run(int limit);

private:
    struct Run
    {
        TaskPromise<qint64> promise;
        qint64 limit = 0;
        qint64 done = 0;
        std::vector<qint64> left = {}; // of each shard, what newer programs wrote
        std::vector<qint64> quotas = {}; // of each shard, how many are to go in this step
        RedisMerge<qint64> deadlines = RedisMerge<qint64>();
        size_t answers = 0; // that are awaited
        bool sweepsOn = false;
        std::optional<Error> error = {};
        int looks = 0;
    };
    void look(const std::shared_ptr<Run> &run);
    void divide(const std::shared_ptr<Run> &run);
    void sweep(const std::shared_ptr<Run> &run);
    void swept(const std::shared_ptr<Run> &run);
    void mend(const std::shared_ptr<Run> &run);

    RedisClient &m_client;
    int m_shard = 0;       // that is held against its records
    qsizetype m_index = 0; // the one that is looked at, and from where
    qint64 m_from = 0;
};

/// Adds type, name and reason of the event of a removal.
void addRemoval(RedisCommand &command, const SessionEvent &event);

} // namespace Sojourn
