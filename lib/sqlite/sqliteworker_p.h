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

namespace Sojourn {

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

/// Where workers put the jobs that are done, and the store's thread takes them.
class SqliteOutbox
{
public:
    /// \a deliver is called in the thread of \a receiver once jobs are there; they wait for take().
    SqliteOutbox(QObject *receiver, std::function<void()> deliver) : m_receiver(receiver), m_deliver(std::move(deliver)) { }

    void post(const SqliteJobs &done);
    [[nodiscard]] SqliteJobs take();
    /// Until there is something to take, at most \a timeout.
    void wait(std::chrono::milliseconds timeout);

private:
    QObject *m_receiver;
    std::function<void()> m_deliver;
    std::mutex m_mutex;
    std::condition_variable m_filled;
    SqliteJobs m_done;
};

/// A thread with a connection, and the jobs that wait for it.
class SqliteWorker
{
public:
    enum Kind {
        Reader, ///< each job has a transaction of its own
        Writer ///< what waits is committed together; if that fails each job tries alone
    };

    SqliteWorker(Kind kind, const QString &path, const SqliteOptions &options, SqliteOutbox &outbox);
    ~SqliteWorker() { stop(); }
    Q_DISABLE_COPY_MOVE(SqliteWorker)

    /// For use by jobs, in the worker's thread.
    [[nodiscard]] SqliteConnection &connection() { return m_db; }

    /// In the store's thread: gathers a job for the next handOver(). \return false after stop().
    bool add(SqliteJobPtr job);
    /// In the store's thread: wakes the worker for what was gathered, if anything was.
    void handOver();
    /// Finishes what waits and ends the thread.
    void stop();

private:
    void loop();
    SqliteJobs next();
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

    Kind m_kind;
    std::shared_ptr<SqliteFile> m_file;
    SqliteConnection m_db;
    SqliteReserve m_reserve;
    qint64 m_checkedPages = 0; // pages of the database when limitGrowth() last looked at the file
    QDeadlineTimer m_nextTry{0}; // on a full disk
    SqliteOutbox &m_outbox;
    SqliteJobs m_gathered; // of the store's thread
    std::mutex m_mutex;
    std::condition_variable m_filled;
    SqliteJobs m_waiting;
    bool m_stopping = false;
    std::thread m_thread; // started last
};

} // namespace Sojourn
