// SPDX-License-Identifier: MIT
#include "redisstore.h"

#include "redisconnection_p.h"
#include "redisrecord_p.h"
#include "redisscript_p.h"
#include "redissubscription_p.h"

#include <QtCore/QLoggingCategory>

using namespace Qt::StringLiterals;

namespace Sojourn {

Q_LOGGING_CATEGORY(lcRedis, "sojourn.redis")

namespace {

std::unexpected<Error> notFound()
{
    return failure(Error::NotFound, u"There is no living session with this key."_s);
}

/// What the server says of itself.
Error serverError(const RedisReply &reply)
{
    const QByteArrayView text = reply.text();
    const auto says = [text](QByteArrayView code) { return text.indexOf(code) >= 0; };
    if (says("READONLY"))
        return {Error::Unavailable, u"This Redis server is a replica and takes no changes. Use the address of its master."_s};
    if (says("LOADING") || says("MASTERDOWN"))
        return {Error::Unavailable, u"Redis is not ready yet: it loads its data or waits for its master."_s};
    return {Error::Unavailable, u"Redis cannot do that: %1"_s.arg(QString::fromUtf8(text))};
}

/// The word at the front of a script's answer, where it is not OK.
Error scriptError(QByteArrayView word, const RedisReply &answer)
{
    const QString detail = answer.size() > 1 ? QString::fromUtf8(answer[1].text()) : QString();
    if (word == "NOTFOUND")
        return notFound().error();
    if (word == "EXISTS")
        return {Error::Exists, u"There is a session with this key already."_s};
    if (word == "CONFLICT")
        return {Error::Conflict, u"The session has changed meanwhile: it is at version %1. Read it again."_s.arg(detail)};
    if (word == "INVALID")
        return SessionChange::notANumber(answer[1].text());
    if (word == "TOOLARGE")
        return SessionChange::tooLarge(answer[1].integer(), answer[2].integer());
    if (word == "LIMIT")
        return {Error::LimitReached, u"This user has as many sessions as allowed (%1). End one of them first."_s.arg(detail)};
    if (word == "CURSOR")
        return {Error::Invalid, u"This is no cursor of a page before. Begin at the first page."_s};
    return {Error::Corrupt, u"A script answered what it should not."_s};
}

} // namespace

class RedisStorePrivate
{
public:
    using Deadline = RedisConnection::Time; // of an operation, which may take several commands

    RedisStorePrivate(RedisStore *store, const RedisOptions &wanted);

    /// A command that runs \a script; its own arguments follow.
    RedisCommand command(const RedisScript &script) const;
    /// Runs \a script until \a deadline; \a read makes a Result<T> of its answer, an array whose first element is of no more use.
    template<class T, class Read>
    void run(const RedisScript &script, RedisCommand command, TaskPromise<T> promise, Deadline deadline, Read read);
    template<class T, class Read>
    Task<T> run(const RedisScript &script, RedisCommand command, Read read);
    template<class Answer>
    void send(const RedisScript &script, RedisCommand command, Deadline deadline, Answer answer);

    Result<RedisReply> checked(Result<RedisReply> reply);
    Result<SessionInfo> infoFrom(const RedisReply &answer);
    QByteArrayView countEvents(QByteArrayView status);
    void loadIndirectly(const SessionKey &key, const TaskPromise<SessionRecord> &promise, Deadline deadline);
    void setAside(const SessionKey &key, QByteArrayView meta);
    Task<SessionPage> listQuarantined(const SessionQuery &query);
    void readRows(const SessionQuery &query, const QList<SessionKey> &keys, SessionPage page, const TaskPromise<SessionPage> &promise,
                  Deadline deadline);
    std::optional<SessionRecord> rowFrom(const SessionKey &key, const RedisReply &fields, bool withData);

    void updateAvailability();

    RedisStore *const q;
    const RedisOptions options;
    const RedisScripts &scripts = RedisScripts::instance();
    std::unique_ptr<RedisConnection> connection;
    std::unique_ptr<RedisSubscription> subscription;
    bool available = false;
    bool wasSubscribed = false;
};

RedisStorePrivate::RedisStorePrivate(RedisStore *store, const RedisOptions &wanted)
    : q(store), options(wanted), connection(std::make_unique<RedisConnection>(options, store))
{
    QObject::connect(connection.get(), &RedisConnection::ready, q, [this] { updateAvailability(); });
    QObject::connect(connection.get(), &RedisConnection::lost, q, [this](const Error &error) {
        if (available)
            qCWarning(lcRedis).noquote() << error.text;
        updateAvailability();
    });
}

RedisCommand RedisStorePrivate::command(const RedisScript &script) const
{
    RedisCommand command = RedisCommand::script(script.sha);
    command.add(options.prefix).add(toNumber(q->now())).add(options.historyLimit);
    return command;
}

template<class Answer>
void RedisStorePrivate::send(const RedisScript &script, RedisCommand command, Deadline deadline, Answer answer)
{
    connection->send(command, [this, &script, command, deadline, answer = std::move(answer)](Result<RedisReply> reply) mutable {
        if (reply && reply->isError("NOSCRIPT"))
            connection->send(command.withText(script.text), std::move(answer), deadline);
        else
            answer(std::move(reply));
    }, deadline);
}

template<class T, class Read>
void RedisStorePrivate::run(const RedisScript &script, RedisCommand command, TaskPromise<T> promise, Deadline deadline, Read read)
{
    send(script, std::move(command), deadline, [this, promise, read = std::move(read)](Result<RedisReply> reply) mutable {
        const auto answer = checked(std::move(reply));
        if (answer)
            promise.finish(read(*answer));
        else
            promise.finish(std::unexpected(answer.error()));
    });
}

/// The answer of a script that did what it should.
Result<RedisReply> RedisStorePrivate::checked(Result<RedisReply> reply)
{
    if (!reply)
        return reply;
    if (reply->type() != RedisReply::Array)
        return std::unexpected(serverError(*reply));
    const QByteArrayView word = countEvents((*reply)[0].text());
    if (word == "OK")
        return reply;
    return std::unexpected(scriptError(word, *reply));
}

template<class T, class Read>
Task<T> RedisStorePrivate::run(const RedisScript &script, RedisCommand command, Read read)
{
    TaskPromise<T> promise;
    run(script, std::move(command), promise, connection->deadlineFromNow(), std::move(read));
    return promise.task();
}

/// Counts the events of a script, whose types follow its word. \return the word.
QByteArrayView RedisStorePrivate::countEvents(QByteArrayView status)
{
    const qsizetype space = status.indexOf(' ');
    for (const char type : status.sliced(space + 1)) {
        q->counters().countEvent(static_cast<SessionEvent::Type>(type - '0'));
        if (type - '0' == SessionEvent::Quarantined)
            qCWarning(lcRedis, "A session record could not be decoded and was set aside. The list of quarantined sessions has it.");
    }
    return status.first(space);
}

/// The answer of create.lua, change.lua and remove.lua: key, meta, user, expiry.
Result<SessionInfo> RedisStorePrivate::infoFrom(const RedisReply &answer)
{
    auto it = answer.begin();
    const SessionKey key = SessionKey::fromString(QLatin1StringView((*++it).text())).value_or(SessionKey());
    const QByteArrayView meta = (*++it).text();
    const QByteArrayView user = (*++it).text();
    if (const auto info = readInfo(key, meta, user, (*++it).text()))
        return *info;
    setAside(key, meta);
    return notFound();
}

void RedisStorePrivate::updateAvailability()
{
    const bool now = connection->isReady() && (!wasSubscribed || subscription->isUp());
    if (std::exchange(available, now) != now)
        Q_EMIT q->availabilityChanged(now);
}

RedisStore::RedisStore(const RedisOptions &options, QObject *parent)
    : SessionStore(parent), d(std::make_unique<RedisStorePrivate>(this, options))
{
    d->connection->open();
}

RedisStore::~RedisStore()
{
    d->connection->close();
    if (d->subscription)
        d->subscription->close();
}

Task<SessionInfo> RedisStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    if (record.isExpired(now()))
        return failure(Error::Invalid, u"The session has expired already."_s);
    if (record.data.size() > sizeLimit())
        return std::unexpected(SessionChange::tooLarge(record.data.size(), sizeLimit()));
    RedisCommand command = d->command(d->scripts.create);
    command.add(record.key.toLatin1()).add(mode == CreateMode::New ? "new" : "overwrite");
    if (cap)
        command.add(cap->limit).add(cap->policy == UserCap::Refuse ? "refuse" : "evict");
    else
        command.add("").add("");
    addRecord(command, record);
    return d->run<SessionInfo>(d->scripts.create, std::move(command), [this](const RedisReply &answer) { return d->infoFrom(answer); });
}

Task<SessionRecord> RedisStore::load(const SessionKey &key)
{
    TaskPromise<SessionRecord> promise;
    RedisCommand command("HGETALL");
    command.add({d->options.prefix, "s:", key.toLatin1()});
    const auto deadline = d->connection->deadlineFromNow();
    d->connection->send(std::move(command), [this, key, promise, deadline](Result<RedisReply> reply) {
        if (!reply)
            return promise.finish(std::unexpected(reply.error()));
        if (reply->type() == RedisReply::Array && reply->size() == 0)
            return d->loadIndirectly(key, promise, deadline);
        if (reply->type() != RedisReply::Array && !reply->isError("WRONGTYPE"))
            return promise.finish(std::unexpected(serverError(*reply)));
        if (auto record = readRecord(key, *reply)) {
            if (record->isExpired(now()))
                return promise.finish(notFound());
            return promise.finish(std::move(*record));
        }
        d->setAside(key, fieldOf(*reply, "meta"));
        promise.finish(notFound());
    }, deadline);
    return promise.task();
}

/// The record that \a key stands for in its grace time, where there is none of its own.
void RedisStorePrivate::loadIndirectly(const SessionKey &key, const TaskPromise<SessionRecord> &promise, Deadline deadline)
{
    RedisCommand load = command(scripts.load);
    load.add(key.toLatin1());
    run<SessionRecord>(scripts.load, std::move(load), promise, deadline, [this](const RedisReply &answer) -> Result<SessionRecord> {
        const SessionKey found = SessionKey::fromString(QLatin1StringView(answer[1].text())).value_or(SessionKey());
        if (auto record = readRecord(found, answer[2]))
            return std::move(*record);
        setAside(found, fieldOf(answer[2], "meta"));
        return notFound();
    });
}

/// Quarantines a record that could not be decoded, unless its meta field has become another one.
void RedisStorePrivate::setAside(const SessionKey &key, QByteArrayView meta)
{
    RedisCommand aside = command(scripts.quarantine);
    aside.add(key.toLatin1()).add(meta);
    (void)run<std::monostate>(scripts.quarantine, std::move(aside), [](const RedisReply &) { return Result<std::monostate>(); });
}

Task<SessionInfo> RedisStore::update(const SessionKey &key, const SessionChange &change)
{
    return rotate(key, key, change);
}

Task<SessionInfo> RedisStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                     std::chrono::milliseconds grace)
{
    RedisCommand command = d->command(d->scripts.change);
    command.add(oldKey.toLatin1())
        .add(newKey == oldKey ? QByteArray() : newKey.toLatin1())
        .add(grace.count())
        .add(sizeLimit());
    addChange(command, change, now());
    return d->run<SessionInfo>(d->scripts.change, std::move(command), [this](const RedisReply &answer) { return d->infoFrom(answer); });
}

static void addRemoval(RedisCommand &command, SessionStore::Removal why)
{
    const SessionEvent event = removalEvent({}, why, {});
    const QLatin1StringView name = SessionEvent::name(event.type);
    command.add(qint64(event.type)).add(QByteArrayView(name.data(), name.size())).add(event.reason.isNull() ? "-" : event.reason.toLatin1());
}

Task<SessionInfo> RedisStore::remove(const SessionKey &key, Removal why)
{
    RedisCommand command = d->command(d->scripts.remove);
    command.add(key.toLatin1());
    addRemoval(command, why);
    return d->run<SessionInfo>(d->scripts.remove, std::move(command), [this](const RedisReply &answer) { return d->infoFrom(answer); });
}

static Result<qint64> numberFrom(const RedisReply &answer)
{
    return answer[1].integer();
}

Task<qint64> RedisStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    if (user.isEmpty())
        return failure(Error::Invalid, u"Give the name of a user."_s);
    RedisCommand command = d->command(d->scripts.removeUser);
    command.add(user.toUtf8()).add(except ? except->toLatin1() : QByteArray());
    addRemoval(command, why);
    return d->run<qint64>(d->scripts.removeUser, std::move(command), numberFrom);
}

Task<QByteArray> RedisStore::takeFlash(const SessionKey &key)
{
    RedisCommand command = d->command(d->scripts.takeFlash);
    command.add(key.toLatin1());
    return d->run<QByteArray>(d->scripts.takeFlash, std::move(command),
                              [](const RedisReply &answer) { return Result<QByteArray>(answer[1].text().toByteArray()); });
}

Task<SessionPage> RedisStore::list(const SessionQuery &query)
{
    if (query.quarantined)
        return d->listQuarantined(query);
    static constexpr QByteArrayView orders[] = {"expires", "created", "seen", "users"};
    RedisCommand command = d->command(d->scripts.list);
    command.add(orders[query.order])
        .add(query.descending ? "1" : "0")
        .add(query.user ? "1" : "0")
        .add(query.user.value_or(QString()).toUtf8())
        .add(query.keyPrefix)
        .add(query.offset)
        .add(query.cursor)
        .add(query.limit);
    TaskPromise<SessionPage> promise;
    const auto deadline = d->connection->deadlineFromNow();
    d->send(d->scripts.list, std::move(command), deadline, [this, promise, query, deadline](Result<RedisReply> reply) {
        const auto answer = d->checked(std::move(reply));
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
        row.add({options.prefix, "s:", key.toLatin1()});
        if (!query.withData)
            row.add("meta").add("user").add("expiry");
        const bool last = i + 1 == keys.size();
        connection->send(std::move(row), [this, key, promise, shared, last, withData = query.withData](Result<RedisReply> reply) {
            if (!reply)
                return promise.finish(std::unexpected(reply.error()));
            if (reply->type() != RedisReply::Array && !reply->isError("WRONGTYPE"))
                return promise.finish(std::unexpected(serverError(*reply)));
            if (auto record = rowFrom(key, *reply, withData))
                shared->records.append(std::move(*record));
            if (last)
                promise.finish(std::move(*shared));
        }, deadline);
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
        setAside(key, meta);
        return std::nullopt;
    }
    return record->isExpired(q->now()) ? std::nullopt : record;
}

/// Of a record that cannot be decoded only the key is known, and when it was set aside: that is its lastSeenAt.
Task<SessionPage> RedisStorePrivate::listQuarantined(const SessionQuery &query)
{
    TaskPromise<SessionPage> promise;
    RedisCommand list(query.descending ? "ZREVRANGE" : "ZRANGE");
    list.add({options.prefix, "i:quarantined"}).add("0").add("-1").add("WITHSCORES");
    connection->send(std::move(list), [promise, query](Result<RedisReply> reply) {
        if (!reply)
            return promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Array)
            return promise.finish(std::unexpected(serverError(*reply)));
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
    command.add({d->options.prefix, "i:expires"}).add({"(", QByteArray::number(toNumber(now()))}).add("+inf");
    d->connection->send(std::move(command), [promise](Result<RedisReply> reply) {
        if (!reply)
            return promise.finish(std::unexpected(reply.error()));
        if (reply->type() != RedisReply::Integer)
            return promise.finish(std::unexpected(serverError(*reply)));
        promise.finish(reply->integer());
    });
    return promise.task();
}

Task<qint64> RedisStore::removeExpired(int limit)
{
    RedisCommand command = d->command(d->scripts.sweep);
    command.add(limit);
    return d->run<qint64>(d->scripts.sweep, std::move(command), numberFrom);
}

Task<QList<SessionEvent>> RedisStore::history(const HistoryQuery &query)
{
    RedisCommand command = d->command(d->scripts.history);
    command.add(query.limit)
        .add(query.user ? "1" : "0")
        .add(query.user.value_or(QString()).toUtf8())
        .add(query.key ? query.key->toLatin1() : QByteArray());
    return d->run<QList<SessionEvent>>(d->scripts.history, std::move(command), [](const RedisReply &answer) {
        QList<SessionEvent> events;
        for (const RedisReply line : answer[1]) {
            if (auto event = readEvent(line.text()))
                events.append(std::move(*event));
        }
        return Result<QList<SessionEvent>>(std::move(events));
    });
}

Task<std::monostate> RedisStore::subscribe()
{
    if (!d->subscription) {
        d->subscription = std::make_unique<RedisSubscription>(d->options, this, d->connection.get());
        connect(d->subscription.get(), &RedisSubscription::event, this, &SessionStore::event);
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
    RedisConnection *const connections[] = {d->connection.get(), d->subscription ? d->subscription->connection() : nullptr};
    RedisConnection::process(std::span(connections, d->subscription ? 2 : 1), timeout);
    return true;
}

} // namespace Sojourn
