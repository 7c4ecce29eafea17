// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"

#include <QtCore/QHash>

#include <deque>

namespace Sojourn {

/// What concerns a user in several shards: which of them have the user's sessions, and how many there may be.
///
/// A home, in a slot of its own, notes until when a user may have a session in a shard. It is told before a session is bound, and
/// each time its deadline moves, of twice the time that is left; so it may know too many shards, never too few. A session stays
/// in its shard when it rotates, so that nothing else has to be told. Log-ins under a cap take turns by a lock in the home.
class RedisHomes
{
public:
    /// Held while a session is bound to a user.
    using Turn = std::shared_ptr<void>;

    explicit RedisHomes(RedisClient &client) : m_client(client) { }
    Q_DISABLE_COPY_MOVE(RedisHomes)

    /// The shards that may have sessions of \a user.
    [[nodiscard]] static Task<std::vector<int>> shardsOf(RedisClient &client, const QString &user);

    /// Makes everything ready for \a session, as it is going to be, to be bound to its user before \a deadline: tells the home,
    /// and under a cap makes room or refuses. The session is known by the key \a before until then. \return what is to be kept
    /// until that has happened.
    [[nodiscard]] Task<Turn> enter(const SessionInfo &session, const SessionKey &before, const std::optional<UserCap> &cap,
                                   RedisClient::Deadline deadline);
    /// Tells the home that the deadline of \a session has moved.
    void tell(const SessionInfo &session);

private:
    struct Entry
    {
        SessionInfo session;
        SessionKey before;
        UserCap cap;
        RedisClient::Deadline deadline;
        TaskPromise<Turn> promise;
        QByteArray token = {};
    };
    [[nodiscard]] RedisCommand announcement(const SessionInfo &session) const;
    void lock(const std::shared_ptr<Entry> &entry);
    void unlock(const Entry &entry);
    void makeRoom(const std::shared_ptr<Entry> &entry);
    void evict(const std::shared_ptr<Entry> &entry, const QList<SessionKey> &victims, bool areAll);
    void leave(const std::shared_ptr<Entry> &entry);
    void admit(const std::shared_ptr<Entry> &entry);
    void refuse(const std::shared_ptr<Entry> &entry, const Error &error);

    RedisClient &m_client;
    QHash<QString, std::deque<std::shared_ptr<Entry>>> m_waiting; // of each user; the first has the lock or tries to get it
};

} // namespace Sojourn
