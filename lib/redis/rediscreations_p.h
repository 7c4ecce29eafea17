// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"

#include <vector>

namespace Sojourn {

/// New records on their way to the server. Those of one shard that are created one after the other in one turn of the event loop
/// share a script, as an import does by the hundred: each is still stored or refused for itself.
class RedisCreations
{
public:
    explicit RedisCreations(RedisClient &client) : m_client(client) { }
    Q_DISABLE_COPY_MOVE(RedisCreations)

    [[nodiscard]] Task<SessionInfo> add(const SessionRecord &record, const std::optional<UserCap> &cap,
                                        SessionStore::CreateMode mode, RedisClient::Deadline deadline);
    /// Sends what has been added since the last time. Happens by itself before other commands are sent, and when commands leave.
    void write();

private:
    using Creations = std::vector<std::pair<SessionInfo, TaskPromise<SessionInfo>>>;
    struct Group
    {
        const RedisShard *shard;
        RedisClient::Deadline deadline;
        bool isLasting;
        RedisCommand words = RedisCommand("records"); // of all of them, behind a name
        Creations creations = {};
    };
    [[nodiscard]] Group &groupFor(const RedisShard &shard, RedisClient::Deadline deadline, bool isLasting);
    void send(Group group);
    void finish(Creations creations, Result<RedisReply> reply);

    RedisClient &m_client;
    std::vector<Group> m_groups;
};

} // namespace Sojourn
