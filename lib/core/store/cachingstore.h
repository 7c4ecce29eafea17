// SPDX-License-Identifier: MIT
#pragma once

#include "storewrapper.h"

#include <QtCore/QCache>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QHash>
#include <QtCore/QSet>

namespace Sojourn {

/// Reads at memory speed in front of a store that is slower or far away, such as a RedisStore.
///
/// Records that were loaded are kept, the least recently used go first, until an event of the store behind says that they
/// changed; so a logout in another process is seen here as soon as its event arrives. Writes always go to the store behind. While
/// its events are not sure to arrive nothing is kept and everything passes through. If an event is missing all the same, or a
/// subscription is dead and nobody noticed, a record is served no longer than maximumAge(). Lives in the thread of the store
/// behind.
class SOJOURN_CORE_EXPORT CachingStore final : public StoreWrapper
{
    Q_OBJECT
public:
    static constexpr qsizetype DefaultMaximumBytes = 64 * 1024 * 1024; ///< 64 MiB
    static constexpr std::chrono::milliseconds DefaultMaximumAge = std::chrono::seconds(5); ///< 5 s

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
    Task<SessionInfo> removeVersion(const SessionKey &key, quint64 version, Removal why) override;
    Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) override;
    Task<QByteArray> takeFlash(const SessionKey &key) override;
    Task<void> subscribe() override;
    bool isThreadSafe() const override { return false; }

    /// How long after it was asked for a record is served without asking again. 0 keeps nothing. Default 5 s.
    [[nodiscard]] std::chrono::milliseconds maximumAge() const { return m_maximumAge; }
    /// Sets maximumAge(), for the records that are cached already too.
    void setMaximumAge(std::chrono::milliseconds age) { m_maximumAge = age; }

    /// How many records are kept now.
    [[nodiscard]] qsizetype cachedCount() const { return m_cache.count(); }
    /// About how many bytes they take.
    [[nodiscard]] qsizetype cachedBytes() const { return m_cache.totalCost(); }

private:
    /// Loads of one key that the store behind has not answered yet.
    struct Loading
    {
        int count = 0;
        int doubts = 0; ///< how often the record may have changed meanwhile; a result that was asked for before is not cached
    };

    using KeysOfUsers = QHash<QString, QSet<SessionKey>>;

    /// A record, and when it was asked for: by a clock that does not jump, and by that of the store, which tests move. It is in
    /// the index of users while it lives, as a QCache does not tell what it lets go.
    class Kept
    {
    public:
        Kept(SessionRecord record, std::chrono::nanoseconds askedAt, TimePoint askedAtOfStore, KeysOfUsers &index);
        ~Kept();
        Q_DISABLE_COPY_MOVE(Kept)

        const SessionRecord record;
        const std::chrono::nanoseconds askedAt;
        const TimePoint askedAtOfStore;

    private:
        KeysOfUsers &m_index;
    };

    [[nodiscard]] bool isFresh(const Kept &kept) const;
    void forget(const SessionKey &key);
    void forgetUser(const QString &user);
    void forgetAll();
    void resubscribe();

    template<class T, class F>
    Task<T> andThen(Task<T> task, F &&done);

    KeysOfUsers m_keysOfUsers;
    QCache<SessionKey, Kept> m_cache;
    std::chrono::milliseconds m_maximumAge = DefaultMaximumAge;
    QHash<SessionKey, Loading> m_loading;
    bool m_isCoherent = false; // the events of the store behind are sure to arrive
    bool m_isSubscribed = false; // ours are wanted
    int m_subscription = 0; // counts the attempts; only the answer to the last one counts
    QDeadlineTimer m_nextAttempt;
    std::shared_ptr<bool> m_life; // the store behind may still answer while it is destroyed with this one
};

} // namespace Sojourn
