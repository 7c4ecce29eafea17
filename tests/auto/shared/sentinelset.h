// SPDX-License-Identifier: MIT
#pragma once

#include "redisserver.h"

#include <QtCore/QFile>

#include <algorithm>
#include <array>
#include <memory>

/// A sentinel that watches one master, on a free port.
class SentinelServer : public ServerProcess
{
public:
    explicit SentinelServer(const TlsFiles *tls = nullptr) : m_tls(tls), m_tlsPort(tls ? freePort() : 0) { }
    /// Where clients and other sentinels are to reach it.
    quint16 servedPort() const { return m_tlsPort ? m_tlsPort : port(); }
    bool start(quint16 master)
    {
        const QString path = m_folder.filePath(QStringLiteral("sentinel.conf"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return false;
        const QByteArray name = "shop";
        file.write("port " + QByteArray::number(port()) + "\nbind 127.0.0.1\ndir " + QFile::encodeName(m_folder.path())
                   + "\nsentinel monitor " + name + " 127.0.0.1 " + QByteArray::number(master)
                   + " 2\nsentinel down-after-milliseconds " + name + " 1000\nsentinel failover-timeout " + name
                   + " 1500\nsentinel parallel-syncs " + name + " 2\n");
        for (const QStringList &setting : m_tls ? m_tls->settings(m_tlsPort) : QList<QStringList>())
            file.write(setting.join(QLatin1Char(' ')).toUtf8() + '\n');
        file.close();
        return restart();
    }
    /// As it was ended; it knows what it knew then.
    bool restart()
    {
        return run(RedisServer::program(), {m_folder.filePath(QStringLiteral("sentinel.conf")), QStringLiteral("--sentinel")})
            && isReadySoon();
    }

private:
    const TlsFiles *const m_tls;
    const quint16 m_tlsPort;
};

/// A master with two replicas, and three sentinels that watch it under the name "shop".
class SentinelSet
{
public:
    static constexpr int Servers = 3;

    explicit SentinelSet(const TlsFiles *tls = nullptr)
        : servers{RedisServer(options(), tls), RedisServer(options(), tls), RedisServer(options(), tls)},
          sentinels{SentinelServer(tls), SentinelServer(tls), SentinelServer(tls)},
          m_isEncrypted(tls)
    { }

    std::array<RedisServer, Servers> servers;
    std::array<SentinelServer, 3> sentinels;

    /// The URL of a store of the master that they watch.
    QString url() const
    {
        QStringList hosts;
        for (const SentinelServer &sentinel : sentinels)
            hosts.append(QStringLiteral("127.0.0.1:%1").arg(sentinel.servedPort()));
        return QStringLiteral("%1+sentinel://%2/shop")
            .arg(m_isEncrypted ? QStringLiteral("rediss") : QStringLiteral("redis"), hosts.join(u','));
    }

    /// \return whether all know each other.
    bool start()
    {
        for (RedisServer &server : servers) {
            if (!server.start())
                return false;
        }
        for (int i = 1; i < Servers; ++i)
            follow(i, servers[0].servedPort());
        if (!ServerProcess::soon([this] { return servers[0].ask({"ROLE"}).count("127.0.0.1") == 2; }))
            return false;
        for (SentinelServer &sentinel : sentinels) {
            if (!sentinel.start(servers[0].servedPort()))
                return false;
        }
        return isWhole();
    }
    /// Waits until each sentinel knows the others and two replicas.
    bool isWhole()
    {
        return ServerProcess::soon([this] {
            for (const SentinelServer &sentinel : sentinels) {
                const QByteArray master = sentinel.ask({"SENTINEL", "MASTER", "shop"});
                for (const char *name : {"num-other-sentinels", "num-slaves"}) {
                    if (!master.contains(name + QByteArray("\r\n$1\r\n2\r\n")))
                        return false;
                }
            }
            return true;
        });
    }

    /// The index of the server that calls itself master; -1 if there is none, or not exactly one.
    int master() const
    {
        int found = -1;
        for (int i = 0; i < Servers; ++i) {
            if (!isStalled[i] && servers[i].ask({"ROLE"}).contains("\r\nmaster\r\n")) {
                if (found >= 0)
                    return -1;
                found = i;
            }
        }
        return found;
    }
    /// Whether a sentinel names another master than this.
    bool isPromoted(int old) const
    {
        const QByteArray port = QByteArray::number(servers[old].servedPort());
        return std::any_of(sentinels.begin(), sentinels.end(), [&port](const SentinelServer &sentinel) {
            const QByteArray named = sentinel.ask({"SENTINEL", "GET-MASTER-ADDR-BY-NAME", "shop"});
            return !named.isEmpty() && !named.contains(port);
        });
    }
    RedisServer &masterServer() { return servers[master()]; }
    void stall(int i)
    {
        isStalled[i] = true;
        servers[i].stall();
    }
    void proceed(int i)
    {
        servers[i].proceed();
        isStalled[i] = false;
    }
    /// Has the sentinels watch this server as the master from now on.
    bool watch(int i)
    {
        const QByteArray port = QByteArray::number(servers[i].servedPort());
        for (int other = 0; other < Servers; ++other) {
            if (other != i)
                follow(other, servers[i].servedPort());
        }
        for (SentinelServer &sentinel : sentinels) {
            sentinel.ask({"SENTINEL", "REMOVE", "shop"});
            sentinel.ask({"SENTINEL", "MONITOR", "shop", "127.0.0.1", port, "2"});
            sentinel.ask({"SENTINEL", "SET", "shop", "down-after-milliseconds", "1000", "failover-timeout", "1500",
                          "parallel-syncs", "2"});
        }
        return isWhole();
    }
    void follow(int i, quint16 port) { servers[i].ask({"REPLICAOF", "127.0.0.1", QByteArray::number(port)}); }

    /// Starts what was killed, as replicas, and waits until the master that the sentinels name has two.
    bool heal()
    {
        for (int i = 0; i < Servers; ++i) {
            if (isStalled[i])
                proceed(i);
        }
        for (SentinelServer &sentinel : sentinels) {
            if (sentinel.ask({"PING"}).isEmpty() && !sentinel.restart())
                return false;
        }
        // A server that comes back empty must not lead: one of the living is the master first.
        if (!ServerProcess::soon([this] { return master() >= 0; }))
            return false;
        const int leader = master();
        for (int i = 0; i < Servers; ++i) {
            if (i == leader || !servers[i].ask({"PING"}).isEmpty())
                continue;
            if (!servers[i].start())
                return false;
            follow(i, servers[leader].servedPort());
        }
        // The sentinels may choose another one meanwhile, and would see to those that follow the one before only much later.
        return ServerProcess::soon([this] {
            const int now = named();
            if (now < 0 || !servers[now].ask({"ROLE"}).contains("\r\nmaster\r\n"))
                return false;
            const quint16 port = servers[now].servedPort();
            for (int i = 0; i < Servers; ++i) {
                if (i != now && !servers[i].ask({"ROLE"}).contains("\r\n:" + QByteArray::number(port) + "\r\n"))
                    follow(i, port);
            }
            return servers[now].ask({"ROLE"}).count("127.0.0.1") == 2;
        });
    }

private:
    /// The index of the server that all sentinels name as the master; -1 if they do not agree.
    int named() const
    {
        const auto isNamed = [this](int i) {
            const QByteArray port = QByteArray::number(servers[i].servedPort());
            return std::all_of(sentinels.begin(), sentinels.end(), [&port](const SentinelServer &sentinel) {
                return sentinel.ask({"SENTINEL", "GET-MASTER-ADDR-BY-NAME", "shop"}).contains("\r\n" + port + "\r\n");
            });
        };
        for (int i = 0; i < Servers; ++i) {
            if (isNamed(i))
                return i;
        }
        return -1;
    }
    static QStringList options()
    {
        return {QStringLiteral("--repl-diskless-sync-delay"), QStringLiteral("0"), QStringLiteral("--repl-ping-replica-period"),
                QStringLiteral("1")};
    }

    const bool m_isEncrypted;
    std::array<bool, Servers> isStalled{};
};
