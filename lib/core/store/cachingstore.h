// SPDX-License-Identifier: MIT
#pragma once

#include "storewrapper.h"

#include <QtCore/QCache>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QHash>

namespace Sojourn {

/// Reads at memory speed in front of a store that is slower or far away, such as a RedisStore.
///
/// Records that were loaded are kept, the least recently used go first, until an event of the store behind says that they
/// changed; so a logout in another process is seen here as soon as its event arrives. Writes always go to the store behind. While
/// its events are not sure to arrive nothing is kept and everything passes through. Lives in the thread of the store behind.
class SOJOURN_CORE_EXPORT CachingStore final : public StoreWrapper
{
    Q_OBJECT
public:
    static constexpr qsizetype DefaultMaximumBytes = 64 * 1024 * 1024; ///< 64 MiB

    /// Keeps at most about \a maximumBytes.
    explicit CachingStore(std::shared_ptr<SessionStore> back, qsizetype maximumBytes = DefaultMaximumBytes,
                          QObject *parent = nullptr);
    ~CachingStore() override;

    Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                             CreateMode mode = CreateMode::New) override;
    Task<SessionRecord> load(const SessionKey &key) override;
    Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) override;
    Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                             std::chrono::milliseconds grace = {}) override;
    Task<SessionInfo> remove(const SessionKey &key, Removal why) override;
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override;
    Task<QByteArray> takeFlash(const SessionKey &key) override;
    Task<void> subscribe() override;
    bool isThreadSafe() const override { return false; }

    /// How many records are kept now.
    [[nodiscard]] qsizetype cachedCount() const { return m_cache.count(); }
    /// About how many bytes they take.
    [[nodiscard]] qsizetype cachedBytes() const { return m_cache.totalCost(); }

private:
    /// Loads of one key that the store behind has not answered yet.
    struct Loading
    {
        int count = 0;
        int doubts = 0; ///< how often the record may have changed meanwhile: what a load from before a doubt brings is not kept
    };

    void keep(const SessionRecord &record);
    void forget(const SessionKey &key);
    void forgetUser(const QString &user);
    void forgetAll();
    void resubscribe();

    template<class T, class F>
    Task<T> andThen(Task<T> task, F &&done);

    QCache<SessionKey, SessionRecord> m_cache;
    QHash<SessionKey, Loading> m_loading;
    bool m_isCoherent = false; // the events of the store behind are sure to arrive
    bool m_isSubscribed = false; // ours are wanted
    int m_subscription = 0; // counts the attempts; only the answer to the last one counts
    QDeadlineTimer m_nextAttempt;
    std::shared_ptr<bool> m_life; // the store behind may still answer while it is destroyed with this one
};

} // namespace Sojourn
