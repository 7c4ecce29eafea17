// SPDX-License-Identifier: MIT

// Prints how long each call of a store holds up a Redis with many sessions: how many scripts it takes and how much of the
// server's processor, the longest command by the server's own clock, and the longest wait of another client.

#include "../auto/shared/rediscluster.h"

#include <Sojourn/RedisStore>

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <stdexcept>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

template<class T>
T must(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().text.toStdString());
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

SessionKey freshKey()
{
    QByteArray bytes(32, '\0');
    QRandomGenerator::global()->fillRange(reinterpret_cast<quint32 *>(bytes.data()), 8);
    return *SessionKey::fromBytes(bytes);
}

SessionRecord recordOf(SessionStore &store, const QString &user, std::chrono::milliseconds life)
{
    SessionRecord record;
    record.key = freshKey();
    record.user = user;
    record.createdAt = record.lastSeenAt = record.idIssuedAt = store.now();
    record.expiresAt = record.createdAt + life + std::chrono::milliseconds(QRandomGenerator::global()->bounded(600'000));
    record.data.insert("visits", QByteArrayView("1"));
    record.updateCounts();
    return record;
}

void fill(RedisStore &store, qint64 count, const QString &user, std::chrono::milliseconds life)
{
    constexpr size_t atOnce = 1000;
    std::vector<Task<SessionInfo>> tasks;
    for (qint64 n = 0; n < count; ++n) {
        tasks.push_back(store.create(recordOf(store, user, life)));
        if (tasks.size() < atOnce && n + 1 < count)
            continue;
        for (auto &task : std::exchange(tasks, {}))
            must(store.waitFor(std::move(task)));
    }
}

/// Another client, who asks for nothing that costs anything.
class Watcher : public QThread
{
public:
    explicit Watcher(quint16 port) : m_port(port) { }
    ~Watcher() override
    {
        m_stops = true;
        wait();
    }
    /// The longest wait since the last call, in ms.
    double takeLongest() { return double(m_longest.exchange(0)) / 1e6; }

private:
    void run() override
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_port);
        socket.waitForConnected();
        QElapsedTimer timer;
        while (!m_stops) {
            timer.start();
            socket.write("PING\r\n");
            socket.waitForReadyRead();
            socket.readAll();
            m_longest = std::max<qint64>(m_longest, timer.nsecsElapsed());
            usleep(100);
        }
    }

    const quint16 m_port;
    std::atomic<bool> m_stops = false;
    std::atomic<qint64> m_longest = 0;
};

class Bench
{
public:
    explicit Bench(const RedisServer &server) : m_server(server), m_watcher(server.port())
    {
        m_server.ask({"CONFIG", "SET", "slowlog-log-slower-than", "200"});
        m_server.ask({"CONFIG", "SET", "slowlog-max-len", "1000000"});
        m_watcher.start();
        std::printf(
            "| call | takes, ms | scripts | CPU of the server, ms | longest command, ms | longest wait of another client, ms |\n"
            "|---|---|---|---|---|---|\n");
    }

    template<class Call>
    void measure(const char *name, Call call)
    {
        for (int n = 0; n < 2; ++n) // the log has the first one in it: that takes long where the log was
            m_server.ask({"SLOWLOG", "RESET"});
        const double scripts = number("commandstats", "cmdstat_evalsha:calls="), cpu = cpuSeconds();
        m_watcher.takeLongest();
        QElapsedTimer timer;
        timer.start();
        call();
        const double taken = double(timer.nsecsElapsed()) / 1e6;
        const double waited = m_watcher.takeLongest();
        const double cpuTaken = (cpuSeconds() - cpu) * 1000;
        const double scriptsTaken = number("commandstats", "cmdstat_evalsha:calls=") - scripts;
        std::printf("| %s | %.1f | %.0f | %.1f | %.2f | %.2f |\n", name, taken, scriptsTaken, cpuTaken, longestCommand(), waited);
        std::fflush(stdout);
    }

private:
    /// What INFO says behind \a name; 0 if nothing.
    double number(const QByteArray &section, const QByteArray &name) const
    {
        const QByteArray info = m_server.ask({"INFO", section});
        const qsizetype begin = info.indexOf(name) + name.size();
        const auto isDigit = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
        const auto end = std::find_if_not(info.begin() + begin, info.end(), isDigit);
        return begin < name.size() ? 0 : QByteArray(info.begin() + begin, end - (info.begin() + begin)).toDouble();
    }
    /// Of the thread that runs commands, with those of the other client.
    double cpuSeconds() const { return number("cpu", "used_cpu_user_main_thread:") + number("cpu", "used_cpu_sys_main_thread:"); }
    /// By SLOWLOG; 0 for less than 0.2 ms.
    double longestCommand() const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_server.port());
        socket.waitForConnected();
        socket.write("SLOWLOG GET 100000\r\n");
        QByteArray answer;
        while (socket.waitForReadyRead(500))
            answer += socket.readAll();
        static const QRegularExpression entry(u"\\*6\\r\\n:\\d+\\r\\n:\\d+\\r\\n:(\\d+)\\r\\n"_s);
        qint64 longest = 0;
        for (const auto &match : entry.globalMatch(QString::fromLatin1(answer)))
            longest = std::max(longest, match.captured(1).toLongLong());
        return double(longest) / 1000;
    }

    const RedisServer &m_server;
    Watcher m_watcher;
};

void measureAll(qint64 sessions)
{
    RedisServer server;
    if (RedisServer::program().isEmpty() || !server.start())
        throw std::runtime_error("redis-server did not start. Is it installed?");
    RedisOptions options;
    options.port = server.port();
    RedisStore store(options);
    store.setTimeout(60s);
    const qint64 part = sessions / 10;
    fill(store, sessions - 3 * part, {}, std::chrono::hours(24));
    for (const QString &user : {u"ann"_s, u"bob"_s})
        fill(store, part, user, std::chrono::hours(24));
    {
        RedisStore before(options); // an hour ago
        before.setTimeout(60s);
        before.setClock([&store] { return store.now() - std::chrono::hours(1); });
        fill(before, part, {}, std::chrono::minutes(20));
    }
    std::printf("%lld sessions, of them %lld of each of two users and %lld that have expired and were not swept\n\n",
                static_cast<long long>(sessions), static_cast<long long>(part), static_cast<long long>(part));
    Bench bench(server);
    const auto list = [&](const SessionQuery &query) { return must(store.waitFor(store.list(query))); };
    bench.measure("count", [&] { must(store.waitFor(store.count())); });
    const std::pair<SessionQuery::Order, const char *> orders[] = {{SessionQuery::ByExpiry, "expiry"},
                                                                   {SessionQuery::ByCreated, "creation"},
                                                                   {SessionQuery::ByLastSeen, "last visit"},
                                                                   {SessionQuery::ByUser, "user"}};
    for (const auto &[order, name] : orders) {
        SessionQuery query;
        query.order = order;
        bench.measure((QByteArray("list by ") + name + ", first page").constData(), [&] { list(query); });
        query.offset = sessions / 2;
        bench.measure((QByteArray("list by ") + name + ", from the middle").constData(), [&] { list(query); });
        query.offset = sessions - part - 100;
        query.descending = true;
        bench.measure((QByteArray("list by ") + name + ", at the end").constData(), [&] { list(query); });
    }
    SessionQuery ofUser;
    ofUser.user = u"ann"_s;
    ofUser.offset = part / 2;
    bench.measure("list of the user, from the middle", [&] { list(ofUser); });
    SessionQuery prefix;
    prefix.keyPrefix = "a";
    bench.measure("search by one letter of the key", [&] { list(prefix); });
    prefix.keyPrefix = freshKey().toLatin1().first(6);
    bench.measure("search by six letters", [&] { list(prefix); });
    bench.measure("history", [&] { must(store.waitFor(store.history({}))); });
    HistoryQuery nobody;
    nobody.user = u"cleo"_s;
    bench.measure("history of a user who has none", [&] { must(store.waitFor(store.history(nobody))); });
    const auto logIn = [&](const UserCap &cap) {
        return store.waitFor(store.create(recordOf(store, u"bob"_s, std::chrono::hours(24)), cap));
    };
    bench.measure("log-in that a cap of 3 refuses", [&] { (void)logIn({3, UserCap::Refuse}); });
    const int most = int(part);
    bench.measure("log-in that a cap of half of the user's refuses", [&] { (void)logIn({most / 2, UserCap::Refuse}); });
    bench.measure("log-in that ends 10", [&] { must(logIn({most - 9, UserCap::Evict})); });
    bench.measure("log-in that ends half of them", [&] { must(logIn({most / 2, UserCap::Evict})); });
    bench.measure("log-in that ends all but 3", [&] { must(logIn({3, UserCap::Evict})); });
    bench.measure("sweep, 1,000", [&] { must(store.waitFor(store.removeExpired(1000))); });
    bench.measure("sweep, the rest", [&] { must(store.waitFor(store.removeExpired(int(part)))); });
    bench.measure("log the user out everywhere",
                  [&] { must(store.waitFor(store.removeUser(u"ann"_s, {}, SessionStore::Removal::User))); });
}

/// What a person waits for who scrolls: a page from anywhere.
void measureJumps(qint64 sessions)
{
    RedisCluster cluster;
    if (RedisServer::program().isEmpty() || !cluster.start())
        throw std::runtime_error("The servers of the cluster did not start. Is redis-server installed?");
    RedisOptions options;
    for (int i = 0; i < cluster.masters(); ++i)
        options.clusterNodes.append({u"127.0.0.1"_s, cluster[i].port()});
    options.shards = 256;
    RedisStore store(options);
    store.setTimeout(60s);
    fill(store, sessions, {}, std::chrono::hours(24));
    std::printf("%lld sessions in %d shards of a cluster of %d masters with a replica each; pages of 100 rows\n\n"
                "| call | median, ms | longest, ms |\n|---|---|---|\n",
                static_cast<long long>(sessions), options.shards, cluster.masters());
    const auto measure = [](const char *name, int times, auto call) {
        std::vector<double> taken;
        for (int n = 0; n < times; ++n) {
            QElapsedTimer timer;
            timer.start();
            call();
            taken.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        std::ranges::sort(taken);
        std::printf("| %s | %.1f | %.1f |\n", name, taken[taken.size() / 2], taken.back());
        std::fflush(stdout);
    };
    const auto list = [&](SessionQuery::Order order, qint64 offset) {
        SessionQuery query;
        query.order = order;
        query.offset = offset;
        must(store.waitFor(store.list(query)));
    };
    const auto anywhere = [&] { return qint64(QRandomGenerator::global()->bounded(quint64(sessions))); };
    measure("count", 20, [&] { must(store.waitFor(store.count())); });
    measure("first page", 20, [&] { list(SessionQuery::ByExpiry, 0); });
    measure("jump, by expiry", 20, [&] { list(SessionQuery::ByExpiry, anywhere()); });
    measure("jump, by creation", 20, [&] { list(SessionQuery::ByCreated, anywhere()); });
    measure("jump, by user", 20, [&] { list(SessionQuery::ByUser, anywhere()); });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures how long calls of a store hold up a Redis with many sessions."_s);
    parser.addHelpOption();
    parser.addOption({u"cluster"_s, u"Measures how long jumps in the list of a cluster take instead."_s});
    parser.addOption({u"sessions"_s, u"How many there are."_s, u"N"_s, u"1000000"_s});
    parser.process(application);
    try {
        const qint64 sessions = parser.value(u"sessions"_s).toLongLong();
        if (parser.isSet(u"cluster"_s))
            measureJumps(sessions);
        else
            measureAll(sessions);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "sojourn-bench-redis: %s\n", error.what());
        return 1;
    }
    return 0;
}
