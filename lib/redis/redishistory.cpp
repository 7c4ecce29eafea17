// SPDX-License-Identifier: MIT
#include "redishistory_p.h"

namespace Sojourn {

static constexpr int HistoryStep = 500;

RedisHistory::RedisHistory(RedisClient &client, const HistoryQuery &query) : m_client(client), m_query(query)
{
    if (query.key) { // a session stays in its shard
        m_shards = {client.shards.numberOf(*query.key)};
    } else {
        for (int shard = 0; shard < client.shards.count(); ++shard)
            m_shards.push_back(shard);
    }
    m_merge = RedisMerge<Row>(m_shards.size());
    m_ends.assign(m_shards.size(), "+");
}

Task<QList<SessionEvent>> RedisHistory::start()
{
    step();
    return m_promise.task();
}

void RedisHistory::step()
{
    const std::vector<size_t> hungry = m_merge.hungry();
    m_fetching = hungry.size();
    for (const size_t source : hungry)
        fetch(source);
}

void RedisHistory::fetch(size_t source)
{
    const RedisShard &shard = m_client.shards[m_shards[source]];
    const int count = std::max(HistoryStep / int(m_shards.size()), 10);
    RedisCommand command("XREVRANGE", shard.slot);
    command.add({shard.prefix, "history"}).add(m_ends[source]).add("-").add("COUNT").add(count);
    m_client.router.send(std::move(command), [self = shared_from_this(), source, count](Result<RedisReply> reply) {
        if (!reply)
            return self->m_promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Array)
            return self->m_promise.finish(std::unexpected(self->m_client.eventsError(*reply)));
        auto &known = self->m_merge[source];
        known = {.rows = {}, .taken = 0, .atEnd = reply->size() < count};
        QByteArray last;
        for (const RedisReply entry : *reply) {
            last = entry[0].text().toByteArray();
            const RedisReply fields = entry[1];
            known.rows.push_back({readStreamId(last), fields.size() >= 2 ? readEvent(fields[1].text()) : std::nullopt});
        }
        self->m_ends[source] = '(' + last;
        if (--self->m_fetching == 0)
            self->fetched();
    });
}

void RedisHistory::fetched()
{
    const auto isWanted = [this](const SessionEvent &event) {
        return (!m_query.user || event.user == *m_query.user)
            && (!m_query.key || event.key == *m_query.key || event.oldKey == m_query.key);
    };
    const auto isNewer = [](const Row &a, const Row &b) { return a.id > b.id; };
    while (m_events.size() < m_query.limit && m_seen < m_client.options.historyLimit) {
        std::optional<Row> row = m_merge.next(isNewer);
        if (!row && !m_merge.hungry().empty())
            return step();
        if (!row)
            break;
        ++m_seen;
        if (row->event && isWanted(*row->event))
            m_events.append(*std::move(row->event));
    }
    m_promise.finish(std::move(m_events));
}

} // namespace Sojourn
