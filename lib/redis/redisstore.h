// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>
#include <Sojourn/sojournredis_export.h>

namespace Sojourn {

class RedisStorePrivate;

/// Where a server listens.
struct RedisAddress
{
    QString host = {}; ///< a name or a numeric address
    quint16 port = 6379; ///< TCP

    friend bool operator==(const RedisAddress &a, const RedisAddress &b) = default;
};

/// Where a RedisStore finds its server, and how it names things there.
struct RedisOptions
{
    QString host = QStringLiteral("127.0.0.1"); ///< a name or a numeric address
    quint16 port = 6379; ///< the TCP port
    QString socketPath = {}; ///< a Unix socket, used in place of host and port
    QList<RedisAddress> sentinels = {}; ///< used in place of all that: these know where the master is, and others like them
    QString masterName = {}; ///< as the sentinels know it
    QString sentinelUser = {}; ///< ACL user at the sentinels; empty for the default one
    QString sentinelPassword = {}; ///< empty for none; reaches no log and no error text
    QList<RedisAddress> clusterNodes = {}; ///< used in place of all that: nodes of a cluster, which know the others; needs shards
    QString user = {}; ///< ACL user; empty for the default one
    QString password = {}; ///< empty for none; reaches no log and no error text
    int database = 0; ///< the number that SELECT takes
    QByteArray prefix = QByteArrayLiteral("sojourn:"); ///< begins every key and the name of the event channel; channels do not
                                                       ///< know databases, so that name ends with one
    bool tls = false; ///< the certificate must be good for host; a build without TLS fails with Error::Unsupported
    QString caCertificateFile = {}; ///< PEM, for tls; empty for those of the system
    /// How many replicas must have what matters for safety before it is reported as done: a new session of a user, a log-in,
    /// a rotation, a removal, an earlier end. Fewer do where the master has fewer. By default 0 for one server; with sentinels
    /// and in a cluster all that the master has, where one that does not confirm within half of timeout() is left aside until it
    /// has caught up, as long as another one does.
    std::optional<int> replicasToWaitFor = {};
    int historyLimit = 10'000; ///< lifecycle events that are kept, at least, within SessionStore::HistoryBytes
    int shards = 1; ///< key spaces among which sessions are divided: a power of two, at most 1,024, and in a cluster many
                    ///< times the number of its masters. A store keeps its number for good
    bool readOnly = false; ///< nothing is written, and the account needs no right to: records that cannot be decoded stay where
                           ///< they are
};

/// Sessions in Redis (from 6.2) or Valkey.
///
/// Lives in one thread, whose event loop drives it; no call blocks. It connects by itself, and again whenever the connection is
/// lost. While the server is away operations fail at once with Error::Unavailable; those issued during an attempt to connect wait
/// for it, timeout() at most. A replica, a server that is still loading and one that refuses this account a command which the
/// store needs count as unavailable; the error names the command. Servers of another kind than the options say are
/// Error::Unsupported.
///
/// The server's clock decides what has expired, unless there is a setClock(). Work that touches many sessions is done in steps,
/// so that it holds up nobody: removeUser() and list() may take longer than timeout(), which counts for each step.
class SOJOURN_REDIS_EXPORT RedisStore final : public SessionStore
{
    Q_OBJECT
public:
    /// Connects by itself, and again whenever the connection is lost.
    explicit RedisStore(const RedisOptions &options = {}, QObject *parent = nullptr);
    /// Operations under way fail with Error::Unavailable.
    ~RedisStore() override;

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
    /// While sessions come and go total and offsets are as exact as an answer in several steps can be. One that is rotated
    /// meanwhile is listed under its new key. A walk from cursor to cursor by creation meets every session that lives throughout,
    /// if no two were created in the same millisecond: of these, rotations change the order.
    Task<SessionPage> list(const SessionQuery &query) override;
    Task<qint64> count() override;
    Task<qint64> removeExpired(int limit) override;
    Task<QList<SessionEvent>> history(const HistoryQuery &query) override;
    /// After a broken connection lifecycle events that were missed follow; eventsLost() tells that touched and changed ones may
    /// not. If it fails, the store goes on trying: availabilityChanged(true) then tells that events flow.
    Task<void> subscribe() override;
    Task<QStringList> identities() override;

    bool isReadOnly() const override;
    /// With sentinels: the master. Of a cluster: how many masters can be reached, of how many, and how many shards are away with
    /// which masters.
    ErrorText servers() const override;
    bool mayRotate(const SessionKey &from, const SessionKey &to) const override;
    void setClock(Clock clock) override;

protected:
    bool process(std::chrono::milliseconds timeout) override;

private:
    std::unique_ptr<RedisStorePrivate> d;
};

} // namespace Sojourn
