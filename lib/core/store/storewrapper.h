// SPDX-License-Identifier: MIT
#pragma once

#include "sessionstore.h"

namespace Sojourn {

/// A store around another one, which does everything, in the same thread. What derives from it does some things differently, and
/// decides which signals of the inner store it passes on.
class SOJOURN_CORE_EXPORT StoreWrapper : public SessionStore
{
    Q_OBJECT
public:
    ~StoreWrapper() override;

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                             CreateMode mode = CreateMode::New) override;
    Task<SessionRecord> load(const SessionKey &key) override;
    Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) override;
    Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                             std::chrono::milliseconds grace = {}) override;
    bool mayRotate(const SessionKey &from, const SessionKey &to) const override;
    Task<SessionInfo> remove(const SessionKey &key, Removal why) override;
    Task<SessionInfo> removeVersion(const SessionKey &key, quint64 version, Removal why) override;
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override;
    Task<QByteArray> takeFlash(const SessionKey &key) override;
    Task<SessionPage> list(const SessionQuery &query) override;
    Task<qint64> count() override;
    Task<qint64> removeExpired(int limit) override;
    Task<qint64> compact() override;
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override;
    Task<void> subscribe() override;
    bool isReadOnly() const override;
    ErrorText servers() const override;
    Task<QStringList> identities() override;
    bool isThreadSafe() const override;

    void setTimeout(std::chrono::milliseconds timeout) override;
    void setSizeLimit(qsizetype bytes) override;
    void setClock(Clock clock) override;
    /// Those of the inner store, as it is the one that does things.
    Counters &counters() override;

protected:
    /// Passes everything on to \a inner.
    explicit StoreWrapper(std::shared_ptr<SessionStore> inner, QObject *parent);

    /// The store that is wrapped.
    SessionStore &inner() const { return *m_inner; }
    /// The same, for what outlives this object.
    const std::shared_ptr<SessionStore> &sharedInner() const { return m_inner; }
    bool process(std::chrono::milliseconds timeout) override;

private:
    std::shared_ptr<SessionStore> m_inner;
};

} // namespace Sojourn
