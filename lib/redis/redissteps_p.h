// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"

#include <Sojourn/SessionStore>

namespace Sojourn {

// What touches many sessions, in steps that each hold the server up for a millisecond or two. Each step may take the store's
// timeout.

/// SessionStore::removeUser(). What one index does not know the others do: it goes through all those that know sessions by user,
/// and where some have fewer entries than others through all there are, until nothing is found any more.
class RedisRevocation : public std::enable_shared_from_this<RedisRevocation>
{
public:
    RedisRevocation(RedisClient &client, const QString &user, std::optional<SessionKey> except, SessionStore::Removal why);

    [[nodiscard]] Task<qint64> start();

private:
    void step();
    void nextIndex(bool allKnowAll);

    RedisClient &m_client;
    const QByteArray m_user;
    const QByteArray m_except;
    const SessionStore::Removal m_why;
    const TaskPromise<qint64> m_promise;
    qsizetype m_index = 0; // of indexes()
    qint64 m_from = 0;
    qint64 m_removed = 0;
    qint64 m_removedBefore = 0; // this round
};

/// SessionStore::history(): from the newest event back.
class RedisHistory : public std::enable_shared_from_this<RedisHistory>
{
public:
    RedisHistory(RedisClient &client, const HistoryQuery &query) : m_client(client), m_query(query) { }

    [[nodiscard]] Task<QList<SessionEvent>> start();

private:
    void step();

    RedisClient &m_client;
    const HistoryQuery m_query;
    const TaskPromise<QList<SessionEvent>> m_promise;
    QList<SessionEvent> m_events;
    QByteArray m_end = "+";
    qint64 m_seen = 0;
};

/// SessionStore::removeExpired(). When nothing has expired any more, a part of the indexes is held against the records, the next
/// part the next time: servers evict what they like, records and indexes, and people remove keys by hand.
class RedisSweep
{
public:
    explicit RedisSweep(RedisClient &client) : m_client(client) { }
    Q_DISABLE_COPY_MOVE(RedisSweep)

    [[nodiscard]] Task<qint64> run(int limit);

private:
    struct Run
    {
        TaskPromise<qint64> promise;
        qint64 limit = 0;
        qint64 done = 0;
        qint64 left = 0;
        int looks = 0;
    };
    void sweep(const std::shared_ptr<Run> &run);
    void mend(const std::shared_ptr<Run> &run);

    RedisClient &m_client;
    qsizetype m_index = 0; // the one that is looked at, and from where
    qint64 m_from = 0;
};

/// Adds type, name and reason of the event of a removal.
void addRemoval(RedisCommand &command, SessionStore::Removal why);

} // namespace Sojourn
