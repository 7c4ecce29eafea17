// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/error.h>

#include <QtCore/QFuture>
#include <QtCore/QPointer>
#include <QtCore/QPromise>

#include <functional>
#include <memory>
#include <type_traits>
#include <variant>

namespace Sojourn {

namespace Detail {

/// A chain is the run of operations that one caller started: a task, what its continuation starts, and so on.
/// SessionStore::waitFor() runs the continuations of the chain it waits for and keeps all others for later.
/// Chains belong to a thread, as the tasks do.
///
/// InternalChain is that of what a store does for itself, in which no caller's code runs: it is never kept for later.
inline constexpr int InternalChain = -1;
SOJOURN_CORE_EXPORT int currentChain();
SOJOURN_CORE_EXPORT int newChain();
SOJOURN_CORE_EXPORT int swapCurrentChain(int chain);
/// Runs \a continuation now, or after the wait if this thread waits for another chain.
SOJOURN_CORE_EXPORT void runInChain(int chain, std::move_only_function<void()> continuation);

class ChainScope
{
public:
    explicit ChainScope(int chain) : m_outer(swapCurrentChain(chain)) { }
    ~ChainScope() { swapCurrentChain(m_outer); }
    Q_DISABLE_COPY_MOVE(ChainScope)

private:
    int m_outer;
};

template<class T>
struct TaskState
{
    int chain = 0;
    std::optional<Result<T>> result;
    std::move_only_function<void(Result<T>)> continuation;
};

} // namespace Detail

template<class T>
class TaskPromise;

/// The answer of a store: there at once, or later in the thread of the store.
///
/// A finished task costs nothing beyond its value, which is why stores answer with it and not with a QFuture
/// (0.9 microseconds each). Take the result once: with then(), takeResult() or future().
template<class T>
class [[nodiscard]] Task
{
public:
    /// What a Task ends with when it does not fail.
    using Value = T;

    /// A finished task without a value.
    Task()
        requires std::is_void_v<T>
    { }
    /// A finished task.
    Task(Result<T> result) : m_state(std::move(result)) { }
    /// A finished task with a value.
    template<class U>
        requires std::is_constructible_v<T, U &&>
    Task(U &&value) : m_state(Result<T>(std::forward<U>(value)))
    { }
    /// A finished task that failed.
    Task(std::unexpected<Error> error) : m_state(Result<T>(std::move(error))) { }

    /// Whether the result is there.
    bool isFinished() const
    {
        const auto *pending = std::get_if<Pending>(&m_state);
        return !pending || (*pending)->result.has_value();
    }

    /// The chain of a pending task, 0 if it was finished from the start.
    int chain() const
    {
        const auto *pending = std::get_if<Pending>(&m_state);
        return pending ? (*pending)->chain : 0;
    }

    /// The result of a finished task, moved out.
    Result<T> takeResult()
    {
        if (auto *ready = std::get_if<Result<T>>(&m_state))
            return std::move(*ready);
        return std::move(*std::get<Pending>(m_state)->result);
    }

    /// Calls \a callback(Result<T>) once: now if the task is finished, otherwise when it finishes, in the
    /// thread of the store; never once \a context is gone.
    template<class F>
    void then(QObject *context, F &&callback)
    {
        if (isFinished()) {
            callback(takeResult());
            return;
        }
        std::get<Pending>(m_state)->continuation = [context = QPointer<QObject>(context),
                                                    callback = std::forward<F>(callback)](Result<T> result) mutable {
            if (context)
                callback(std::move(result));
        };
    }

    /// The same for a callback that lives as long as the task needs it.
    template<class F>
    void then(F &&callback)
    {
        if (isFinished())
            callback(takeResult());
        else
            std::get<Pending>(m_state)->continuation = std::forward<F>(callback);
    }

    /// The task as a QFuture, for code that works with those. SessionStore::waitFor() knows it by its progress maximum.
    QFuture<Result<T>> future()
    {
        QPromise<Result<T>> promise;
        promise.start();
        promise.setProgressRange(0, chain());
        QFuture<Result<T>> future = promise.future();
        then([promise = std::move(promise)](Result<T> result) mutable {
            promise.addResult(std::move(result));
            promise.finish();
        });
        return future;
    }
    /// See future().
    operator QFuture<Result<T>>() { return future(); }

private:
    friend class TaskPromise<T>;
    using Pending = std::shared_ptr<Detail::TaskState<T>>;
    explicit Task(Pending state) : m_state(std::move(state)) { }

    std::variant<Result<T>, Pending> m_state;
};

/// The end of a pending Task that a store holds. Copies are the same promise; finish it once, in the thread it was made in.
template<class T>
class TaskPromise
{
public:
    TaskPromise() : TaskPromise(Detail::currentChain()) { }
    /// A promise of \a chain; with 0 of a new one.
    explicit TaskPromise(int chain) : m_state(std::make_shared<Detail::TaskState<T>>())
    {
        m_state->chain = chain ? chain : Detail::newChain();
    }

    /// The other end, for the caller.
    Task<T> task() const { return Task<T>(m_state); }
    /// Whether finish() was called.
    bool isFinished() const { return m_state->result.has_value(); }

    /// The first result counts, later ones are ignored.
    void finish(Result<T> result) const
    {
        if (m_state->result)
            return;
        m_state->result = std::move(result);
        if (!m_state->continuation)
            return;
        Detail::runInChain(m_state->chain, [state = m_state] {
            auto continuation = std::move(state->continuation);
            continuation(std::move(*state->result));
        });
    }

private:
    std::shared_ptr<Detail::TaskState<T>> m_state;
};

} // namespace Sojourn
