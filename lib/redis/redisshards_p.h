// SPDX-License-Identifier: MIT
#pragma once

#include "redisstore.h"

#include <vector>

namespace Sojourn {

/// A key space of a store: what has this prefix, indexes and history of its sessions too, lies in one slot of a cluster.
struct RedisShard
{
    QByteArray prefix;
    QByteArray channel; ///< of its events; channels are the server's, so that the name tells one database from another
    quint16 slot = 0;

    /// The name of an index: first those that know sessions by user, \a user's own and one of all users, then those of all.
    [[nodiscard]] static QByteArray index(qsizetype number, const QByteArray &user = {});
    static constexpr qsizetype IndexesByUser = 4;
    static constexpr qsizetype AllIndexes = 8;
};

/// The key spaces of a store: one on a server, a power of two of them on a cluster. The first bits of a session's key say which
/// is its own; as keys are digests, all are equally full.
class RedisShards
{
public:
    static constexpr int Most = 1024;

    explicit RedisShards(const RedisOptions &options);

    [[nodiscard]] int count() const { return int(m_shards.size()); }
    [[nodiscard]] bool isOne() const { return count() == 1; }
    [[nodiscard]] const RedisShard &operator[](int number) const { return m_shards[size_t(number)]; }
    [[nodiscard]] auto begin() const { return m_shards.begin(); }
    [[nodiscard]] auto end() const { return m_shards.end(); }

    [[nodiscard]] int numberOf(const SessionKey &key) const;
    [[nodiscard]] const RedisShard &of(const SessionKey &key) const { return (*this)[numberOf(key)]; }
    /// The shards of keys whose text begins with \a keyPrefix: all of them, or a few.
    [[nodiscard]] std::vector<int> ofPrefix(QByteArrayView keyPrefix) const;

    /// The key that says how many there are.
    [[nodiscard]] QByteArray countKey() const { return '{' + m_prefix + "shards}"; }
    /// Where the shards are noted in which a user has sessions; its prefix is the key itself.
    [[nodiscard]] RedisShard home(QByteArrayView user) const;

    /// The slot of a cluster in which \a key lies.
    [[nodiscard]] static quint16 slotOf(QByteArrayView key);

private:
    QByteArray m_prefix;
    std::vector<RedisShard> m_shards;
    int m_bits = 0;
};

} // namespace Sojourn
