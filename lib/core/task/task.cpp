// SPDX-License-Identifier: MIT
#include "task_p.h"

#include <QtCore/QAbstractEventDispatcher>

#include <algorithm>
#include <deque>
#include <vector>

namespace Sojourn::Detail {

namespace {

struct Deferred
{
    int chain;
    MoveOnlyFunction<void()> continuation;
};

thread_local int t_current = 0;
thread_local int t_last = 0;
thread_local int t_awaited = 0;
thread_local std::deque<Deferred> t_deferred;
thread_local bool t_deferredRunsSoon = false;
thread_local std::vector<int> t_futures; // chains of futures that are not finished, the newest last

/// What a wait runs that knows of no chain it could depend on: nothing.
constexpr int NoChain = -2;

void runNow(Deferred deferred)
{
    const ChainScope scope(deferred.chain);
    deferred.continuation();
}

void runAllDeferred()
{
    t_deferredRunsSoon = false;
    while (!t_deferred.empty()) {
        Deferred next = std::move(t_deferred.front());
        t_deferred.pop_front();
        runNow(std::move(next));
    }
}

void defer(Deferred deferred, QAbstractEventDispatcher *dispatcher)
{
    t_deferred.push_back(std::move(deferred));
    if (dispatcher && !std::exchange(t_deferredRunsSoon, true))
        QMetaObject::invokeMethod(dispatcher, runAllDeferred, Qt::QueuedConnection);
}

} // namespace

int currentChain()
{
    return t_current;
}

int newChain()
{
    t_last = t_last == std::numeric_limits<int>::max() ? 1 : t_last + 1;
    return t_last;
}

int swapCurrentChain(int chain)
{
    return std::exchange(t_current, chain);
}

void runInChain(int chain, MoveOnlyFunction<void()> continuation)
{
    if (t_awaited == 0 || t_awaited == chain || chain == InternalChain)
        runNow({chain, std::move(continuation)});
    else
        defer({chain, std::move(continuation)}, QAbstractEventDispatcher::instance());
}

void runInChainLater(int chain, MoveOnlyFunction<void()> continuation)
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    if (dispatcher || t_awaited != 0)
        defer({chain, std::move(continuation)}, dispatcher);
    else
        runNow({chain, std::move(continuation)});
}

void futureBegins(int chain)
{
    t_futures.push_back(chain);
}

void futureEnds(int chain)
{
    if (const auto it = std::ranges::find(t_futures, chain); it != t_futures.end())
        t_futures.erase(it);
}

void runAtHome(const QPointer<QThread> &home, MoveOnlyFunction<void()> work)
{
    if (home == QThread::currentThread()) {
        work();
    } else if (auto *dispatcher = home ? QAbstractEventDispatcher::instance(home) : nullptr) {
        const auto shared = std::make_shared<MoveOnlyFunction<void()>>(std::move(work));
        QMetaObject::invokeMethod(dispatcher, [shared] { (*shared)(); }, Qt::QueuedConnection);
    }
}

std::unexpected<Error> abandoned()
{
    return failure(Error::Unavailable, Error::tr("The session store gave up before it answered. Try again."));
}

WaitScope::WaitScope(int chain) : m_chain(chain), m_outer(t_awaited)
{
    choose();
}

/// A future that QFuture::then() made does not tell its chain. It is taken to be the one that runs, or else that of the newest
/// future: code that waits has mostly just made it. When that has ended, the turn comes to the one before.
void WaitScope::choose()
{
    if (m_chain != 0)
        t_awaited = m_chain;
    else if (t_current != 0 || t_futures.empty())
        t_awaited = t_current != 0 ? t_current : NoChain;
    else
        t_awaited = t_futures.back();
}

WaitScope::~WaitScope()
{
    t_awaited = m_outer;
}

void WaitScope::runDeferred(const std::function<bool()> &finished)
{
    while (!finished()) {
        choose();
        const auto it = std::ranges::find_if(t_deferred, [](const Deferred &deferred) {
            return deferred.chain == t_awaited || deferred.chain == InternalChain;
        });
        if (it == t_deferred.end())
            return;
        Deferred next = std::move(*it);
        t_deferred.erase(it);
        runNow(std::move(next));
    }
}

} // namespace Sojourn::Detail
