// SPDX-License-Identifier: MIT
#pragma once

#include "sessionstore.h"

namespace Sojourn {

/// A store that lets nobody change anything: every write of \a inner, removing expired records included, fails with Error::ReadOnly.
class SOJOURN_CORE_EXPORT ReadOnlyStore final : public SessionStore
{
    Q_OBJECT
public:
    explicit ReadOnlyStore(std::shared_ptr<SessionStore> inner, QObject *parent = nullptr);
    ~ReadOnlyStore() override;

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {}, CreateMode mode = CreateMode::New) override;
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
    Task<std::monostate> subscribe() override;
    bool isReadOnly() const override { return true; }
    void setClock(Clock clock) override;

protected:
    bool process(std::chrono::milliseconds timeout) override;

private:
    std::shared_ptr<SessionStore> m_inner;
};

} // namespace Sojourn
