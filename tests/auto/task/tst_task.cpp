// SPDX-License-Identifier: MIT
#include <Sojourn/MemoryStore>
#include <Sojourn/Task>

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <deque>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A store whose take-flash answers come one at a time, when somebody waits.
class SlowStore : public MemoryStore
{
public:
    std::deque<TaskPromise<qint64>> open;

    Task<qint64> ask()
    {
        open.emplace_back();
        return open.back().task();
    }
    void answer(qint64 value)
    {
        const TaskPromise<qint64> promise = open.front();
        open.pop_front();
        promise.finish(value);
    }
};

} // namespace

class TestTask : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFinishedTaskAnswersInTheSameCall();
    void aPendingTaskAnswersOnceAndLater();
    void nothingIsCalledOnceTheContextIsGone();
    void onlyTheFirstResultCounts();
    void cannotBeCopied();
    void aContinuationGivesTheTaskThatFollows();
    void aTaskWhosePromiseIsForgottenEndsAsAnError();
    void aPromiseForgottenInAnotherThreadEndsInItsOwn();
    void whatIsForgottenWhileItsCallerWaitsEndsTheWait();
    void becomesAFuture();
    void waitingForNothingTimesOut();
    void aFutureOfAnotherThreadIsWaitedFor();
    void foreignContinuationsWaitForTheEventLoop();
    void continuationsOfTheSameChainRunInside();
    void aFutureMadeByThenRunsNoOtherRequest();
    void aFutureMadeByThenBelongsToTheRequestThatRuns();
    void whatAStoreDoesForItselfIsNeverKeptForLater();
    void aWaitInAForeignThreadIsRefused();
    void aWaitWithoutALimitEnds();
};

void TestTask::aFinishedTaskAnswersInTheSameCall()
{
    Task<int> task(42);
    QVERIFY(task.isFinished());
    int got = 0;
    task.then(this, [&](Result<int> result) { got = *result; });
    QCOMPARE(got, 42);

    Task<int> failed = failure(Error::NotFound, u"nothing there"_s);
    QCOMPARE(failed.takeResult().error().code, Error::NotFound);
}

void TestTask::aPendingTaskAnswersOnceAndLater()
{
    TaskPromise<int> promise;
    int calls = 0;
    promise.task().then(this, [&](Result<int> result) { calls += *result; });
    QCOMPARE(calls, 0);
    promise.finish(1);
    QCOMPARE(calls, 1);
    promise.finish(1);
    QCOMPARE(calls, 1);
}

void TestTask::nothingIsCalledOnceTheContextIsGone()
{
    TaskPromise<int> promise;
    auto context = std::make_unique<QObject>();
    bool called = false;
    promise.task().then(context.get(), [&](Result<int>) { called = true; });
    context.reset();
    promise.finish(1);
    QVERIFY(!called);
}

void TestTask::onlyTheFirstResultCounts()
{
    TaskPromise<int> promise;
    Task<int> task = promise.task();
    promise.finish(1);
    promise.finish(2);
    QCOMPARE(task.takeResult(), 1);
}

void TestTask::cannotBeCopied()
{
    static_assert(!std::is_copy_constructible_v<Task<int>> && !std::is_copy_assignable_v<Task<int>>);
    static_assert(std::is_nothrow_move_constructible_v<Task<int>>);
}

void TestTask::aContinuationGivesTheTaskThatFollows()
{
    QCOMPARE(Task<int>(20).then([](Result<int> n) { return *n + 1; }).takeResult(), 21);

    const TaskPromise<int> first;
    const TaskPromise<QString> second;
    Task<QString> text = first.task()
                             .then([](Result<int> n) { return n ? Result<qint64>(*n * 2) : std::unexpected(n.error()); })
                             .then(this, [&second](const Result<qint64> &) { return second.task(); });
    first.finish(4);
    QVERIFY(!text.isFinished());
    second.finish(u"done"_s);
    QCOMPARE(text.takeResult(), u"done"_s);

    const TaskPromise<int> late;
    auto context = std::make_unique<QObject>();
    Task<int> after = late.task().then(context.get(), [](Result<int> n) { return *n; });
    context.reset();
    late.finish(1);
    QCOMPARE(after.takeResult().error().code, Error::Unavailable);
}

void TestTask::aTaskWhosePromiseIsForgottenEndsAsAnError()
{
    auto promise = std::make_unique<TaskPromise<int>>();
    auto copy = std::make_unique<TaskPromise<int>>(*promise);
    Task<int> task = promise->task();
    std::optional<Error> error;
    QFuture<Result<int>> future = promise->task().future();
    future.then([&](const Result<int> &result) { error = result.error(); });
    promise.reset();
    QVERIFY(!task.isFinished());
    copy.reset();
    QVERIFY(task.isFinished());
    QVERIFY(!error); // not from inside a destructor
    QCoreApplication::processEvents();
    QCOMPARE(error.value().code, Error::Unavailable);
}

void TestTask::aPromiseForgottenInAnotherThreadEndsInItsOwn()
{
    auto promise = std::make_unique<TaskPromise<int>>();
    std::optional<Error> error;
    QThread *endedIn = nullptr;
    promise->task().then(this, [&](const Result<int> &result) {
        error = result.error();
        endedIn = QThread::currentThread();
    });
    const std::unique_ptr<QThread> thread(QThread::create([&promise] { promise.reset(); }));
    thread->start();
    thread->wait();
    QTRY_VERIFY(error);
    QCOMPARE(error->code, Error::Unavailable);
    QCOMPARE(endedIn, QThread::currentThread());
}

void TestTask::becomesAFuture()
{
    QVERIFY(Task<int>(1).future().isFinished());
    TaskPromise<int> promise;
    QFuture<Result<int>> future = promise.task();
    QVERIFY(!future.isFinished());
    promise.finish(5);
    QCOMPARE(future.result(), 5);
}

void TestTask::waitingForNothingTimesOut()
{
    MemoryStore store;
    TaskPromise<int> promise;
    QCOMPARE(store.waitFor(promise.task(), 1s).error().code, Error::Timeout);
    QCOMPARE(store.waitFor(promise.task().future(), 5ms).error().code, Error::Timeout);
}

void TestTask::aFutureOfAnotherThreadIsWaitedFor()
{
    MemoryStore store;
    QPromise<Result<int>> promise;
    promise.start();
    const std::unique_ptr<QThread> thread(QThread::create([&promise] {
        promise.addResult(7);
        promise.finish();
    }));
    QFuture<Result<int>> future = promise.future();
    thread->start();
    QCOMPARE(store.waitFor(future, 60s), 7);
    thread->wait();
}

/// Drives its answers from process(), as a store with a socket does.
class DrivenStore : public SlowStore
{
public:
    qint64 next = 1;

protected:
    bool process(std::chrono::milliseconds) override
    {
        if (open.empty())
            return false;
        answer(next++);
        return true;
    }
};

void TestTask::foreignContinuationsWaitForTheEventLoop()
{
    DrivenStore store;
    QStringList order;
    store.ask().then(this, [&](Result<qint64>) { order += u"other request"_s; });
    store.ask().future().then([&](const Result<qint64> &) { order += u"other future"_s; });
    QCOMPARE(store.waitFor(store.ask()), 3);
    QCOMPARE(store.waitFor(store.ask().future()), 4);
    QCOMPARE(order, QStringList());
    QCoreApplication::processEvents();
    QCOMPARE(order, (QStringList{u"other request"_s, u"other future"_s}));
}

void TestTask::continuationsOfTheSameChainRunInside()
{
    DrivenStore store;
    TaskPromise<qint64> sum;
    store.ask().then(this, [&](Result<qint64> first) {
        store.ask().then(this, [=](Result<qint64> second) { sum.finish(*first + *second); });
    });
    // The outer promise has a chain of its own: what it depends on may only run from the event loop.
    QCOMPARE(store.waitFor(sum.task()).error().code, Error::Timeout);
    QCoreApplication::processEvents();

    const int chain = Detail::newChain();
    TaskPromise<qint64> together(chain);
    {
        const Detail::ChainScope scope(chain);
        store.ask().then(this, [&store, together, this](Result<qint64> first) {
            store.ask().then(this, [=](Result<qint64> second) { together.finish(*first * *second); });
        });
    }
    QVERIFY(store.waitFor(together.task()).value() > 0);
}

/// Forgets what it was asked, from process().
class ForgetfulStore : public SlowStore
{
protected:
    bool process(std::chrono::milliseconds) override
    {
        if (open.empty())
            return false;
        open.clear();
        return true;
    }
};

void TestTask::whatIsForgottenWhileItsCallerWaitsEndsTheWait()
{
    ForgetfulStore store;
    QCOMPARE(store.waitFor(store.ask()).error().code, Error::Unavailable);
    QCOMPARE(store.waitFor(store.ask().future()).error().code, Error::Unavailable);
    QCOMPARE(store.waitFor(store.ask().then([](Result<qint64> n) { return n; })).error().code, Error::Unavailable);
}

void TestTask::aFutureMadeByThenRunsNoOtherRequest()
{
    DrivenStore store;
    QStringList order;
    store.ask().then(this, [&](Result<qint64>) { order += u"other request"_s; });
    store.ask().future().then([&](const Result<qint64> &) { order += u"other future"_s; });
    auto later = store.ask().future().then([](Result<qint64> n) { return Result<qint64>(*n * 100); });
    QCOMPARE(store.waitFor(later), 300);
    QCOMPARE(order, QStringList());
    QCoreApplication::processEvents();
    QCOMPARE(order, (QStringList{u"other request"_s, u"other future"_s}));

    // Two of one caller, waited for in either order.
    auto first = store.ask().future().then([](Result<qint64> n) { return n; });
    auto second = store.ask().future().then([](Result<qint64> n) { return n; });
    QCOMPARE(store.waitFor(first), 4);
    QCOMPARE(store.waitFor(second), 5);
}

void TestTask::whatAStoreDoesForItselfIsNeverKeptForLater()
{
    DrivenStore store;
    bool ended = false;
    {
        const TaskPromise<qint64> forgotten(Detail::InternalChain);
        forgotten.task().then([&](const Result<qint64> &) { ended = true; });
    }
    QVERIFY(!ended); // not from inside the destructor
    TaskPromise<qint64> never;
    QCOMPARE(store.waitFor(never.task(), 10ms).error().code, Error::Timeout);
    QVERIFY(ended);
}

void TestTask::aFutureMadeByThenBelongsToTheRequestThatRuns()
{
    DrivenStore store;
    QStringList order;
    std::optional<Result<qint64>> got;
    {
        const Detail::ChainScope scope(Detail::newChain());
        auto mine = store.ask().future().then([](Result<qint64> n) { return Result<qint64>(*n * 100); });
        {
            const Detail::ChainScope other(Detail::newChain());
            store.ask().future().then([&](const Result<qint64> &) { order += u"other request"_s; });
        }
        store.next = 7;
        got = store.waitFor(mine);
    }
    QCOMPARE(got->value(), 700);
    QCOMPARE(order, QStringList());
    store.answer(8);
    QCOMPARE(order, QStringList{u"other request"_s});
}

void TestTask::aWaitInAForeignThreadIsRefused()
{
    class OneThread : public DrivenStore
    {
        bool isThreadSafe() const override { return false; }
    } store;
    std::optional<Result<qint64>> waited;
    const TaskPromise<qint64> promise;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"in a thread that is not its own"_s));
    const std::unique_ptr<QThread> thread(QThread::create([&] { waited = store.waitFor(promise.task(), 60s); }));
    thread->start();
    QVERIFY(thread->wait(30'000));
    QCOMPARE(waited->error().code, Error::Invalid);
}

void TestTask::aWaitWithoutALimitEnds()
{
    MemoryStore store;
    store.setTimeout(5ms);
    TaskPromise<int> promise;
    auto never = promise.task().future().then(this, [](const Result<int> &result) { return result; });
    QCOMPARE(store.waitFor(never, -1ms).error().code, Error::Timeout);
    promise.finish(1);
    QCoreApplication::processEvents();
    QCOMPARE(never.result(), 1);
}

QTEST_GUILESS_MAIN(TestTask)
#include "tst_task.moc"
