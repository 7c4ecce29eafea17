// SPDX-License-Identifier: MIT
#include "redisrevocation_p.h"

#include "rediscodec_p.h"

#include <functional>

namespace Sojourn {

static constexpr int RevokeStep = 200; // entries that are looked at; the script removes fewer
static constexpr int HistoryStep = 500;
static constexpr int SweepStep = 20;
static constexpr int MendStep = 200;
static constexpr int MendSteps = 8;

void addRemoval(RedisCommand &command, const SessionEvent &event)
{
    const QLatin1StringView name = SessionEvent::name(event.type);
    command.add(qint64(event.type)).add(QByteArrayView(name.data(), name.size())).add(causeWord(event));
}

// ---- All sessions of a user

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
                              Error::tr("%1 %2 sessions had been ended by then.").arg(all->error->sentence(), *sum)};
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

/// Those that know sessions by user, then those of all sessions.
static QByteArray indexOf(qsizetype number, const QByteArray &user)
{
    static constexpr QByteArrayView names[] = {":created", ":expires",  ":seen",  "i:users",
                                               "i:keys",   "i:expires", "i:seen", "i:created"};
    const QByteArrayView name = names[number];
    return name.startsWith(':') ? "u:" + user + name.toByteArray() : name.toByteArray();
}
static constexpr qsizetype IndexesByUser = 4;
static constexpr qsizetype AllIndexes = 8;

void RedisRevocation::step()
{
    RedisCommand revoke = m_client.command(m_client.scripts.revoke, m_shard);
    revoke.makeLasting().add(m_user).add(m_except);
    addRemoval(revoke, m_event);
    revoke.add(indexOf(m_index, m_user)).add(m_from).add(RevokeStep);
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
    if (m_index >= AllIndexes || (m_index >= IndexesByUser && allKnowAll)) {
        // Places have moved where something was removed: nothing may have slipped through.
        if (m_removed == m_removedBefore)
            return m_promise.finish(m_removed);
        m_removedBefore = m_removed;
        m_index = 0;
    }
    step();
}

// ---- History

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
            return self->m_promise.finish(std::unexpected(RedisClient::serverError(*reply)));
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

// ---- Sweep

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

/// Gives each shard its part of what one step removes.
void RedisSweep::divide(const std::shared_ptr<Run> &run)
{
    if (run->error)
        return run->promise.finish(std::unexpected(*run->error));
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
    if (run->error)
        run->promise.finish(std::unexpected(*run->error));
    else if (run->done >= run->limit)
        run->promise.finish(run->done);
    else if (run->sweepsOn)
        look(run);
    else
        mend(run);
}

void RedisSweep::mend(const std::shared_ptr<Run> &run)
{
    if (run->looks++ >= MendSteps)
        return run->promise.finish(run->done);
    RedisCommand mend = m_client.command(m_client.scripts.mend, m_client.shards[m_shard]);
    mend.add(indexOf(m_index + IndexesByUser - 1, {})).add(m_from).add(MendStep);
    m_client.send(m_client.scripts.mend, std::move(mend), m_client.router.deadlineFromNow(),
                  [this, run](Result<RedisReply> reply) {
                      const auto answer = m_client.checked(std::move(reply));
                      if (!answer)
                          return run->promise.finish(run->done); // what was swept was swept
                      auto it = answer->begin();
                      run->done += (*++it).integer();
                      m_from += (*++it).integer();
                      const bool atEnd = (*++it).integer() == 0;
                      if (!atEnd)
                          return this->mend(run);
                      // Where all know equally many, looking at one of them is enough.
                      const bool allKnowAll = (*++it).integer() == 1;
                      m_from = 0;
                      m_index = allKnowAll ? 1 : (m_index + 1) % (AllIndexes - IndexesByUser + 1);
                      if (allKnowAll || m_index == 0)
                          m_shard = (m_shard + 1) % m_client.shards.count();
                      run->promise.finish(run->done);
                  });
}

} // namespace Sojourn
