// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionstore.h>

namespace Sojourn {

class MemoryStorePrivate;

/// Sessions in the memory of this process. Thread-safe: unlike other stores it may be called from any thread and answers at once;
/// sessionEvent() is emitted in the thread that made the change.
class SOJOURN_CORE_EXPORT MemoryStore : public SessionStore
{
    Q_OBJECT
public:
    /// Keeps the newest \a historyLimit lifecycle events.
    explicit MemoryStore(int historyLimit = 10'000, QObject *parent = nullptr);
    ~MemoryStore() override;

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                             CreateMode mode = CreateMode::New) override;
    Task<SessionRecord> load(const SessionKey &key) override;
    Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) override;
    Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                             std::chrono::milliseconds grace = {}) override;
    Task<SessionInfo> remove(const SessionKey &key, Removal why) override;
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override;
    Task<QByteArray> takeFlash(const SessionKey &key) override;
    Task<SessionPage> list(const SessionQuery &query) override;
    Task<qint64> count() override;
    Task<qint64> removeExpired(int limit) override;
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override;
    Task<void> subscribe() override;
    bool isThreadSafe() const override { return true; }

private:
    Task<SessionInfo> merge(const SessionKey &key, const SessionKey *newKey, const SessionChange &change,
                            std::chrono::milliseconds grace);

    std::unique_ptr<MemoryStorePrivate> d;
};

} // namespace Sojourn
