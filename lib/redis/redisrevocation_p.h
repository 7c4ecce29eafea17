// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"

#include <Sojourn/Author>
#include <Sojourn/SessionStore>

namespace Sojourn {

/// SessionStore::removeUser(), in one shard. What one index does not know the others do: it goes through all those that know
/// sessions by user, and where some have fewer entries than others through all there are, until nothing is found any more. Each
/// step holds the server up for a millisecond or two, and may take the store's timeout.
class RedisRevocation : public std::enable_shared_from_this<RedisRevocation>
{
public:
    RedisRevocation(RedisClient &client, const RedisShard &shard, const QString &user, std::optional<SessionKey> except,
                    SessionStore::Removal why, std::shared_ptr<qint64> sum);

    /// In all shards: no list of where a user has sessions is relied upon.
    [[nodiscard]] static Task<qint64> everywhere(RedisClient &client, const QString &user, std::optional<SessionKey> except,
                                                 SessionStore::Removal why);

private:
    /// What is to be done in every shard, and what came of it.
    struct All
    {
        RedisClient &client;
        const QString user;
        const std::optional<SessionKey> except;
        const SessionStore::Removal why;
        const QString author = Author::current(); // for those that begin later
        const std::shared_ptr<qint64> sum = std::make_shared<qint64>(0);
        TaskPromise<qint64> promise = {};
        int begun = 0, done = 0; // shards
        std::optional<Error> error = {};
    };
    static void next(const std::shared_ptr<All> &all);
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

} // namespace Sojourn
