// SPDX-License-Identifier: MIT
#include "sessionstore.h"

#include "task/task_p.h"
#include "value/author.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QLoggingCategory>
#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtCore/QTimerEvent>

#include <algorithm>
#include <atomic>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Sojourn {

static Q_LOGGING_CATEGORY(lcStore, "sojourn.store");

/// How many expired records one step of the sweep removes before the event loop has its turn.
static constexpr int SweepStep = 1000;

/// Sweeps a thread-safe store from the event loop of another thread.
class SessionStore::SweepHelper : public QObject
{
public:
    SweepHelper(SessionStore *store, std::chrono::milliseconds interval) : m_store(store)
    {
        startTimer(interval, Qt::CoarseTimer);
    }

protected:
    void timerEvent(QTimerEvent *) override { m_store->sweepIfDue(this); }

private:
    SessionStore *const m_store;
};

SessionStore::SessionStore(QObject *parent) : QObject(parent) { }

SessionStore::~SessionStore() = default;

void SessionStore::setClock(Clock clock)
{
    const std::lock_guard lock(m_clockMutex);
    if (!clock) {
        m_clock = nullptr;
        return;
    }
    m_clocks.push_back(std::make_unique<const Clock>(std::move(clock)));
    m_clock.store(m_clocks.back().get(), std::memory_order_release);
}

// ---- Sweeping

void SessionStore::setSweepInterval(std::chrono::milliseconds interval)
{
    m_sweepInterval = std::max(interval, std::chrono::milliseconds::zero());
    if (QThread::currentThread() == thread())
        updateSweepTimer();
    else
        QMetaObject::invokeMethod(this, [this] { updateSweepTimer(); }, Qt::QueuedConnection);
}

std::unique_ptr<QObject> SessionStore::sweepAtLeastEvery(std::chrono::milliseconds interval)
{
    if (interval <= std::chrono::milliseconds::zero())
        return nullptr;
    if (!isUsedHere()) {
        std::ignore = foreignThreadError();
        return nullptr;
    }
    std::chrono::milliseconds before = m_sweepInterval;
    while ((before.count() == 0 || interval < before) && !m_sweepInterval.compare_exchange_weak(before, interval)) { }
    if (QThread::currentThread() == thread()) {
        updateSweepTimer();
        return nullptr;
    }
    QMetaObject::invokeMethod(this, [this] { updateSweepTimer(); }, Qt::QueuedConnection);
    return std::make_unique<SweepHelper>(this, interval);
}

void SessionStore::updateSweepTimer()
{
    if (m_sweepTimer)
        killTimer(std::exchange(m_sweepTimer, 0));
    if (const auto interval = m_sweepInterval.load(); interval.count() > 0)
        m_sweepTimer = startTimer(interval, Qt::CoarseTimer);
}

Task<SessionInfo> SessionStore::removeVersion(const SessionKey &key, quint64 version, Removal why)
{
    if (!isUsedHere())
        return foreignThreadError();
    return load(key).then(
        this, [this, key, version, why, author = Author::current()](const Result<SessionRecord> &record) -> Task<SessionInfo> {
            if (!record && record.error() != Error::NotFound)
                return std::unexpected(record.error());
            if (const auto same = SessionChange::checkVersion(record ? record->version : version, version); !same)
                return std::unexpected(same.error());
            const Author::Scope scope(author);
            return remove(record ? record->key : key, why); // what was not found may have expired, and ends for good
        });
}

Task<QStringList> SessionStore::identities()
{
    return QStringList();
}

bool SessionStore::mayRotate(const SessionKey & /*from*/, const SessionKey & /*to*/) const
{
    return true;
}

void SessionStore::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_sweepTimer)
        sweepIfDue(this);
    else
        QObject::timerEvent(event);
}

/// One sweep an interval, however many timers ask for it. A coarse timer may be early.
void SessionStore::sweepIfDue(QObject *context)
{
    const auto interval = m_sweepInterval.load();
    auto last = m_lastSweep.load();
    const auto now = std::chrono::steady_clock::now();
    if (interval.count() > 0 && now - last >= interval * 3 / 4 && m_lastSweep.compare_exchange_strong(last, now))
        sweep(context);
}

void SessionStore::sweep(QObject *context)
{
    if (m_sweeping.exchange(true))
        return;
    removeExpired(SweepStep).then(this, [this, context = QPointer(context)](const Result<qint64> &removed) {
        m_sweeping = false;
        if (context && removed && *removed >= SweepStep)
            QTimer::singleShot(0, context, [this, context] { sweep(context); });
    });
}

Task<qint64> SessionStore::compact()
{
    return failure(Error::Unsupported,
                   Sojourn::Error::tr("This store has no space to give back. Only a file can be made smaller."));
}

std::unexpected<Error> SessionStore::foreignThreadError()
{
    static std::atomic_flag warned;
    if (!warned.test_and_set()) {
        qCWarning(
            lcStore,
            "A session store was used in a thread that is not its own, and the call was refused. Use it in the thread that it "
            "lives in; QMetaObject::invokeMethod() takes you there. (This is said once.)");
    }
    return failure(Error::Invalid,
                   Sojourn::Error::tr("The session store was used in a thread that is not its own, so nothing was done."));
}

bool SessionStore::process(std::chrono::milliseconds)
{
    return false;
}

std::unexpected<Error> SessionStore::timeoutError()
{
    return failure(Error::Timeout,
                   Sojourn::Error::tr("The session store did not answer in time. Check that it runs and is not overloaded."));
}

/// A wait that nothing can end but the event loop of this thread, which stands still for it.
static void warnOfEndlessWait()
{
    static std::atomic_flag warned;
    if (!warned.test_and_set()) {
        qCWarning(
            lcStore,
            "waitFor() waits for an answer that its store cannot bring, so it can never come: only the event loop could, which "
            "stands still meanwhile. Wait for a task or future of this very store, or go on in then() or a QFutureWatcher. (This "
            "is said once.)");
    }
}

void SessionStore::waitUntil(int chain, const std::function<bool()> &finished, std::optional<std::chrono::milliseconds> timeout,
                             FinishedBy by)
{
    const bool isGiven = timeout && *timeout >= std::chrono::milliseconds::zero();
    const QDeadlineTimer deadline(isGiven ? *timeout : this->timeout());
    Detail::WaitScope scope(chain);
    scope.runDeferred(finished);
    while (!finished() && !deadline.hasExpired()) {
        if (!process(std::chrono::milliseconds(deadline.remainingTime()))) {
            if (by == FinishedBy::Store) {
                warnOfEndlessWait();
                return;
            }
            QThread::msleep(1);
            if (deadline.hasExpired() && !finished())
                warnOfEndlessWait();
        }
        scope.runDeferred(finished); // of this chain, kept back by a wait inside of it
    }
}

SessionEvent removalEvent(const SessionInfo &removed, SessionStore::Removal why, TimePoint at)
{
    SessionEvent event{.type = SessionEvent::Revoked,
                       .key = removed.key,
                       .oldKey = {},
                       .user = removed.user,
                       .at = at,
                       .version = removed.version,
                       .reason = {}};
    switch (why) {
    case SessionStore::Removal::Destroyed:
        event.type = SessionEvent::Destroyed;
        break;
    case SessionStore::Removal::User:
        event.reason = u"user"_s;
        break;
    case SessionStore::Removal::Cap:
        event.reason = u"cap"_s;
        break;
    case SessionStore::Removal::Admin:
        event.reason = u"admin"_s;
        break;
    }
    Author::sign(event);
    return event;
}

} // namespace Sojourn
