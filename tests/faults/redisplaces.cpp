// SPDX-License-Identifier: MIT
#include "place.h"

#include <faultyproxy.h>
#include <rediscluster.h>
#include <sentinelset.h>

#include <Sojourn/CachingStore>
#include <Sojourn/RedisStore>

#include <utility>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

/// Acknowledged changes are on the disk, so that a restart loses none.
class OneServer
{
public:
    bool start()
    {
        if (!server.start())
            return false;
        proxy = std::make_unique<FaultyProxy>(server.port());
        return true;
    }
    QByteArray ask(const QByteArrayList &command) const { return server.ask(command); }
    std::shared_ptr<RedisStore> open() const
    {
        RedisOptions options;
        options.port = proxy->port();
        return std::make_shared<RedisStore>(options);
    }

    /// Has the server remove what was used least, until \a left of 100 keys are there.
    void evict(int left)
    {
        ask({"CONFIG", "SET", "maxmemory-policy", "allkeys-lru"});
        const auto keys = [this] { return number(ask({"DBSIZE"})); }; // every command makes room first
        const qint64 most = keys() * left / 100;
        for (qint64 before = -1, now = keys(); now > most && now != before; before = std::exchange(now, keys()))
            ask({"CONFIG", "SET", "maxmemory", most > 0 ? QByteArray::number(used() - 200) : "1"_ba});
        ask({"CONFIG", "SET", "maxmemory", "0"});
        ask({"CONFIG", "SET", "maxmemory-policy", "noeviction"});
    }

    RedisServer server{{u"--appendonly"_s, u"yes"_s, u"--appendfsync"_s, u"always"_s}};
    std::unique_ptr<FaultyProxy> proxy;

private:
    static qint64 number(const QByteArray &answer) { return answer.mid(1).trimmed().toLongLong(); }
    qint64 used() const
    {
        const QByteArray info = ask({"INFO", "memory"}), name = "used_memory:";
        return info.mid(info.indexOf(name) + name.size()).split('\r').first().toLongLong();
    }
};

std::vector<Fault> faultsOf(const std::shared_ptr<OneServer> &redis)
{
    const auto ask = [redis](const QByteArrayList &command) { redis->ask(command); };
    return {
        {u"store stalls"_s, [redis] { redis->server.stall(); }, [redis] { redis->server.proceed(); }},
        {u"connection cut"_s, [redis] { redis->proxy->cut(); }, [] {}},
        {u"store killed and started again"_s,
         [redis] {
             redis->server.kill();
             redis->server.start();
         },
         [] {}},
        {u"store killed, started after the answer"_s, [redis] { redis->server.kill(); }, [redis] { redis->server.start(); }},
        {u"right to write withdrawn"_s, [ask] { ask({"ACL", "SETUSER", "default", "-eval", "-evalsha"}); },
         [ask] { ask({"ACL", "SETUSER", "default", "+@all"}); }},
        {u"all rights withdrawn"_s, [ask] { ask({"ACL", "SETUSER", "default", "-@all", "+acl", "+ping"}); },
         [ask] { ask({"ACL", "SETUSER", "default", "+@all"}); }},
        {u"full (maxmemory)"_s, [ask] { ask({"CONFIG", "SET", "maxmemory", "1"}); },
         [ask] { ask({"CONFIG", "SET", "maxmemory", "0"}); }},
        {u"everything evicted (allkeys-lru)"_s, [redis] { redis->evict(0); }, [] {}, true},
        {u"half of the keys evicted (allkeys-lru)"_s, [redis] { redis->evict(50); }, [] {}, true},
    };
}

std::optional<Place> oneServer()
{
    auto redis = std::make_shared<OneServer>();
    if (!redis->start())
        return {};
    return Place{u"Redis"_s, [redis] { return redis->open(); }, faultsOf(redis), true, u"redis %1"_s.arg(redis->server.port())};
}

std::optional<Place> cached()
{
    auto redis = std::make_shared<OneServer>();
    if (!redis->start())
        return {};
    Place place{u"Redis behind a cache"_s, [redis] { return std::make_shared<CachingStore>(redis->open()); }, faultsOf(redis),
                true, u"cached %1"_s.arg(redis->server.port())};
    for (Fault &fault : place.faults)
        fault.isCostly = true; // without a cache they were tried at every step
    place.faults.push_back({u"events stay away"_s, [redis] { redis->proxy->mutesEvents = true; },
                            [redis] {
                                redis->proxy->mutesEvents = false;
                                redis->proxy->cut();
                            }});
    return place;
}

RedisOptions sentinelOptions(const QString &ports)
{
    RedisOptions options;
    options.masterName = u"shop"_s;
    for (const QString &port : ports.split(u','))
        options.sentinels.append({u"127.0.0.1"_s, port.toUShort()});
    return options;
}

/// Until the replicas have what was done: only what matters for safety waits for them of its own accord.
void waitForReplicas(const RedisServer &master)
{
    master.ask({"WAIT", "2", "500"});
}

int masterOf(const SentinelSet &set)
{
    int found = -1;
    if (!ServerProcess::soon([&] { return (found = set.master()) >= 0; }))
        qFatal("The servers of the test have no master.");
    return found;
}

std::optional<Place> sentinel()
{
    auto set = std::make_shared<SentinelSet>();
    if (!set->start())
        return {};
    QStringList ports;
    for (const SentinelServer &one : set->sentinels)
        ports += QString::number(one.port());
    const QString where = ports.join(u',');
    auto old = std::make_shared<int>(-1);
    const auto healed = [set, old] {
        ServerProcess::soon([&] { return set->isPromoted(*old); });
        set->heal();
        set->isWhole();
    };
    Place place{u"Sentinel"_s,
                [where] { return std::make_shared<RedisStore>(sentinelOptions(where)); },
                {},
                true,
                u"sentinel "_s + where};
    place.faults = {{u"master killed, failed over"_s,
                     [set, old] {
                         *old = masterOf(*set);
                         waitForReplicas(set->servers[*old]);
                         set->servers[*old].kill();
                     },
                     healed, false, true},
                    {u"master stands still, failed over"_s,
                     [set, old] {
                         *old = masterOf(*set);
                         waitForReplicas(set->servers[*old]);
                         set->stall(*old);
                     },
                     healed, false, true}};
    return place;
}

RedisOptions clusterOptions(const QString &ports)
{
    RedisOptions options;
    options.shards = 16;
    for (const QString &port : ports.split(u','))
        options.clusterNodes.append({u"127.0.0.1"_s, port.toUShort()});
    return options;
}

/// A cluster whose masters and replicas change places.
class SwappingCluster
{
public:
    bool start() { return m_cluster.start(); }
    QString ports() const { return u"%1,%2"_s.arg(m_cluster[0].port()).arg(m_cluster[1].port()); }

    void killMasters()
    {
        m_old = nodes("master");
        const QList<int> replicas = nodes("slave");
        for (const int master : m_old)
            m_cluster.isFollowed(master);
        for (const int master : m_old)
            m_cluster[master].kill();
        for (const int replica : replicas)
            m_cluster[replica].ask({"CLUSTER", "FAILOVER", "TAKEOVER"}); // nobody is left who could vote
    }
    void heal()
    {
        for (const int node : m_old) {
            if (m_cluster[node].ask({"PING"}).isEmpty())
                m_cluster.restart(node);
        }
        for (const int node : m_old)
            ServerProcess::soon([&] { return m_cluster[node].ask({"ROLE"}).contains("slave"); });
        for (const int node : m_old)
            m_cluster.follows(node);
    }

private:
    QList<int> nodes(const QByteArray &role) const
    {
        QList<int> found;
        for (int i = 0; i < m_cluster.count(); ++i) {
            if (m_cluster[i].ask({"ROLE"}).contains("\r\n" + role + "\r\n"))
                found += i;
        }
        return found;
    }

    RedisCluster m_cluster;
    QList<int> m_old;
};

std::optional<Place> cluster()
{
    auto servers = std::make_shared<SwappingCluster>();
    if (!servers->start())
        return {};
    const QString where = servers->ports();
    const auto healed = [servers] { servers->heal(); };
    Place place{
        u"Cluster"_s, [where] { return std::make_shared<RedisStore>(clusterOptions(where)); }, {}, true, u"cluster "_s + where};
    place.faults = {
        {u"masters killed, replicas take over"_s, [servers] { servers->killMasters(); }, healed, false, true},
    };
    return place;
}

} // namespace

std::vector<Place> redisPlaces(const std::function<bool(const QString &)> &isWanted)
{
    const std::pair<QString, std::function<std::optional<Place>()>> makers[] = {
        {u"Redis"_s, oneServer}, {u"Redis behind a cache"_s, cached}, {u"Sentinel"_s, sentinel}, {u"Cluster"_s, cluster}};
    std::vector<Place> places;
    if (RedisServer::program().isEmpty())
        return places;
    for (const auto &[name, make] : makers) {
        if (!isWanted(name))
            continue;
        auto place = make();
        if (!place)
            qFatal("A server of the test does not start.");
        places.push_back(std::move(*place));
    }
    return places;
}

std::shared_ptr<SessionStore> reopenRedis(const QString &kind, const QString &where)
{
    RedisOptions options;
    if (kind == u"sentinel"_s)
        options = sentinelOptions(where);
    else if (kind == u"cluster"_s)
        options = clusterOptions(where);
    else if (kind == u"redis"_s || kind == u"cached"_s)
        options.port = where.toUShort();
    else
        return nullptr;
    auto store = std::make_shared<RedisStore>(options);
    if (kind == u"cached"_s)
        return std::make_shared<CachingStore>(std::move(store));
    return store;
}
