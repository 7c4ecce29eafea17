// SPDX-License-Identifier: MIT
#include "redishomes_p.h"

#include "redisrecord_p.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

// What is bound under a lock carries a deadline; clocks of servers are known to a few ms.
static constexpr std::chrono::milliseconds LockMargin = 250ms;
static constexpr std::chrono::milliseconds HomeMargin = 2min;
static constexpr int SpareRows = 100; // that are looked at beyond a cap at once

static QByteArray lockKey(const RedisShard &home)
{
    return home.prefix + "lock";
}

Task<std::vector<int>> RedisHomes::shardsOf(RedisClient &client, const QString &user)
{
    if (client.mayEvict)
        return Result<std::vector<int>>(client.shards.ofPrefix({}));
    const TaskPromise<std::vector<int>> promise;
    const RedisShard home = client.shards.home(user.toUtf8());
    RedisCommand command("ZRANGEBYSCORE", home.slot);
    command.add(home.prefix).add(toNumber(client.store->now())).add("+inf");
    client.router.send(std::move(command), [promise, count = client.shards.count()](Result<RedisReply> reply) {
        if (!reply)
            return promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Array)
            return promise.finish(std::unexpected(RedisClient::serverError(*reply)));
        std::vector<int> shards;
        for (const RedisReply shard : *reply) {
            if (const int number = shard.text().toInt(); number >= 0 && number < count)
                shards.push_back(number);
        }
        std::ranges::sort(shards);
        promise.finish(std::move(shards));
    });
    return promise.task();
}

RedisCommand RedisHomes::announcement(const SessionInfo &session) const
{
    const RedisShard home = m_client.shards.home(session.user.toUtf8());
    const TimePoint now = m_client.store->now();
    const TimePoint longest = now + std::chrono::hours(24 * 365 * 100);
    const TimePoint expires = std::clamp(session.expiresAt, now, longest);
    RedisCommand command = RedisCommand::script(m_client.scripts.home, home.prefix, home.slot);
    command.add(m_client.hasOwnClock ? QByteArray::number(toNumber(now)) : QByteArray());
    command.add(m_client.shards.numberOf(session.key)).add(toNumber(expires + (expires - now) + HomeMargin));
    return command;
}

void RedisHomes::tell(const SessionInfo &session)
{
    m_client.send(m_client.scripts.home, announcement(session), m_client.router.deadlineFromNow(), [](Result<RedisReply>) { });
}

Task<RedisHomes::Turn> RedisHomes::enter(const SessionInfo &session, const SessionKey &before, const std::optional<UserCap> &cap,
                                         RedisClient::Deadline deadline)
{
    const TaskPromise<Turn> promise;
    m_client.send(m_client.scripts.home, announcement(session).makeLasting(), deadline,
                  [this, session, before, cap, deadline, promise](Result<RedisReply> reply) {
                      if (!reply || reply->type() != RedisReply::Integer)
                          return promise.finish(std::unexpected(reply ? RedisClient::serverError(*reply) : reply.error()));
                      if (!cap || cap->limit <= 0)
                          return promise.finish(Turn());
                      auto &waiting = m_waiting[session.user];
                      waiting.push_back(std::make_shared<Entry>(Entry{session, before, *cap, deadline, promise}));
                      if (waiting.size() == 1)
                          lock(waiting.front());
                  });
    return promise.task();
}

void RedisHomes::lock(const std::shared_ptr<Entry> &entry)
{
    const RedisShard home = m_client.shards.home(entry->session.user.toUtf8());
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(entry->deadline - std::chrono::steady_clock::now());
    entry->token = QByteArray::number(QRandomGenerator::system()->generate64());
    RedisCommand command = RedisCommand::script(m_client.scripts.lock, lockKey(home), home.slot);
    command.add(entry->token).add(std::max(left + LockMargin, 1ms).count());
    m_client.send(m_client.scripts.lock, std::move(command), entry->deadline, [this, entry](Result<RedisReply> reply) {
        if (!reply || reply->type() == RedisReply::Error)
            return refuse(entry, reply ? RedisClient::serverError(*reply) : reply.error());
        if (reply->type() == RedisReply::Status)
            return makeRoom(entry);
        // Another process has it.
        m_client.router.delay.after(std::chrono::milliseconds(QRandomGenerator::global()->bounded(2, 15)),
                                    [this, entry] { lock(entry); });
    });
}

void RedisHomes::unlock(const Entry &entry)
{
    const RedisShard home = m_client.shards.home(entry.session.user.toUtf8());
    RedisCommand command = RedisCommand::script(m_client.scripts.unlock, lockKey(home), home.slot);
    command.add(entry.token);
    m_client.send(m_client.scripts.unlock, std::move(command), m_client.router.deadlineFromNow(), [](Result<RedisReply>) { });
}

void RedisHomes::makeRoom(const std::shared_ptr<Entry> &entry)
{
    SessionQuery query;
    query.user = entry->session.user;
    query.order = SessionQuery::ByCreated;
    query.descending = true;
    query.limit = entry->cap.limit + SpareRows;
    const Detail::ChainScope scope(Detail::InternalChain);
    m_client.store->list(query).then([this, entry](Result<SessionPage> page) {
        if (!page)
            return refuse(entry, page.error());
        QList<SessionKey> others;
        for (const SessionRecord &record : std::as_const(page->records)) {
            if (record.key != entry->session.key && record.key != entry->before)
                others.append(record.key);
        }
        if (entry->cap.policy == UserCap::Refuse) {
            if (others.size() >= entry->cap.limit)
                refuse(entry, RedisClient::limitReached(QString::number(entry->cap.limit)));
            else
                admit(entry);
            return;
        }
        const qsizetype kept = std::max(entry->cap.limit, 1) - 1;
        if (others.size() <= kept)
            admit(entry);
        else
            evict(entry, others.sliced(kept), page->nextCursor.isEmpty());
    });
}

/// Ends \a victims, and looks again where one was rotated meanwhile or there are more than \a areAll.
void RedisHomes::evict(const std::shared_ptr<Entry> &entry, const QList<SessionKey> &victims, bool areAll)
{
    struct Eviction
    {
        qsizetype left;
        bool isDone;
        std::optional<Error> error = {};
    };
    const auto eviction = std::make_shared<Eviction>(victims.size(), areAll);
    const Detail::ChainScope scope(Detail::InternalChain);
    for (const SessionKey &victim : victims) {
        m_client.store->remove(victim, SessionStore::Removal::Cap).then([this, entry, eviction](Result<SessionInfo> removed) {
            eviction->isDone = eviction->isDone && removed;
            if (!removed && removed.error() != Error::NotFound && removed.error() != Error::Replaced)
                eviction->error = removed.error();
            if (--eviction->left > 0)
                return;
            if (eviction->error)
                refuse(entry, *eviction->error);
            else if (eviction->isDone)
                admit(entry);
            else
                makeRoom(entry);
        });
    }
}

/// Lets the next one have its turn once \a entry has had it.
void RedisHomes::leave(const std::shared_ptr<Entry> &entry)
{
    unlock(*entry);
    const QString user = entry->session.user;
    auto &waiting = m_waiting[user];
    waiting.pop_front();
    if (waiting.empty())
        m_waiting.remove(user);
    else
        lock(waiting.front());
}

void RedisHomes::admit(const std::shared_ptr<Entry> &entry)
{
    entry->promise.finish(Turn(entry.get(), [this, entry](void *) { leave(entry); }));
}

void RedisHomes::refuse(const std::shared_ptr<Entry> &entry, const Error &error)
{
    leave(entry);
    entry->promise.finish(std::unexpected(error));
}

} // namespace Sojourn
