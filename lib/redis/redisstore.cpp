// SPDX-License-Identifier: MIT
#include "redisstore.h"

#include "redisaddress_p.h"
#include "rediscodec_p.h"
#include "rediscreations_p.h"
#include "redishistory_p.h"
#include "redishomes_p.h"
#include "redislisting_p.h"
#include "redisrecords_p.h"
#include "redisrevocation_p.h"
#include "redissubscription_p.h"
#include "redissweep_p.h"

#include <Sojourn/Author>
#include <Sojourn/jsonrules.h>

#include <QtCore/QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

class RedisStorePrivate
{
public:
    RedisStorePrivate(RedisStore *store, const RedisOptions &options);

    Task<SessionInfo> remove(const SessionKey &key, std::optional<quint64> version, SessionStore::Removal why);
    QStringList identitiesFrom(QByteArrayView info) const;
    struct Identities
    {
        TaskPromise<QStringList> promise;
        QStringList names = {};
        std::optional<Error> error = {};
        int left = 0; // answers that are awaited
    };
    template<class Then>
    void ask(const std::shared_ptr<Identities> &asked, quint16 slot, Then then);
    Result<SessionInfo> infoFrom(const RedisReply &answer);
    void updateAvailability();

    RedisStore *const q;
    RedisClient client;
    RedisHomes homes{client};
    RedisCreations creations{client};
    RedisRecords records;
    RedisSweep sweep{client};
    const RedisScripts &scripts = client.scripts;
    RedisRouter &router = client.router;
    std::unique_ptr<RedisSubscription> subscription;
    QString told; // why there was no connection the last time
    bool available = false;
    bool wasSubscribed = false;
};

RedisStorePrivate::RedisStorePrivate(RedisStore *store, const RedisOptions &options)
    : q(store), client(store, options), records(client, homes)
{
    QObject::connect(&router, &RedisRouter::ready, q, [this] {
        told.clear();
        updateAvailability();
    });
    QObject::connect(&router, &RedisRouter::lost, q, [this](const Error &error) {
        if (available || told != error.text)
            qCWarning(lcRedis).noquote() << error.text;
        told = error.text;
        updateAvailability();
    });
}

static std::unexpected<Error> readOnly()
{
    return failure(Error::ReadOnly, Error::tr("The store is open for reading only. Open it for writing to change sessions."));
}

Task<SessionInfo> RedisStorePrivate::remove(const SessionKey &key, std::optional<quint64> version, SessionStore::Removal why)
{
    if (q->isReadOnly())
        return readOnly();
    RedisCommand command = client.command(scripts.remove, key);
    command.makeLasting().add(key.toLatin1());
    addRemoval(command, removalEvent({}, why, {}));
    command.add(version ? QByteArray::number(*version) : QByteArray());
    return client.run<SessionInfo>(scripts.remove, std::move(command),
                                   [this](const RedisReply &answer) { return infoFrom(answer); });
}

/// The server by its address and by the ids of this run and of its history, which replicas have too; the database and prefix.
QStringList RedisStorePrivate::identitiesFrom(QByteArrayView info) const
{
    const RedisOptions &options = client.options;
    const QString place = placeInServer(options.database, QString::fromUtf8(options.prefix));
    QStringList names;
    for (const char *id : {"run_id", "master_replid", "master_replid2"}) {
        const QByteArrayView value = infoField(info, id);
        if (!value.isEmpty() && std::ranges::any_of(value, [](char c) { return c != '0'; }))
            names.append(u"redis:%1/%2"_s.arg(QString::fromLatin1(value), place));
    }
    if (!options.sentinels.isEmpty() || !options.clusterNodes.isEmpty())
        return names;
    const int port = infoField(info, "tcp_port").toInt();
    if (options.socketPath.isEmpty())
        names.append(u"redis://%1/%2"_s.arg(serverAddress(options.host, options.port), place));
    else if (port > 0 && port <= 65'535) // a socket leads to a server of this machine
        names.append(u"redis://%1/%2"_s.arg(serverAddress(u"localhost"_s, quint16(port)), place));
    return names;
}

/// Adds the names of the server that has \a slot, and finishes once none is awaited any more, \a then() having asked further
/// ones.
template<class Then>
void RedisStorePrivate::ask(const std::shared_ptr<Identities> &asked, quint16 slot, Then then)
{
    ++asked->left;
    router.send(RedisCommand("INFO", slot), [this, asked, then = std::move(then)](const Result<RedisReply> &reply) {
        if (!reply)
            asked->error = reply.error();
        else if (reply->type() == RedisReply::String) // an account that may not ask learns nothing
            asked->names += identitiesFrom(reply->text());
        if (reply)
            then();
        if (--asked->left > 0)
            return;
        if (asked->error && asked->names.isEmpty())
            asked->promise.finish(std::unexpected(*asked->error));
        else
            asked->promise.finish(asked->names);
    });
}

/// The answer of remove.lua: OK, the key and InfoFields.
Result<SessionInfo> RedisStorePrivate::infoFrom(const RedisReply &answer)
{
    const SessionKey key = SessionKey::fromString(QLatin1StringView(answer[1].text())).value_or(SessionKey());
    const InfoFields fields = InfoFields::at(answer, 2);
    if (const auto info = readInfo(key, fields))
        return *info;
    client.setAside(key, fields.meta);
    return RedisClient::notFound();
}

void RedisStorePrivate::updateAvailability()
{
    const bool now = router.isReady() && (!wasSubscribed || subscription->isUp());
    if (std::exchange(available, now) != now)
        Q_EMIT q->availabilityChanged(now);
}

RedisStore::RedisStore(const RedisOptions &options, QObject *parent)
    : SessionStore(parent), d(std::make_unique<RedisStorePrivate>(this, options))
{
    SessionStore::setClock([d = d.get()] { return d->router.serverTime(); });
    d->router.open();
}

void RedisStore::setClock(Clock clock)
{
    d->client.hasOwnClock = bool(clock);
    if (!clock)
        clock = [d = d.get()] { return d->router.serverTime(); };
    SessionStore::setClock(std::move(clock));
}

RedisStore::~RedisStore()
{
    d->router.close();
    d->creations.write();
    d->records.writeChanges(); // they fail
    if (d->subscription)
        d->subscription->close();
}

bool RedisStore::isReadOnly() const
{
    return d->client.options.readOnly;
}

ErrorText RedisStore::servers() const
{
    if (d->router.isCluster()) {
        const auto [ready, all] = d->router.masters();
        QStringList names;
        int away = 0;
        for (const RedisShard &shard : d->client.shards) {
            const RedisConnection *node = d->router.nodeOf(shard.slot);
            if (node && node->isReady())
                continue;
            ++away;
            if (node && !names.contains(node->serverName()))
                names.append(node->serverName());
        }
        if (away == 0)
            return Error::tr("%1 of %2 masters").arg(ready, all);
        const int shards = d->client.shards.count();
        if (names.isEmpty())
            return Error::tr("%1 of %2 masters, %3 of %4 shards are away").arg(ready, all, away, shards);
        return Error::tr("%1 of %2 masters, %3 of %4 shards are away: %5").arg(ready, all, away, shards, names.join(", "_L1));
    }
    return d->client.locator && d->router.isReady() ? ErrorText(d->router.serverName()) : ErrorText();
}

Task<SessionInfo> RedisStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (isReadOnly())
        return readOnly();
    if (record.isExpired(now()))
        return failure(Error::Invalid, Error::tr("The session has expired already."));
    if (const Result<void> valid = record.check(sizeLimit()); !valid)
        return std::unexpected(valid.error());
    const auto deadline = d->router.deadlineFromNow();
    if (d->client.shards.isOne() || record.user.isEmpty())
        return d->creations.add(record, record.user.isEmpty() ? std::nullopt : cap, mode, deadline);
    const TaskPromise<SessionInfo> promise;
    const Detail::ChainScope scope(Detail::InternalChain);
    d->homes.enter(record, {}, cap, deadline)
        .then([d = d.get(), promise, record, mode, deadline, author = Author::current(),
               restores = Author::isRestoring()](Result<RedisHomes::Turn> turn) {
            if (!turn)
                return promise.finish(std::unexpected(turn.error()));
            const Author::Scope onBehalf(author, restores);
            d->creations.add(record, {}, mode, deadline).then([promise, turn = *turn](Result<SessionInfo> created) mutable {
                turn.reset();
                promise.finish(std::move(created));
            });
        });
    return promise.task();
}

Task<SessionRecord> RedisStore::load(const SessionKey &key)
{
    if (!isUsedHere())
        return foreignThreadError();
    return d->records.load(key);
}

Task<SessionInfo> RedisStore::update(const SessionKey &key, const SessionChange &change)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (isReadOnly())
        return readOnly();
    return d->records.change(key, key, change, {});
}

Task<SessionInfo> RedisStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                     std::chrono::milliseconds grace)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (isReadOnly())
        return readOnly();
    if (!mayRotate(oldKey, newKey))
        return failure(Error::Invalid, Error::tr("The new key belongs to another shard. Draw new ids until mayRotate() agrees."));
    return d->records.change(oldKey, newKey, change, grace);
}

bool RedisStore::mayRotate(const SessionKey &from, const SessionKey &to) const
{
    return d->client.shards.isOne() || d->client.shards.numberOf(from) == d->client.shards.numberOf(to);
}

Task<SessionInfo> RedisStore::remove(const SessionKey &key, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    return d->remove(key, {}, why);
}

Task<SessionInfo> RedisStore::removeVersion(const SessionKey &key, quint64 version, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    return d->remove(key, version, why);
}

Task<QStringList> RedisStore::identities()
{
    if (!isUsedHere())
        return foreignThreadError();
    const auto asked = std::make_shared<RedisStorePrivate::Identities>();
    // Once one has answered it is known which servers have the other shards.
    d->ask(asked, d->client.shards.begin()->slot, [d = d.get(), asked] {
        QList<const RedisConnection *> nodes = {d->router.nodeOf(d->client.shards.begin()->slot)};
        for (const RedisShard &shard : d->client.shards) {
            const RedisConnection *const node = d->router.nodeOf(shard.slot);
            if (!node || nodes.contains(node))
                continue;
            nodes.append(node);
            d->ask(asked, shard.slot, [] { });
        }
    });
    return asked->promise.task();
}

Task<qint64> RedisStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (isReadOnly())
        return readOnly();
    if (user.isEmpty())
        return failure(Error::Invalid, Error::tr("Give the name of a user."));
    if (!checkUser(user)) // nobody can have that name
        return qint64(0);
    return RedisRevocation::everywhere(d->client, user, except, why);
}

Task<QByteArray> RedisStore::takeFlash(const SessionKey &key)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (isReadOnly())
        return readOnly();
    RedisCommand command = d->client.command(d->scripts.takeFlash, key);
    command.add(key.toLatin1());
    return d->client.run<QByteArray>(d->scripts.takeFlash, std::move(command),
                                     [](const RedisReply &answer) { return Result<QByteArray>(answer[1].text().toByteArray()); });
}

Task<SessionPage> RedisStore::list(const SessionQuery &query)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (query.user && !checkUser(*query.user)) // nobody can have that name
        return SessionPage();
    return std::make_shared<RedisListing>(d->client, query)->start();
}

Task<qint64> RedisStore::count()
{
    if (!isUsedHere())
        return foreignThreadError();
    struct Sum
    {
        TaskPromise<qint64> promise;
        int left;
        qint64 count = 0;
    };
    const auto sum = std::make_shared<Sum>(TaskPromise<qint64>(), d->client.shards.count());
    for (const RedisShard &shard : d->client.shards) {
        d->router.send(d->client.countOf(shard), [sum](const Result<RedisReply> &reply) {
            const Result<qint64> count = RedisClient::number(reply);
            if (!count)
                return sum->promise.finish(std::unexpected(count.error()));
            sum->count += *count;
            if (--sum->left == 0)
                sum->promise.finish(sum->count);
        });
    }
    return sum->promise.task();
}

Task<qint64> RedisStore::removeExpired(int limit)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (isReadOnly())
        return readOnly();
    return d->sweep.run(limit);
}

Task<QList<SessionEvent>> RedisStore::history(const HistoryQuery &query)
{
    if (!isUsedHere())
        return foreignThreadError();
    return std::make_shared<RedisHistory>(d->client, query)->start();
}

Task<void> RedisStore::subscribe()
{
    if (!isUsedHere())
        return foreignThreadError();
    if (!d->subscription) {
        d->subscription = std::make_unique<RedisSubscription>(d->client);
        connect(d->subscription.get(), &RedisSubscription::sessionEvent, this, &SessionStore::sessionEvent);
        connect(d->subscription.get(), &RedisSubscription::lost, this, [this] {
            const QPointer<SessionStore> self(this); // whoever hears of it may delete it
            d->updateAvailability();
            if (self)
                Q_EMIT eventsLost();
        });
        connect(d->subscription.get(), &RedisSubscription::up, this, [this] {
            const QPointer<SessionStore> self(this);
            if (std::exchange(d->wasSubscribed, true))
                Q_EMIT eventsLost();
            if (self)
                d->updateAvailability();
        });
    }
    return d->subscription->start();
}

bool RedisStore::process(std::chrono::milliseconds timeout)
{
    std::vector<RedisConnection *> connections;
    if (d->client.locator)
        connections = d->client.locator->connections();
    const auto add = [&connections](const std::vector<RedisConnection *> &more) {
        connections.insert(connections.end(), more.begin(), more.end());
    };
    add(d->router.connections());
    if (d->subscription)
        add(d->subscription->connections());
    const QPointer<RedisStore> self = this; // what arrives may end it
    RedisConnection::process(connections, d->router.delay.left(timeout));
    if (self)
        d->router.delay.runDue();
    return true;
}

} // namespace Sojourn
