// SPDX-License-Identifier: MIT
#pragma once

#include "redislogging_p.h"
#include "redisrouter_p.h"
#include "redisscript_p.h"
#include "redisshards_p.h"

#include <QtCore/QSet>

#include <functional>

namespace Sojourn {

/// The scripts of a store on its connections, and what their answers mean.
class RedisClient
{
public:
    using Deadline = RedisConnection::Time; // of an operation, which may take several commands

    RedisClient(SessionStore *ofStore, const RedisOptions &wanted);

    /// A command that runs \a script in \a shard, with the arguments that begin those of common.lua; its own follow.
    [[nodiscard]] RedisCommand command(const RedisScript &script, const RedisShard &shard) const;
    [[nodiscard]] RedisCommand command(const RedisScript &script, const SessionKey &key) const
    {
        return command(script, shards.of(key));
    }
    /// How many living sessions a shard has.
    [[nodiscard]] RedisCommand countOf(const RedisShard &shard) const;
    [[nodiscard]] static Result<qint64> number(const Result<RedisReply> &reply);
    /// How many events the history of a shard keeps.
    [[nodiscard]] int historyLimit() const;
    [[nodiscard]] qint64 historyBytes() const;
    /// Sends \a command, once more with the text of \a script if the server does not know it, and again as long as the script has
    /// more to do than one step may. \a answer(Result<RedisReply>).
    template<class Answer>
    void send(const RedisScript &script, RedisCommand command, Deadline deadline, Answer answer);
    /// Runs \a script; \a read makes a Result<T> of its answer, an array whose first element is of no more use.
    template<class T, class Read>
    [[nodiscard]] Task<T> run(const RedisScript &script, RedisCommand command, Read read, std::optional<Deadline> deadline = {});

    /// The answer of a script that did what it should, or the error that it tells of. Counts the events it caused.
    [[nodiscard]] Result<RedisReply> checked(Result<RedisReply> reply);
    /// Quarantines a record that could not be decoded, unless its meta field has become another one. Calls \a done when that has
    /// happened.
    void setAside(const SessionKey &key, QByteArrayView meta, std::function<void()> done = [] { });

    /// Types of events, as digits behind the word of a script's answer, and keys that were set aside. \return the word.
    QByteArrayView countEvents(QByteArrayView status);

    [[nodiscard]] static std::unexpected<Error> notFound();
    [[nodiscard]] static Error limitReached(const QString &limit);
    [[nodiscard]] static Error notACursor();
    [[nodiscard]] static Error newerFormat();
    /// The word at the front of a script's answer, where it is not OK.
    [[nodiscard]] static Error scriptError(QByteArrayView word, const RedisReply &answer);
    /// What the server says of itself.
    [[nodiscard]] static Error serverError(const RedisReply &reply);
    /// The same for what only events need: what the account lacks for them, where that is known.
    [[nodiscard]] Error eventsError(const RedisReply &reply) const { return router.eventsError().value_or(serverError(reply)); }

    SessionStore *const store;
    const RedisOptions options;
    const RedisShards shards{options};
    const RedisScripts &scripts = RedisScripts::instance();
    const std::unique_ptr<RedisLocator> locator; ///< null where the server is always at the same place
    RedisRouter router;
    QByteArray publishCommand = "PUBLISH";
    bool hasOwnClock = false; ///< expiry goes by the store's clock, not by the server's
    bool mayEvict = true; ///< whether the server may remove what it likes when its memory is full

private:
    QSet<QString> m_evicting; // servers that remove sessions
    bool m_isPatient = true; // with a server that lacks replicas: not once an operation has waited in vain

    static constexpr std::chrono::milliseconds AgainPause{20};

    [[nodiscard]] bool isWorthTryingAgain(const RedisReply &reply, Deadline deadline);
    template<class Answer>
    void send(const RedisScript &script, RedisCommand command, RedisCommand form, Deadline deadline,
              std::chrono::milliseconds pause, Answer answer);
    /// Of a user who has more sessions under a cap than one step may look at.
    struct Census
    {
        SessionKey key; // does not count
        QByteArray user;
        qint64 wanted, found;
        QByteArray cursor;
    };
    void takeCensus(Census census, std::function<void(std::optional<Error>)> done);
    template<class Answer>
    void receive(const RedisScript &script, RedisCommand command, Answer answer, Result<RedisReply> reply);
    void examine(RedisConnection &node);
    void forgetGone();
    void noteMemory(const RedisConnection &node, const RedisReply &info);
    void judge(RedisConnection &node, const RedisReply &rights, const QByteArrayList &refused);
    [[nodiscard]] RedisCommand countCommand() const;
    [[nodiscard]] std::optional<Error> judgeCount(const RedisReply &count) const;
};

template<class Answer>
void RedisClient::send(const RedisScript &script, RedisCommand command, Deadline deadline, Answer answer)
{
    RedisCommand form = command;
    send(script, std::move(command), std::move(form), deadline, {}, std::move(answer));
}

/// \a form is the command with the script's hash or with its text.
template<class Answer>
void RedisClient::send(const RedisScript &script, RedisCommand command, RedisCommand form, Deadline deadline,
                       std::chrono::milliseconds pause, Answer answer)
{
    auto answered = [this, &script, command = std::move(command), deadline,
                     answer = std::move(answer)](Result<RedisReply> reply) mutable {
        if (reply && reply->isError("NOSCRIPT")) {
            RedisCommand whole = command.withText(script.text);
            send(script, std::move(command), std::move(whole), deadline, {}, std::move(answer));
        } else if (reply && isWorthTryingAgain(*reply, deadline)) {
            RedisCommand again = command;
            send(script, std::move(command), std::move(again), deadline, AgainPause, std::move(answer));
        } else {
            receive(script, std::move(command), std::move(answer), std::move(reply));
        }
    };
    if (pause > pause.zero())
        router.sendLater(std::move(form), std::move(answered), deadline, pause);
    else
        router.send(std::move(form), std::move(answered), deadline);
}

template<class Answer>
void RedisClient::receive(const RedisScript &script, RedisCommand command, Answer answer, Result<RedisReply> reply)
{
    if (reply && reply->type() == RedisReply::Array && (*reply)[0].text().startsWith("MORE ")) {
        countEvents((*reply)[0].text());
        send(script, std::move(command), router.deadlineFromNow(), std::move(answer));
    } else if (reply && reply->type() == RedisReply::Array && (*reply)[0].text().startsWith("CHECK ")) {
        countEvents((*reply)[0].text());
        auto it = reply->begin();
        const QByteArrayView key = (*++it).text(), user = (*++it).text();
        takeCensus(
            {SessionKey::fromString(QLatin1StringView(key)).value_or(SessionKey()), user.toByteArray(), (*++it).integer(), 0, {}},
            [this, &script, command = std::move(command), answer = std::move(answer)](const std::optional<Error> &error) mutable {
                if (error)
                    return answer(std::unexpected(*error));
                command.switchOn();
                send(script, std::move(command), router.deadlineFromNow(), std::move(answer));
            });
    } else {
        answer(std::move(reply));
    }
}

template<class T, class Read>
Task<T> RedisClient::run(const RedisScript &script, RedisCommand command, Read read, std::optional<Deadline> deadline)
{
    const TaskPromise<T> promise;
    send(script, std::move(command), deadline.value_or(router.deadlineFromNow()),
         [this, promise, read = std::move(read)](Result<RedisReply> reply) mutable {
             const auto answer = checked(std::move(reply));
             if (answer)
                 promise.finish(read(*answer));
             else
                 promise.finish(std::unexpected(answer.error()));
         });
    return promise.task();
}

} // namespace Sojourn
