// SPDX-License-Identifier: MIT
#include <Sojourn/MemoryStore>
#include <Sojourn/Task>

#include <QtCore/QCoreApplication>
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
    void becomesAFuture();
    void waitingForNothingTimesOut();
    void aFutureOfAnotherThreadIsWaitedFor();
    void foreignContinuationsWaitForTheEventLoop();
    void continuationsOfTheSameChainRunInside();
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

QTEST_GUILESS_MAIN(TestTask)
#include "tst_task.moc"
