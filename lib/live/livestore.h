// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>
#include <Sojourn/livetls.h>
#include <Sojourn/sojournlive_export.h>

namespace Sojourn {

class LiveStorePrivate;

/// The store of a running application that listens as live:NAME or live+tls://HOST:PORT (LiveServer), as complete as if it were
/// here.
///
/// It connects by itself, again and again while the application is away; availabilityChanged() tells. Meanwhile every operation
/// fails at once with Error::Unavailable, and so it does after an operation timed out until the application answers again. After
/// a reconnection the subscription stands again, and eventsLost() says that something may have been missed.
///
/// now() follows the clock of the application's store. Pages may be shorter than the query's limit: go on while there is a
/// nextCursor.
class SOJOURN_LIVE_EXPORT LiveStore final : public SessionStore
{
    Q_OBJECT
public:
    /// \a name is that of the LiveServer, or, with a / in it, the path of its socket: of one that is forwarded from elsewhere.
    explicit LiveStore(const QString &name, QObject *parent = nullptr);
    /// Of an application on another machine, over TLS. A file that cannot be used is told by the first operation
    /// (Error::Invalid).
    explicit LiveStore(const LiveTlsAddress &address, QObject *parent = nullptr);
    ~LiveStore() override;

    /// The applications of this user that are live, in order. Looks at the local sockets there are and does not wait for any.
    [[nodiscard]] static QStringList runningNames();

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
    Task<qint64> compact() override;
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override;
    Task<void> subscribe() override;
    Task<QStringList> identities() override;

    /// As the application says in its greeting; false before.
    bool isReadOnly() const override;

protected:
    bool process(std::chrono::milliseconds timeout) override;

private:
    std::unique_ptr<LiveStorePrivate> d;
};

} // namespace Sojourn
