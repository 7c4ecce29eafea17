// SPDX-License-Identifier: MIT
#include "redisrevocation_p.h"

#include "rediscodec_p.h"

namespace Sojourn {

static constexpr int RevokeStep = 200; // entries that are looked at; the script removes fewer

RedisRevocation::RedisRevocation(RedisClient &client, const RedisShard &shard, const QString &user,
                                 std::optional<SessionKey> except, SessionStore::Removal why, std::shared_ptr<qint64> sum)
    : m_client(client),
      m_shard(shard),
      m_user(user.toUtf8()),
      m_except(except ? except->toLatin1() : QByteArray()),
      m_event(removalEvent({}, why, {})),
      m_sum(std::move(sum))
{ }

Task<qint64> RedisRevocation::everywhere(RedisClient &client, const QString &user, std::optional<SessionKey> except,
                                         SessionStore::Removal why)
{
    struct All
    {
        TaskPromise<qint64> promise;
        int left = 0;
        std::optional<Error> error = {};
    };
    const auto all = std::make_shared<All>();
    const auto sum = std::make_shared<qint64>(0);
    const Detail::ChainScope scope(Detail::InternalChain);
    all->left = client.shards.count();
    for (const RedisShard &shard : client.shards) {
        Task<qint64> one = std::make_shared<RedisRevocation>(client, shard, user, except, why, sum)->start();
        one.then([all, sum](Result<qint64> removed) {
            if (!removed)
                all->error = std::move(removed.error());
            if (--all->left > 0)
                return;
            if (all->error && *sum > 0)
                all->error = {all->error->code,
                              Error::tr("%1. %2 sessions had been ended by then.").arg(all->error->sentence(), *sum)};
            all->promise.finish(all->error ? Result<qint64>(std::unexpected(*all->error)) : *sum);
        });
    }
    return all->promise.task();
}

Task<qint64> RedisRevocation::start()
{
    step();
    return m_promise.task();
}

void RedisRevocation::step()
{
    RedisCommand revoke = m_client.command(m_client.scripts.revoke, m_shard);
    revoke.makeLasting().add(m_user).add(m_except);
    addRemoval(revoke, m_event);
    revoke.add(RedisShard::index(m_index, m_user)).add(m_from).add(RevokeStep);
    m_client.send(m_client.scripts.revoke, std::move(revoke), m_client.router.deadlineFromNow(),
                  [self = shared_from_this()](Result<RedisReply> reply) {
                      const auto answer = self->m_client.checked(std::move(reply));
                      if (!answer)
                          return self->m_promise.finish(std::unexpected(answer.error()));
                      auto it = answer->begin();
                      const qint64 removed = (*++it).integer(), left = (*++it).integer(), looked = (*++it).integer();
                      self->m_removed += removed;
                      *self->m_sum += removed;
                      self->m_from += left;
                      if (looked == RevokeStep || left < looked)
                          self->step();
                      else if (const bool allKnowAll = (*++it).integer() == 1; (*++it).integer() == 1)
                          self->m_promise.finish(self->m_removed); // none at all
                      else
                          self->nextIndex(allKnowAll);
                  });
}

void RedisRevocation::nextIndex(bool allKnowAll)
{
    m_from = 0;
    ++m_index;
    if (m_index >= RedisShard::AllIndexes || (m_index >= RedisShard::IndexesByUser && allKnowAll)) {
        // Places have moved where something was removed: nothing may have slipped through.
        if (m_removed == m_removedBefore)
            return m_promise.finish(m_removed);
        m_removedBefore = m_removed;
        m_index = 0;
    }
    step();
}

} // namespace Sojourn
