// SPDX-License-Identifier: MIT
#pragma once

#include "metrics.h"
#include <Sojourn/sessionchange.h>
#include <Sojourn/sessionevent.h>
#include <Sojourn/task.h>

#include <QtCore/QObject>
#include <QtCore/QThread>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace Sojourn {

/// Which sessions, in which order, from where, how many.
struct SessionQuery
{
    /// What rows are sorted by; equal ones by their keys.
    enum Order : quint8 { ByExpiry, ByCreated, ByLastSeen, ByUser };

    Order order = ByExpiry; ///< what the rows are sorted by
    bool descending = false; ///< last rows first
    std::optional<QString> user = {};  ///< only this user's; an empty one means sessions without a user
    QByteArray keyPrefix = {};         ///< only keys whose text begins so
    qint64 offset = 0;            ///< rows to skip; ignored when there is a cursor
    QByteArray cursor = {};            ///< SessionPage::nextCursor of the page before, with the same order and filters
    int limit = 100; ///< the most records in a page
    bool withData = false;        ///< whether the records carry data, flash and CSRF secret
    bool quarantined = false;     ///< the records that could not be decoded, instead of the living ones

    friend bool operator==(const SessionQuery &a, const SessionQuery &b) = default;
};

/// The answer to a SessionQuery.
struct SessionPage
{
    QList<SessionRecord> records = {}; ///< in the order that was asked for
    qint64 total = 0;      ///< how many there are in all pages
    /// Empty on the last page; unlike an offset it neither skips nor repeats while sessions come and go.
    QByteArray nextCursor = {};
};

/// Which events history() returns.
struct HistoryQuery
{
    std::optional<QString> user = {}; ///< only events of this user's sessions
    std::optional<SessionKey> key = {}; ///< events that name this key, as oldKey too
    int limit = 100; ///< the most events
};

/// Where sessions are kept. The contract of every store:
///
/// - A store lives in one thread and is called in it; results arrive in it. (MemoryStore may be called from any.)
/// - Every operation is atomic for its record, across threads and processes.
/// - Expired records are never returned, counted or listed, swept or not.
/// - An operation fails with Error::Timeout or Error::Unavailable rather than wait longer than timeout().
///
/// A key that renewal replaced stands for its record until its grace ends (see rotate()).
class SOJOURN_CORE_EXPORT SessionStore : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype DefaultSizeLimit = 256 * 1024; ///< 256 KiB, see setSizeLimit()

    /// About how many bytes the history of a store may take. Redis and SQLite estimate it from the longest recent event, so many
    /// long user names may leave fewer events than asked for.
    static constexpr qsizetype HistoryBytes = 16 * 1024 * 1024;

    /// How long the store remembers a key that rotate() took away without a grace time.
    static constexpr std::chrono::seconds ReplacedKept{60};

    /// To rotate(): a renewal without a grace time.
    static constexpr std::chrono::milliseconds NoGrace{-1};

    /// Why a record is removed, and so which event tells of it: Destroyed, or Revoked with a reason.
    enum class Removal : quint8 { Destroyed, User, Cap, Admin };

    /// Whether create() may take the place of a record with the same key.
    enum class CreateMode : quint8 { New, Overwrite };

    /// A store of the calling thread.
    explicit SessionStore(QObject *parent = nullptr);
    ~SessionStore() override;

    /// Stores \a record under its key. Error::Invalid or TooLarge as SessionRecord::check() says, Error::Exists if the key is
    /// taken (CreateMode::New), Error::LimitReached if \a cap refuses. A record that has expired already is Error::Invalid. What
    /// takes the place of a living record is told as Changed, not Created.
    virtual Task<SessionInfo> create(const SessionRecord &record, std::optional<UserCap> cap = {},
                                     CreateMode mode = CreateMode::New) = 0;

    /// The living record of \a key. Its key differs from \a key if \a key is in its grace time. Error::Replaced if rotate() took
    /// the key away within ReplacedKept, whatever became of the record since; Error::NotFound if there is none otherwise.
    virtual Task<SessionRecord> load(const SessionKey &key) = 0;

    /// Merges \a change into the record (SessionChange::applyTo()). Error::NotFound if it does not exist: nothing is ever
    /// revived. A change that binds another user ends every key in grace. \return the record's state afterwards.
    virtual Task<SessionInfo> update(const SessionKey &key, const SessionChange &change) = 0;

    /// Merges \a change and moves the record from \a oldKey to \a newKey in one step; the rotateRequested mark is cleared.
    /// The version rises by one, and idIssuedAt is now. With a \a grace of 0 \a oldKey and every key in grace are dead at once,
    /// and are remembered as replaced (load()); those whose grace was over before are not. So too, whatever \a grace is, if the
    /// change binds another user.
    /// With more this is a renewal: \a oldKey goes on standing for the record that long. NoGrace is a renewal after which the
    /// old keys are dead as after one with 0. If the \a oldKey of a renewal is itself in grace then the record has been renewed
    /// already: only the change is merged and the returned key is not \a newKey.
    virtual Task<SessionInfo> rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                     std::chrono::milliseconds grace = {}) = 0;

    /// Whether rotate() may move a record from one key to the other: a store in shards keeps each record in its own. Ids are
    /// drawn until this is so; rotate() refuses others with Error::Invalid. Any does by default.
    [[nodiscard]] virtual bool mayRotate(const SessionKey &from, const SessionKey &to) const;

    /// Removes the record and every key in grace. \return the record as it was (without data); Error::NotFound if there was none.
    /// An expired record that was not swept yet goes too, and counts as none: it must not live again should the clock go back.
    /// It is told as Expired, with its expiryReason().
    virtual Task<SessionInfo> remove(const SessionKey &key, Removal why) = 0;

    /// The same, but only what the caller has seen: Error::Conflict, and nothing is removed, if the record is not at \a version.
    /// By default load() and remove(), between which another may write; the stores of this library do it in one step.
    virtual Task<SessionInfo> removeVersion(const SessionKey &key, quint64 version, Removal why);

    /// Removes all sessions of \a user but \a except, expired ones as remove() does. \return how many; Error::Invalid for an
    /// empty user. The record of \a except is kept too if it was rotated or renewed within ReplacedKept, even between two steps
    /// of this.
    virtual Task<qint64> removeUser(const QString &user, std::optional<SessionKey> except, Removal why) = 0;

    /// Hands out the waiting flash values (JSON array text, empty for none) and forgets them, so that each is read exactly once.
    /// Where there were any this is told as Changed, as adding them is: a cache must not hand them out again.
    virtual Task<QByteArray> takeFlash(const SessionKey &key) = 0;

    /// The living sessions that \a query asks for. Error::Invalid for a cursor that is none of its pages.
    virtual Task<SessionPage> list(const SessionQuery &query) = 0;
    /// Living sessions.
    virtual Task<qint64> count() = 0;
    /// Removes at most \a limit expired records, those that expired first before others. \return how many were removed.
    virtual Task<qint64> removeExpired(int limit) = 0;
    /// Gives space that removed records left behind back to the system. \return the bytes freed; Error::Unsupported where a store
    /// has none to give back.
    virtual Task<qint64> compact();
    /// Lifecycle events, newest first.
    virtual Task<QList<SessionEvent>> history(const HistoryQuery &query) = 0;

    /// From now on sessionEvent() tells what happens in the store, whoever does it. Finished once that is sure.
    virtual Task<void> subscribe() = 0;

    /// Whether what is behind this interface refuses writes.
    [[nodiscard]] virtual bool isReadOnly() const { return false; }

    /// The servers that hold the data now, for a person; empty where the store's address says it or none is reached.
    [[nodiscard]] virtual ErrorText servers() const { return {}; }

    /// Names of the data in this store, for telling whether two stores lead to the same, however they are reached: one name in
    /// common is enough. None where nothing else leads there or nothing is known, which is so by default.
    [[nodiscard]] virtual Task<QStringList> identities();

    /// Whether every thread may call the operations, or only that of the store.
    [[nodiscard]] virtual bool isThreadSafe() const { return false; }
    /// Whether the calling thread may. Sessions and waitFor() refuse others with Error::Invalid; so must the operations.
    [[nodiscard]] bool isUsedHere() const { return isThreadSafe() || QThread::currentThread() == thread(); }
    /// The refusal of an operation in a foreign thread, logged once.
    [[nodiscard]] static std::unexpected<Error> foreignThreadError();

    /// @name Settings, which any thread may read and change
    /// @{

    /// How long an operation may take. Default 2 s.
    [[nodiscard]] std::chrono::milliseconds timeout() const { return m_timeout.load(std::memory_order_relaxed); }
    /// Operations that begin later may take \a timeout.
    virtual void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }

    /// The most bytes that a record may have: its data (SessionData::size()), the user in UTF-8 and the flash values that wait.
    /// Default 256 KiB.
    [[nodiscard]] qsizetype sizeLimit() const { return m_sizeLimit.load(std::memory_order_relaxed); }
    /// Changes that make a record larger than \a bytes fail with Error::TooLarge.
    virtual void setSizeLimit(qsizetype bytes) { m_sizeLimit = bytes; }

    /// The time by which this store expires records.
    [[nodiscard]] TimePoint now() const
    {
        const Clock *clock = m_clock.load(std::memory_order_acquire);
        return clock ? (*clock)() : ownNow();
    }
    /// Replaces the system's clock, for tests; an empty \a clock brings back the store's own. Called in every thread that uses
    /// the store.
    virtual void setClock(Clock clock);

    /// How often expired records are removed without being asked, in steps of a bounded number; 0 (the default): never. Takes
    /// the place of what was set or asked for before. Needs the event loop of the store's thread.
    void setSweepInterval(std::chrono::milliseconds interval);
    /// Requests a sweep at least this often, for one of several users of this store: the shortest interval asked for applies, and
    /// 0 asks for nothing. A request is never withdrawn. SessionManager asks for 60 s.
    /// \return in a foreign thread, for a store that is thread-safe, what sweeps from the event loop of that thread too. Destroy
    /// it there and before the store. Otherwise null.
    [[nodiscard]] std::unique_ptr<QObject> sweepAtLeastEvery(std::chrono::milliseconds interval);
    /// @}

    /// Counts of what was done through this object. A store counts each event that it causes (Counters::countEvent()).
    [[nodiscard]] virtual Counters &counters() { return m_counters; }

    /// The blocking form, for code without an event loop: waits at most \a timeout (by default, or if negative, that of the
    /// store) and drives only this store meanwhile. Continuations of other requests run afterwards, from the event loop.
    /// Error::Timeout if it is not finished by then, at once if it is a Task that can no longer finish; Error::Invalid in a
    /// foreign thread.
    ///
    /// Give it the future that a call returned. One that QFuture::then() made of it does not say what it waits for: it is taken
    /// to follow from the request that calls, or else from the newest future. What needs an event loop, such as a then() with a
    /// context, cannot finish while this waits.
    template<class T>
    Result<T> waitFor(Task<T> task, std::optional<std::chrono::milliseconds> timeout = {})
    {
        if (!task.isFinished()) {
            if (!isUsedHere())
                return foreignThreadError();
            waitUntil(task.chain(), [&task] { return task.isFinished(); }, timeout);
        }
        return task.isFinished() ? task.takeResult() : Result<T>(timeoutError());
    }
    /// The same for the future of a Session or of then().
    template<class T>
    Result<T> waitFor(const QFuture<Result<T>> &future, std::optional<std::chrono::milliseconds> timeout = {})
    {
        if (!future.isFinished()) {
            if (!isUsedHere())
                return foreignThreadError();
            waitUntil(future.progressMaximum(), [&future] { return future.isFinished(); }, timeout, FinishedBy::AnyThread);
        }
        return future.isFinished() && future.resultCount() > 0 ? future.result() : Result<T>(timeoutError());
    }

Q_SIGNALS:
    /// Something happened, here or in another process. Only after subscribe().
    void sessionEvent(const Sojourn::SessionEvent &event);
    /// The store became reachable (true) or stopped being so. Stores that always are never emit it.
    void availabilityChanged(bool available);
    /// Events may have been missed (the subscription broke): what was known of records is no longer sure.
    void eventsLost();

protected:
    /// Waits up to \a timeout for this store's own sockets or threads and handles what arrives. Called by waitFor(); a store that
    /// answers at once need not implement it. \return false if nothing can ever arrive.
    virtual bool process(std::chrono::milliseconds timeout);
    /// The same for a store that this one wraps.
    static bool processInner(SessionStore &inner, std::chrono::milliseconds timeout) { return inner.process(timeout); }

    /// The time where no clock was set: that of the system.
    [[nodiscard]] virtual TimePoint ownNow() const { return systemNow(); }

    /// An operation that took longer than timeout().
    static std::unexpected<Error> timeoutError();

private:
    class SweepHelper;
    enum class FinishedBy : quint8 { Store, AnyThread };

    void waitUntil(int chain, const std::function<bool()> &finished, std::optional<std::chrono::milliseconds> timeout,
                   FinishedBy by = FinishedBy::Store);
    void timerEvent(QTimerEvent *event) override;
    void updateSweepTimer();
    void sweepIfDue(QObject *context);
    void sweep(QObject *context);

    Counters m_counters;
    std::atomic<const Clock *> m_clock = nullptr;
    std::mutex m_clockMutex;
    std::vector<std::unique_ptr<const Clock>> m_clocks; // all that were set: another thread may just be reading one
    std::atomic<std::chrono::milliseconds> m_timeout = std::chrono::milliseconds(2000);
    std::atomic<qsizetype> m_sizeLimit = DefaultSizeLimit;
    std::atomic<std::chrono::milliseconds> m_sweepInterval = std::chrono::milliseconds(0);
    std::atomic<std::chrono::steady_clock::time_point> m_lastSweep{};
    std::atomic<bool> m_sweeping = false;
    int m_sweepTimer = 0;
};

/// The event of a removal in the calling thread: Destroyed, or Revoked with its reason and who did it.
[[nodiscard]] SOJOURN_CORE_EXPORT SessionEvent removalEvent(const SessionInfo &removed, SessionStore::Removal why, TimePoint at);

} // namespace Sojourn
