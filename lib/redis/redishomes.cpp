// SPDX-License-Identifier: MIT
#include "redishomes_p.h"

#include "rediscodec_p.h"
#include "redislisting_p.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>

using namespace std::chrono_literals;

namespace Sojourn {

// What is bound under a lock carries a deadline; clocks of servers are known to a few ms.
static constexpr std::chrono::milliseconds LockMargin = 250ms;
static constexpr std::chrono::milliseconds HomeMargin = 2min;
static constexpr int SpareRows = 100; // that are looked at beyond a cap at once
static constexpr std::chrono::milliseconds LongestLockPause = 15ms; // between two tries to get a lock
static constexpr size_t MostLogIns = 100;
static constexpr int MostTurns = 8; // of one process before it gives others the time to have theirs

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

bool RedisHomes::isNews(const SessionInfo &after, const SessionInfo &before)
{
    const auto left = std::max<std::chrono::milliseconds>(before.expiresAt - before.lastSeenAt, 0ms);
    return after.user != before.user || after.expiresAt - before.expiresAt > left + HomeMargin;
}

void RedisHomes::tell(const SessionInfo &session)
{
    m_client.send(m_client.scripts.home, announcement(session), m_client.router.deadlineFromNow(), [](Result<RedisReply>) { });
}

Task<RedisHomes::Turn> RedisHomes::enter(const SessionInfo &session, const std::optional<SessionKey> &before,
                                         const std::optional<UserCap> &cap, RedisClient::Deadline deadline)
{
    const TaskPromise<Turn> promise;
    m_client.send(m_client.scripts.home, announcement(session).makeLasting(), deadline,
                  [this, session, before, cap, deadline, promise](Result<RedisReply> reply) {
                      if (!reply || reply->type() != RedisReply::Integer)
                          return promise.finish(std::unexpected(reply ? RedisClient::serverError(*reply) : reply.error()));
                      if (!cap || cap->limit <= 0)
                          return promise.finish(Turn());
                      Queue &queue = m_queues[session.user];
                      queue.waiting.push_back(std::make_shared<Entry>(Entry{session, before, *cap, deadline, promise}));
                      if (!std::exchange(queue.isBusy, true))
                          lock(session.user);
                  });
    return promise.task();
}

// ---- Turns

/// Those at the front that may have a turn together: of an evicting cap as many as it leaves alive.
RedisHomes::Shared RedisHomes::nextGroup(const QString &user, Queue &queue)
{
    if (queue.token.isEmpty())
        queue.token = QByteArray::number(QRandomGenerator::system()->generate64());
    const auto group = std::make_shared<Group>(user, queue.token);
    const UserCap &cap = queue.waiting.front()->cap;
    const size_t most = cap.policy == UserCap::Evict ? std::min(size_t(cap.limit), MostLogIns) : MostLogIns;
    for (const auto &entry : queue.waiting) {
        if (group->entries.size() == most || entry->cap != cap)
            break;
        group->entries.push_back(entry);
    }
    return group;
}

void RedisHomes::lock(const QString &user)
{
    const Shared group = nextGroup(user, m_queues[user]);
    const RedisShard home = m_client.shards.home(user.toUtf8());
    const auto first = group->entries.front();
    RedisClient::Deadline last = first->deadline;
    for (const auto &entry : group->entries)
        last = std::max(last, entry->deadline);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(last - std::chrono::steady_clock::now());
    RedisCommand command = RedisCommand::script(m_client.scripts.lock, lockKey(home), home.slot);
    command.add(group->token).add(std::max(left + LockMargin, 1ms).count());
    m_client.send(m_client.scripts.lock, std::move(command), first->deadline, [this, group, first](Result<RedisReply> reply) {
        if (reply && reply->type() == RedisReply::Status)
            return locked(group, reply->text() == "KEPT");
        if (reply && reply->type() != RedisReply::Error) // another process has it
            return rest(group->user,
                        std::chrono::milliseconds(QRandomGenerator::global()->bounded(2, int(LongestLockPause.count()))));
        forget(group->user, first);
        first->promise.finish(std::unexpected(reply ? RedisClient::serverError(*reply) : reply.error()));
        rest(group->user, 0ms); // not one inside the other, where a server is away and all of them fail
    });
}

/// Sessions that have ended, or have got another key, since somebody logged them in here leave the group: they must end no
/// others.
void RedisHomes::locked(const Shared &group, bool wasKept)
{
    struct Look
    {
        qsizetype left = 1;
        std::vector<std::pair<std::shared_ptr<Entry>, Error>> gone = {};
    };
    const auto look = std::make_shared<Look>();
    const auto answered = [this, group, wasKept, look] {
        if (--look->left > 0)
            return;
        for (const auto &[entry, error] : look->gone) {
            std::erase(group->entries, entry);
            forget(group->user, entry);
        }
        if (group->entries.empty())
            leave(*group);
        else
            admit(group, wasKept);
        for (const auto &[entry, error] : look->gone)
            entry->promise.finish(std::unexpected(error));
    };
    for (const auto &entry : group->entries) {
        if (!entry->before)
            continue;
        ++look->left;
        const RedisShard &shard = m_client.shards.of(*entry->before);
        RedisCommand command("HMGET", shard.slot);
        command.add({shard.prefix, "s:", entry->before->toLatin1()});
        for (const QByteArrayView name : InfoFields::Names)
            command.add(name);
        const auto seen = [this, entry, look, answered](const Result<RedisReply> &reply) {
            if (!reply)
                look->gone.emplace_back(entry, reply.error());
            else if (reply->type() != RedisReply::Array)
                look->gone.emplace_back(entry, RedisClient::serverError(*reply));
            else if (const auto info = readInfo(*entry->before, InfoFields::at(*reply, 0));
                     !info || info->isExpired(m_client.store->now()))
                look->gone.emplace_back(entry, RedisClient::notFound().error());
            answered();
        };
        m_client.router.send(std::move(command), seen, entry->deadline);
    }
    answered();
}

/// As many as may be alive at all end everybody else, whom the turn before has left: these need not be looked for in every shard.
void RedisHomes::admit(const Shared &group, bool wasKept)
{
    const auto known = std::exchange(m_queues[group->user].known, std::nullopt);
    const UserCap &cap = group->entries.front()->cap;
    if (!wasKept || !known || cap.policy != UserCap::Evict || group->entries.size() != size_t(cap.limit))
        return makeRoom(group);
    Decision decision{*known, {}, group->entries, {}};
    for (const auto &entry : group->entries) {
        decision.victims.removeIf([&entry](const SessionKey &key) { return key == entry->session.key || key == entry->before; });
        decision.left.append(entry->session.key);
    }
    if (decision.victims.isEmpty())
        finish(group, decision);
    else
        evict(group, decision, true);
}

void RedisHomes::unlock(const Group &group)
{
    const RedisShard home = m_client.shards.home(group.user.toUtf8());
    RedisCommand command = RedisCommand::script(m_client.scripts.unlock, lockKey(home), home.slot);
    command.add(group.token);
    m_client.send(m_client.scripts.unlock, std::move(command), m_client.router.deadlineFromNow(), [](Result<RedisReply>) { });
}

void RedisHomes::makeRoom(const Shared &group)
{
    SessionQuery query;
    query.user = group->user;
    query.order = SessionQuery::ByCreated;
    query.descending = true;
    query.limit = group->entries.front()->cap.limit + int(group->entries.size()) + SpareRows;
    const Detail::ChainScope scope(Detail::InternalChain);
    const auto listing = std::make_shared<RedisListing>(m_client, query);
    listing->start().then([this, group, listing](Result<SessionPage> page) {
        if (!page)
            return refuse(group, page.error());
        // One that is being logged in is known here by the key that it had.
        Sessions bound;
        for (qsizetype i = 0; i < page->records.size(); ++i)
            bound.emplace_back(page->records[i].createdAt, listing->keys()[i]);
        makeRoomAmong(group, std::move(bound), page->nextCursor.isEmpty());
    });
}

void RedisHomes::makeRoomAmong(const Shared &group, Sessions bound, bool areAll)
{
    const Decision decision = decide(*group, std::move(bound));
    if (decision.victims.isEmpty())
        finish(group, decision);
    else
        evict(group, decision, areAll);
}

/// What would come of it one after the other. An entry that would end another of its group waits for its next turn.
RedisHomes::Decision RedisHomes::decide(const Group &group, Sessions bound)
{
    const UserCap &cap = group.entries.front()->cap;
    const size_t others = size_t(std::max(cap.limit, 1) - 1);
    Decision decision;
    const auto isAdmitted = [&decision](const Session &session) {
        return std::ranges::any_of(decision.admitted, [&](const auto &entry) { return entry->session.key == session.second; });
    };
    for (const auto &entry : group.entries) {
        Sessions left = bound;
        std::erase_if(left, [&](const Session &session) {
            return session.second == entry->session.key || session.second == entry->before;
        });
        if (cap.policy == UserCap::Refuse && left.size() >= size_t(cap.limit)) {
            decision.refused.push_back(entry);
            continue;
        }
        const auto surplus = std::ranges::subrange(left.begin() + ptrdiff_t(std::min(left.size(), others)), left.end());
        if (std::ranges::any_of(surplus, isAdmitted))
            break;
        for (const Session &victim : surplus)
            decision.victims.append(victim.second);
        left.erase(surplus.begin(), surplus.end());
        const Session own(entry->session.createdAt, entry->session.key);
        left.insert(std::ranges::find_if(left, [&own](const Session &one) { return one.first <= own.first; }), own);
        bound = std::move(left);
        decision.admitted.push_back(entry);
    }
    for (const Session &session : bound)
        decision.left.append(session.second);
    return decision;
}

/// Ends the victims, whatever keys they have by now, and looks again where one was gone or there are more than \a areAll.
void RedisHomes::evict(const Shared &group, const Decision &decision, bool areAll)
{
    struct Eviction
    {
        qsizetype left;
        bool isDone;
        std::optional<Error> error = {};
    };
    const auto eviction = std::make_shared<Eviction>(decision.victims.size(), areAll);
    for (const SessionKey &victim : decision.victims) {
        RedisCommand command = m_client.command(m_client.scripts.remove, victim);
        command.makeLasting().add(victim.toLatin1());
        addRemoval(command, removalEvent({}, SessionStore::Removal::Cap, {}));
        command.add("").add(group->user.toUtf8());
        m_client.send(m_client.scripts.remove, std::move(command), m_client.router.deadlineFromNow(),
                      [this, group, decision, eviction](Result<RedisReply> reply) {
                          const auto removed = m_client.checked(std::move(reply));
                          eviction->isDone = eviction->isDone && removed;
                          if (!removed && removed.error() != Error::NotFound && removed.error() != Error::Replaced)
                              eviction->error = removed.error();
                          if (--eviction->left > 0)
                              return;
                          if (eviction->error)
                              refuse(group, *eviction->error);
                          else if (eviction->isDone)
                              finish(group, decision);
                          else if (std::chrono::steady_clock::now() < group->entries.back()->deadline)
                              makeRoom(group);
                          else
                              refuse(group, {Error::Timeout, Error::tr("The session store did not answer in time. Check that it "
                                                                       "runs and is not overloaded.")});
                      });
    }
}

void RedisHomes::finish(const Shared &group, const Decision &decision)
{
    for (const Entries *decided : {&decision.admitted, &decision.refused}) {
        for (const auto &entry : *decided)
            forget(group->user, entry);
    }
    if (group->entries.front()->cap.policy == UserCap::Evict)
        m_queues[group->user].known = decision.left;
    const Turn turn(group.get(), [this, group](void *) { leave(*group); });
    for (const auto &entry : decision.admitted)
        entry->promise.finish(Turn(turn));
    for (const auto &entry : decision.refused)
        entry->promise.finish(std::unexpected(RedisClient::limitReached(QString::number(entry->cap.limit))));
}

/// Nobody of this group gets in.
void RedisHomes::refuse(const Shared &group, const Error &error)
{
    for (const auto &entry : group->entries)
        forget(group->user, entry);
    leave(*group);
    for (const auto &entry : group->entries)
        entry->promise.finish(std::unexpected(error));
}

void RedisHomes::forget(const QString &user, const std::shared_ptr<Entry> &entry)
{
    std::erase(m_queues[user].waiting, entry);
}

/// Lets the next ones have their turn once \a group has had it.
void RedisHomes::leave(const Group &group)
{
    Queue &queue = m_queues[group.user];
    if (!queue.waiting.empty() && ++queue.turns < MostTurns)
        return lock(group.user);
    unlock(group);
    rest(group.user, LongestLockPause);
}

/// Begins anew after \a pause, if anybody waits: other processes have their turns meanwhile.
void RedisHomes::rest(const QString &user, std::chrono::milliseconds pause)
{
    Queue &queue = m_queues[user];
    if (queue.waiting.empty()) {
        m_queues.remove(user);
        return;
    }
    queue.turns = 0;
    queue.token.clear();
    queue.known.reset();
    m_client.router.delay.after(pause, [this, user] { lock(user); });
}

} // namespace Sojourn
