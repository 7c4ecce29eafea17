// SPDX-License-Identifier: MIT
#include "rediscreations_p.h"

#include "rediscodec_p.h"

#include <Sojourn/Author>
#include <Sojourn/recordfields_p.h>

namespace Sojourn {

// What one script stores at most: it must not hold up the server.
static constexpr size_t LargestGroup = 20;
static constexpr qsizetype MostBytes = 64 * 1024;

static RedisCommand wordsOf(const SessionRecord &record, const SessionInfo &info, const std::optional<UserCap> &cap,
                            SessionStore::CreateMode mode)
{
    RedisCommand words("record");
    words.add(record.key.toLatin1()).add(mode == SessionStore::CreateMode::New ? "new" : "overwrite");
    addCap(words, cap);
    SessionEvent event{.type = SessionEvent::Created, .key = {}, .oldKey = {}, .user = {}, .reason = {}};
    Author::sign(event);
    words.add(causeWord(event))
        .add(metaField(info))
        .add(timesField(info))
        .add(record.user.toUtf8())
        .add(expiryField(record.expiry));
    const auto add = [&words](QByteArrayView name, const QByteArray &value) {
        if (!value.isEmpty())
            words.add(name).add(value);
    };
    Detail::forEachOpaqueField(add, record);
    record.data.forEach([&words](QByteArrayView name, QByteArrayView json) { words.add({"a:", name}).add(json); });
    return words;
}

Task<SessionInfo> RedisCreations::add(const SessionRecord &record, const std::optional<UserCap> &cap,
                                      SessionStore::CreateMode mode, RedisClient::Deadline deadline)
{
    SessionInfo info = record;
    info.size = record.data.size();
    info.attributeCount = record.data.count();
    const RedisShard &shard = m_client.shards.of(record.key);
    const RedisCommand words = wordsOf(record, info, cap, mode);
    const TaskPromise<SessionInfo> promise;
    const auto put = [&](Group &group) {
        group.words.add(words.count() - 1).addArgumentsOf(words);
        group.creations.emplace_back(std::move(info), promise);
    };
    if (cap) {
        Group alone{.shard = &shard, .deadline = deadline, .isLasting = true};
        put(alone);
        send(std::move(alone));
        return promise.task();
    }
    Group &group = groupFor(shard, deadline, !record.user.isEmpty());
    put(group);
    m_client.router.hold([this] { write(); });
    if (group.creations.size() == LargestGroup || group.words.arguments().size() >= MostBytes) {
        Group full = std::move(group);
        std::erase_if(m_groups, [](const Group &one) { return one.creations.empty(); });
        send(std::move(full));
    }
    return promise.task();
}

RedisCreations::Group &RedisCreations::groupFor(const RedisShard &shard, RedisClient::Deadline deadline, bool isLasting)
{
    for (Group &group : m_groups) {
        if (group.shard == &shard && group.isLasting == isLasting)
            return group;
    }
    m_groups.push_back({.shard = &shard, .deadline = deadline, .isLasting = isLasting});
    return m_groups.back();
}

void RedisCreations::write()
{
    for (Group &group : std::exchange(m_groups, {}))
        send(std::move(group));
}

void RedisCreations::send(Group group)
{
    RedisCommand command = m_client.command(m_client.scripts.create, *group.shard);
    command.makeLasting(group.isLasting);
    command.add(qint64(group.creations.size())).addArgumentsOf(group.words);
    m_client.send(m_client.scripts.create, std::move(command), group.deadline,
                  [this, creations = std::move(group.creations)](Result<RedisReply> reply) mutable {
                      finish(std::move(creations), std::move(reply));
                  });
}

/// Runs the user's code, which may delete this object.
void RedisCreations::finish(Creations creations, Result<RedisReply> reply)
{
    const auto answer = m_client.checked(std::move(reply));
    if (!answer)
        m_client.router.wake(); // it may have failed as it was sent, by who is about to wait for it
    std::vector<Result<SessionInfo>> outcomes;
    for (const auto &[info, promise] : creations)
        outcomes.push_back(answer ? Result<SessionInfo>(info) : std::unexpected(answer.error()));
    if (answer && creations.size() > 1) {
        auto it = answer->begin();
        for (Result<SessionInfo> &outcome : outcomes) {
            if (const QByteArrayView word = (*++it).text(); word != "OK")
                outcome = std::unexpected(RedisClient::scriptError(word, *answer));
        }
    }
    for (size_t i = 0; i < creations.size(); ++i)
        creations[i].second.finish(std::move(outcomes[i]));
}

} // namespace Sojourn
