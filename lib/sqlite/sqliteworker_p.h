// SPDX-License-Identifier: MIT
#pragma once

#include "sqliteconnection_p.h"
#include "sqlitereserve_p.h"
#include "sqliterow_p.h"

#include <QtCore/QDeadlineTimer>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace Sojourn {

class SqliteOutbox;
class SqliteWriter;

/// An operation for a worker.
class SqliteJob
{
public:
    explicit SqliteJob(std::chrono::milliseconds allowed)
        : m_timeout(allowed), m_lastStart(allowed - allowed / 8), m_deadline(allowed), m_lastDeadline(allowed + allowed / 4)
    { }
    virtual ~SqliteJob() = default;
    Q_DISABLE_COPY_MOVE(SqliteJob)

    /// In the worker's thread, perhaps again after a rollback.
    virtual void run() = 0;
    /// In the worker's thread: what counts instead of the outcome of run().
    virtual void fail(const Error &error) = 0;
    /// In the store's thread: hands the result out.
    virtual void deliver() = 0;
    /// In the store's thread: hands out that there was no result in time.
    virtual void giveUp(const Error &error) = 0;

    /// In the worker's thread: whether it is too late to begin. A little before the deadline, so that there is time to finish,
    /// and because the worker knows better what is wrong.
    [[nodiscard]] bool isOverdue() const { return m_lastStart.hasExpired(); }
    /// In the worker's thread, before each run(): whether it may be called.
    [[nodiscard]] bool claim();
    /// In the worker's thread, before the commit: false if the job was given up after run().
    [[nodiscard]] bool beginCommit();
    /// In the store's thread: whether the time is over. A job that runs has a little longer, as it is about to be committed. What
    /// was given up never happens, unless its commit had begun: only the disk knows what becomes of that.
    [[nodiscard]] bool isToBeGivenUp();
    /// In the store's thread: until isToBeGivenUp() is worth another call.
    [[nodiscard]] std::chrono::milliseconds remainingTime() const;

    [[nodiscard]] std::chrono::milliseconds timeout() const { return m_timeout; }

    std::shared_ptr<SqliteOutbox> outbox; ///< where it goes when it is done
    SqliteWriter *writer = nullptr; ///< for run(), where it writes
    SqliteEvents events; ///< what the job did
    QList<qint64> undecodable; ///< ids of rows that it met and that should be looked at
    bool isUnavailable = false; ///< the database could not be used
    bool isDelivered = false;
    bool isAlone = false; ///< it runs outside of a transaction
    bool freesSpace = false; ///< it must be possible on a full disk

private:
    enum Phase { Waiting, Running, Committing, GivenUp };
    bool advance(Phase from, Phase to) { return m_phase.compare_exchange_strong(from, to); }

    std::atomic<Phase> m_phase = Waiting;
    bool m_hasRun = false; // of the worker
    friend class SqliteWorker;
    int m_attempts = 0; // of the worker on a full disk
    std::chrono::milliseconds m_timeout;
    QDeadlineTimer m_lastStart;
    QDeadlineTimer m_deadline;
    QDeadlineTimer m_lastDeadline;
};

using SqliteJobPtr = std::shared_ptr<SqliteJob>;
using SqliteJobs = std::deque<SqliteJobPtr>;

/// Where workers put what is for one store, and its thread takes it.
class SqliteOutbox
{
public:
    /// A job that is done, or events of another store's job.
    struct Item
    {
        SqliteJobPtr job;
        SqliteEvents events;
    };
    using Items = std::deque<Item>;

    /// \a deliver is called in the thread of \a receiver once there is something; it waits for take().
    SqliteOutbox(QObject *receiver, std::function<void()> deliver) : m_receiver(receiver), m_deliver(std::move(deliver)) { }

    /// In the store's thread: one more job will be posted.
    void expectJob();
    /// Whether who waits for the items is in another place and must be called, or takes them once they are posted.
    enum class Receiver : quint8 { Elsewhere, Takes };
    /// In any thread.
    void post(Items items, Receiver receiver);
    [[nodiscard]] Items take();
    /// Until there is something to take, at most \a timeout.
    void wait(std::chrono::milliseconds timeout);
    /// Until all expected jobs are there.
    void waitForJobs();
    /// In the store's thread: what is posted from now on goes nowhere.
    void close();

private:
    QObject *m_receiver;
    std::function<void()> m_deliver;
    std::mutex m_mutex;
    std::condition_variable m_filled;
    Items m_items;
    qsizetype m_expected = 0; // jobs
    bool m_isClosed = false;
};

/// A thread with a connection, and the jobs that wait for it.
class SqliteWorker
{
public:
    enum Kind {
        Reader, ///< each job has a transaction of its own
        Writer ///< what waits is committed together; if that fails each job tries alone
    };

    SqliteWorker(Kind kind, const QString &path, const SqliteOptions &options);
    ~SqliteWorker() { stop(); }
    Q_DISABLE_COPY_MOVE(SqliteWorker)

    /// For use by jobs, in the worker's thread.
    [[nodiscard]] SqliteConnection &connection() { return m_db; }
    /// For use by jobs of this worker: from now on \a outbox is told what the jobs of others do, before those hear of it.
    void addListener(const std::shared_ptr<SqliteOutbox> &outbox);

    /// In a thread that waits for \a job and has nothing else to do: writes it through \a db, the thread's own connection, which
    /// takes less time than to wake the worker and to be woken. Only if the worker is idle, and nothing is in the way. \return
    /// whether it is done.
    [[nodiscard]] bool runHere(const SqliteJobPtr &job, SqliteConnection &db);
    /// In any thread: takes what is in \a jobs.
    void add(SqliteJobs &jobs);
    /// Finishes what waits and ends the thread.
    void stop();

private:
    [[nodiscard]] bool hasRoom();
    void loop();
    SqliteJobs next(bool *isTidyingDue);
    void post(const SqliteJobs &done, const SqliteOutbox *waiting = nullptr);
    void runBatch(SqliteJobs batch);
    void runTransaction(const SqliteJobs &batch);
    void runAlone(const SqliteJobPtr &job);
    bool makeRoom(SqliteJob &job);
    SqliteJobs refuseOnFullDisk(const SqliteJobs &batch);
    std::optional<Error> begin(std::chrono::milliseconds timeout);
    Result<void> open();
    bool checkpoint(const char *sql);
    qint64 growth();
    void limitGrowth();
    void tidyUp();

    Kind m_kind;
    std::shared_ptr<SqliteFile> m_file;
    SqliteConnection m_db;
    SqliteReserve m_reserve;
    qint64 m_checkedPages = 0; // pages of the database when limitGrowth() last looked at the file
    QDeadlineTimer m_nextTry{0}; // on a full disk
    bool m_isLogHeld = false; // a reader kept the last checkpoint from its end
    std::mutex m_writing; // who has it writes, and posts what it wrote
    std::vector<std::weak_ptr<SqliteOutbox>> m_listeners; // with m_writing
    QDeadlineTimer m_nextLookAtRoom{0}; // with m_writing: until then there is room
    bool m_isUntidy = false; // with m_writing: the worker was asked to tidy up, and has to before others write
    quint32 m_tidiedPages = 0; // with m_writing: pages of the database when the worker was asked to tidy up
    std::mutex m_mutex;
    std::condition_variable m_filled;
    SqliteJobs m_waiting;
    bool m_stopping = false;
    bool m_isTidyingDue = false;
    std::thread m_thread; // started last
};

} // namespace Sojourn
