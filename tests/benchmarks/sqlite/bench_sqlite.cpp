// SPDX-License-Identifier: MIT
// bench_sqlite [sessions=1000000]: what SqliteStore costs, in CPU time of all its threads, and how quickly its list turns to any
// page.
#include <Sojourn/SessionId>
#include <Sojourn/SqliteStore>

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static double cpuMicroseconds()
{
    return double(std::clock()) * 1e6 / CLOCKS_PER_SEC;
}

template<class F>
static void measure(const char *name, int count, F &&run)
{
    QElapsedTimer wall;
    wall.start();
    const double before = cpuMicroseconds();
    run();
    std::printf("%-40s %8.2f us CPU %8.2f us wall\n", name, (cpuMicroseconds() - before) / count,
                double(wall.nsecsElapsed()) / 1e3 / count);
}

static SessionRecord newRecord(TimePoint now, int n)
{
    SessionRecord record;
    record.key = SessionId::generate().key();
    record.user = n % 2 ? u"user%1"_s.arg(n % 50'000) : QString();
    record.createdAt = record.lastSeenAt = record.idIssuedAt = now + std::chrono::milliseconds(n * 7919LL % 1'000'003);
    record.expiresAt = record.createdAt + std::chrono::days(14);
    record.data.insert(QByteArrayView("visits"), QByteArrayView("1"));
    record.csrfSecret = QByteArray(16, 'c');
    return record;
}

template<class T>
static T must(SqliteStore &store, Task<T> task)
{
    Result<T> result = store.waitFor(std::move(task), 60s);
    if (!result)
        qFatal("%ls", qUtf16Printable(result.error().text));
    return std::move(*result);
}

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const int sessions = argc > 1 ? QByteArray(argv[1]).toInt() : 1'000'000;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"sessions.db"_s);
    SqliteStore store(path);
    store.setTimeout(60s);
    QList<SessionKey> keys;

    const auto inGroups = [&](int count, int group, auto &&start) {
        using T = typename decltype(start(0))::Value;
        std::vector<Task<T>> tasks;
        for (int i = 0; i < count; ++i) {
            tasks.push_back(start(i));
            if (int(tasks.size()) == group || i == count - 1) {
                for (Task<T> &task : tasks)
                    must(store, std::move(task));
                tasks.clear();
            }
        }
    };

    measure("create, 1000 at a time", sessions, [&] {
        const TimePoint now = systemNow();
        inGroups(sessions, 1000, [&](int i) {
            const SessionRecord record = newRecord(now, i);
            keys.append(record.key);
            return store.create(record);
        });
    });
    const auto someKey = [&keys](int i) { return keys[qsizetype(i) * 7919 % std::min<qsizetype>(keys.size(), 1000)]; };
    SessionChange visit;
    visit.increment("visits", 1);
    SessionChange touch;
    measure("load", 100'000, [&] {
        for (int i = 0; i < 100'000; ++i)
            must(store, store.load(someKey(i)));
    });
    measure("load of an unknown key", 100'000, [&] {
        const SessionKey unknown = SessionId::generate().key();
        for (int i = 0; i < 100'000; ++i)
            (void)store.load(unknown);
    });
    measure("update alone", 20'000, [&] { inGroups(20'000, 1, [&](int i) { return store.update(someKey(i), visit); }); });
    measure("update, 16 at a time", 50'000,
            [&] { inGroups(50'000, 16, [&](int i) { return store.update(someKey(i), visit); }); });
    measure("load and update, 16 at a time", 50'000, [&] {
        inGroups(50'000, 16, [&](int i) {
            (void)store.load(someKey(i));
            return store.update(someKey(i), visit);
        });
    });
    measure("touch, 16 at a time", 50'000, [&] {
        const TimePoint now = systemNow() + 1h;
        inGroups(50'000, 16, [&](int i) {
            touch.touch = SessionChange::Touch{now + std::chrono::milliseconds(i)};
            return store.update(someKey(i), touch);
        });
    });

    for (const auto &[name, order] :
         {std::pair("expiry", SessionQuery::ByExpiry), std::pair("created", SessionQuery::ByCreated),
          std::pair("last seen", SessionQuery::ByLastSeen), std::pair("user", SessionQuery::ByUser)}) {
        SessionQuery query;
        query.order = order;
        double worst = 0;
        for (int step = 0; step <= 20; ++step) {
            query.offset = std::max<qint64>(qint64(sessions) * step / 20 - 100, 0);
            QElapsedTimer timer;
            timer.start();
            must(store, store.list(query));
            worst = std::max(worst, double(timer.nsecsElapsed()) / 1e6);
        }
        std::printf("a page by %-10s at the slowest of 21 offsets %6.1f ms\n", name, worst);
    }
    measure("count", 1, [&] { must(store, store.count()); });
    std::printf("%.0f bytes of file a session\n", double(QFileInfo(path).size()) / sessions);
}
