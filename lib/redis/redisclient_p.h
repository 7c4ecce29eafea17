// SPDX-License-Identifier: MIT
#pragma once

#include "redisconnection_p.h"
#include "redisscript_p.h"

#include <QtCore/QLoggingCategory>

#include <functional>

namespace Sojourn {

Q_DECLARE_LOGGING_CATEGORY(lcRedis)

/// The scripts of a store on its connection, and what their answers mean.
class RedisClient
{
public:
    using Deadline = RedisConnection::Time; // of an operation, which may take several commands

    RedisClient(SessionStore *ofStore, const RedisOptions &wanted);

    /// A command that runs \a script, with the arguments that begin those of common.lua; its own follow.
    [[nodiscard]] RedisCommand command(const RedisScript &script) const;
    /// Sends \a command, once more with the text of \a script if the server does not know it, and again as long as the script has
    /// more to do than one step may. \a answer(Result<RedisReply>).
    template<class Answer>
    void send(const RedisScript &script, RedisCommand command, Deadline deadline, Answer answer);
    /// Runs \a script; \a read makes a Result<T> of its answer, an array whose first element is of no more use.
    template<class T, class Read>
    [[nodiscard]] Task<T> run(const RedisScript &script, RedisCommand command, Read read);

    /// The answer of a script that did what it should, or the error that it tells of. Counts the events it caused.
    [[nodiscard]] Result<RedisReply> checked(Result<RedisReply> reply);
    /// Quarantines a record that could not be decoded, unless its meta field has become another one. Calls \a done when that has
    /// happened.
    void setAside(const SessionKey &key, QByteArrayView meta, std::function<void()> done = [] { });

    /// Types of events, as digits behind the word of a script's answer, and keys that were set aside. \return the word.
    QByteArrayView countEvents(QByteArrayView status);

    [[nodiscard]] static std::unexpected<Error> notFound();
    [[nodiscard]] static Error newerFormat();
    /// What the server says of itself.
    [[nodiscard]] static Error serverError(const RedisReply &reply);

    SessionStore *const store;
    const RedisOptions options;
    const RedisScripts &scripts = RedisScripts::instance();
    RedisConnection connection;
    bool hasOwnClock = false; ///< expiry goes by the store's clock, not by the server's
    bool mayEvict = true; ///< whether the server may remove what it likes when its memory is full

private:
    template<class Answer>
    void receive(const RedisScript &script, RedisCommand command, Answer answer, Result<RedisReply> reply);
    void examine();
    void judge(const RedisReply &rights, const QByteArrayList &refused);
};

template<class Answer>
void RedisClient::send(const RedisScript &script, RedisCommand command, Deadline deadline, Answer answer)
{
    connection.send(
        command,
        [this, &script, command, deadline, answer = std::move(answer)](Result<RedisReply> reply) mutable {
            if (!reply || !reply->isError("NOSCRIPT")) {
                receive(script, std::move(command), std::move(answer), std::move(reply));
                return;
            }
            const RedisCommand whole = command.withText(script.text);
            connection.send(
                whole,
                [this, &script, command = std::move(command), answer = std::move(answer)](Result<RedisReply> second) mutable {
                    receive(script, std::move(command), std::move(answer), std::move(second));
                },
                deadline);
        },
        deadline);
}

template<class Answer>
void RedisClient::receive(const RedisScript &script, RedisCommand command, Answer answer, Result<RedisReply> reply)
{
    if (reply && reply->type() == RedisReply::Array && (*reply)[0].text().startsWith("MORE ")) {
        countEvents((*reply)[0].text());
        send(script, std::move(command), connection.deadlineFromNow(), std::move(answer));
    } else {
        answer(std::move(reply));
    }
}

template<class T, class Read>
Task<T> RedisClient::run(const RedisScript &script, RedisCommand command, Read read)
{
    const TaskPromise<T> promise;
    send(script, std::move(command), connection.deadlineFromNow(),
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
