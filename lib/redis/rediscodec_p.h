// SPDX-License-Identifier: MIT
#pragma once

#include "rediscommand_p.h"
#include "redisreply_p.h"

#include <Sojourn/SessionChange>
#include <Sojourn/SessionEvent>

#include <array>

namespace Sojourn {

// How records, changes and events are written for the scripts, and read as the scripts write them. scripts/common.lua says
// under which keys.

/// Milliseconds since 1970.
[[nodiscard]] inline qint64 toNumber(TimePoint time)
{
    return time.time_since_epoch().count();
}

/// Adds limit and policy, two empty ones for no cap.
void addCap(RedisCommand &command, const std::optional<UserCap> &cap);
/// The fields meta and times.
/// @{
[[nodiscard]] QByteArray metaField(const SessionInfo &info);
[[nodiscard]] QByteArray timesField(const SessionInfo &info);
/// @}
/// The field expiry, empty for none.
[[nodiscard]] QByteArray expiryField(const std::optional<Expiry> &expiry);
/// Reason and author of an event in a word of its text, "-" for none.
[[nodiscard]] QByteArray causeWord(const SessionEvent &event);
/// Adds type, name and reason of the event of a removal.
void addRemoval(RedisCommand &command, const SessionEvent &event);
/// What readEvent() reads.
[[nodiscard]] QByteArray eventText(const SessionEvent &event);

/// The fields of a hash that SessionInfo is made of.
struct InfoFields
{
    static constexpr std::array<QByteArrayView, 5> Names = {"meta", "times", "user", "expiry", "visit"};

    QByteArrayView meta, times, user, expiry, visit;

    /// Those that stand in \a reply from \a first on, in the order of Names.
    [[nodiscard]] static InfoFields at(const RedisReply &reply, qsizetype first);
};

/// Nothing if they cannot be decoded.
[[nodiscard]] std::optional<SessionInfo> readInfo(const SessionKey &key, const InfoFields &fields);
/// Whether a field meta that cannot be decoded is of a newer program.
[[nodiscard]] bool isNewerFormat(QByteArrayView meta);
/// The entry of a record in the index i:users.
[[nodiscard]] QByteArray userMember(const SessionInfo &info);
/// Reads all fields of a hash, names and values in turn; nothing if they cannot be decoded. \a infoFields gets those of the info.
[[nodiscard]] std::optional<SessionRecord> readRecord(const SessionKey &key, const RedisReply &fields, InfoFields &infoFields);
/// The value of \a name in such a reply.
[[nodiscard]] QByteArrayView fieldOf(const RedisReply &fields, QByteArrayView name);
/// "TYPE AT VERSION KEY OLDKEY REASON USER", with "-" for no old key or reason.
[[nodiscard]] std::optional<SessionEvent> readEvent(QByteArrayView line);

using RedisStreamId = std::pair<quint64, quint64>;
/// Reads "1732260000000-0". Zeros for what is no stream id.
[[nodiscard]] RedisStreamId readStreamId(QByteArrayView id);

} // namespace Sojourn
