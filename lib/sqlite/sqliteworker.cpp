// SPDX-License-Identifier: MIT
#include "sqliteworker_p.h"

#include <QtCore/QFileInfo>

#include <algorithm>
#include <filesystem>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Sojourn {

// A bigger batch would save little more and answer later.
static constexpr size_t BatchLimit = 256;
// Of jobs outside of a transaction, which somebody has asked for and waits for.
static constexpr auto AloneBusyTimeout = std::chrono::seconds(5);
// Pages in the log from which on they are written into the file: as many as SQLite's own default.
static constexpr quint32 LogFrames = 1000;
// Pages that a database may become larger before its file is looked at.
static constexpr quint32 GrowthPages = 16;
/// Bytes that are free on a disk that is far from full.
static constexpr std::uintmax_t AmpleRoom = 64 * 1024 * 1024;
/// How often to look whether that is so. Should it fill up meanwhile, the worker is told by the write that fails.
static constexpr auto RoomInterval = std::chrono::milliseconds(50);
// On a disk that stays full, how often to look whether the log can be written anew.
static constexpr auto FullInterval = std::chrono::milliseconds(250);

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

void SqliteOutbox::expectJob()
{
    const std::lock_guard lock(m_mutex);
    ++m_expected;
}

void SqliteOutbox::post(Items items, Receiver receiver)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return;
    const bool wasEmpty = m_items.empty();
    for (Item &item : items) {
        m_expected -= item.job ? 1 : 0;
        m_items.push_back(std::move(item));
    }
    m_filled.notify_one();
    if (wasEmpty && receiver == Receiver::Elsewhere)
        QMetaObject::invokeMethod(m_receiver, [this] { m_deliver(); }, Qt::QueuedConnection);
}

SqliteOutbox::Items SqliteOutbox::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_items, {});
}

void SqliteOutbox::wait(std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_mutex);
    m_filled.wait_for(lock, timeout, [this] { return !m_items.empty(); });
}

void SqliteOutbox::waitForJobs()
{
    std::unique_lock lock(m_mutex);
    m_filled.wait(lock, [this] { return m_expected == 0; });
}

void SqliteOutbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_items.clear();
}

SqliteWorker::SqliteWorker(Kind kind, const QString &path, const SqliteOptions &options)
    : m_kind(kind),
      m_file(SqliteFile::at(path)),
      m_db(path, options, SqliteConnection::Prepare),
      m_reserve(m_file),
      m_thread([this] { loop(); })
{ }

void SqliteWorker::addListener(const std::shared_ptr<SqliteOutbox> &outbox)
{
    std::erase_if(m_listeners, [&](const auto &listener) { return listener.expired() || listener.lock() == outbox; });
    m_listeners.push_back(outbox);
}

void SqliteWorker::add(SqliteJobs &jobs)
{
    if (jobs.empty())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.insert(m_waiting.end(), jobs.begin(), jobs.end());
    }
    m_filled.notify_one();
    jobs.clear();
}

/// Each store gets its jobs and what the others did in the order of the commits. The one of \a waiting takes at once what is
/// posted.
void SqliteWorker::post(const SqliteJobs &done, const SqliteOutbox *waiting)
{
    std::vector<std::pair<std::shared_ptr<SqliteOutbox>, SqliteOutbox::Items>> mail;
    const auto itemsFor = [&mail](const std::shared_ptr<SqliteOutbox> &outbox) -> SqliteOutbox::Items & {
        const auto known = std::ranges::find(mail, outbox, [](const auto &entry) { return entry.first; });
        return known != mail.end() ? known->second : mail.emplace_back(outbox, SqliteOutbox::Items()).second;
    };
    for (const SqliteJobPtr &job : done) {
        for (const auto &listener : m_listeners) {
            const auto outbox = job->events.isEmpty() ? nullptr : listener.lock();
            if (outbox && outbox != job->outbox)
                itemsFor(outbox).push_back({nullptr, job->events});
        }
        itemsFor(job->outbox).push_back({job, {}});
    }
    for (auto &[outbox, items] : mail)
        outbox->post(std::move(items),
                     outbox.get() == waiting ? SqliteOutbox::Receiver::Takes : SqliteOutbox::Receiver::Elsewhere);
}

/// Whether the disk is far from full. Near that, the order of writes and checkpoints is the worker's business.
bool SqliteWorker::hasRoom()
{
    if (!m_nextLookAtRoom.hasExpired())
        return true;
    std::error_code error;
    const std::filesystem::space_info space = std::filesystem::space(QFileInfo(m_file->target()).filesystemAbsolutePath(), error);
    const bool isAmple = !error && space.available >= AmpleRoom;
    m_nextLookAtRoom.setRemainingTime(isAmple ? RoomInterval : std::chrono::milliseconds(0));
    return isAmple;
}

bool SqliteWorker::runHere(const SqliteJobPtr &job, SqliteConnection &db)
{
    const std::unique_lock lock(m_writing, std::try_to_lock);
    if (!lock || m_isUntidy || m_reserve.isReleased() || m_reserve.isElsewhere() || !hasRoom() || !db.open())
        return false;
    db.begin("BEGIN IMMEDIATE");
    if (!db.hasError() && !job->claim()) {
        db.rollback();
        return false;
    }
    if (!db.hasError())
        job->run();
    const auto log = db.log();
    if (!db.hasError() && log && job->beginCommit())
        db.commit();
    else
        db.rollback();
    if (db.takeError() || !log)
        return false; // the worker knows what to do, and tries again
    post({job}, job->outbox.get());
    const quint32 pages = SqliteLogIndex::pagesIn(*log);
    if (SqliteLogIndex::framesIn(*log) > LogFrames || pages > m_tidiedPages + GrowthPages || pages < m_tidiedPages) {
        m_tidiedPages = pages;
        m_isUntidy = true;
        const std::lock_guard waiting(m_mutex);
        m_isTidyingDue = true;
        m_filled.notify_one();
    }
    return true;
}

/// What follows commits of other threads, and may wait for the disk.
void SqliteWorker::tidyUp()
{
    m_isUntidy = false;
    if (!m_db.open())
        return;
    const auto log = m_db.log();
    if (log && SqliteLogIndex::framesIn(*log) > LogFrames)
        checkpoint("PRAGMA wal_checkpoint(PASSIVE)");
    limitGrowth();
    m_reserve.refill();
}

void SqliteWorker::stop()
{
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
        bool isTidyingDue = false;
        SqliteJobs batch = next(&isTidyingDue);
        if (batch.empty() && !isTidyingDue)
            break;
        const std::lock_guard lock(m_writing);
        runBatch(std::move(batch));
        if (isTidyingDue)
            tidyUp();
    }
    m_db.close();
    m_reserve.leave();
}

SqliteJobs SqliteWorker::next(bool *isTidyingDue)
{
    std::unique_lock lock(m_mutex);
    m_filled.wait(lock, [this] { return m_stopping || m_isTidyingDue || !m_waiting.empty(); });
    *isTidyingDue = std::exchange(m_isTidyingDue, false);
    size_t count = std::min(m_waiting.size(), m_kind == Writer ? BatchLimit : size_t(1));
    const auto alone = std::find_if(m_waiting.begin(), m_waiting.begin() + count, [](const auto &job) { return job->isAlone; });
    if (alone != m_waiting.begin() + count)
        count = std::max<size_t>(alone - m_waiting.begin(), 1);
    SqliteJobs batch(m_waiting.begin(), m_waiting.begin() + count);
    m_waiting.erase(m_waiting.begin(), m_waiting.begin() + count);
    return batch;
}

void SqliteWorker::runBatch(SqliteJobs batch)
{
    std::optional<bool> canLock; // of this batch, as finding out makes a file
    while (!batch.empty()) {
        auto error = begin(batch.front()->timeout());
        if (!error) {
            if (batch.front()->isAlone)
                runAlone(batch.front());
            else
                runTransaction(m_reserve.isReleased() ? refuseOnFullDisk(batch) : batch);
            return;
        }
        if (m_db.isStale() && !batch.front()->isOverdue())
            continue;
        const bool isShutOut = m_db.isBusy() && !m_db.isOpen();
        if (isShutOut && !canLock)
            canLock = m_file->canLock();
        const bool hasNoLocks = isShutOut && !*canLock;
        if (hasNoLocks)
            error = unsharableFolder(m_db.path());
        const bool isBusy = m_db.isBusy() && !hasNoLocks;
        while (!batch.empty() && (!isBusy || batch.front()->isOverdue())) {
            batch.front()->isUnavailable = error->code == Error::Unavailable;
            batch.front()->fail(*error);
            post({batch.front()});
            batch.pop_front();
        }
    }
}

void SqliteWorker::runTransaction(const SqliteJobs &batch)
{
    if (batch.empty()) {
        m_db.rollback();
        return;
    }
    for (const SqliteJobPtr &job : batch) {
        if (job->claim())
            job->run();
        else
            job->fail({Error::Unavailable, Sojourn::Error::tr("%1 is too busy. Try again later.").arg(m_db.path())});
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
    if (error && m_kind == Writer && m_db.isFull() && makeRoom(*batch.front())) {
        runBatch(batch);
        return;
    }
    if (error) {
        batch.front()->isUnavailable = error->code == Error::Unavailable && !m_db.isRefused();
        batch.front()->fail(*error);
    } else if (!mayStand) {
        batch.front()->fail({Error::Timeout, {}}); // which it has been told
    }
    post(batch);
    if (!error && m_kind == Writer)
        limitGrowth();
}

/// The transaction that has begun was to check the file; the job needs none.
void SqliteWorker::runAlone(const SqliteJobPtr &job)
{
    m_db.commit();
    m_db.setBusyTimeout(AloneBusyTimeout);
    if (!m_db.hasError() && job->claim() && job->beginCommit())
        job->run();
    else
        job->fail({Error::Unavailable, Sojourn::Error::tr("%1 is too busy. Try again later.").arg(m_db.path())});
    if (const auto error = m_db.takeError()) {
        job->isUnavailable = error->code == Error::Unavailable && !m_db.isBusy();
        job->fail(*error);
    }
    post({job});
}

/// After a write that found the disk full: whether \a job should be tried once more.
bool SqliteWorker::makeRoom(SqliteJob &job)
{
    if (!job.freesSpace && !m_nextTry.hasExpired())
        return false;
    switch (job.m_attempts++) {
    case 0:
        if (checkpoint("PRAGMA wal_checkpoint(RESTART)")) // the log is written from its beginning
            return true;
        ++job.m_attempts;
        [[fallthrough]];
    case 1: {
        const bool mayGrow = m_db.open() && growth() <= m_reserve.size();
        if (job.freesSpace) {
            m_reserve.release();
            if (mayGrow && !m_isLogHeld) // or the room is for the log, which goes on
                checkpoint("PRAGMA wal_checkpoint(RESTART)");
            return true;
        }
        if (!mayGrow || m_isLogHeld) // what is given back in vain is taken by others
            return false;
        m_reserve.release();
        const bool isDone = checkpoint("PRAGMA wal_checkpoint(TRUNCATE)");
        return m_reserve.fill() && isDone;
    }
    default:
        m_nextTry.setRemainingTime(FullInterval);
        return false;
    }
}

/// Gives what the log holds its place in the file. \return whether nothing remains.
bool SqliteWorker::checkpoint(const char *sql)
{
    if (!m_db.open())
        return false;
    const qint64 isBusy = m_db.number(sql);
    const bool failed = m_db.takeError().has_value();
    m_isLogHeld = isBusy != 0 && !failed;
    return isBusy == 0 && !failed;
}

/// By how many bytes a checkpoint makes the file grow.
qint64 SqliteWorker::growth()
{
    const qint64 pageSize = m_db.number("PRAGMA page_size");
    return m_db.number("PRAGMA page_count") * pageSize - m_file->stamp().database.size;
}

/// Lets the file grow while there is room. On a full disk the reserve must suffice for the rest.
void SqliteWorker::limitGrowth()
{
    const auto log = m_db.log();
    const qint64 pages = log ? qint64(SqliteLogIndex::pagesIn(*log)) : m_db.number("PRAGMA page_count");
    if (pages <= m_checkedPages + GrowthPages && pages >= m_checkedPages)
        return;
    if (growth() > m_reserve.size() / 2)
        checkpoint("PRAGMA wal_checkpoint(PASSIVE)");
    m_checkedPages = pages;
    std::ignore = m_db.takeError(); // this is nobody's job
}

/// What room the reserve has left is for jobs that free some: fails the others. \return the jobs that remain.
SqliteJobs SqliteWorker::refuseOnFullDisk(const SqliteJobs &batch)
{
    SqliteJobs remaining, refused;
    for (const SqliteJobPtr &job : batch)
        (job->freesSpace ? remaining : refused).push_back(job);
    for (const SqliteJobPtr &job : refused) {
        job->isUnavailable = true;
        job->fail(diskFull(m_db.path()));
    }
    if (!refused.empty())
        post(refused);
    return remaining;
}

std::optional<Error> SqliteWorker::begin(std::chrono::milliseconds timeout)
{
    if (const auto opened = open(); !opened)
        return opened.error();
    m_db.setBusyTimeout(std::min(SqliteConnection::BusyTimeout, timeout / 16));
    if (m_kind == Writer)
        m_reserve.refill();
    m_db.begin(m_kind == Writer ? "BEGIN IMMEDIATE" : "BEGIN");
    return m_db.takeError();
}

Result<void> SqliteWorker::open()
{
    if (m_db.isOpen())
        return {};
    Result<void> opened = m_db.open();
    if (!opened && m_kind == Writer && m_db.isFull()) { // SQLite's index of the log needs some room too
        m_reserve.release();
        opened = m_db.open();
    }
    return opened;
}

} // namespace Sojourn
