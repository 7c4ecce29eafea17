// SPDX-License-Identifier: MIT
#pragma once

#include "rediscommand_p.h"
#include "redisreply_p.h"

#include <Sojourn/SessionChange>
#include <Sojourn/SessionEvent>

namespace Sojourn {

// How records, changes and events are written for the scripts, and read as the scripts write them. scripts/common.lua says
// under which keys.

/// Milliseconds since 1970.
[[nodiscard]] inline qint64 toNumber(TimePoint time)
{
    return time.time_since_epoch().count();
}

/// What create.lua wants to know of \a record.
void addRecord(RedisCommand &command, const SessionRecord &record);
/// The parts of \a change as change.lua takes them; \a now counts for a new expiry.
void addChange(RedisCommand &command, const SessionChange &change, TimePoint now);

/// The fields meta, user and expiry; nothing if they cannot be decoded.
[[nodiscard]] std::optional<SessionInfo> readInfo(const SessionKey &key, QByteArrayView meta, QByteArrayView user, QByteArrayView expiry);
/// All fields of a hash, names and values in turn; nothing if they cannot be decoded.
[[nodiscard]] std::optional<SessionRecord> readRecord(const SessionKey &key, const RedisReply &fields);
/// The value of \a name in such a reply.
[[nodiscard]] QByteArrayView fieldOf(const RedisReply &fields, QByteArrayView name);
/// "TYPE AT VERSION KEY OLDKEY REASON USER", with "-" for no old key or reason.
[[nodiscard]] std::optional<SessionEvent> readEvent(QByteArrayView line);

} // namespace Sojourn
