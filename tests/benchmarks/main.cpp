// SPDX-License-Identifier: MIT

// Prints what sessions cost: the demo's /read and /visit beside its /bare, measured in turn on this machine.

#include "load.h"

#include "../auto/demo/demoprocess.h"
#include "../auto/shared/rediscluster.h"
#include "../auto/shared/sentinelset.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QJsonDocument>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

#include <cstdio>
#include <map>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace {

struct Plan
{
    int rounds;
    int seconds;
};

struct Answer
{
    QByteArray body;
    QByteArray cookie;
};

Answer get(const DemoProcess &demo, const QString &path)
{
    QNetworkAccessManager manager;
    QNetworkReply *reply = manager.get(QNetworkRequest(demo.url().resolved(QUrl(path))));
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return {reply->readAll(), reply->rawHeader("Set-Cookie").split(';').constFirst()};
}

qint64 sessionsCreated(const DemoProcess &demo)
{
    return QJsonDocument::fromJson(get(demo, u"api/metrics"_s).body)[u"created"_s].toInteger();
}

/// Each round is compared with the bare one beside it, which saw the same machine; the medians are printed.
void printRow(const QString &name, const QString &path, const QList<Load> &loads, const QList<Load> &bare)
{
    QList<double> rate, ratio, cpu, cpuRatio, added;
    for (qsizetype round = 0; round < loads.size(); ++round) {
        const Load &with = loads[round], &without = bare[round];
        rate << with.perSecond;
        ratio << with.perSecond / without.perSecond;
        cpu << with.cpu;
        cpuRatio << without.cpu / with.cpu;
        added << with.cpu - without.cpu;
    }
    std::printf("| %s | /%s | %.0f | %.2f | %.1f | %.2f | %.1f |\n", qPrintable(name), qPrintable(path), median(rate),
                median(ratio), median(cpu), median(cpuRatio), median(added));
    std::fflush(stdout);
}

/// /bare, /read and /visit in turn, so that whatever else this machine does hits all alike.
void measureSessions(const QString &name, const QStringList &options, Plan plan)
{
    const DemoProcess demo(options);
    const QByteArray cookie = get(demo, u"visit"_s).cookie;
    std::map<QString, QList<Load>> loads;
    for (int round = 0; round < plan.rounds; ++round) {
        for (const QString &path : {u"bare"_s, u"read"_s, u"visit"_s})
            loads[path] << runLoad(demo.url().resolved(QUrl(path)), cookie, demo.id(), plan.seconds);
    }
    for (const QString &path : {u"read"_s, u"visit"_s})
        printRow(name, path, loads[path], loads[u"bare"_s]);
}

/// The demo's /bare beside a server that knows nothing of Sojourn.
void measureBare(const QString &frontEnd, Plan plan)
{
    const DemoProcess demo({u"--store"_s, u"memory:"_s, u"--front-end"_s, frontEnd});
    const DemoProcess without({}, QStringLiteral(SOJOURN_BARE));
    const QByteArray cookie = get(demo, u"visit"_s).cookie;
    QList<Load> demoLoads, withoutLoads;
    for (int round = 0; round < plan.rounds; ++round) {
        withoutLoads << runLoad(without.url().resolved(QUrl(u"bare"_s)), cookie, without.id(), plan.seconds);
        demoLoads << runLoad(demo.url().resolved(QUrl(u"bare"_s)), cookie, demo.id(), plan.seconds);
    }
    printRow(frontEnd + u", session unused"_s, u"bare"_s, demoLoads, withoutLoads);
}

/// Visitors without a cookie: every request of /visit makes a session with one small attribute.
void measureMemory(qint64 sessions)
{
    const DemoProcess demo({u"--store"_s, u"memory:"_s});
    const QUrl visit = demo.url().resolved(QUrl(u"visit"_s));
    const auto fillTo = [&](qint64 count) {
        while (sessionsCreated(demo) < count)
            runLoad(visit, {}, demo.id(), 1);
        return sessionsCreated(demo);
    };
    const qint64 before = fillTo(20'000); // the history of events is full by then
    const qint64 memory = residentMemory(demo.id());
    const qint64 added = fillTo(before + sessions) - before;
    std::printf("\nMemory: %.0f bytes of resident memory a session with one small attribute (%lld sessions).\n",
                double(residentMemory(demo.id()) - memory) / double(added), static_cast<long long>(added));
}

void measureAll(Plan plan, qint64 sessions)
{
    RedisServer redis;
    if (RedisServer::program().isEmpty() || !redis.start())
        throw std::runtime_error("redis-server did not start. Is it installed?");
    SentinelSet sentinels;
    RedisCluster cluster;
    if (!sentinels.start() || !cluster.start())
        throw std::runtime_error("The servers of Sentinel and the cluster did not start.");
    const QTemporaryDir folder;
    const std::initializer_list<std::pair<QString, QString>> stores = {
        {u"memory"_s, u"memory:"_s},
        {u"Redis"_s, u"redis://127.0.0.1:%1"_s.arg(redis.port())},
        {u"Sentinel"_s, sentinels.url()},
        {u"Cluster, 3+3"_s, cluster.url()},
        {u"SQLite"_s, u"sqlite:"_s + folder.filePath(u"sessions.sqlite"_s)},
    };

    std::printf("`wrk -t1 -c16 -d%ds`, median of %d alternating rounds; each beside /bare of the same server in the same run, "
                "and /bare beside a server without Sojourn.\n\n",
                plan.seconds, plan.rounds);
    std::printf("| server | request | requests/s | ratio | CPU µs a request | CPU ratio | CPU µs added "
                "|\n|---|---|---|---|---|---|---|\n");
    for (const QString &frontEnd : {u"routes"_s, u"hooks"_s})
        measureBare(frontEnd, plan);
    for (const auto &[name, url] : stores) {
        for (const QString &frontEnd : {u"routes"_s, u"hooks"_s})
            measureSessions(name + u", "_s + frontEnd, {u"--store"_s, url, u"--front-end"_s, frontEnd}, plan);
    }
    measureSessions(u"memory, routes, pool of two"_s, {u"--store"_s, u"memory:"_s, u"--threads"_s, u"2"_s}, plan);
    measureMemory(sessions);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures what sessions cost the demo's requests, with wrk."_s);
    parser.addHelpOption();
    parser.addOptions({{u"rounds"_s, u"Rounds, of which the median counts."_s, u"N"_s, u"5"_s},
                       {u"seconds"_s, u"Length of each run."_s, u"S"_s, u"2"_s},
                       {u"sessions"_s, u"How many to fill memory with."_s, u"N"_s, u"200000"_s}});
    parser.process(application);
    const Plan plan = {qMax(1, parser.value(u"rounds"_s).toInt()), qMax(1, parser.value(u"seconds"_s).toInt())};
    try {
        measureAll(plan, qMax<qint64>(1000, parser.value(u"sessions"_s).toLongLong()));
    } catch (const std::exception &error) {
        std::fprintf(stderr, "sojourn-bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
