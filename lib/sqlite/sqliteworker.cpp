// SPDX-License-Identifier: MIT
#include "sqliteworker_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

// A bigger batch would save little more and answer later.
static constexpr size_t BatchLimit = 256;

bool SqliteJob::claim()
{
    // From other phases than Waiting once more after a rollback.
    m_hasRun = !isOverdue() && (advance(Waiting, Running) || advance(Committing, Running) || m_phase == Running);
    return m_hasRun;
}

bool SqliteJob::beginCommit()
{
    return !m_hasRun || advance(Running, Committing);
}

bool SqliteJob::isToBeGivenUp()
{
    if (!m_deadline.hasExpired())
        return false;
    if (advance(Waiting, GivenUp))
        return true;
    return m_lastDeadline.hasExpired() && (advance(Running, GivenUp) || m_phase == Committing);
}

std::chrono::milliseconds SqliteJob::remainingTime() const
{
    return std::chrono::milliseconds((m_deadline.hasExpired() ? m_lastDeadline : m_deadline).remainingTime());
}

void SqliteOutbox::post(const SqliteJobs &done)
{
    bool wasEmpty;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_done.empty();
        m_done.insert(m_done.end(), done.begin(), done.end());
        m_filled.notify_one();
    }
    if (wasEmpty)
        QMetaObject::invokeMethod(m_receiver, [this] { m_deliver(); }, Qt::QueuedConnection);
}

SqliteJobs SqliteOutbox::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_done, {});
}

void SqliteOutbox::wait(std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_mutex);
    m_filled.wait_for(lock, timeout, [this] { return !m_done.empty(); });
}

SqliteWorker::SqliteWorker(Kind kind, const QString &path, const SqliteOptions &options, SqliteOutbox &outbox)
    : m_kind(kind), m_db(path, options, SqliteConnection::Prepare), m_outbox(outbox), m_thread([this] { loop(); })
{ }

bool SqliteWorker::add(SqliteJobPtr job)
{
    if (m_stopping) // written by this thread only
        return false;
    m_gathered.push_back(std::move(job));
    return true;
}

void SqliteWorker::handOver()
{
    if (m_gathered.empty())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.insert(m_waiting.end(), m_gathered.begin(), m_gathered.end());
    }
    m_filled.notify_one();
    m_gathered.clear();
}

void SqliteWorker::stop()
{
    handOver();
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_filled.notify_one();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void SqliteWorker::loop()
{
    for (;;) {
        SqliteJobs batch = next();
        if (batch.empty())
            break;
        runBatch(std::move(batch));
    }
    m_db.close();
}

SqliteJobs SqliteWorker::next()
{
    std::unique_lock lock(m_mutex);
    m_filled.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
    const size_t count = std::min(m_waiting.size(), m_kind == Writer ? BatchLimit : size_t(1));
    SqliteJobs batch(m_waiting.begin(), m_waiting.begin() + count);
    m_waiting.erase(m_waiting.begin(), m_waiting.begin() + count);
    return batch;
}

void SqliteWorker::runBatch(SqliteJobs batch)
{
    while (!batch.empty()) {
        const auto error = begin(batch.front()->timeout());
        if (!error) {
            runTransaction(batch);
            return;
        }
        if (m_db.isStale() && !batch.front()->isOverdue())
            continue;
        while (!batch.empty() && (!m_db.isBusy() || batch.front()->isOverdue())) {
            batch.front()->isUnavailable = error->code == Error::Unavailable;
            batch.front()->fail(*error);
            m_outbox.post({batch.front()});
            batch.pop_front();
        }
    }
}

void SqliteWorker::runTransaction(const SqliteJobs &batch)
{
    for (const SqliteJobPtr &job : batch) {
        if (job->claim())
            job->run();
        else
            job->fail({Error::Unavailable, u"%1 is too busy. Try again later."_s.arg(m_db.path())});
        if (m_db.hasError())
            break;
    }
    const bool mayStand = m_db.hasError()
                       || std::ranges::all_of(batch, [](const SqliteJobPtr &job) { return job->beginCommit(); });
    if (mayStand)
        m_db.commit();
    else
        m_db.rollback();
    const auto error = m_db.takeError();
    if (error && m_db.isStale()) {
        runBatch(batch);
        return;
    }
    if ((error || !mayStand) && batch.size() > 1) {
        // One of them failed or was given up, and must not take the others along.
        for (const SqliteJobPtr &job : batch)
            runBatch({job});
        return;
    }
    if (error) {
        batch.front()->isUnavailable = error->code == Error::Unavailable && !m_db.isRefused();
        batch.front()->fail(*error);
    } else if (!mayStand) {
        batch.front()->fail({Error::Timeout, {}}); // which it has been told
    }
    m_outbox.post(batch);
}

std::optional<Error> SqliteWorker::begin(std::chrono::milliseconds timeout)
{
    if (const auto opened = m_db.open(); !opened)
        return opened.error();
    m_db.setBusyTimeout(std::min(SqliteConnection::BusyTimeout, timeout / 16));
    m_db.begin(m_kind == Writer ? "BEGIN IMMEDIATE" : "BEGIN");
    return m_db.takeError();
}

} // namespace Sojourn
