// SPDX-License-Identifier: MIT
#include "redissweep_p.h"

#include "rediscodec_p.h"

#include <functional>

namespace Sojourn {

static constexpr int SweepStep = 20;
static constexpr int MendStep = 200;
static constexpr int MendSteps = 8;

Task<qint64> RedisSweep::run(int limit)
{
    const auto run = std::make_shared<Run>();
    run->limit = limit;
    run->left.assign(size_t(m_client.shards.count()), 0);
    look(run);
    return run->promise.task();
}

/// Finds out which shards have what expired first.
void RedisSweep::look(const std::shared_ptr<Run> &run)
{
    const qint64 count = std::min<qint64>(SweepStep, run->limit - run->done);
    run->quotas.assign(run->left.size(), 0);
    if (m_client.shards.isOne()) {
        run->quotas[0] = count;
        return sweep(run);
    }
    run->deadlines = RedisMerge<qint64>(run->left.size());
    run->answers = run->left.size();
    const QByteArray now = QByteArray::number(toNumber(m_client.store->now()));
    for (size_t i = 0; i < run->left.size(); ++i) {
        const RedisShard &shard = m_client.shards[int(i)];
        RedisCommand command("ZRANGEBYSCORE", shard.slot);
        command.add({shard.prefix, "i:expires"}).add("-inf").add(now).add("WITHSCORES").add("LIMIT").add(run->left[i]).add(count);
        m_client.router.send(std::move(command), [this, run, i, count](Result<RedisReply> reply) {
            if (!reply || reply->type() != RedisReply::Array)
                run->error = reply ? RedisClient::serverError(*reply) : reply.error();
            auto &known = run->deadlines[i];
            const auto end = reply ? reply->end() : RedisReply::iterator();
            for (auto it = reply ? reply->begin() : end; it != end; ++it)
                known.rows.push_back(qint64((*++it).text().toDouble()));
            known.atEnd = qint64(known.rows.size()) < count;
            if (--run->answers == 0)
                divide(run);
        });
    }
}

/// Gives each shard its part of what one step removes. One that did not answer has none, and holds up nobody.
void RedisSweep::divide(const std::shared_ptr<Run> &run)
{
    for (qint64 taken = 0; taken < run->limit - run->done && run->deadlines.next(std::less<qint64>()); ++taken) { }
    for (size_t i = 0; i < run->quotas.size(); ++i)
        run->quotas[i] = qint64(run->deadlines[i].taken);
    sweep(run);
}

void RedisSweep::sweep(const std::shared_ptr<Run> &run)
{
    run->sweepsOn = false;
    run->answers = 1; // this one
    for (size_t i = 0; i < run->quotas.size(); ++i) {
        const qint64 count = run->quotas[i];
        if (count == 0 && !m_client.shards.isOne())
            continue;
        ++run->answers;
        RedisCommand sweep = m_client.command(m_client.scripts.sweep, m_client.shards[int(i)]);
        sweep.add(count).add(run->left[i]);
        m_client.send(m_client.scripts.sweep, std::move(sweep), m_client.router.deadlineFromNow(),
                      [this, run, i, count](Result<RedisReply> reply) {
                          const auto answer = m_client.checked(std::move(reply));
                          if (answer) {
                              const qint64 done = (*answer)[1].integer(), left = (*answer)[2].integer();
                              run->done += done;
                              run->left[i] += left;
                              run->sweepsOn |= done + left >= count && count > 0;
                          } else {
                              run->error = answer.error();
                          }
                          swept(run);
                      });
    }
    swept(run);
}

void RedisSweep::swept(const std::shared_ptr<Run> &run)
{
    if (--run->answers > 0)
        return;
    if (run->done >= run->limit || (run->error && m_client.shards.isOne()))
        finish(*run);
    else if (run->sweepsOn)
        look(run);
    else
        mend(run);
}

/// An error is told where it is all that there is to tell.
void RedisSweep::finish(const Run &run)
{
    run.promise.finish(run.error && run.done == 0 ? Result<qint64>(std::unexpected(*run.error)) : run.done);
}

void RedisSweep::mend(const std::shared_ptr<Run> &run)
{
    if (run->looks++ >= MendSteps)
        return finish(*run);
    RedisCommand mend = m_client.command(m_client.scripts.mend, m_client.shards[m_shard]);
    mend.add(RedisShard::index(m_index + RedisShard::IndexesByUser - 1)).add(m_from).add(MendStep);
    m_client.send(m_client.scripts.mend, std::move(mend), m_client.router.deadlineFromNow(),
                  [this, run](Result<RedisReply> reply) {
                      const auto answer = m_client.checked(std::move(reply));
                      if (!answer) {
                          m_from = m_index = 0;
                          m_shard = (m_shard + 1) % m_client.shards.count(); // the others are not to wait for it
                          return finish(*run);
                      }
                      auto it = answer->begin();
                      run->done += (*++it).integer();
                      m_from += (*++it).integer();
                      const bool atEnd = (*++it).integer() == 0;
                      if (!atEnd)
                          return this->mend(run);
                      // Where all know equally many, looking at one of them is enough.
                      const bool allKnowAll = (*++it).integer() == 1;
                      m_from = 0;
                      m_index = allKnowAll ? 1 : (m_index + 1) % (RedisShard::AllIndexes - RedisShard::IndexesByUser + 1);
                      if (allKnowAll || m_index == 0)
                          m_shard = (m_shard + 1) % m_client.shards.count();
                      finish(*run);
                  });
}

} // namespace Sojourn
