// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"

#include <QtCore/QHash>

#include <deque>
#include <vector>

namespace Sojourn {

/// What concerns a user in several shards: which of them have the user's sessions, and how many there may be.
///
/// A home, in a slot of its own, notes until when a user may have a session in a shard. It is told before a session is bound, and
/// each time its deadline moves, of twice the time that is left; so it may know too many shards, never too few. A session stays
/// in its shard when it rotates, so that nothing else has to be told. Log-ins under a cap take turns by a lock in the home, as
/// many at once as the cap leaves alive.
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
    /// and under a cap makes room or refuses. A session that is there already is known by the key \a before until then; if it is
    /// so no more, that is NotFound, and nobody has made room for it. \return what is to be kept until that has happened.
    [[nodiscard]] Task<Turn> enter(const SessionInfo &session, const std::optional<SessionKey> &before,
                                   const std::optional<UserCap> &cap, RedisClient::Deadline deadline);
    /// Whether the home may not have been told of as much as becomes of \a before. It has where a touch moves the deadline, which
    /// leaves as much time as there was before.
    [[nodiscard]] static bool isNews(const SessionInfo &after, const SessionInfo &before);
    /// Tells the home that the deadline of \a session has moved.
    void tell(const SessionInfo &session);

private:
    struct Entry
    {
        SessionInfo session;
        std::optional<SessionKey> before;
        UserCap cap;
        RedisClient::Deadline deadline;
        TaskPromise<Turn> promise;
    };
    using Entries = std::vector<std::shared_ptr<Entry>>;
    /// Those that have the lock at once.
    struct Group
    {
        QString user;
        QByteArray token;
        Entries entries;
    };
    using Shared = std::shared_ptr<Group>;
    struct Queue
    {
        std::deque<std::shared_ptr<Entry>> waiting;
        QByteArray token = {}; // by which the lock is held
        std::optional<QList<SessionKey>> known = {}; // what the turn before has left, while the lock is held
        int turns = 0; // that this process has had in a row
        bool isBusy = false; // a group has the lock or tries to get it
    };
    /// What becomes of a group.
    struct Decision
    {
        QList<SessionKey> victims;
        QList<SessionKey> left; // with those that are admitted
        Entries admitted;
        Entries refused;
    };
    [[nodiscard]] RedisCommand announcement(const SessionInfo &session) const;
    void lock(const QString &user);
    [[nodiscard]] static Shared nextGroup(const QString &user, Queue &queue);
    void locked(const Shared &group, bool wasKept);
    void admit(const Shared &group, bool wasKept);
    void unlock(const Group &group);
    using Session = std::pair<TimePoint, SessionKey>; // when it was created
    using Sessions = std::vector<Session>;
    void makeRoom(const Shared &group);
    void makeRoomAmong(const Shared &group, Sessions bound, bool areAll);
    [[nodiscard]] static Decision decide(const Group &group, Sessions bound);
    void evict(const Shared &group, const Decision &decision, bool areAll);
    void finish(const Shared &group, const Decision &decision);
    void leave(const Group &group);
    void refuse(const Shared &group, const Error &error);
    void forget(const QString &user, const std::shared_ptr<Entry> &entry);
    void rest(const QString &user, std::chrono::milliseconds pause);

    RedisClient &m_client;
    QHash<QString, Queue> m_queues; // of each user
};

} // namespace Sojourn
