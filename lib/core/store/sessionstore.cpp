// SPDX-License-Identifier: MIT
#include "sessionstore.h"

#include "task/task_p.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QLoggingCategory>
#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtCore/QTimerEvent>

#include <atomic>

using namespace Qt::StringLiterals;

namespace Sojourn {

static Q_LOGGING_CATEGORY(lcStore, "sojourn.store")

/// How many expired records one step of the sweep removes before the event loop has its turn.
    static constexpr int SweepStep = 1000;

SessionStore::SessionStore(QObject *parent) : QObject(parent) { }

SessionStore::~SessionStore() = default;

void SessionStore::setSweepInterval(std::chrono::milliseconds interval)
{
    if (m_sweepTimer)
        killTimer(std::exchange(m_sweepTimer, 0));
    if (interval > std::chrono::milliseconds::zero())
        m_sweepTimer = startTimer(interval, Qt::CoarseTimer);
}

bool SessionStore::mayRotate(const SessionKey & /*from*/, const SessionKey & /*to*/) const
{
    return true;
}

Task<qint64> SessionStore::compact()
{
    return failure(Error::Unsupported, u"This store has no space to give back. Only a file can be made smaller."_s);
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
    return failure(Error::Invalid, u"The session store was used in a thread that is not its own, so nothing was done."_s);
}

bool SessionStore::process(std::chrono::milliseconds)
{
    return false;
}

std::unexpected<Error> SessionStore::timeoutError()
{
    return failure(Error::Timeout, u"The session store did not answer in time. Check that it runs and is not overloaded."_s);
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

void SessionStore::waitUntil(int chain, const std::function<bool()> &finished, std::chrono::milliseconds timeout, FinishedBy by)
{
    const QDeadlineTimer deadline(timeout);
    Detail::WaitScope scope(chain);
    scope.runDeferred();
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
        scope.runDeferred(); // of this chain, kept back by a wait inside of it
    }
}

void SessionStore::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_sweepTimer)
        sweep();
    else
        QObject::timerEvent(event);
}

void SessionStore::sweep()
{
    if (std::exchange(m_sweeping, true))
        return;
    removeExpired(SweepStep).then(this, [this](Result<qint64> removed) {
        m_sweeping = false;
        if (removed && *removed >= SweepStep)
            QTimer::singleShot(0, this, &SessionStore::sweep);
    });
}

std::optional<SessionEvent::Type> changeEvent(const SessionRecord &before, const SessionRecord &after)
{
    if (before.version != after.version || before.rotateRequested != after.rotateRequested || before.flash != after.flash
        || before.csrfSecret != after.csrfSecret)
        return SessionEvent::Changed;
    if (before.lastSeenAt != after.lastSeenAt || before.expiresAt != after.expiresAt)
        return SessionEvent::Touched;
    return std::nullopt;
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
    return event;
}

} // namespace Sojourn
