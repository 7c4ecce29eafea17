// SPDX-License-Identifier: MIT
#pragma once

#include "redisserver.h"

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <memory>
#include <vector>

/// A cluster of masters with a replica each, for one test program.
class RedisCluster
{
public:
    explicit RedisCluster(int masters = 3, const TlsFiles *tls = nullptr) : m_masters(masters), m_isEncrypted(tls)
    {
        for (int i = 0; i < 2 * masters; ++i)
            m_busPorts.append(RedisServer::freePort());
        for (int i = 0; i < 2 * masters; ++i)
            m_nodes.push_back(std::make_unique<RedisServer>(options(m_busPorts[i], tls), tls));
    }

    int masters() const { return m_masters; }
    /// The first ones are masters at the start, the others their replicas in the same order.
    RedisServer &operator[](int number) const { return *m_nodes[size_t(number)]; }
    int count() const { return int(m_nodes.size()); }

    /// The URL of a store that knows the masters.
    QString url() const
    {
        QStringList hosts;
        for (int i = 0; i < m_masters; ++i)
            hosts.append(QStringLiteral("127.0.0.1:%1").arg((*this)[i].servedPort()));
        return (m_isEncrypted ? QStringLiteral("rediss+cluster://") : QStringLiteral("redis+cluster://")) + hosts.join(u',');
    }

    bool start()
    {
        for (const auto &node : m_nodes)
            node->start(false);
        for (int i = 0; i < count(); ++i) {
            if (!ServerProcess::soon([&] { return (*this)[i].ask({"PING"}).contains("PONG"); }))
                return false;
            (*this)[i].ask({"CLUSTER", "SET-CONFIG-EPOCH", QByteArray::number(i + 1)});
        }
        for (int i = 0; i < m_masters; ++i)
            (*this)[i].ask({"CLUSTER", "ADDSLOTSRANGE", QByteArray::number(16384 * i / m_masters),
                            QByteArray::number(16384 * (i + 1) / m_masters - 1)});
        const auto knows = [this](int i, const QByteArray &text) { return (*this)[i].ask({"CLUSTER", "INFO"}).contains(text); };
        const QByteArray all = "cluster_known_nodes:" + QByteArray::number(count());
        // A node that was too busy for the handshake is forgotten: it is introduced again.
        if (!ServerProcess::soon([&] {
                for (int i = 1; i < count() && !knows(0, all); ++i)
                    (*this)[0].ask({"CLUSTER", "MEET", "127.0.0.1", QByteArray::number((*this)[i].servedPort()),
                                    QByteArray::number(m_busPorts[i])});
                return ServerProcess::soon([&] { return knows(0, all) && isIntroduced(); }, 5000);
            }))
            return false;
        for (int i = 0; i < count(); ++i) {
            if (!ServerProcess::soon([&] { return knows(i, "cluster_state:ok") && knows(i, all); }))
                return false;
        }
        for (int i = m_masters; i < count(); ++i) {
            const QByteArray master = id(i - m_masters);
            if (!ServerProcess::soon([&] { return (*this)[i].ask({"CLUSTER", "REPLICATE", master}).contains("OK"); }))
                return false;
        }
        for (int i = m_masters; i < count(); ++i) {
            if (!follows(i))
                return false;
        }
        // A master counts a replica only once it has heard from it, which may be a second later.
        for (int i = 0; i < m_masters && m_masters + i < count(); ++i) {
            if (!ServerProcess::soon([&] { return (*this)[i].ask({"INFO", "replication"}).contains("state=online"); }))
                return false;
        }
        const QByteArray size = "cluster_size:" + QByteArray::number(m_masters);
        if (!ServerProcess::soon([&] { return knows(0, size) && isMapped(); }))
            return false;
        // Not before: while they get to know each other, a busy machine must not make them take each other for dead.
        return std::ranges::all_of(m_nodes, [](const auto &node) { return hurry(*node); });
    }
    /// Starts a node that was killed. It has to be as quick as the others: a dead master is replaced when most masters miss it.
    bool restart(int number) const { return (*this)[number].start() && hurry((*this)[number]); }

    /// Waits until node \a number follows a master.
    bool follows(int number) const
    {
        return ServerProcess::soon([&] {
            return (*this)[number].ask({"INFO", "replication"}).contains("master_link_status:up");
        });
    }
    /// Waits until a replica has all that master \a number has.
    bool isFollowed(int number) const
    {
        return ServerProcess::soon([&] { return (*this)[number].ask({"WAIT", "1", "1000"}).startsWith(":1"); });
    }

    QByteArray id(int number) const { return (*this)[number].ask({"CLUSTER", "MYID"}).split('\n').value(1).trimmed(); }

    /// The answer of the node to which the command belongs.
    QByteArray ask(const QByteArrayList &command) const
    {
        QByteArray answer;
        for (const auto &node : m_nodes) {
            answer = node->ask(command);
            if (!answer.isEmpty() && !answer.startsWith("-MOVED"))
                return answer;
        }
        return answer;
    }

    /// Moves a slot to another master, as redis-cli does. \return whether that went well.
    bool move(int slot, int from, int to) const
    {
        const QByteArray number = QByteArray::number(slot);
        (*this)[to].ask({"CLUSTER", "SETSLOT", number, "IMPORTING", id(from)});
        (*this)[from].ask({"CLUSTER", "SETSLOT", number, "MIGRATING", id(to)});
        for (;;) {
            QByteArrayList command = {"MIGRATE", "127.0.0.1", QByteArray::number((*this)[to].servedPort()), "", "0",
                                      "5000",    "KEYS"};
            const QByteArrayList keys = keysIn((*this)[from].ask({"CLUSTER", "GETKEYSINSLOT", number, "20"}));
            if (keys.isEmpty())
                break;
            if (!(*this)[from].ask(command + keys).startsWith("+"))
                return false;
        }
        const QByteArray owner = id(to);
        bool done = true;
        for (int i : {to, from})
            done = done && (*this)[i].ask({"CLUSTER", "SETSLOT", number, "NODE", owner}).startsWith("+OK");
        // A node that moves slots on before it has heard of this takes an epoch that is too low: then nobody claims the slot.
        done = done && ServerProcess::soon([this] { return mastersAgree(); });
        return done;
    }

    /// Whether every master has heard of the newest change.
    bool mastersAgree() const
    {
        QByteArray first;
        for (int i = 0; i < m_masters; ++i) {
            const QByteArray info = (*this)[i].ask({"CLUSTER", "INFO"});
            const qsizetype at = info.indexOf("cluster_current_epoch:");
            const QByteArray epoch = at < 0 ? QByteArray() : info.sliced(at, info.indexOf('\r', at) - at);
            if (epoch.isEmpty() || (i > 0 && epoch != first))
                return false;
            first = epoch;
        }
        return true;
    }

private:
    static bool hurry(const RedisServer &node)
    {
        return node.ask({"CONFIG", "SET", "cluster-node-timeout", "2000"}).startsWith("+OK");
    }
    static QStringList options(quint16 busPort, const TlsFiles *tls)
    {
        const QStringList encryption = tls ? QStringList{QStringLiteral("--tls-cluster"), QStringLiteral("yes")} : QStringList();
        return encryption
             + QStringLiteral("--cluster-enabled yes --cluster-config-file nodes.conf --cluster-node-timeout 15000 "
                              "--cluster-require-full-coverage no --cluster-replica-validity-factor 0 "
                              "--repl-diskless-sync-delay 0 --appendonly no --cluster-port %1")
                   .arg(busPort)
                   .split(QLatin1Char(' '));
    }
    bool isIntroduced() const
    {
        const QByteArray nodes = (*this)[0].ask({"CLUSTER", "NODES"});
        return !nodes.isEmpty() && !nodes.contains("handshake");
    }
    bool isMapped() const
    {
        for (int i = 0; i < count(); ++i) {
            const QByteArray nodes = (*this)[i].ask({"CLUSTER", "NODES"});
            if (nodes.count("slave") != m_masters)
                return false;
        }
        return true;
    }
    static QByteArrayList keysIn(const QByteArray &answer)
    {
        QByteArrayList keys;
        qsizetype at = answer.indexOf('$');
        while (at >= 0) {
            const qsizetype end = answer.indexOf("\r\n", at);
            const qsizetype size = answer.sliced(at + 1, end - at - 1).toLongLong();
            keys.append(answer.sliced(end + 2, size));
            at = answer.indexOf('$', end + 2 + size);
        }
        return keys;
    }

    const int m_masters;
    const bool m_isEncrypted;
    QList<quint16> m_busPorts;
    std::vector<std::unique_ptr<RedisServer>> m_nodes;
};
