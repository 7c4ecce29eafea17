// SPDX-License-Identifier: MIT
#pragma once

#include "hostlookup_p.h"
#include "redislocator_p.h"
#include "redistransport_p.h"

#include <QtCore/QSocketNotifier>
#include <QtCore/QTimer>

#include <deque>
#include <functional>
#include <span>

namespace Sojourn {

/// A connection to a server that comes back by itself. Commands are pipelined; each is answered, refused or timed out, once.
///
/// A command that is not answered in time ends the connection, so that its late answer can never pass for that of another
/// command. A script that times out here never runs later: it carries its deadline along, by the server's clock.
class RedisConnection : public QObject
{
    Q_OBJECT
public:
    /// Gets the reply, or Error::Timeout or Unavailable. May call anything, this connection's destructor too.
    using Handler = MoveOnlyFunction<void(Result<RedisReply>)>;
    using Time = std::chrono::steady_clock::time_point;
    /// When the server may begin with what must have been answered by \a deadline, at the latest. What it did and could not say
    /// in time would be told as not done.
    static Time lastMoment(Time deadline, const SessionStore &store);

    enum Peer : quint8 { Server, Sentinel };

    /// Takes its timeout from \a store. With a \a locator it leads where that says, and only to a master.
    RedisConnection(const RedisOptions &options, const SessionStore *store, RedisLocator *locator = nullptr, Peer peer = Server);
    ~RedisConnection() override;

    /// Has a new connection looked at before it is used: \a examine calls ask() as often as it wants, and accept() or refuse() in
    /// the last answer.
    /// @{
    void setExamination(std::function<void()> examine) { m_examine = std::move(examine); }
    void ask(const RedisCommand &command, Handler handler) { transmit(command, std::move(handler), m_attemptEnd); }
    void accept() { becomeReady(); }
    void refuse(const Error &cause);
    /// @}

    /// Has \a gather called whenever what was sent is about to leave: the last moment to add to it. It tells whether this object
    /// is still there. No signal: it is called several times a request.
    void setGathering(std::function<bool()> gather) { m_gather = std::move(gather); }

    /// Connects, unless that has begun.
    void open();
    /// Has the next attempt to connect begin now, if one is waited for.
    void hurry();
    /// Ends the connection, if there is one, and connects anew after \a pause. Handlers run, which may end this object.
    void reopen(const Error &cause, std::chrono::milliseconds pause = {});
    /// Ends the connection for good: commands under way and later ones fail.
    void close();
    [[nodiscard]] bool isReady() const { return m_state == Ready; }
    [[nodiscard]] bool isDown() const { return m_state == Down; }
    /// Whether an attempt to connect is under way that commands wait for.
    [[nodiscard]] bool isHopeful() const { return m_state != Down && !m_stalled; }
    /// Why there is no connection.
    [[nodiscard]] Error error() const;
    /// Whether the server was reached, and what it says of itself or of the account is the reason.
    [[nodiscard]] bool isUnfit() const { return m_isUnfit; }

    /// When a command that is sent now has to be answered.
    [[nodiscard]] Time deadlineFromNow() const;
    /// \a deadline is given for what follows another command of the same operation.
    void send(RedisCommand command, Handler handler, std::optional<Time> deadline = {});
    /// Sends \a command now if there is a connection. Its answer is pushed(), like the messages among which it comes.
    void post(const RedisCommand &command);
    /// The server's time, as far as it is known here: rather too early than too late.
    [[nodiscard]] TimePoint serverTime() const;
    /// Another number than before means that the commands which were sent before have left, or failed. Until then they wait, for
    /// the event loop to have done what is due.
    [[nodiscard]] quint64 turn() const { return m_turn; }

    /// Waits up to \a timeout for \a connections and handles what arrives, without an event loop.
    static void process(std::span<RedisConnection *const> connections, std::chrono::milliseconds timeout);
    /// Has process() look without waiting, once: there is news that did not come from the server.
    void wake() { m_awake = true; }

    /// Asks the server now and then whether it is the master still, and after its replicas. Where there are several servers, and
    /// commands are sent.
    void watchRole();

    /// Whether some changes are reported as done only once replicas have them.
    [[nodiscard]] bool waitsForReplicas() const { return m_replicasWanted > 0; }

    [[nodiscard]] RedisAddress address() const { return {m_options.host, m_options.port}; }
    /// Of the server, as it has greeted.
    [[nodiscard]] int majorVersion() const { return m_majorVersion; }
    /// The server for the eyes of people.
    [[nodiscard]] QString serverName() const;
    /// What keeps events from flowing although everything else works.
    std::optional<Error> eventsError;

Q_SIGNALS:
    void ready();
    /// There is no connection any more, or an attempt has failed.
    void lost(const Sojourn::Error &error);
    /// A reply that answers no command: a message of a subscription. Valid during the call.
    void pushed(Sojourn::RedisReply reply);

private:
    enum State : quint8 { Down, Locating, LookingUp, Connecting, Greeting, Ready };

    struct Pending
    {
        Time deadline;
        Handler handler;
        bool writes;
    };
    struct Waiting
    {
        Time deadline;
        RedisCommand command;
        Handler handler;
    };
    struct Lasting
    {
        Handler handler; // null once it was called
        Time deadline;
        RedisReplyBuffer reply = {};
    };
    using LastingGroup = std::vector<std::shared_ptr<Lasting>>;

    void followEventLoop();
    void connectNow();
    void located(const RedisAddress &server);
    void connectTo(const RedisAddress &server);
    void lookUp();
    void lookedUp();
    void openSocket(const QString &address);
    void tryNextAddress(const Error &cause);
    void greet();
    void authenticate();
    void askRole();
    void follow(const RedisReply &role);
    void noteRole(const RedisReply &role);
    void countReplicas(const RedisReply &role);
    [[nodiscard]] bool isOfCluster() const { return !m_options.clusterNodes.isEmpty(); }
    [[nodiscard]] Error noMaster() const;
    [[nodiscard]] std::optional<Error> unfitFor(const RedisReply &hello) const;
    void askTime(MoveOnlyFunction<void()> then);
    void becomeReady();
    void drop(Error cause, std::chrono::milliseconds pause = {});
    void breakOff(const Error &cause);
    bool refuseCertificate();
    void closeSocket();

    Time lastMoment(Time deadline) const { return lastMoment(deadline, *m_store); }
    void transmit(const RedisCommand &command, Handler handler, Time deadline);
    [[nodiscard]] Handler awaitingReplicas(Handler handler, Time deadline);
    void waitForReplicas();
    void confirmed(const std::shared_ptr<LastingGroup> &group, const RedisReply &confirmation, qint64 wanted, Time deadline);
    void failAll(const Error &cause);
    void prepareAnswers(const LastingGroup &group, const std::optional<Error> &error);
    void answer(const LastingGroup &group, const std::optional<Error> &error);
    void runAnswers();
    void readable();
    void writable();
    void flush();
    void checkDeadlines();
    [[nodiscard]] std::optional<Time> nextDeadline() const;
    [[nodiscard]] bool isOverdue() const;
    void armTimer();
    [[nodiscard]] Error timeoutError() const;
    [[nodiscard]] Error unreachable(const ErrorText &why) const;

    RedisOptions m_options; // host and port are those of the server that a locator found
    const SessionStore *const m_store;
    RedisLocator *const m_locator;
    const Peer m_peer;
    std::optional<RedisAddress> m_located; // what the locator said
    std::unique_ptr<RedisTransport> m_transport;
    // For all sockets one after the other: what is to be deleted later stays in a thread without an event loop.
    std::unique_ptr<QSocketNotifier> m_readNotifier = std::make_unique<QSocketNotifier>(QSocketNotifier::Read);
    std::unique_ptr<QSocketNotifier> m_writeNotifier = std::make_unique<QSocketNotifier>(QSocketNotifier::Write);
    HostLookup m_lookup;
    QList<QHostAddress> m_addresses; // of the host, those that this attempt has not tried
    QTimer m_timer;
    Time m_timerDue;
    std::deque<MoveOnlyFunction<void()>> m_answers; // that nobody has got yet
    std::deque<Pending> m_pending; // sent, in the order of their answers
    std::deque<Waiting> m_waiting; // for the connection
    LastingGroup m_unconfirmed; // sent in this turn, without their WAIT
    QTimer m_roleTimer;
    const bool m_waitsForAll; // replicas that are in step
    const int m_replicasWanted; // by what lasts, at least
    qint64 m_replicas = 0; // that the server has
    qint64 m_replicasInStep = 0; // of these, without those that did not confirm in time and have not caught up yet
    qint64 m_inStepAt = 0; // how much of what the server writes these must have confirmed at least
    Time m_attemptEnd; // of LookingUp, Connecting and Greeting
    Time m_retryAt; // of Down
    std::chrono::milliseconds m_pause{0};
    std::function<bool()> m_gather;
    std::function<void()> m_examine;
    std::optional<std::chrono::milliseconds> m_ahead; // of the server's clock before this one, rather too little than too much
    Time m_timeAskedUntil; // deadline of commands before which the server's time needs not be asked for again
    Error m_error;
    quint64 m_life = 0; // counts connections
    quint64 m_turn = 0; // counts batches of commands
    int m_majorVersion = 0;
    bool m_followsLoop = false;
    bool m_awake = false;
    bool m_asksTime = false;
    bool m_isProlonged = false; // the attempt to connect
    bool m_isUnfit = false; // by the last attempt to connect
    quint32 m_attempts = 0;
    State m_state = Down;
    bool m_opened = false;
    bool m_followed = false; // a replica to its master, in this attempt
    bool m_watchesRole = false;
    bool m_replicasAreSilent = false;
    bool m_toldOfReplicas = false;
    bool m_stalled = false; // the server did not answer in time, and has not answered since
};

} // namespace Sojourn
