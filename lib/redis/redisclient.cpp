// SPDX-License-Identifier: MIT
#include "redisclient_p.h"

#include "rediscodec_p.h"
#include "redissentinels_p.h"

#include <QtCore/QMutex>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

Q_LOGGING_CATEGORY(lcRedis, "sojourn.redis")

Error RedisClient::scriptError(QByteArrayView word, const RedisReply &answer)
{
    const QString detail = answer.size() > 1 ? QString::fromUtf8(answer[1].text()) : QString();
    if (word == "NOTFOUND")
        return notFound().error();
    if (word == "REPLACED")
        return {Error::Replaced, Error::tr("The session has another key by now. Use the one that replaced this.")};
    if (word == "NEWER")
        return newerFormat();
    if (word == "EXISTS")
        return {Error::Exists, Error::tr("There is a session with this key already.")};
    if (word == "LIMIT")
        return limitReached(detail);
    if (word == "CONFLICT" && answer.size() > 2)
        return SessionChange::checkVersion(answer[1].text().toULongLong(), answer[2].text().toULongLong()).error();
    if (word == "CURSOR")
        return notACursor();
    return {Error::Corrupt, Error::tr("A script answered what it should not.")};
}

Error RedisClient::notACursor()
{
    return {Error::Invalid, Error::tr("This is no cursor of a page before. Begin at the first page.")};
}

std::unexpected<Error> RedisClient::notFound()
{
    static const auto made = failure(Error::NotFound, Error::tr("There is no living session with this key."));
    return made;
}

Error RedisClient::limitReached(const QString &limit)
{
    return {Error::LimitReached, Error::tr("This user has as many sessions as allowed (%1). End one of them first.").arg(limit)};
}

Error RedisClient::newerFormat()
{
    return {Error::Unsupported, Error::tr("A newer version of Sojourn wrote this session. Update this program to read it.")};
}

Error RedisClient::serverError(const RedisReply &reply)
{
    struct Sign
    {
        const char *code;
        ErrorText text;
    };
    static const Sign signs[] = {
        {"READONLY", Error::tr("This Redis server is a replica and takes no changes. Use the address of its master.")},
        {"LOADING", Error::tr("Redis is not ready yet: it loads its data. Try again in a while.")},
        {"MASTERDOWN", Error::tr("Redis is not ready yet: it waits for its master. Try again in a while.")},
        {"OOM",
         Error::tr(
             "The memory of Redis is full, and nothing was changed. Raise its setting maxmemory, or remove what is not needed.")},
        {"MISCONF", Error::tr("Redis takes no changes, as it cannot write to its disk. Look into its log.")},
        {"NOREPLICAS", Error::tr("Redis takes no changes, as too few of its replicas are there. Look after them.")},
        {"WRONGTYPE",
         Error::tr("A key of the store holds something of another type, and nothing was changed (%1). Remove that key, or use "
                   "another prefix.")},
        {"NOPERM",
         Error::tr("This account may not use a command that the store needs. Give it the rights that the README lists.")},
        {"can't run",
         Error::tr(
             "This account may not use a command that the store needs, and nothing was changed. Give it the rights that the "
             "README lists.")},
        {"ACL failure",
         Error::tr(
             "This account may not use a command that the store needs, and nothing was changed. Give it the rights that the "
             "README lists.")},
        {"BUSY", Error::tr("Redis is busy with a script. Try again in a while, or end it with SCRIPT KILL.")},
    };
    const QByteArrayView text = reply.text();
    for (const Sign &sign : signs) {
        if (text.indexOf(sign.code) >= 0)
            return {Error::Unavailable, sign.text.arg(QString::fromUtf8(text))};
    }
    return {Error::Unavailable, Error::tr("Redis cannot do that: %1.").arg(QString::fromUtf8(text))};
}

static std::unique_ptr<RedisLocator> locatorFor(const RedisOptions &options, const SessionStore *store)
{
    return options.sentinels.isEmpty() ? nullptr : std::make_unique<RedisSentinels>(options, store);
}

RedisClient::RedisClient(SessionStore *ofStore, const RedisOptions &wanted)
    : store(ofStore), options(wanted), locator(locatorFor(options, store)), router(options, store, locator.get())
{
    if (router.isCluster()) // from Redis 7; a node that is older says so when it greets
        publishCommand = "SPUBLISH";
    router.setExamination([this](RedisConnection &node) { examine(node); });
    router.setCheck(countCommand(), [this](const RedisReply &count) { return judgeCount(count); });
    QObject::connect(&router, &RedisRouter::mapped, &router, [this] { forgetGone(); });
}

RedisCommand RedisClient::countCommand() const
{
    const QByteArray key = shards.countKey();
    RedisCommand command = RedisCommand::script(scripts.count, key, RedisShards::slotOf(key)).withText(scripts.count.text);
    command.add(shards.count()).add(options.readOnly ? "ro" : "rw");
    return command;
}

std::optional<Error> RedisClient::judgeCount(const RedisReply &count) const
{
    if (count.type() == RedisReply::Error)
        return serverError(count);
    const QString found = QString::fromUtf8(count.text());
    if (found.toInt() == shards.count())
        return std::nullopt;
    return Error{
        Error::Unsupported,
        Error::tr(
            "The store in Redis at %1 has %2 shards, not %3, and keeps them. Write shards=%2 in the store URL, or use another "
            "prefix.")
            .arg(router.serverName(), found, QString::number(shards.count()))};
}

/// Finds out what this account may do before anything is written, and what the server does when its memory is full.
void RedisClient::examine(RedisConnection &node)
{
    RedisCommand memory("INFO");
    memory.add("memory");
    node.ask(memory, [this, &node](const Result<RedisReply> &reply) {
        if (reply && reply->type() == RedisReply::String)
            noteMemory(node, *reply);
    });
    const auto theirs = std::ranges::find_if(shards, [&](const RedisShard &shard) { return router.nodeOf(shard.slot) == &node; });
    if (router.isCluster() && node.majorVersion() < 7)
        publishCommand = "PUBLISH";
    if (theirs == shards.end()) { // a replica, or a node of other slots
        node.ask(RedisCommand("PING"), [&node](const Result<RedisReply> &reply) {
            if (reply)
                node.accept();
        });
        return;
    }
    const auto refused = std::make_shared<QByteArrayList>();
    RedisCommand unknown("EVALSHA");
    unknown.add(QByteArray(40, '0')).add("0");
    node.ask(unknown, [refused](const Result<RedisReply> &reply) {
        if (reply && !reply->isError("NOSCRIPT"))
            refused->append("EVALSHA");
    });
    if (node.waitsForReplicas() && !options.readOnly) { // which no script may try
        RedisCommand wait("WAIT");
        wait.add("0").add("1");
        node.ask(wait, [refused](const Result<RedisReply> &reply) {
            if (reply && (reply->isError("NOPERM") || reply->isError("ERR unknown command")))
                refused->append("WAIT");
        });
    }
    RedisCommand rights("EVAL");
    rights.add(scripts.rights.text)
        .add("1")
        .add({theirs->prefix, "probe"})
        .add(theirs->prefix)
        .add(theirs->channel)
        .add(options.readOnly ? "ro" : "rw");
    rights.add(publishCommand);
    const auto judgeRights = [this, refused, &node](const Result<RedisReply> &reply) {
        if (reply)
            judge(node, *reply, *refused);
    };
    if (router.isCluster() || shards.isOne()) {
        node.ask(rights, judgeRights);
        return;
    }
    node.ask(countCommand(), [this, &node, rights, judgeRights](const Result<RedisReply> &reply) {
        if (const auto wrong = reply ? judgeCount(*reply) : std::nullopt)
            node.refuse(*wrong);
        else if (reply)
            node.ask(rights, judgeRights);
    });
}

/// Servers that are used no more remove no sessions of this store.
void RedisClient::forgetGone()
{
    const std::vector<RedisConnection *> nodes = router.connections();
    const auto isGone = [&nodes](const QString &server) {
        return std::ranges::none_of(nodes, [&server](const RedisConnection *node) { return node->serverName() == server; });
    };
    m_evicting.removeIf(isGone);
    mayEvict = !m_evicting.isEmpty();
}

void RedisClient::noteMemory(const RedisConnection &node, const RedisReply &info)
{
    const QByteArrayView policy = infoField(info.text(), "maxmemory_policy");
    if (policy == "noeviction")
        m_evicting.remove(node.serverName());
    else
        m_evicting.insert(node.serverName());
    forgetGone();
    if (policy == "noeviction" || policy.isEmpty() || options.readOnly)
        return;
    static QMutex mutex;
    static QStringList told;
    const QMutexLocker locker(&mutex);
    if (told.contains(node.serverName()))
        return;
    told.append(node.serverName());
    qCWarning(lcRedis).noquote()
        << u"Redis at %1 removes sessions when its memory is full: its maxmemory-policy is %2. Set it to "
           "noeviction, and maxmemory high enough."_s.arg(node.serverName(), QString::fromUtf8(policy));
}

/// \a rights is the answer of rights.lua.
void RedisClient::judge(RedisConnection &node, const RedisReply &rights, const QByteArrayList &refused)
{
    QByteArrayList missing = refused, events;
    if (rights.type() == RedisReply::Array) {
        for (const RedisReply command : rights[0])
            missing.append(command.text().toByteArray());
        for (const RedisReply command : rights[1])
            events.append(command.text().toByteArray());
    } else if (rights.isError("NOPERM") || rights.isError("ERR unknown command")) {
        missing.append("EVAL");
    } else if (router.isCluster() && rights.isOfAnotherSlot()) {
        node.accept(); // it has that slot no more, or not yet: a replica on its way to be the master; or the slot is moving
        return;
    } else {
        node.refuse(serverError(rights));
        return;
    }
    const auto errorOf = [this, &node](const QByteArrayList &commands, const QString &what) {
        const QString prefix = QString::fromUtf8(shards.isOne() ? options.prefix : '{' + options.prefix);
        return Error{Error::Unavailable,
                     Error::tr("Redis at %1 refuses %2 to this account: %3. Give it the rights: ACL SETUSER %4 ~%5* &%5* +%6")
                         .arg(node.serverName(), QString::fromUtf8(commands.join(", ")), what,
                              options.user.isEmpty() ? u"default"_s : options.user, prefix,
                              QString::fromUtf8(commands.join(" +").toLower()))};
    };
    if (!missing.isEmpty()) {
        node.refuse(errorOf(missing, u"nothing is read or written"_s));
        return;
    }
    const auto before = std::exchange(node.eventsError, std::nullopt);
    if (!events.isEmpty())
        node.eventsError = errorOf(events, u"sessions are kept, but what happens to them is not told"_s);
    if (node.eventsError && node.eventsError != before)
        qCWarning(lcRedis).noquote() << node.eventsError->text;
    node.accept();
}

/// Whether a script that was refused so has changed nothing, and may soon run: when a replica is back, or at the new master.
bool RedisClient::isWorthTryingAgain(const RedisReply &reply, Deadline deadline)
{
    if (reply.type() != RedisReply::Error) {
        m_isPatient = true;
        return false;
    }
    if (reply.isError("LATE")) // by a clock that has been compared anew meanwhile
        return true;
    const auto says = [text = reply.text()](const char *code) { return text.indexOf(code) >= 0; };
    const bool mayPass = says("NOREPLICAS") || (locator && (says("READONLY") || says("MASTERDOWN")));
    if (!mayPass || !m_isPatient)
        return false;
    m_isPatient = RedisConnection::lastMoment(deadline, *store) - std::chrono::steady_clock::now() > 2 * AgainPause;
    return m_isPatient;
}

int RedisClient::historyLimit() const
{
    // Twice the share of a shard: some shards see more than others.
    constexpr int least = 100;
    return shards.isOne() ? options.historyLimit : std::max(least, 2 * (options.historyLimit / shards.count()));
}

qint64 RedisClient::historyBytes() const
{
    constexpr qint64 least = 128 * 1024;
    return shards.isOne() ? SessionStore::HistoryBytes : std::max(least, 2 * qint64(SessionStore::HistoryBytes) / shards.count());
}

/// No key is called "probe": while a slot moves to another node a cluster refuses what declares a key that is not there. So a
/// script runs only where everything is that it may come across.
RedisCommand RedisClient::command(const RedisScript &script, const RedisShard &shard) const
{
    RedisCommand command = RedisCommand::script(script, shard.prefix + "probe", shard.slot);
    command.add(shard.prefix)
        .add(hasOwnClock ? QByteArray::number(toNumber(store->now())) : QByteArray())
        .add({QByteArray::number(historyLimit()), " ", QByteArray::number(historyBytes()), options.readOnly ? " ro " : " rw ",
              publishCommand, " ", shard.channel});
    return command;
}

RedisCommand RedisClient::countOf(const RedisShard &shard) const
{
    RedisCommand command("ZCOUNT", shard.slot);
    command.add({shard.prefix, "i:expires"}).add({"(", QByteArray::number(toNumber(store->now()))}).add("+inf");
    return command;
}

Result<qint64> RedisClient::number(const Result<RedisReply> &reply)
{
    if (!reply)
        return std::unexpected(reply.error());
    if (reply->type() != RedisReply::Integer)
        return std::unexpected(serverError(*reply));
    return reply->integer();
}

Result<RedisReply> RedisClient::checked(Result<RedisReply> reply)
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

void RedisClient::takeCensus(Census census, std::function<void(std::optional<Error>)> done)
{
    RedisCommand step = command(scripts.census, census.key);
    step.add(census.key.toLatin1()).add(census.user).add(census.wanted).add(census.found).add(census.cursor);
    const auto answered = [this, census, done](Result<RedisReply> reply) mutable {
        const auto counted = checked(std::move(reply));
        if (!counted)
            return done(counted.error());
        auto it = counted->begin();
        census.found = (*++it).integer();
        census.cursor = (*++it).text().toByteArray();
        if (census.cursor.isEmpty())
            done({});
        else
            takeCensus(std::move(census), std::move(done));
    };
    send(scripts.census, std::move(step), router.deadlineFromNow(), std::function<void(Result<RedisReply>)>(answered));
}

QByteArrayView RedisClient::countEvents(QByteArrayView status)
{
    const auto takeWord = [&status] {
        const qsizetype space = status.indexOf(' ');
        const QByteArrayView word = status.first(space < 0 ? status.size() : space);
        status = status.sliced(std::min(word.size() + 1, status.size()));
        return word;
    };
    const QByteArrayView word = takeWord();
    for (const char type : takeWord())
        store->counters().countEvent(static_cast<SessionEvent::Type>(type - '0'));
    while (!status.isEmpty()) {
        const auto key = SessionKey::fromString(QLatin1StringView(takeWord()));
        qCWarning(lcRedis, "Session %ls cannot be decoded and was set aside. The list of quarantined sessions has it.",
                  qUtf16Printable(key ? key->toString() : u"without a key"_s));
    }
    return word;
}

void RedisClient::setAside(const SessionKey &key, QByteArrayView meta, std::function<void()> done)
{
    if (options.readOnly) {
        done();
        return;
    }
    RedisCommand aside = command(scripts.quarantine, key);
    aside.add(key.toLatin1()).add(meta);
    send(scripts.quarantine, std::move(aside), router.deadlineFromNow(),
         [this, done = std::move(done)](Result<RedisReply> reply) {
             std::ignore = checked(std::move(reply));
             done();
         });
}

} // namespace Sojourn
