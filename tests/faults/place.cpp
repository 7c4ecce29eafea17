// SPDX-License-Identifier: MIT
#include "place.h"

#include "application.h"

#include <livehost.h>

#include <Sojourn/LiveStore>
#include <Sojourn/MemoryStore>
#include <Sojourn/SqliteStore>

#include <QtCore/QFile>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <algorithm>
#include <iterator>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A clock that jumps, for a store that asks it.
struct Jump
{
    std::shared_ptr<std::atomic<qint64>> ms = std::make_shared<std::atomic<qint64>>(0);

    Clock clock() const
    {
        return [by = ms] { return systemNow() + std::chrono::milliseconds(*by); };
    }
    std::shared_ptr<SessionStore> watchedBy(std::shared_ptr<SessionStore> store) const
    {
        store->setClock(clock());
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

/// A machine whose wall clock is set while sessions live: it neither ends nor prolongs them.
class MemoryUnderJumpingClock final : public MemoryStore
{
public:
    explicit MemoryUnderJumpingClock(const Jump &jump) : m_jump(jump) { }

protected:
    std::chrono::nanoseconds wallTime() const override { return MemoryStore::wallTime() + std::chrono::milliseconds(*m_jump.ms); }

private:
    const Jump m_jump;
};

Place memory()
{
    const Jump jump;
    Place place{u"memory"_s, [jump] { return std::make_shared<MemoryUnderJumpingClock>(jump); }, {}, false, {}};
    Fault ahead = jump.ahead(), back = jump.back();
    ahead.name = u"wall clock jumps 2 h ahead, then back"_s;
    back.name = u"wall clock jumps 2 h back, then ahead"_s;
    ahead.losesSessions = false;
    place.faults = {ahead, back};
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

/// A disk on which nothing can be written any more that needs room: something else fills it, then the database what is left.
class FullDisk
{
public:
    FullDisk(const QString &folder, const QString &database) : m_filler(folder + u"/filler"_s), m_database(database) { }

    /// \a withReader: a long export reads at the same time, so that the log can only grow.
    void fill(bool withReader)
    {
        SqliteStore store(m_database);
        store.setTimeout(10s);
        SessionRecord session;
        session.key = *SessionKey::fromBytes(QByteArray(32, 'f'));
        session.user = u"filler"_s;
        session.createdAt = session.lastSeenAt = systemNow();
        session.expiresAt = systemNow() + 1h;
        (void)store.waitFor(store.create(session)); // it may be there
        if (withReader)
            beginToRead();
        SessionChange change;
        for (int size = 100'000; size > 10; size /= 10) {
            do {
                fillWithFile();
                change.set("filler", '"' + QByteArray(size, '#') + QByteArray::number(++m_count) + '"');
            } while (store.waitFor(store.update(session.key, change)) && m_count % Enough != 0);
        }
    }
    void clear()
    {
        if (QSqlDatabase::contains(Reader)) {
            QSqlDatabase::database(Reader).close();
            QSqlDatabase::removeDatabase(Reader);
        }
        QFile::remove(m_filler);
    }

private:
    static inline const QString Reader = u"reader"_s;
    static constexpr int Enough = 500; // writes that find their room in a log that is written anew

    void beginToRead()
    {
        QSqlDatabase reader = QSqlDatabase::addDatabase(u"QSQLITE"_s, Reader);
        reader.setDatabaseName(m_database);
        reader.open();
        QSqlQuery(u"BEGIN"_s, reader);
        QSqlQuery query(u"SELECT count(*) FROM sqlite_schema"_s, reader);
        query.next();
    }
    void fillWithFile()
    {
        QFile file(m_filler);
        if (!file.open(QIODevice::Append | QIODevice::Unbuffered))
            return;
        for (qsizetype size = 65'536; size > 0; size /= 2) {
            while (file.write(QByteArray(size, '#')) == size) { }
        }
    }

    QString m_filler, m_database;
    int m_count = 0;
};

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
        const auto disk = std::make_shared<FullDisk>(folder, path);
        place.faults.push_back({u"full (disk)"_s, [disk] { disk->fill(false); }, [disk] { disk->clear(); }});
        place.faults.push_back({u"full (disk) while somebody reads long"_s, [disk] { disk->fill(true); },
                                [disk] { disk->clear(); }});
    }
    const auto move = [path](const QString &from, const QString &to) {
        for (const auto &end : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::rename(path + from + end, path + to + end);
    };
    place.faults.push_back({u"files moved away, then back"_s, [move] { move({}, u".away"_s); },
                            [move] { move(u".away"_s, {}); }});
    return place;
}

/// The memory of an application, in which others look over its socket.
Place live()
{
    const Jump jump;
    auto host = std::make_shared<LiveHost>(LiveHost::freshName(), jump.clock());
    auto pause = std::make_shared<std::unique_ptr<LiveHost::Pause>>();
    Place place{u"live"_s, [host] { return std::make_shared<LiveStore>(host->name()); }, {}, true, u"live "_s + host->name()};
    place.faults = {
        {u"store stalls"_s, [host, pause] { *pause = std::make_unique<LiveHost::Pause>(*host); }, [pause] { pause->reset(); }},
        {u"socket closed and opened again"_s,
         [host] {
             host->stop();
             host->start();
         },
         [] {}},
        {u"socket closed, opened after the answer"_s, [host] { host->stop(); }, [host] { host->start(); }},
        jump.ahead(),
        jump.back()};
    return place;
}

} // namespace

std::vector<Place> allPlaces(const QString &folder, bool isSmallDisk, const std::function<bool(const QString &)> &isWanted)
{
    std::vector<Place> places = {memory(), sqlite(folder, isSmallDisk), live()};
    std::erase_if(places, [&](const Place &place) { return !isWanted(place.name); });
    std::ranges::move(redisPlaces(isWanted), std::back_inserter(places));
    return places;
}

std::shared_ptr<SessionStore> reopen(const QString &address)
{
    const QString kind = address.section(u' ', 0, 0), where = address.section(u' ', 1);
    if (kind == u"sqlite"_s)
        return std::make_shared<SqliteStore>(where);
    if (kind == u"live"_s)
        return std::make_shared<LiveStore>(where);
    if (auto store = reopenRedis(kind, where))
        return store;
    return std::make_shared<MemoryStore>();
}
