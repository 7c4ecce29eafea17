// SPDX-License-Identifier: MIT
#include "place.h"

#include "application.h"

#include <faultyproxy.h>
#include <redisserver.h>

#include <Sojourn/MemoryStore>
#include <Sojourn/RedisStore>
#include <Sojourn/SqliteStore>

#include <QtCore/QFile>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A clock that jumps, for a store that asks it.
struct Jump
{
    std::shared_ptr<std::atomic<qint64>> ms = std::make_shared<std::atomic<qint64>>(0);

    std::shared_ptr<SessionStore> watchedBy(std::shared_ptr<SessionStore> store) const
    {
        store->setClock([by = ms] { return systemNow() + std::chrono::milliseconds(*by); });
        return store;
    }
    /// Past the end of every session.
    Fault ahead() const
    {
        return {u"clock jumps 2 h ahead, then back"_s, [by = ms] { *by = 7'200'000; }, [by = ms] { *by = 0; }, true};
    }
    Fault back() const
    {
        return {u"clock jumps 2 h back, then ahead"_s, [by = ms] { *by = -7'200'000; }, [by = ms] { *by = 0; }};
    }
};

Place memory()
{
    const Jump jump;
    Place place{u"memory"_s, [jump] { return jump.watchedBy(std::make_shared<MemoryStore>()); }, {}, false, {}};
    place.faults = {jump.ahead(), jump.back()};
    return place;
}

/// Another program that holds the database file.
void holdFile(const QString &path, bool holds)
{
    const QString name = u"holder"_s;
    if (holds) {
        QSqlDatabase holder = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        holder.setDatabaseName(path);
        holder.open();
        QSqlQuery(u"BEGIN EXCLUSIVE"_s, holder);
    } else if (QSqlDatabase::contains(name)) {
        QSqlDatabase::database(name).close();
        QSqlDatabase::removeDatabase(name);
    }
}

void fillDisk(const QString &filler)
{
    QFile file(filler);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return;
    for (qsizetype size = 65'536; size > 0; size /= 2) {
        while (file.write(QByteArray(size, '#')) == size) { }
    }
}

Place sqlite(const QString &folder, bool isSmallDisk)
{
    const Jump jump;
    const QString path = folder + u"/sessions.db"_s;
    Place place{
        u"SQLite"_s, [jump, path] { return jump.watchedBy(std::make_shared<SqliteStore>(path)); }, {}, true, u"sqlite "_s + path};
    place.faults = {
        {u"store stalls (another program holds the file)"_s, [path] { holdFile(path, true); }, [path] { holdFile(path, false); }},
        jump.ahead(),
        jump.back()};
    if (isSmallDisk) {
        const QString filler = folder + u"/filler"_s;
        place.faults.push_back({u"full (disk)"_s, [filler] { fillDisk(filler); }, [filler] { QFile::remove(filler); }});
    }
    const auto move = [path](const QString &from, const QString &to) {
        for (const auto &end : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::rename(path + from + end, path + to + end);
    };
    place.faults.push_back({u"files moved away, then back"_s, [move] { move({}, u".away"_s); },
                            [move] { move(u".away"_s, {}); }});
    return place;
}

/// Acknowledged changes are on the disk, so that a restart loses none.
struct Redis
{
    RedisServer server{{u"--appendonly"_s, u"yes"_s, u"--appendfsync"_s, u"always"_s}};
    std::unique_ptr<FaultyProxy> proxy;
};

std::optional<Place> redis()
{
    if (RedisServer::program().isEmpty())
        return {};
    auto redis = std::make_shared<Redis>();
    if (!redis->server.start())
        return {};
    redis->proxy = std::make_unique<FaultyProxy>(redis->server.port());
    const auto ask = [redis](const QByteArrayList &command) { redis->server.ask(command); };
    Place place{u"Redis"_s,
                [redis] {
                    RedisOptions options;
                    options.port = redis->proxy->port();
                    return std::make_shared<RedisStore>(options);
                },
                {},
                true,
                u"redis "_s + QString::number(redis->server.port())};
    place.faults = {
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
    };
    return place;
}

} // namespace

std::vector<Place> allPlaces(const QString &folder, bool isSmallDisk)
{
    std::vector<Place> places = {memory(), sqlite(folder, isSmallDisk)};
    if (auto place = redis())
        places.push_back(*place);
    return places;
}

std::shared_ptr<SessionStore> reopen(const QString &address)
{
    const QString kind = address.section(u' ', 0, 0), where = address.section(u' ', 1);
    if (kind == u"sqlite"_s)
        return std::make_shared<SqliteStore>(where);
    if (kind == u"redis"_s) {
        RedisOptions options;
        options.port = where.toUShort();
        return std::make_shared<RedisStore>(options);
    }
    return std::make_shared<MemoryStore>();
}
