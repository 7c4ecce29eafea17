// SPDX-License-Identifier: MIT
#pragma once

#include "redisconnection_p.h"
#include "redisdelay_p.h"

#include <memory>
#include <vector>

namespace Sojourn {

/// Sends the commands of a store where they belong: over its one connection, or to the node of a cluster that has their slot.
///
/// Of a cluster it keeps a map of the slots, read from any node: anew when a node says that a slot has moved, when one is lost,
/// and every half second while one is away, but not more often. What a cluster cannot do just now, as a slot is on its way or a
/// master has just died, is tried again until its deadline. Commands to a node that is away fail at once; those to others do not
/// notice.
class RedisRouter : public QObject
{
    Q_OBJECT
public:
    using Handler = RedisConnection::Handler;
    using Time = RedisConnection::Time;

    RedisRouter(const RedisOptions &options, const SessionStore *store, RedisLocator *locator);
    ~RedisRouter() override;

    /// RedisConnection::setExamination() of each connection.
    void setExamination(std::function<void(RedisConnection &)> examine) { m_examine = std::move(examine); }
    /// Looks at a cluster before it is used, by \a command: \a judge(reply) says what is wrong with it.
    void setCheck(const RedisCommand &command, std::function<std::optional<Error>(const RedisReply &)> judge);

    void open();
    /// Commands under way and later ones fail.
    void close();
    /// Whether every command can be sent at once.
    [[nodiscard]] bool isReady() const;
    /// Whether a command for \a slot is sent at once.
    [[nodiscard]] bool isReady(quint16 slot) const
    {
        const RedisConnection *node = nodeOf(slot);
        return m_isOpen && node && node->isReady();
    }
    /// Why not.
    [[nodiscard]] Error error() const;
    [[nodiscard]] bool isHopeful() const;

    [[nodiscard]] Time deadlineFromNow() const { return m_nodes.front()->deadlineFromNow(); }
    void send(RedisCommand command, Handler handler, std::optional<Time> deadline = {});
    /// Has \a gather called before commands leave. It tells whether this object is still there.
    void setGathering(std::function<bool()> gather) { m_gather = std::move(gather); }
    /// Has \a release called once, before another command is sent and before commands leave.
    void hold(std::function<void()> release) { m_release = std::move(release); }
    /// Has send() wait for \a pause first, and until the one server is back.
    void sendLater(RedisCommand command, Handler handler, Time deadline, std::chrono::milliseconds pause);
    /// As those of RedisConnection.
    /// @{
    [[nodiscard]] TimePoint serverTime() const;
    [[nodiscard]] quint64 turn() const;
    void wake() { m_nodes.front()->wake(); }
    [[nodiscard]] QString serverName() const { return m_nodes.front()->serverName(); }
    /// @}
    /// What keeps events from flowing although everything else works.
    [[nodiscard]] std::optional<Error> eventsError() const;

    /// All connections, the first one always.
    [[nodiscard]] std::vector<RedisConnection *> connections() const;
    /// The node that has \a slot; null if that is not known.
    [[nodiscard]] RedisConnection *nodeOf(quint16 slot) const { return m_isCluster ? m_slots[slot] : m_nodes.front().get(); }
    [[nodiscard]] bool isCluster() const { return m_isCluster; }
    /// Has the map of a cluster read anew, soon.
    void wantMap();
    /// How many masters of a cluster are connected, and how many there are.
    [[nodiscard]] std::pair<int, int> masters() const;
    /// Runs what waits; see SessionStore::process().
    RedisDelay delay;

Q_SIGNALS:
    /// isReady() may have become another.
    void ready();
    void lost(const Sojourn::Error &error);
    /// Slots are on other nodes than before.
    void mapped();

private:
    struct Errand
    {
        RedisCommand command;
        Handler handler;
        Time deadline;
        bool isCheck = false;
        int tries = 0;
    };
    using Shared = std::shared_ptr<Errand>;

    bool release();
    [[nodiscard]] std::function<bool()> gathering();
    [[nodiscard]] bool leave();
    RedisConnection *nodeAt(const RedisAddress &address);
    void examine(RedisConnection *node);
    void route(const Shared &errand);
    void answered(const Shared &errand, RedisConnection *node, const Result<RedisReply> &reply);
    void follow(const Shared &errand, const RedisAddress &address);
    void tryAgain(const Shared &errand, const Error &otherwise);
    void readMap();
    void apply(const RedisReply &map, const RedisConnection &from);
    [[nodiscard]] std::vector<RedisConnection *> takeUnused(const RedisConnection &from);
    void check();

    const RedisOptions m_options;
    const SessionStore *const m_store;
    const bool m_isCluster;
    std::function<void(RedisConnection &)> m_examine;
    std::function<bool()> m_gather;
    std::function<void()> m_release;
    std::optional<RedisCommand> m_check;
    std::function<std::optional<Error>(const RedisReply &)> m_judge;
    std::vector<std::unique_ptr<RedisConnection>> m_nodes;
    std::vector<RedisConnection *> m_slots; // of a cluster
    std::optional<Error> m_fault; // of the cluster as a whole
    quint64 m_turnsOfGone = 0; // of nodes that have left
    Time m_mapRead{}; // when it was tried last
    size_t m_asked = 0; // which node
    bool m_mapWanted = false;
    bool m_isOpen = true; // the check is done
    bool m_isOpened = false;
    bool m_isMapped = false;
    bool m_isChecking = false;
    bool m_isChecked = false;
    bool m_isClosed = false;
};

} // namespace Sojourn
