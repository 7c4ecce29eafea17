// SPDX-License-Identifier: MIT
#include "stores.h"

#include "storeurl_p.h"

#include <Sojourn/LiveStore>
#include <Sojourn/MemoryStore>
#include <Sojourn/ReadOnlyStore>
#include <Sojourn/serveraddress_p.h>
#ifdef SOJOURN_HAVE_REDIS
#include <Sojourn/RedisStore>
#include <Sojourn/redisaddress_p.h>
#endif
#ifdef SOJOURN_HAVE_SQLITE
#include <Sojourn/SqliteStore>
#endif

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

#ifdef SOJOURN_HAVE_REDIS
Result<std::shared_ptr<SessionStore>> redisStore(const StoreUrl &url, const StoreOptions &options)
{
    RedisOptions redis;
    redis.host = url.host;
    redis.port = url.port;
    redis.socketPath = url.path;
    const bool isCluster = url.scheme == StoreUrl::RedisCluster;
    for (const StoreUrl::Server &server : url.servers)
        (isCluster ? redis.clusterNodes : redis.sentinels).append({server.host, server.port});
    redis.shards = isCluster ? url.shards : 1;
    redis.masterName = url.master;
    redis.sentinelUser = url.sentinelUser;
    redis.sentinelPassword = url.sentinelPassword;
    redis.replicasToWaitFor = url.wait;
    redis.user = url.user;
    redis.password = url.password ? *url.password : options.password.value_or(QString());
    redis.database = url.database;
    redis.prefix = url.prefix ? url.prefix->toUtf8() : redis.prefix;
    redis.tls = url.tls;
    redis.readOnly = options.readOnly;
    auto store = std::make_shared<RedisStore>(redis);
    if (url.tls) {
        // A build without TLS says so at once; better here than at the first request.
        Task<qint64> probe = store->count();
        const auto answer = probe.isFinished() ? probe.takeResult() : Result<qint64>(0);
        if (!answer && answer.error() == Error::Unsupported)
            return std::unexpected(answer.error());
    }
    return store;
}
#endif

Result<std::shared_ptr<SessionStore>> openStore(const StoreUrl &url, const StoreOptions &options)
{
    switch (url.scheme) {
    case StoreUrl::Memory:
        return std::make_shared<MemoryStore>();
#ifdef SOJOURN_HAVE_SQLITE
    case StoreUrl::Sqlite: {
        SqliteOptions sqlite;
        sqlite.synchronous = url.synchronousFull ? SqliteOptions::Full : SqliteOptions::Normal;
        sqlite.create = options.create;
        sqlite.readOnly = options.readOnly;
        return std::make_shared<SqliteStore>(url.path, sqlite);
    }
#endif
#ifdef SOJOURN_HAVE_REDIS
    case StoreUrl::Redis:
    case StoreUrl::RedisUnix:
    case StoreUrl::RedisSentinel:
    case StoreUrl::RedisCluster:
        return redisStore(url, options);
#endif
    case StoreUrl::Live:
        return std::make_shared<LiveStore>(url.path);
    case StoreUrl::LiveTls: {
        LiveTlsAddress application = url.application;
        if (application.token.isEmpty() && application.tokenFile.isEmpty())
            application.token = options.password.value_or(QString());
        return std::make_shared<LiveStore>(application);
    }
    default:
        return failure(Error::Unsupported,
                       Error::tr("This build of Sojourn was made without the store that the store URL names."));
    }
}

} // namespace

Result<std::shared_ptr<SessionStore>> storeFromUrl(const QString &url, const StoreOptions &options)
{
    const auto parsed = StoreUrl::parse(url);
    if (!parsed)
        return std::unexpected(parsed.error());
    auto store = openStore(*parsed, options);
    if (store && options.readOnly)
        return std::make_shared<ReadOnlyStore>(*std::move(store));
    return store;
}

QString displayUrl(const QString &url)
{
    const auto parsed = StoreUrl::parse(url);
    return parsed ? parsed->display : url.left(url.indexOf(u':') + 1) + u'…';
}

/// Where \a path leads, through symbolic links; of a file that does not exist yet, in its folder.
static QString realPath(const QString &path)
{
    const QFileInfo file(path);
    if (const QString real = file.canonicalFilePath(); !real.isEmpty())
        return real;
    const QString folder = QFileInfo(file.absolutePath()).canonicalFilePath();
    return folder.isEmpty() ? QDir::cleanPath(file.absoluteFilePath()) : QDir(folder).filePath(file.fileName());
}

#ifdef SOJOURN_HAVE_REDIS
static QString placeOf(const StoreUrl &url)
{
    return placeInServer(url.database, url.prefix.value_or(QString::fromUtf8(RedisOptions().prefix)));
}
#endif

QString storeAddress(const QString &url)
{
    const auto parsed = StoreUrl::parse(url);
    if (!parsed)
        return displayUrl(url);
    switch (parsed->scheme) {
    case StoreUrl::Memory:
        break;
    case StoreUrl::Live:
        return u"live:"_s + parsed->path;
    case StoreUrl::LiveTls:
        return u"live+tls://"_s + serverAddress(parsed->host, parsed->port);
    case StoreUrl::Sqlite:
        return u"sqlite:"_s + realPath(parsed->path);
    case StoreUrl::RedisUnix:
        return u"redis+unix:"_s + realPath(parsed->path);
#ifdef SOJOURN_HAVE_REDIS
    case StoreUrl::Redis:
        return u"redis://%1/%2"_s.arg(serverAddress(parsed->host, parsed->port), placeOf(*parsed));
    case StoreUrl::RedisCluster:
    case StoreUrl::RedisSentinel: {
        QStringList servers;
        for (const StoreUrl::Server &server : std::as_const(parsed->servers))
            servers.append(serverAddress(server.host, server.port));
        servers.sort();
        if (parsed->scheme == StoreUrl::RedisCluster)
            return u"redis+cluster://%1/%2"_s.arg(servers.join(u','), placeOf(*parsed));
        return u"redis+sentinel://%1/%2/%3"_s.arg(servers.join(u','), parsed->master, placeOf(*parsed));
    }
#endif
    default:
        return displayUrl(url);
    }
    return u"memory:"_s;
}

} // namespace Sojourn
