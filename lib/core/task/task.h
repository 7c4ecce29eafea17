// SPDX-License-Identifier: MIT
#pragma once

#include "moveonlyfunction.h"

#include <Sojourn/error.h>

#include <QtCore/QFuture>
#include <QtCore/QPointer>
#include <QtCore/QPromise>
#include <QtCore/QThread>

#include <atomic>
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
SOJOURN_CORE_EXPORT void runInChain(int chain, MoveOnlyFunction<void()> continuation);

/// The same, but never from inside the call: this one may come from a destructor. At once only where nothing could run it later.
SOJOURN_CORE_EXPORT void runInChainLater(int chain, MoveOnlyFunction<void()> continuation);

/// A QFuture was made of a pending task of \a chain (futureBegins()), or is about to finish (futureEnds()): this is where
/// SessionStore::waitFor() looks up what a future that QFuture::then() made may wait for.
SOJOURN_CORE_EXPORT void futureBegins(int chain);
SOJOURN_CORE_EXPORT void futureEnds(int chain);

/// Runs \a work in the thread \a home: at once if it is this one, otherwise from its event loop if it has one.
SOJOURN_CORE_EXPORT void runAtHome(const QPointer<QThread> &home, MoveOnlyFunction<void()> work);
/// What a task ends with whose promise was dropped.
[[nodiscard]] SOJOURN_CORE_EXPORT std::unexpected<Error> abandoned();

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
    std::atomic<int> promises = 1; ///< copies of the TaskPromise; if the last one goes without a result, the task fails
    QPointer<QThread> home = QThread::currentThread();
    std::optional<Result<T>> result;
    MoveOnlyFunction<void(Result<T>)> continuation;
};

} // namespace Detail

template<class T>
class Task;

namespace Detail {

template<class T>
struct TaskValue
{
    using Type = T;
};
template<class T>
struct TaskValue<Result<T>>
{
    using Type = T;
};
template<class T>
struct TaskValue<Task<T>>
{
    using Type = T;
};

} // namespace Detail

template<class T>
class TaskPromise;

/// The answer of a store: there at once, or later in the thread of the store.
///
/// A finished task costs nothing beyond its value, which is why stores answer with it and not with a QFuture
/// (0.9 microseconds each). It can be moved but not copied. Take the result once: with then(), takeResult() or future().
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
    Task(U &&value) : m_state(std::in_place_type<Result<T>>, std::in_place, std::forward<U>(value))
    { }
    /// A finished task that failed.
    Task(std::unexpected<Error> error) : m_state(Result<T>(std::move(error))) { }
    /// Moves the result, which can be taken once.
    Task(Task &&) noexcept = default;
    /// \copydoc Task(Task &&)
    Task &operator=(Task &&) noexcept = default;
    ~Task() = default;
    Q_DISABLE_COPY(Task)

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

    /// Calls \a callback(Result<T>) once: now if the task is finished, otherwise when it finishes, in the thread of the store.
    /// A callback that returns nothing is the last; one that returns a value, a Result or a Task gives the task that follows.
    template<class F>
    auto then(F &&callback)
    {
        using Returned = std::invoke_result_t<std::decay_t<F> &, Result<T>>;
        if constexpr (std::is_void_v<Returned>) {
            if (isFinished())
                callback(takeResult());
            else
                std::get<Pending>(m_state)->continuation = std::forward<F>(callback);
        } else {
            using Next = Task<typename Detail::TaskValue<Returned>::Type>;
            if (isFinished())
                return Next(callback(takeResult()));
            TaskPromise<typename Next::Value> promise(chain());
            Next next = promise.task();
            std::get<Pending>(m_state)->continuation = [promise = std::move(promise),
                                                        callback = std::forward<F>(callback)](Result<T> result) mutable {
                Next(callback(std::move(result))).forwardTo(promise);
            };
            return next;
        }
    }

    /// The same, but never once \a context is gone; the task that follows ends with Error::Unavailable then.
    template<class F>
    auto then(QObject *context, F &&callback)
    {
        using Returned = std::invoke_result_t<std::decay_t<F> &, Result<T>>;
        if (isFinished())
            return then(std::forward<F>(callback));
        return then([context = QPointer<QObject>(context), callback = std::forward<F>(callback)](Result<T> result) mutable {
            if constexpr (std::is_void_v<Returned>) {
                if (context)
                    callback(std::move(result));
            } else {
                using Next = Task<typename Detail::TaskValue<Returned>::Type>;
                return context ? Next(callback(std::move(result))) : Next(Detail::abandoned());
            }
        });
    }

    /// Finishes \a promise with the result.
    void forwardTo(const TaskPromise<T> &promise)
    {
        if (isFinished())
            promise.finish(takeResult());
        else
            std::get<Pending>(m_state)->continuation = [promise](Result<T> result) { promise.finish(std::move(result)); };
    }

    /// The task as a QFuture, for code that works with those. SessionStore::waitFor() knows it by its progress maximum.
    QFuture<Result<T>> future()
    {
        QPromise<Result<T>> promise;
        promise.start();
        promise.setProgressRange(0, chain());
        QFuture<Result<T>> future = promise.future();
        if (isFinished()) {
            promise.addResult(takeResult());
            promise.finish();
            return future;
        }
        Detail::futureBegins(chain());
        then([chain = chain(), promise = std::move(promise)](Result<T> result) mutable {
            Detail::futureEnds(chain);
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

/// The end of a pending Task that a store holds. Copies are the same promise; finish it once, in the thread it was made in. If
/// the last copy goes without that, in whatever thread, the task finishes with Error::Unavailable.
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
    /// Another handle on the same promise.
    TaskPromise(const TaskPromise &other) noexcept : m_state(other.m_state)
    {
        if (m_state)
            m_state->promises.fetch_add(1, std::memory_order_relaxed);
    }
    /// \copydoc TaskPromise(const TaskPromise &)
    TaskPromise(TaskPromise &&other) noexcept = default;
    /// \copydoc TaskPromise(const TaskPromise &)
    TaskPromise &operator=(TaskPromise other) noexcept
    {
        std::swap(m_state, other.m_state);
        return *this;
    }
    ~TaskPromise()
    {
        if (m_state && m_state->promises.fetch_sub(1, std::memory_order_acq_rel) == 1 && !m_state->result)
            Detail::runAtHome(m_state->home, [state = m_state] {
                state->result = Detail::abandoned();
                if (state->continuation)
                    Detail::runInChainLater(state->chain, [state] { answer(*state); });
            });
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
        if (m_state->continuation)
            Detail::runInChain(m_state->chain, [state = m_state] { answer(*state); });
    }

private:
    using State = Detail::TaskState<T>;

    static void answer(State &state)
    {
        auto continuation = std::move(state.continuation);
        continuation(std::move(*state.result));
    }

    std::shared_ptr<State> m_state;
};

} // namespace Sojourn
