// SPDX-License-Identifier: MIT
#include "redisclient_p.h"

#include "redisrecord_p.h"

using namespace Qt::StringLiterals;

namespace Sojourn {

Q_LOGGING_CATEGORY(lcRedis, "sojourn.redis")

namespace {

/// The word at the front of a script's answer, where it is not OK.
Error scriptError(QByteArrayView word, const RedisReply &answer)
{
    const QString detail = answer.size() > 1 ? QString::fromUtf8(answer[1].text()) : QString();
    if (word == "NOTFOUND")
        return RedisClient::notFound().error();
    if (word == "EXISTS")
        return {Error::Exists, u"There is a session with this key already."_s};
    if (word == "LIMIT")
        return {Error::LimitReached, u"This user has as many sessions as allowed (%1). End one of them first."_s.arg(detail)};
    if (word == "CURSOR")
        return {Error::Invalid, u"This is no cursor of a page before. Begin at the first page."_s};
    return {Error::Corrupt, u"A script answered what it should not."_s};
}

} // namespace

std::unexpected<Error> RedisClient::notFound()
{
    return failure(Error::NotFound, u"There is no living session with this key."_s);
}

Error RedisClient::serverError(const RedisReply &reply)
{
    const QByteArrayView text = reply.text();
    const auto says = [text](QByteArrayView code) { return text.indexOf(code) >= 0; };
    if (says("READONLY"))
        return {Error::Unavailable, u"This Redis server is a replica and takes no changes. Use the address of its master."_s};
    if (says("LOADING") || says("MASTERDOWN"))
        return {Error::Unavailable, u"Redis is not ready yet: it loads its data or waits for its master."_s};
    return {Error::Unavailable, u"Redis cannot do that: %1"_s.arg(QString::fromUtf8(text))};
}

RedisCommand RedisClient::command(const RedisScript &script) const
{
    RedisCommand command = RedisCommand::script(script.sha);
    command.add(options.prefix)
        .add(toNumber(store->now()))
        .add({QByteArray::number(options.historyLimit), " ", eventChannel(options)});
    return command;
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
    RedisCommand aside = command(scripts.quarantine);
    aside.add(key.toLatin1()).add(meta);
    send(scripts.quarantine, std::move(aside), connection.deadlineFromNow(),
         [this, done = std::move(done)](Result<RedisReply> reply) {
             (void)checked(std::move(reply));
             done();
         });
}

} // namespace Sojourn
