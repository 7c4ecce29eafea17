// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionstore.h>

namespace Sojourn {

class MemoryStorePrivate;

/// Sessions in the memory of this process. Thread-safe: unlike other stores it may be called from any thread and answers at once.
/// sessionEvent() is emitted in a thread that changes something, one event after the other, those of one record in the order of
/// its versions.
///
/// A wall clock that jumps neither ends nor prolongs a session: all times of the store move with it.
class SOJOURN_CORE_EXPORT MemoryStore : public SessionStore
{
    Q_OBJECT
public:
    /// Keeps the newest \a historyLimit lifecycle events, within HistoryBytes.
    explicit MemoryStore(int historyLimit = 10'000, QObject *parent = nullptr);
    ~MemoryStore() override;

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                             CreateMode mode = CreateMode::New) override;
    Task<SessionRecord> load(const SessionKey &key) override;
    Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) override;
    Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                             std::chrono::milliseconds grace = {}) override;
    Task<SessionInfo> remove(const SessionKey &key, Removal why) override;
    Task<SessionInfo> removeVersion(const SessionKey &key, quint64 version, Removal why) override;
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override;
    Task<QByteArray> takeFlash(const SessionKey &key) override;
    Task<SessionPage> list(const SessionQuery &query) override;
    Task<qint64> count() override;
    Task<qint64> removeExpired(int limit) override;
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override;
    Task<void> subscribe() override;
    bool isThreadSafe() const override { return true; }

    /// How many sessions there may be; 0, the default, for any number. A new one beyond that takes the place of another: of one
    /// that has expired, or else of the anonymous one that was seen longest ago, or else of the one that was seen longest ago
    /// (Revoked, reason "cap").
    [[nodiscard]] qsizetype maximumCount() const;
    /// Sets maximumCount(), which says which sessions are removed.
    void setMaximumCount(qsizetype sessions);

protected:
    TimePoint ownNow() const override;
    /// The clocks of the system: the wall clock since 1970, and a clock that never jumps and goes on while the machine sleeps.
    /// @{
    [[nodiscard]] virtual std::chrono::nanoseconds wallTime() const;
    /// The age of this store by a clock that does not jump.
    [[nodiscard]] virtual std::chrono::nanoseconds upTime() const;
    /// @}

private:
    Task<SessionInfo> drop(const SessionKey &key, std::optional<quint64> version, Removal why);
    Task<SessionInfo> merge(const SessionKey &key, const SessionKey *newKey, const SessionChange &change,
                            std::chrono::milliseconds grace);

    std::unique_ptr<MemoryStorePrivate> d;
};

} // namespace Sojourn
