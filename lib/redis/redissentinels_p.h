// SPDX-License-Identifier: MIT
#pragma once

#include "redisconnection_p.h"

namespace Sojourn {

/// Follows the master of a name as its sentinels see it.
///
/// All sentinels are asked at once, and the first answer counts, unless it is older than what is known: each change of the master
/// has a number (the configuration epoch), and a sentinel that stood still for a while must not lead back to a dead master. Each
/// sentinel also tells of a switch by itself, and of the other sentinels.
class RedisSentinels final : public RedisLocator
{
    Q_OBJECT
public:
    /// Takes its timeout from \a store.
    RedisSentinels(const RedisOptions &options, const SessionStore *store);
    ~RedisSentinels() override;

    std::optional<RedisAddress> look() override;
    [[nodiscard]] Error error() const override;
    [[nodiscard]] std::vector<RedisConnection *> connections() const override;

private:
    using Time = RedisConnection::Time;

    struct Answer
    {
        RedisAddress master;
        qint64 epoch = 0;

        friend bool operator==(const Answer &a, const Answer &b) = default;
    };
    struct Sentinel
    {
        RedisAddress server;
        RedisConnection connection;
        std::optional<Answer> answer; // to the last question
        std::optional<Error> error;
        bool isUnfit = false; // by what it says of itself
        bool isAsked = false;
    };

    void add(const RedisAddress &server);
    void ask(Sentinel &sentinel);
    void heard(Sentinel &sentinel);
    void learn(const RedisReply &others);
    void listen(Sentinel &sentinel);
    void lost(Sentinel &sentinel, const Error &error);
    static void note(Sentinel &sentinel, const Error &error);
    void settle();
    void adopt(const Answer &answer);
    [[nodiscard]] RedisCommand question(QByteArrayView about) const;

    const RedisOptions m_options;
    const QByteArray m_name; // of the master
    const SessionStore *const m_store;
    std::vector<std::unique_ptr<Sentinel>> m_sentinels;
    std::optional<Answer> m_known;
    bool m_isSettled = false; // there was an answer to the last question
    Time m_settledAt;
};

} // namespace Sojourn
