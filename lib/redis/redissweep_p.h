// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"
#include "redismerge_p.h"

#include <Sojourn/SessionStore>

namespace Sojourn {

/// SessionStore::removeExpired(): those of all shards that expired first. When nothing has expired any more, a part of the
/// indexes is held against the records, the next part the next time: servers evict what they like, records and indexes, and
/// people remove keys by hand. Each step holds the server up for a millisecond or two, and may take the store's timeout.
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
    static void finish(const Run &run);
    void mend(const std::shared_ptr<Run> &run);

    RedisClient &m_client;
    int m_shard = 0;       // that is held against its records
    qsizetype m_index = 0; // the one that is looked at, and from where
    qint64 m_from = 0;
};

} // namespace Sojourn
