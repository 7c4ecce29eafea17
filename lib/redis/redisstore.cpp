// SPDX-License-Identifier: MIT
#include "redisstore.h"

#include "redisrecord_p.h"
#include "redisrecords_p.h"
#include "redissubscription_p.h"

using namespace Qt::StringLiterals;

namespace Sojourn {

class RedisStorePrivate
{
public:
    using Deadline = RedisClient::Deadline;

    RedisStorePrivate(RedisStore *store, const RedisOptions &options);

    Result<SessionInfo> infoFrom(const RedisReply &answer);
    Task<SessionPage> listQuarantined(const SessionQuery &query);
    void readRows(const SessionQuery &query, const QList<SessionKey> &keys, SessionPage page,
                  const TaskPromise<SessionPage> &promise, Deadline deadline);
    std::optional<SessionRecord> rowFrom(const SessionKey &key, const RedisReply &fields, bool withData);

    void updateAvailability();

    RedisStore *const q;
    RedisClient client;
    RedisRecords records;
    const RedisScripts &scripts = client.scripts;
    const QByteArray prefix = client.options.prefix;
    RedisConnection &connection = client.connection;
    std::unique_ptr<RedisSubscription> subscription;
    bool available = false;
    bool wasSubscribed = false;
};

RedisStorePrivate::RedisStorePrivate(RedisStore *store, const RedisOptions &options)
    : q(store), client(store, options), records(client)
{
    QObject::connect(&connection, &RedisConnection::ready, q, [this] { updateAvailability(); });
    QObject::connect(&connection, &RedisConnection::lost, q, [this](const Error &error) {
        if (available)
            qCWarning(lcRedis).noquote() << error.text;
        updateAvailability();
    });
}

/// The answer of remove.lua: key, meta, user, expiry.
Result<SessionInfo> RedisStorePrivate::infoFrom(const RedisReply &answer)
{
    auto it = answer.begin();
    const SessionKey key = SessionKey::fromString(QLatin1StringView((*++it).text())).value_or(SessionKey());
    const QByteArrayView meta = (*++it).text();
    const QByteArrayView user = (*++it).text();
    if (const auto info = readInfo(key, meta, user, (*++it).text()))
        return *info;
    client.setAside(key, meta);
    return RedisClient::notFound();
}

void RedisStorePrivate::updateAvailability()
{
    const bool now = connection.isReady() && (!wasSubscribed || subscription->isUp());
    if (std::exchange(available, now) != now)
        Q_EMIT q->availabilityChanged(now);
}

RedisStore::RedisStore(const RedisOptions &options, QObject *parent)
    : SessionStore(parent), d(std::make_unique<RedisStorePrivate>(this, options))
{
    d->connection.open();
}

RedisStore::~RedisStore()
{
    d->connection.close();
    d->records.writeChanges(); // they fail
    if (d->subscription)
        d->subscription->close();
}

Task<SessionInfo> RedisStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    if (record.isExpired(now()))
        return failure(Error::Invalid, u"The session has expired already."_s);
    if (record.data.size() > sizeLimit())
        return std::unexpected(SessionChange::tooLarge(record.data.size(), sizeLimit()));
    SessionInfo info = record;
    info.size = record.data.size();
    info.attributeCount = record.data.count();
    RedisCommand command = d->client.command(d->scripts.create);
    command.add(record.key.toLatin1()).add(mode == CreateMode::New ? "new" : "overwrite");
    addCap(command, cap);
    command.add(metaField(info)).add(record.user.toUtf8()).add(expiryField(record.expiry));
    if (!record.flash.isEmpty())
        command.add("flash").add(record.flash);
    if (!record.csrfSecret.isEmpty())
        command.add("csrf").add(record.csrfSecret);
    record.data.forEach([&command](QByteArrayView name, QByteArrayView json) { command.add({"a:", name}).add(json); });
    return d->client.run<SessionInfo>(d->scripts.create, std::move(command),
                                      [info](const RedisReply &) { return Result<SessionInfo>(info); });
}

Task<SessionRecord> RedisStore::load(const SessionKey &key)
{
    return d->records.load(key);
}

Task<SessionInfo> RedisStore::update(const SessionKey &key, const SessionChange &change)
{
    return d->records.change(key, key, change, {});
}

Task<SessionInfo> RedisStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                     std::chrono::milliseconds grace)
{
    return d->records.change(oldKey, newKey, change, grace);
}

static void addRemoval(RedisCommand &command, SessionStore::Removal why)
{
    const SessionEvent event = removalEvent({}, why, {});
    const QLatin1StringView name = SessionEvent::name(event.type);
    command.add(qint64(event.type))
        .add(QByteArrayView(name.data(), name.size()))
        .add(event.reason.isNull() ? "-" : event.reason.toLatin1());
}

Task<SessionInfo> RedisStore::remove(const SessionKey &key, Removal why)
{
    RedisCommand command = d->client.command(d->scripts.remove);
    command.add(key.toLatin1());
    addRemoval(command, why);
    return d->client.run<SessionInfo>(d->scripts.remove, std::move(command),
                                      [this](const RedisReply &answer) { return d->infoFrom(answer); });
}

static Result<qint64> numberFrom(const RedisReply &answer)
{
    return answer[1].integer();
}

Task<qint64> RedisStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    if (user.isEmpty())
        return failure(Error::Invalid, u"Give the name of a user."_s);
    RedisCommand command = d->client.command(d->scripts.removeUser);
    command.add(user.toUtf8()).add(except ? except->toLatin1() : QByteArray());
    addRemoval(command, why);
    return d->client.run<qint64>(d->scripts.removeUser, std::move(command), numberFrom);
}

Task<QByteArray> RedisStore::takeFlash(const SessionKey &key)
{
    RedisCommand command = d->client.command(d->scripts.takeFlash);
    command.add(key.toLatin1());
    return d->client.run<QByteArray>(d->scripts.takeFlash, std::move(command),
                                     [](const RedisReply &answer) { return Result<QByteArray>(answer[1].text().toByteArray()); });
}

Task<SessionPage> RedisStore::list(const SessionQuery &query)
{
    if (query.quarantined)
        return d->listQuarantined(query);
    static constexpr QByteArrayView orders[] = {"expires", "created", "seen", "users"};
    RedisCommand command = d->client.command(d->scripts.list);
    command.add(orders[query.order])
        .add(query.descending ? "1" : "0")
        .add(query.user ? "1" : "0")
        .add(query.user.value_or(QString()).toUtf8())
        .add(query.keyPrefix)
        .add(query.offset)
        .add(query.cursor)
        .add(query.limit);
    TaskPromise<SessionPage> promise;
    const auto deadline = d->connection.deadlineFromNow();
    d->client.send(d->scripts.list, std::move(command), deadline, [this, promise, query, deadline](Result<RedisReply> reply) {
        const auto answer = d->client.checked(std::move(reply));
        if (!answer)
            return promise.finish(std::unexpected(answer.error()));
        auto it = answer->begin();
        SessionPage page;
        page.total = (*++it).integer();
        page.nextCursor = (*++it).text().toByteArray();
        QList<SessionKey> keys;
        for (const RedisReply key : *++it) {
            if (const auto known = SessionKey::fromString(QLatin1StringView(key.text())))
                keys.append(*known);
        }
        d->readRows(query, keys, std::move(page), promise, deadline);
    });
    return promise.task();
}

/// Fetches the records of \a keys, all at once, and answers when the last one is there.
void RedisStorePrivate::readRows(const SessionQuery &query, const QList<SessionKey> &keys, SessionPage page,
                                 const TaskPromise<SessionPage> &promise, Deadline deadline)
{
    if (keys.isEmpty())
        return promise.finish(std::move(page));
    const auto shared = std::make_shared<SessionPage>(std::move(page));
    shared->records.reserve(keys.size());
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const SessionKey &key = keys[i];
        RedisCommand row(query.withData ? "HGETALL" : "HMGET");
        row.add({prefix, "s:", key.toLatin1()});
        if (!query.withData)
            row.add("meta").add("user").add("expiry");
        const bool last = i + 1 == keys.size();
        connection.send(
            std::move(row),
            [this, key, promise, shared, last, withData = query.withData](Result<RedisReply> reply) {
                if (!reply)
                    return promise.finish(std::unexpected(reply.error()));
                if (reply->type() != RedisReply::Array && !reply->isError("WRONGTYPE"))
                    return promise.finish(std::unexpected(RedisClient::serverError(*reply)));
                if (auto record = rowFrom(key, *reply, withData))
                    shared->records.append(std::move(*record));
                if (last)
                    promise.finish(std::move(*shared));
            },
            deadline);
        if (promise.isFinished())
            return;
    }
}

/// The record of a row; nothing if it has gone since the keys were listed, or must be set aside.
std::optional<SessionRecord> RedisStorePrivate::rowFrom(const SessionKey &key, const RedisReply &fields, bool withData)
{
    std::optional<SessionRecord> record;
    QByteArrayView meta;
    if (withData) {
        record = readRecord(key, fields);
        meta = fieldOf(fields, "meta");
    } else if (fields.size() == 3) {
        meta = fields[0].text();
        if (const auto info = readInfo(key, meta, fields[1].text(), fields[2].text()))
            static_cast<SessionInfo &>(record.emplace()) = *info;
    }
    if (!record) {
        client.setAside(key, meta);
        return std::nullopt;
    }
    return record->isExpired(q->now()) ? std::nullopt : record;
}

/// Of a record that cannot be decoded only the key is known, and when it was set aside: that is its lastSeenAt.
Task<SessionPage> RedisStorePrivate::listQuarantined(const SessionQuery &query)
{
    TaskPromise<SessionPage> promise;
    RedisCommand list(query.descending ? "ZREVRANGE" : "ZRANGE");
    list.add({prefix, "i:quarantined"}).add("0").add("-1").add("WITHSCORES");
    connection.send(std::move(list), [promise, query](Result<RedisReply> reply) {
        if (!reply)
            return promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Array)
            return promise.finish(std::unexpected(RedisClient::serverError(*reply)));
        SessionPage page;
        const auto end = reply->end();
        for (auto it = reply->begin(); it != end; ++it) {
            const QByteArrayView text = (*it).text();
            const qint64 at = (*++it).text().toLongLong();
            const auto key = SessionKey::fromString(QLatin1StringView(text));
            if (!key || !text.startsWith(query.keyPrefix) || query.user)
                continue;
            if (page.total++ < query.offset || page.records.size() >= query.limit)
                continue;
            SessionRecord record;
            record.key = *key;
            record.lastSeenAt = TimePoint(std::chrono::milliseconds(at));
            page.records.append(record);
        }
        promise.finish(std::move(page));
    });
    return promise.task();
}

Task<qint64> RedisStore::count()
{
    TaskPromise<qint64> promise;
    RedisCommand command("ZCOUNT");
    command.add({d->prefix, "i:expires"}).add({"(", QByteArray::number(toNumber(now()))}).add("+inf");
    d->connection.send(std::move(command), [promise](Result<RedisReply> reply) {
        if (!reply)
            return promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Integer)
            return promise.finish(std::unexpected(RedisClient::serverError(*reply)));
        promise.finish(reply->integer());
    });
    return promise.task();
}

Task<qint64> RedisStore::removeExpired(int limit)
{
    RedisCommand command = d->client.command(d->scripts.sweep);
    command.add(limit);
    return d->client.run<qint64>(d->scripts.sweep, std::move(command), numberFrom);
}

Task<QList<SessionEvent>> RedisStore::history(const HistoryQuery &query)
{
    RedisCommand command = d->client.command(d->scripts.history);
    command.add(query.limit)
        .add(query.user ? "1" : "0")
        .add(query.user.value_or(QString()).toUtf8())
        .add(query.key ? query.key->toLatin1() : QByteArray());
    return d->client.run<QList<SessionEvent>>(d->scripts.history, std::move(command), [](const RedisReply &answer) {
        QList<SessionEvent> events;
        for (const RedisReply line : answer[1]) {
            if (auto event = readEvent(line.text()))
                events.append(std::move(*event));
        }
        return Result<QList<SessionEvent>>(std::move(events));
    });
}

Task<void> RedisStore::subscribe()
{
    if (!d->subscription) {
        d->subscription = std::make_unique<RedisSubscription>(d->client.options, this, &d->connection);
        connect(d->subscription.get(), &RedisSubscription::sessionEvent, this, &SessionStore::sessionEvent);
        connect(d->subscription.get(), &RedisSubscription::lost, this, [this] {
            d->updateAvailability();
            Q_EMIT eventsLost();
        });
        connect(d->subscription.get(), &RedisSubscription::up, this, [this] {
            if (std::exchange(d->wasSubscribed, true))
                Q_EMIT eventsLost();
            d->updateAvailability();
        });
    }
    return d->subscription->start();
}

bool RedisStore::process(std::chrono::milliseconds timeout)
{
    RedisConnection *const connections[] = {&d->connection, d->subscription ? d->subscription->connection() : nullptr};
    RedisConnection::process(std::span(connections, d->subscription ? 2 : 1), timeout);
    return true;
}

} // namespace Sojourn
