// SPDX-License-Identifier: MIT
#pragma once

#include "redisclient_p.h"

#include <Sojourn/SessionEvent>

namespace Sojourn {

/// Events of a store as they come: from the channel over a connection of its own, and after that was broken from the history. A
/// connection that is open but dead is noticed as it does not answer to a heartbeat.
class RedisSubscription : public QObject
{
    Q_OBJECT
public:
    /// Asks over the connection of \a client for what was missed.
    explicit RedisSubscription(RedisClient &client);

    /// Finished once no event is missed any more.
    Task<void> start();
    void close();
    [[nodiscard]] bool isUp() const { return m_state == Up; }
    [[nodiscard]] RedisConnection *connection() { return &m_connection; }

Q_SIGNALS:
    void up();
    void lost();
    void sessionEvent(const Sojourn::SessionEvent &event);

private:
    enum State : quint8 { Off, Listening, Up };

    void listen();
    void catchUp();
    void goOn(quint64 life, const QByteArray &newest, bool isKnown);
    template<class Read>
    void ask(QByteArrayView command, std::initializer_list<QByteArrayView> arguments, quint64 life, Read read);
    void fetchMissed(quint64 life);
    void caughtUp();
    void beat();
    void read(const RedisReply &push);
    void deliver(const QByteArray &message);
    void retry(const Error &refusal);
    void fail(const Error &error);
    void refuse(const Error &error);

    const RedisOptions &m_options;
    RedisConnection *const m_commands;
    RedisConnection m_connection;
    QList<TaskPromise<void>> m_starting;
    QList<QByteArray> m_missed;
    QByteArray m_missedUpTo;
    QByteArray m_replicationId; // of the server, which another master changes
    QByteArray m_historyId;     // that it had when its history was read last
    QList<QByteArray> m_early; // messages that came while the missed ones are fetched
    QByteArray m_lastId;       // of the newest lifecycle event that is known, empty at first
    const SessionStore *const m_store;
    QTimer m_heart;
    int m_silentBeats = 0; // since something was heard
    quint64 m_life = 0;
    State m_state = Off;
};

} // namespace Sojourn
