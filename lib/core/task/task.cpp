// SPDX-License-Identifier: MIT
#include "task_p.h"

#include <QtCore/QAbstractEventDispatcher>

#include <algorithm>
#include <deque>

namespace Sojourn::Detail {

namespace {

struct Deferred
{
    int chain;
    std::move_only_function<void()> continuation;
};

thread_local int t_current = 0;
thread_local int t_last = 0;
thread_local int t_awaited = 0;
thread_local std::deque<Deferred> t_deferred;

void runNow(Deferred deferred)
{
    const ChainScope scope(deferred.chain);
    deferred.continuation();
}

void runAllDeferred()
{
    while (!t_deferred.empty()) {
        Deferred next = std::move(t_deferred.front());
        t_deferred.pop_front();
        runNow(std::move(next));
    }
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

void runInChain(int chain, std::move_only_function<void()> continuation)
{
    if (t_awaited == 0 || t_awaited == chain || chain == InternalChain) {
        runNow({chain, std::move(continuation)});
        return;
    }
    if (t_deferred.empty()) {
        if (auto *dispatcher = QAbstractEventDispatcher::instance())
            QMetaObject::invokeMethod(dispatcher, runAllDeferred, Qt::QueuedConnection);
    }
    t_deferred.push_back({chain, std::move(continuation)});
}

WaitScope::WaitScope(int chain) : m_outer(std::exchange(t_awaited, chain)) { }

WaitScope::~WaitScope()
{
    t_awaited = m_outer;
}

void WaitScope::runDeferred()
{
    for (;;) {
        const auto it = std::ranges::find(t_deferred, t_awaited, &Deferred::chain);
        if (it == t_deferred.end())
            return;
        Deferred next = std::move(*it);
        t_deferred.erase(it);
        runNow(std::move(next));
    }
}

} // namespace Sojourn::Detail
