// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"
#include "rediscodec_p.h"
#include "redismerge_p.h"

#include <Sojourn/SessionStore>

namespace Sojourn {

/// SessionStore::history(): from the newest event back, in steps that may each take the store's timeout.
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

} // namespace Sojourn
