// SPDX-License-Identifier: MIT
#include "sqlitestore.h"

#include "sqlitesharedwriter_p.h"

#include <Sojourn/Author>
#include <Sojourn/jsonrules.h>

#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn {

namespace {

// How often to look whether a file that could not be reached is back.
constexpr auto ProbeInterval = 1s;
// How often to look whether the path still names the file that is used.
constexpr auto WatchInterval = 400ms;
// How often to look for what other processes did, and how often to say that this one looks.
constexpr auto PollInterval = 25ms;
constexpr auto AnnounceInterval = 20s;
// How often a store that is read only says that something changed without an event.
constexpr auto SilenceInterval = 1s;

// Rows, and pages of the file, that are removed in one transaction: others wait for some milliseconds only.
constexpr int StepLimit = 250;
// A file that is written anew has this long.
constexpr auto RewriteTimeout = 30min;
constexpr auto MaximumWait = 1h;

// A part of long work, in one transaction.
struct Step
{
    qint64 count = 0; // of what was done
    bool isLast = true;
    std::function<void()> onSuccess = {}; // for this thread, before the next step
};

template<class T, class Work>
class Job final : public SqliteJob
{
public:
    Job(std::chrono::milliseconds allowed, Work work, std::function<void()> onSuccess)
        : SqliteJob(allowed), m_work(std::move(work)), m_onSuccess(std::move(onSuccess))
    { }

    Task<T> task() const { return m_promise.task(); }
    void run() override
    {
        const Author::Scope scope(m_author, m_restores);
        m_result = m_work(*this);
    }
    void fail(const Error &error) override
    {
        m_result = std::unexpected(error);
        events.clear();
    }
    void deliver() override
    {
        if (m_result && m_onSuccess)
            m_onSuccess();
        m_promise.finish(std::move(m_result));
    }
    void giveUp(const Error &error) override { m_promise.finish(std::unexpected(error)); }

private:
    Work m_work;
    const QString m_author = Author::current(); // of the thread that asks
    const bool m_restores = Author::isRestoring();
    std::function<void()> m_onSuccess;
    Result<T> m_result = failure(Error::Unavailable, QString());
    TaskPromise<T> m_promise;
};

/// How a job is done.
struct Way
{
    bool isAlone = false;                 ///< SqliteJob::isAlone
    bool freesSpace = false;              ///< SqliteJob::freesSpace
    std::chrono::milliseconds allowed{0}; ///< in place of the store's timeout
};

} // namespace

class SqliteStorePrivate
{
public:
    SqliteStorePrivate(SqliteStore *store, const QString &path, const SqliteOptions &options);

    /// Has the writer thread call \a work(SqliteWriter &), which returns a Result<T>. This thread calls \a onSuccess before any
    /// continuation of the task.
    template<class T, class Work>
    Task<T> write(Work work, std::function<void()> onSuccess = {}, const Way &way = {})
    {
        if (readOnly)
            return failure(Error::ReadOnly,
                           Error::tr("%1 is open for reading only. Open it for writing to change sessions.").arg(path));
        return add<T>(
            pendingWrites,
            [work = std::move(work)](SqliteJob &job) -> Result<T> {
                Result<T> result = work(*job.writer);
                job.events = job.writer->takeEvents();
                return result;
            },
            std::move(onSuccess), way);
    }
    Task<SessionInfo> remove(const SessionKey &key, std::optional<quint64> version, SessionStore::Removal why)
    {
        return write<SessionInfo>([=, now = q->now()](SqliteWriter &w) { return w.remove(key, version, why, now); }, {},
                                  {.freesSpace = true});
    }
    /// Has the reader thread call \a work(SqliteReader &).
    template<class T, class Work>
    Task<T> read(Work work, std::function<void()> onSuccess = {})
    {
        return add<T>(
            pendingReads,
            [this, work = std::move(work)](SqliteJob &job) -> Result<T> {
                Result<T> result = work(reader);
                job.undecodable = reader.takeUndecodable();
                return result;
            },
            std::move(onSuccess));
    }

    /// The same for what may bind a user: the sessions that are too many by \a cap are ended before the task is finished, in
    /// steps if they are many.
    template<class Work>
    Task<SessionInfo> writeWithCap(Work work, const std::optional<UserCap> &cap)
    {
        if (!cap)
            return write<SessionInfo>(std::move(work));
        struct Bound
        {
            SessionInfo info;
            bool hasSurplus = false;
        };
        return write<Bound>([work = std::move(work)](SqliteWriter &w) -> Result<Bound> {
                   auto info = work(w);
                   if (!info)
                       return std::unexpected(std::move(info.error()));
                   return Bound{std::move(*info), w.takeSurplus()};
               })
            .then([this, cap = *cap](Result<Bound> bound) -> Task<SessionInfo> {
                if (!bound)
                    return std::unexpected(std::move(bound.error()));
                if (!bound->hasSurplus)
                    return std::move(bound->info);
                return endSurplus(bound->info.key, cap).then([info = std::move(bound->info)](const auto &) {
                    return info; // which stands, whatever became of the others
                });
            });
    }

    SqliteWriter::Context context() const { return {q->now(), q->sizeLimit()}; }

    std::optional<Result<SessionRecord>> loadHere(const SessionKey &key);
    void checkRows(const QList<qint64> &ids);
    void probe();
    Task<void> announce();
    Task<qint64> inSteps(std::function<Task<Step>()> step);
    Task<qint64> endSurplus(const SessionKey &kept, const UserCap &cap);
    Task<qint64> compact();
    bool process(std::chrono::milliseconds timeout);
    bool writeHere(const SqliteJobPtr &job);
    void finish();

    SqliteStore *const q;
    const QString path;
    const bool readOnly;
    const int historyLimit;
    const SqliteOptions::Synchronous synchronous;
    const std::shared_ptr<SqliteFile> file;

private:
    template<class T, class Work>
    Task<T> add(SqliteJobs &pending, Work work, std::function<void()> onSuccess, const Way &way = {})
    {
        if (!q->isUsedHere())
            return SessionStore::foreignThreadError();
        const auto allowed = way.allowed.count() > 0 ? way.allowed : q->timeout();
        auto job = std::make_shared<Job<T, Work>>(allowed, std::move(work), std::move(onSuccess));
        job->isAlone = way.isAlone;
        job->freesSpace = way.freesSpace;
        Task<T> task = job->task();
        if (isClosing)
            return failure(Error::Unavailable, Error::tr("The session store is being closed."));
        job->outbox = outbox;
        job->writer = shared ? &shared->writer : nullptr;
        outbox->expectJob();
        pending.push_back(job);
        outstanding.push_back(std::move(job));
        // What one turn of the event loop asks for goes to the threads together: to wake one takes longer than most jobs.
        if (!std::exchange(isHandOverDue, true))
            QMetaObject::invokeMethod(q, [this] { handOver(); }, Qt::QueuedConnection);
        if (!overdue.isActive() || overdue.remainingTime() > allowed.count())
            overdue.start(allowed);
        return task;
    }
    void handOver();
    void deliver();
    void handOut(const SqliteOutbox::Item &item);
    void giveUpOverdue();
    std::chrono::milliseconds untilOverdue() const;
    void poll();
    void setAvailable(bool isAvailable);

    const std::shared_ptr<SqliteOutbox> outbox;
    const std::shared_ptr<SqliteSharedWriter> shared; // none if read only
    SqliteWorker readerThread;
    SqliteReader reader; // of readerThread
    SqliteJobs pendingWrites; // until handOver()
    SqliteJobs pendingReads;
    SqliteConnection ownConnection; // of the store's thread
    SqliteWriter ownWriter;
    SqliteListener listener;
    SqliteJobs outstanding; // in the order in which they were added
    SqliteOutbox::Items delivering;
    QTimer overdue;
    QTimer probing;
    QTimer watching;
    QTimer polling;
    QTimer announcing;
    quint64 listenedTo = 0; // generation of the file
    bool missed = false; // events that nobody was told of yet
    QDeadlineTimer nextSilence;
    QDeadlineTimer nextAnnouncement; // in a file that was replaced
    bool isHandOverDue = false;
    bool isClosing = false;
    bool available = true;
    bool subscribed = false;
};

SqliteStorePrivate::SqliteStorePrivate(SqliteStore *store, const QString &filePath, const SqliteOptions &options)
    : q(store),
      path(QFileInfo(filePath).absoluteFilePath()),
      readOnly(options.readOnly),
      historyLimit(std::max(options.historyLimit, 0)),
      synchronous(options.synchronous),
      file(SqliteFile::at(path)),
      outbox(std::make_shared<SqliteOutbox>(store, [this] { deliver(); })),
      shared(readOnly ? nullptr : SqliteSharedWriter::of(path, options)),
      readerThread(SqliteWorker::Reader, path, options),
      reader(readerThread.connection()),
      ownConnection(path, options, SqliteConnection::Use),
      ownWriter(ownConnection, shared ? shared->origin : 0, historyLimit),
      listener(ownConnection, shared ? shared->origin : 0),
      overdue(store),
      probing(store),
      watching(store),
      polling(store),
      announcing(store)
{
    overdue.setSingleShot(true);
    QObject::connect(&overdue, &QTimer::timeout, q, [this] { giveUpOverdue(); });
    probing.setInterval(ProbeInterval);
    QObject::connect(&probing, &QTimer::timeout, q, [this] { probe(); });
    watching.setInterval(WatchInterval);
    QObject::connect(&watching, &QTimer::timeout, q, [this] {
        if (available && !file->isCurrent())
            probe();
    });
    watching.start();
    polling.setInterval(PollInterval);
    QObject::connect(&polling, &QTimer::timeout, q, [this] { poll(); });
    announcing.setInterval(AnnounceInterval);
    QObject::connect(&announcing, &QTimer::timeout, q, [this] { announce().then([](const auto &) { }); });
}

/// The record as this thread's connection sees it; nothing if it must not answer: the file is not ready, or the record not
/// decodable.
std::optional<Result<SessionRecord>> SqliteStorePrivate::loadHere(const SessionKey &key)
{
    if (!ownConnection.open())
        return std::nullopt;
    auto record = ownWriter.reader().load(key, q->now());
    if (ownConnection.takeError() || (!record && record.error() == Error::Corrupt))
        return std::nullopt;
    return record;
}

/// Sets those of the rows aside that cannot be decoded.
void SqliteStorePrivate::checkRows(const QList<qint64> &ids)
{
    if (ids.isEmpty() || readOnly)
        return;
    write<void>([ids, now = q->now()](SqliteWriter &w) -> Result<void> {
        for (const qint64 id : ids)
            w.checkRow(id, now);
        return {};
    }).then([](const Result<void> &) {});
}

/// Uses the file, so that it is known whether that works.
void SqliteStorePrivate::probe()
{
    // Over before the next one begins: a store that is closed would wait for all that wait for a lock.
    add<void>(readOnly ? pendingReads : pendingWrites, [](SqliteJob &) -> Result<void> { return {}; }, {},
              {.allowed = std::min<std::chrono::milliseconds>(q->timeout(), ProbeInterval)})
        .then([](const auto &) {});
    handOver(); // the application may have much to do before its event loop runs
}

/// Tells other processes that this one wants to know what they change, and begins to listen.
Task<void> SqliteStorePrivate::announce()
{
    subscribed = true;
    struct Announced
    {
        SqlitePosition position;
        bool lapsed = false;
    };
    const auto announced = std::make_shared<Announced>();
    auto onSuccess = [this, announced, alive = QPointer(q)] {
        if (!alive || isClosing)
            return;
        const bool isFirst = !listener.isListening();
        const bool isOtherFile = std::exchange(listenedTo, file->generation()) != file->generation();
        if (isFirst || isOtherFile) {
            listener.listenFrom(announced->position);
            polling.start();
        }
        if (!isFirst && (isOtherFile || announced->lapsed))
            Q_EMIT q->eventsLost();
    };
    if (readOnly) // it announces nothing, and so hears of changes and touches only while others listen
        return read<void>(
            [announced](SqliteReader &r) -> Result<void> {
                announced->position = r.newestEvent();
                return {};
            },
            std::move(onSuccess));
    announcing.start();
    return write<void>(
        [announced, outbox = outbox, &worker = shared->worker](SqliteWriter &w) -> Result<void> {
            worker.addListener(outbox);
            announced->position = w.announceListener(systemNow(), &announced->lapsed);
            return {};
        },
        std::move(onSuccess));
}

/// Runs \a step again and again until the last one; other work has its turn between them. \return the sum of the counts.
Task<qint64> SqliteStorePrivate::inSteps(std::function<Task<Step>()> step)
{
    struct Run
    {
        TaskPromise<qint64> promise;
        std::function<Task<Step>()> step;
        qint64 sum = 0;

        static void next(const std::shared_ptr<Run> &run)
        {
            run->step().then([run](Result<Step> done) {
                if (!done && run->sum > 0) {
                    done.error() = {
                        done.error().code,
                        Error::tr("%1 sessions were removed, the others not: %2").arg(run->sum, done.error().sentence())};
                }
                if (!done) {
                    run->promise.finish(std::unexpected(std::move(done.error())));
                    return;
                }
                run->sum += done->count;
                if (done->onSuccess)
                    done->onSuccess();
                if (done->isLast)
                    run->promise.finish(run->sum);
                else
                    next(run);
            });
        }
    };
    const auto run = std::make_shared<Run>();
    run->step = std::move(step);
    Task<qint64> task = run->promise.task();
    const Detail::ChainScope scope(task.chain()); // or who waits for the task would never see a step finish
    Run::next(run);
    return task;
}

Task<qint64> SqliteStorePrivate::endSurplus(const SessionKey &kept, const UserCap &cap)
{
    return inSteps([this, kept, cap, now = q->now()] {
        return write<Step>([=](SqliteWriter &w) { return Step{0, !w.endSurplus(kept, cap, now)}; });
    });
}

/// \return the bytes by which the file and its log are smaller.
Task<qint64> SqliteStorePrivate::compact()
{
    const auto size = [file = file] {
        const SqliteFileStamp stamp = file->stamp();
        return stamp.database.size + stamp.log.size;
    };
    struct Progress
    {
        qint64 before = 0;
        enum { Begin, Pages, End } next = Begin;
    };
    const auto progress = std::make_shared<Progress>();
    return inSteps([this, size, progress]() -> Task<Step> {
        switch (progress->next) {
        case Progress::Begin:
            return write<Step>(
                [=](SqliteWriter &w) -> Result<Step> {
                    progress->before = size();
                    w.prepareToFreePages();
                    return Step{0, false, [progress] { progress->next = Progress::Pages; }};
                },
                {}, {.isAlone = true, .allowed = RewriteTimeout});
        case Progress::Pages:
            return write<Step>([=](SqliteWriter &w) -> Result<Step> {
                const bool isDone = w.freePages(StepLimit);
                return Step{0, false, [=] { progress->next = isDone ? Progress::End : Progress::Pages; }};
            });
        case Progress::End:
            break;
        }
        return write<Step>(
            [=](SqliteWriter &w) -> Result<Step> {
                w.emptyLog();
                return Step{std::max<qint64>(progress->before - size(), 0), true};
            },
            {}, {.isAlone = true});
    });
}

bool SqliteStorePrivate::process(std::chrono::milliseconds timeout)
{
    if (outstanding.empty() && delivering.empty())
        return false;
    if (pendingWrites.size() != 1 || outstanding.size() != 1 || !writeHere(pendingWrites.front()))
        handOver();
    if (delivering.empty())
        outbox->wait(std::min(timeout, untilOverdue()));
    giveUpOverdue();
    return true;
}

/// Does what this thread waits for in this thread. \return whether it is done.
bool SqliteStorePrivate::writeHere(const SqliteJobPtr &job)
{
    if (job->isAlone || synchronous == SqliteOptions::Full)
        return false;
    job->writer = &ownWriter;
    const bool isDone = shared->worker.runHere(job, ownConnection);
    job->writer = &shared->writer;
    if (isDone)
        pendingWrites.clear();
    return isDone;
}

/// Waits for what was begun and hands it out.
void SqliteStorePrivate::finish()
{
    isClosing = true;
    handOver();
    outbox->waitForJobs();
    deliver();
    outbox->close();
}

void SqliteStorePrivate::handOver()
{
    isHandOverDue = false;
    if (shared)
        shared->worker.add(pendingWrites);
    readerThread.add(pendingReads);
}

void SqliteStorePrivate::deliver()
{
    const QPointer<SqliteStore> alive(q);
    for (SqliteOutbox::Item &item : outbox->take())
        delivering.push_back(std::move(item));
    // A continuation may wait for another task, which delivers the next ones from in here, or delete the store.
    while (alive && !delivering.empty()) {
        const SqliteOutbox::Item item = std::move(delivering.front());
        delivering.pop_front();
        handOut(item);
    }
}

void SqliteStorePrivate::handOut(const SqliteOutbox::Item &item)
{
    const QPointer<SqliteStore> alive(q);
    for (const SessionEvent &event : item.events) { // of another store
        if (alive && subscribed)
            Q_EMIT q->sessionEvent(event);
    }
    if (!item.job)
        return;
    SqliteJob &job = *item.job;
    job.isDelivered = true;
    while (!outstanding.empty() && outstanding.front()->isDelivered)
        outstanding.pop_front();
    setAvailable(!job.isUnavailable);
    if (alive)
        checkRows(job.undecodable);
    for (const SessionEvent &event : std::as_const(job.events)) {
        if (alive)
            q->counters().countEvent(event.type);
        if (alive && subscribed)
            Q_EMIT q->sessionEvent(event);
    }
    job.deliver();
}

void SqliteStorePrivate::giveUpOverdue()
{
    const QPointer<SqliteStore> alive(q);
    deliver(); // a result that is there counts
    for (;;) {
        if (!alive)
            return;
        const auto late = std::ranges::find_if(outstanding,
                                               [](const SqliteJobPtr &job) { return !job->isDelivered && job->isToBeGivenUp(); });
        if (late == outstanding.end())
            break;
        const SqliteJobPtr job = std::move(*late);
        outstanding.erase(late);
        job->giveUp(Error{
            Error::Timeout,
            Error::tr("The session database %1 did not answer in time. Check its disk, and that no program locks it.")
                .arg(path)});
    }
    if (!outstanding.empty())
        overdue.start(untilOverdue());
}

std::chrono::milliseconds SqliteStorePrivate::untilOverdue() const
{
    auto least = std::chrono::milliseconds::max();
    for (const SqliteJobPtr &job : outstanding)
        least = std::min(least, job->isDelivered ? least : job->remainingTime());
    return std::max(std::min(least, std::chrono::milliseconds(MaximumWait)), std::chrono::milliseconds(0));
}

void SqliteStorePrivate::poll()
{
    if (listenedTo != file->generation()) { // others may have opened the new file already
        if (available && nextAnnouncement.hasExpired()) {
            nextAnnouncement.setRemainingTime(WatchInterval);
            announce().then([](const auto &) { });
        }
        return;
    }
    const QPointer<SqliteStore> alive(q);
    const SqliteListener::News news = listener.poll();
    for (const SessionEvent &event : news.events) {
        Q_EMIT q->sessionEvent(event);
        if (!alive)
            return;
    }
    missed = missed || news.lost || (readOnly && news.silent);
    if (missed && (news.lost || nextSilence.hasExpired())) {
        missed = false;
        nextSilence.setRemainingTime(SilenceInterval);
        Q_EMIT q->eventsLost();
    }
}

void SqliteStorePrivate::setAvailable(bool isAvailable)
{
    if (available == isAvailable)
        return;
    available = isAvailable;
    if (available)
        probing.stop();
    else
        probing.start();
    if (available && subscribed)
        announce().then([](const auto &) { });
    Q_EMIT q->availabilityChanged(available);
}

SqliteStore::SqliteStore(const QString &path, const SqliteOptions &options, QObject *parent)
    : SessionStore(parent), d(std::make_unique<SqliteStorePrivate>(this, path, options))
{
    d->probe();
}

SqliteStore::~SqliteStore()
{
    blockSignals(true); // who listens may be half gone too
    d->finish();
}

QString SqliteStore::path() const
{
    return d->path;
}

Task<SessionInfo> SqliteStore::create(const SessionRecord &record, std::optional<UserCap> cap, CreateMode mode)
{
    return d->writeWithCap([=, context = d->context()](SqliteWriter &w) { return w.create(record, cap, mode, context); }, cap);
}

Task<SessionRecord> SqliteStore::load(const SessionKey &key)
{
    if (!isUsedHere())
        return foreignThreadError();
    if (auto record = d->loadHere(key))
        return std::move(*record);
    if (!d->readOnly)
        return d->write<SessionRecord>([key, now = now()](SqliteWriter &w) { return w.load(key, now); });
    return d->read<SessionRecord>([key, now = now()](SqliteReader &r) -> Result<SessionRecord> {
        auto record = r.load(key, now);
        if (!record && record.error() == Error::Corrupt)
            return sessionNotFound();
        return record;
    });
}

Task<SessionInfo> SqliteStore::update(const SessionKey &key, const SessionChange &change)
{
    return rotate(key, key, change);
}

Task<SessionInfo> SqliteStore::rotate(const SessionKey &oldKey, const SessionKey &newKey, const SessionChange &change,
                                      std::chrono::milliseconds grace)
{
    return d->writeWithCap(
        [=, context = d->context()](SqliteWriter &w) { return w.rotate(oldKey, newKey, change, grace, context); }, change.cap);
}

Task<SessionInfo> SqliteStore::remove(const SessionKey &key, Removal why)
{
    return d->remove(key, {}, why);
}

Task<SessionInfo> SqliteStore::removeVersion(const SessionKey &key, quint64 version, Removal why)
{
    return d->remove(key, version, why);
}

Task<qint64> SqliteStore::removeUser(const QString &user, std::optional<SessionKey> except, Removal why)
{
    if (user.isEmpty())
        return failure(Error::Invalid, Error::tr("Give the name of a user."));
    if (!checkUser(user)) // nobody can have that name
        return 0;
    return d->inSteps([this, user, except, why, now = now(), author = Author::current(),
                       last = std::make_shared<SqliteRemoval>()] {
        const Author::Scope scope(author);
        return d->write<Step>(
            [=](SqliteWriter &w) {
                const qint64 before = last->removed;
                const SqliteRemoval next = w.removeUser(user, except, why, now, *last, StepLimit);
                return Step{next.removed - before, next.isComplete, [last, next] { *last = next; }};
            },
            {}, {.freesSpace = true});
    });
}

Task<QByteArray> SqliteStore::takeFlash(const SessionKey &key)
{
    return d->write<QByteArray>([key, now = now()](SqliteWriter &w) { return w.takeFlash(key, now); });
}

Task<QStringList> SqliteStore::identities()
{
    const QString real = QFileInfo(d->path).canonicalFilePath();
    return real.isEmpty() ? QStringList() : QStringList(u"sqlite:"_s + real);
}

Task<SessionPage> SqliteStore::list(const SessionQuery &query)
{
    if (query.user && !checkUser(*query.user)) // nobody can have that name
        return SessionPage();
    return d->read<SessionPage>([query, now = now()](SqliteReader &r) { return r.list(query, now); });
}

Task<qint64> SqliteStore::count()
{
    return d->read<qint64>([now = now()](SqliteReader &r) { return r.count(now); });
}

Task<qint64> SqliteStore::removeExpired(int limit)
{
    return d->inSteps([this, now = now(), left = std::make_shared<int>(limit)] {
        return d->write<Step>(
            [=](SqliteWriter &w) {
                const SqliteRemoval done = w.removeExpired(std::min(*left, StepLimit), now);
                return Step{done.removed, done.isComplete || done.removed >= *left, [=] { *left -= int(done.removed); }};
            },
            {}, {.freesSpace = true});
    });
}

Task<qint64> SqliteStore::compact()
{
    if (!isUsedHere())
        return foreignThreadError();
    return d->compact();
}

Task<QList<SessionEvent>> SqliteStore::history(const HistoryQuery &query)
{
    if (query.user && !checkUser(*query.user)) // nobody can have that name
        return QList<SessionEvent>();
    return d->read<QList<SessionEvent>>([query, limit = d->historyLimit](SqliteReader &r) { return r.history(query, limit); });
}

Task<void> SqliteStore::subscribe()
{
    if (!isUsedHere())
        return foreignThreadError();
    return d->announce();
}

bool SqliteStore::isReadOnly() const
{
    return d->readOnly;
}

bool SqliteStore::process(std::chrono::milliseconds timeout)
{
    return d->process(timeout);
}

} // namespace Sojourn
