// SPDX-License-Identifier: MIT
#include "redisrevocation_p.h"

#include "rediscodec_p.h"

namespace Sojourn {

// Of all sessions those that are looked at, of which few are the user's. Shards are asked several at once.
static constexpr int RevokeLookStep = 200, RevokeLookStepOfMany = 50;
static constexpr int RevokeStep = 20, RevokeStepOfMany = 6;
static constexpr int MostRevokedAtOnce = 24; // shards

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
    const auto all = std::make_shared<All>(client, user, except, why);
    for (int n = 0; n < MostRevokedAtOnce; ++n)
        next(all);
    return all->promise.task();
}

/// Goes on in the next shard, if there is one.
void RedisRevocation::next(const std::shared_ptr<All> &all)
{
    if (all->begun == all->client.shards.count())
        return;
    const Author::Scope onBehalf(all->author);
    const Detail::ChainScope scope(Detail::InternalChain);
    const RedisShard &shard = all->client.shards[all->begun++];
    Task<qint64> one = std::make_shared<RedisRevocation>(all->client, shard, all->user, all->except, all->why, all->sum)->start();
    one.then([all](Result<qint64> removed) {
        if (!removed)
            all->error = std::move(removed.error());
        if (++all->done < all->client.shards.count())
            return next(all);
        const qint64 sum = *all->sum;
        if (all->error && sum > 0)
            all->error = {all->error->code,
                          Error::tr("%1. %2 sessions had been ended by then.").arg(all->error->sentence(), sum)};
        all->promise.finish(all->error ? Result<qint64>(std::unexpected(*all->error)) : sum);
    });
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
    const bool isAlone = m_client.shards.isOne();
    const int most = isAlone ? RevokeStep : RevokeStepOfMany;
    const int count = m_index < RedisShard::IndexesByUser ? most : isAlone ? RevokeLookStep : RevokeLookStepOfMany;
    revoke.add(RedisShard::index(m_index, m_user)).add(m_from).add(count).add(most);
    m_client.send(m_client.scripts.revoke, std::move(revoke), m_client.router.deadlineFromNow(),
                  [self = shared_from_this(), count](Result<RedisReply> reply) {
                      const auto answer = self->m_client.checked(std::move(reply));
                      if (!answer)
                          return self->m_promise.finish(std::unexpected(answer.error()));
                      auto it = answer->begin();
                      const qint64 removed = (*++it).integer(), left = (*++it).integer(), looked = (*++it).integer();
                      self->m_removed += removed;
                      *self->m_sum += removed;
                      self->m_from += left;
                      if (looked == count || left < looked)
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
