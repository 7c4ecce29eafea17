// SPDX-License-Identifier: MIT
#pragma once

#include "connection.h"

#include <Sojourn/SessionStore>

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <deque>
#include <functional>

namespace Sojourn::Inspector {

/// A store in a tab: its state, its round trip, and who may write. Whatever reads gets a store that refuses writes; writers get
/// one that refuses them unless the tab was made writable.
class OpenStore final : public QObject
{
    Q_OBJECT
public:
    enum class State { Connecting, Connected, Lost };

    /// Opens the same store once more, so that it can be written to.
    using OpenWritable = std::function<Result<std::shared_ptr<SessionStore>>()>;

    /// \a lockedReadOnly stores can never be written to. A \a store that was opened read-only needs \a openWritable for that.
    OpenStore(const Connection &connection, std::shared_ptr<SessionStore> store, bool lockedReadOnly,
              OpenWritable openWritable = {}, QObject *parent = nullptr);
    ~OpenStore() override;

    [[nodiscard]] const Connection &connection() const { return m_connection; }
    /// Updates the name and the level of protection; the address stays.
    void adopt(const Connection &connection);
    [[nodiscard]] const QString &name() const { return m_connection.name; }
    [[nodiscard]] bool isProduction() const { return m_connection.environment == Connection::Production; }

    [[nodiscard]] const std::shared_ptr<SessionStore> &reader() const { return m_reader; }
    [[nodiscard]] const std::shared_ptr<SessionStore> &writer() const { return m_writable && m_identified ? m_writer : m_reader; }
    [[nodiscard]] bool isWritable() const { return m_writable; }
    [[nodiscard]] bool canBeWritable() const { return !m_locked; }
    /// SessionStore::identities(), once identified() or from the start. Nobody may write before that, nor after the store was
    /// away until it has said so again: another one may answer in its place.
    [[nodiscard]] const QStringList &identities() const { return m_identities; }
    [[nodiscard]] bool isIdentified() const { return m_identified; }
    /// While it is read-only nothing that could write is open; writableFailed() tells why it stays so.
    void setWritable(bool writable);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] std::chrono::microseconds roundTrip() const { return m_roundTrip; }
    /// Events of the last minute, a number for each second, newest last.
    [[nodiscard]] QList<int> eventRates() const;
    [[nodiscard]] double eventsPerSecond() const;

Q_SIGNALS:
    /// The store has said whose data it leads to. Who knows that it is to be handled with more care calls adopt().
    void identified();
    /// Another store answers at this address than before, or nothing tells that it is the same: what was done to the one before
    /// cannot be taken back in this one. identified() follows.
    void replaced();
    void connectionChanged();
    void stateChanged();
    void writableChanged();
    void writableFailed(const Sojourn::Error &error);
    /// The store answers again after it did not.
    void recovered();

private:
    void ping();
    void setState(State state);
    void subscribe();
    void identify();

    Connection m_connection;
    std::shared_ptr<SessionStore> m_store; ///< as it was opened first
    std::shared_ptr<SessionStore> m_reader; ///< m_store, but nobody can write to it
    std::shared_ptr<SessionStore> m_writer; ///< null while nobody may write
    OpenWritable m_openWritable;
    QStringList m_identities;
    bool m_identified = false;
    bool m_wasIdentified = false;
    int m_absences = 0, m_identifiedAfter = 0; ///< how often it was away, or has come back
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
