// SPDX-License-Identifier: MIT
#pragma once

#include "storewrapper.h"

namespace Sojourn {

/// A store that lets nobody change anything: every write of \a inner, removing expired records included, fails with
/// Error::ReadOnly.
class SOJOURN_CORE_EXPORT ReadOnlyStore final : public StoreWrapper
{
    Q_OBJECT
public:
    /// What \a inner holds, to be read.
    explicit ReadOnlyStore(std::shared_ptr<SessionStore> inner, QObject *parent = nullptr);
    ~ReadOnlyStore() override;

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                             CreateMode mode = CreateMode::New) override;
    Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) override;
    Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                             std::chrono::milliseconds grace = {}) override;
    Task<SessionInfo> remove(const SessionKey &key, Removal why) override;
    Task<SessionInfo> removeVersion(const SessionKey &key, quint64 version, Removal why) override;
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override;
    Task<QByteArray> takeFlash(const SessionKey &key) override;
    Task<qint64> removeExpired(int limit) override;
    Task<qint64> compact() override;
    bool isReadOnly() const override { return true; }
};

} // namespace Sojourn
