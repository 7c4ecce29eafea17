// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>
#include <Sojourn/LiveTls>
#include <Sojourn/sojournstores_export.h>

#include <QtCore/QList>

#include <optional>

namespace Sojourn {

/// What a store URL says, checked and decoded.
struct SOJOURN_STORES_EXPORT StoreUrl
{
    enum Scheme { Memory, Sqlite, Redis, RedisUnix, RedisSentinel, RedisCluster, Live, LiveTls };

    /// Where a server listens.
    struct Server
    {
        QString host; ///< an IPv6 address without its brackets
        quint16 port = 0;

        friend bool operator==(const Server &a, const Server &b) = default;
    };

    Scheme scheme = Memory;
    QString path = {};               ///< Sqlite: the file; RedisUnix: the socket; Live: the application's name
    bool synchronousFull = false;    ///< Sqlite
    bool tls = false;                ///< Redis, and the rest too
    QString host = {};               ///< an IPv6 address without its brackets
    quint16 port = 6379;
    QList<Server> servers = {};      ///< RedisSentinel: the sentinels, RedisCluster: nodes, in place of host and port
    QString master = {};             ///< RedisSentinel: the name by which they know it
    int database = 0;
    QString user = {};
    std::optional<QString> password = {};
    std::optional<QString> prefix = {};
    std::optional<int> wait = {};    ///< RedisSentinel, RedisCluster: for how many replicas
    int shards = 256;                ///< RedisCluster
    QString sentinelUser = {};
    QString sentinelPassword = {};
    LiveTlsAddress application = {}; ///< LiveTls
    QString display = {};            ///< the URL without its passwords, otherwise as it was written

    /// The error names the part of \a url that is wrong and what is allowed there. It quotes nothing that may be a part of a
    /// password.
    [[nodiscard]] static Result<StoreUrl> parse(const QString &url);

    friend bool operator==(const StoreUrl &a, const StoreUrl &b) = default;
};

} // namespace Sojourn
