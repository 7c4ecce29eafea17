// SPDX-License-Identifier: MIT
#pragma once

#include "connection.h"

#include <Sojourn/SessionStore>

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <deque>

namespace Sojourn::Inspector {

/// A store in a tab: its state, its round trip, and who may write. Whatever reads gets a store that refuses writes; writers get
/// one that refuses them unless the tab was made writable.
class OpenStore final : public QObject
{
    Q_OBJECT
public:
    enum class State { Connecting, Connected, Lost };

    /// \a lockedReadOnly stores can never be written to.
    OpenStore(const Connection &connection, std::shared_ptr<SessionStore> store, bool lockedReadOnly, QObject *parent = nullptr);
    ~OpenStore() override;

    [[nodiscard]] const Connection &connection() const { return m_connection; }
    /// The store is called otherwise from now on, or wants more care. Its address stays.
    void adopt(const Connection &connection);
    [[nodiscard]] const QString &name() const { return m_connection.name; }
    [[nodiscard]] bool isProduction() const { return m_connection.environment == Connection::Production; }

    [[nodiscard]] const std::shared_ptr<SessionStore> &reader() const { return m_reader; }
    [[nodiscard]] const std::shared_ptr<SessionStore> &writer() const { return m_writable ? m_store : m_reader; }
    [[nodiscard]] bool isWritable() const { return m_writable; }
    [[nodiscard]] bool canBeWritable() const { return !m_locked; }
    void setWritable(bool writable);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] std::chrono::microseconds roundTrip() const { return m_roundTrip; }
    /// Events of the last minute, a number for each second, newest last.
    [[nodiscard]] QList<int> eventRates() const;
    [[nodiscard]] double eventsPerSecond() const;

Q_SIGNALS:
    void connectionChanged();
    void stateChanged();
    void writableChanged();
    /// The store answers again after it did not.
    void recovered();

private:
    void ping();
    void setState(State state);
    void subscribe();

    Connection m_connection;
    std::shared_ptr<SessionStore> m_store;
    std::shared_ptr<SessionStore> m_reader;
    bool m_locked;
    bool m_writable = false;
    bool m_subscribed = false;
    bool m_pinging = false;
    State m_state = State::Connecting;
    Error m_error;
    std::chrono::microseconds m_roundTrip{};
    QTimer m_pingTimer, m_rateTimer;
    int m_eventsThisSecond = 0;
    std::deque<int> m_rates;
};

} // namespace Sojourn::Inspector
