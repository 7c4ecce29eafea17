// SPDX-License-Identifier: MIT
#include "storeeditor.h"

#include "bulkjob.h"
#include "look/activitylog.h"
#include "look/format.h"

#include <Sojourn/Author>

#include <QtCore/QCoreApplication>
#include <QtGui/QUndoCommand>

#include <algorithm>
#include <limits>
#include <memory>
#include <numeric>
#include <vector>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static constexpr int SpareEvents = 100; // that are looked at beyond the ends of those that were seen

namespace {

/// What takes \a change back from the record that it makes of \a before.
SessionChange opposite(const SessionChange &change, const SessionRecord &before)
{
    SessionChange back;
    if (change.clearsFirst()) {
        back.clear();
        before.data.forEach([&back](QByteArrayView name, QByteArrayView json) { back.set(name, json); });
    } else {
        for (const SessionChange::Attribute &attribute : change.attributes()) {
            if (const QByteArrayView json = before.data.json(attribute.name); json.isNull())
                back.remove(attribute.name);
            else
                back.set(attribute.name, json);
        }
    }
    if (change.user)
        back.user = before.user;
    if (change.rotateRequested)
        back.rotateRequested = before.rotateRequested;
    if (change.expiry)
        back.expiry = before.expiry;
    if (change.deadline)
        back.deadline = before.expiresAt;
    back.defaultIdle = std::max(before.expiresAt - before.lastSeenAt, std::chrono::milliseconds(1));
    return back;
}

bool endsSession(const SessionChange &change, TimePoint now)
{
    return (change.deadline && *change.deadline <= now)
        || (change.expiry && *change.expiry && (*change.expiry)->kind() == Expiry::Kind::AtDateTime
            && (*change.expiry)->deadline() <= now);
}

} // namespace

Edit Edit::changing(const SessionInfo &seen, SessionChange change)
{
    return {.kind = Change, .key = seen.key, .version = seen.version, .change = std::move(change)};
}

Edit Edit::removing(const SessionInfo &seen)
{
    return {.kind = Remove, .key = seen.key, .version = seen.version};
}

qsizetype Edit::bytes() const
{
    qsizetype sum = qsizetype(sizeof(Edit)) + (kind == Create ? record.memoryUse() : 0);
    for (const SessionChange::Attribute &attribute : change.attributes())
        sum += attribute.name.size() + attribute.json.size();
    return sum;
}

/// Calls \a then with the key that the session of \a key goes on under, or nothing.
static void findSuccessor(const std::shared_ptr<SessionStore> &store, const SessionKey &key, QObject *context,
                          const std::function<void(std::optional<SessionKey>)> &then)
{
    HistoryQuery query;
    query.key = key;
    store->history(query).then(context, [key, then](const Result<QList<SessionEvent>> &events) {
        if (!events)
            return then({});
        const auto rotated = std::ranges::find_if(*events, [&key](const SessionEvent &event) {
            return event.type == SessionEvent::Rotated && event.oldKey == key;
        });
        then(rotated == events->end() ? std::nullopt : std::optional(rotated->key));
    });
}

void loadLatest(const std::shared_ptr<SessionStore> &store, const SessionKey &key, QObject *context,
                const std::function<void(const Result<SessionRecord> &)> &then, int mostSuccessors)
{
    store->load(key).then(context, [=](const Result<SessionRecord> &loaded) {
        if (loaded || !loaded.error().isAbsence() || mostSuccessors == 0)
            return then(loaded);
        findSuccessor(store, key, context, [=, error = loaded.error()](const std::optional<SessionKey> &next) {
            if (next)
                loadLatest(store, *next, context, then, mostSuccessors - 1);
            else // it has ended
                then(failure(Error::NotFound, error.sentence()));
        });
    });
}

namespace {

/// One edit on its way through a store. Kept alive by the callbacks that wait.
struct Performance : std::enable_shared_from_this<Performance>
{
    const OpenStore *store; ///< outlives the context
    Edit edit;
    QObject *context;
    std::function<void(const EditResult &)> done;
    SessionRecord before{};
    std::shared_ptr<SessionStore> writer{}; ///< lives until it has answered

    void fail(const Error &error) const { done({.opposite = std::unexpected(error)}); }

    /// Whoever may write now: since the last answer the store may have become read-only, or another one.
    SessionStore &write() { return *(writer = store->writer()); }

    /// Only what was there before is created here.
    void create()
    {
        const Author::Scope restoring(Author::current(), true);
        write().create(edit.record).then(context, [self = shared_from_this()](const Result<SessionInfo> &created) {
            if (!created)
                return self->fail(created.error());
            self->done({.opposite = self->edit.change.expiry ? Edit::changing(*created, self->edit.change)
                                                             : Edit::removing(*created)});
        });
    }

    void load()
    {
        loadLatest(store->reader(), edit.key, context, [self = shared_from_this()](const Result<SessionRecord> &loaded) {
            if (loaded)
                self->change(*loaded);
            else
                self->fail(loaded.error());
        });
    }

    void conflict() const
    {
        done({.opposite = failure(Error::Conflict, StoreEditor::tr("The session was changed by somebody else meanwhile.")),
              .theirs = before});
    }

    void change(const SessionRecord &loaded)
    {
        before = loaded;
        if (edit.version && *edit.version != before.version)
            return conflict();
        if (edit.kind == Edit::Remove)
            return remove();
        SessionChange change = edit.change;
        change.expectedVersion = before.version;
        // The application's idle time is not known here, but the deadline that it led to is.
        if (change.expiry && !*change.expiry && edit.deadline > store->reader()->now())
            change.defaultIdle = edit.deadline - store->reader()->now();
        const bool ends = endsSession(change, store->reader()->now());
        write().update(before.key, change).then(context, [self = shared_from_this(), ends](const Result<SessionInfo> &now) {
            if (!now && now.error() == Error::Conflict)
                self->tellConflict(now.error()); // changed between the two calls
            else if (!now)
                self->fail(now.error());
            else if (ends) // and doing it again ends it in the same way
                self->done({.opposite = self->creation(self->edit.change)});
            else
                self->tellChange(*now);
        });
    }

    void remove()
    {
        write()
            .removeVersion(before.key, before.version, SessionStore::Removal::Admin)
            .then(context, [self = shared_from_this()](const Result<SessionInfo> &removed) {
                if (removed)
                    self->done({.opposite = self->creation({})});
                else if (removed.error() == Error::Conflict)
                    self->tellConflict(removed.error()); // changed between the two calls
                else
                    self->fail(removed.error());
            });
    }

    void tellConflict(const Error &error)
    {
        store->reader()->load(before.key).then(context, [self = shared_from_this(), error](const Result<SessionRecord> &theirs) {
            self->done({.opposite = std::unexpected(error), .theirs = theirs ? std::optional(*theirs) : std::nullopt});
        });
    }

    /// The update was of exactly the version that was loaded, so the record after it is known.
    void tellChange(const SessionInfo &now)
    {
        SessionRecord record = before;
        SessionChange change = edit.change;
        change.expectedVersion.reset();
        const bool known = change.applyTo(record, store->reader()->now(), std::numeric_limits<qsizetype>::max()).has_value();
        static_cast<SessionInfo &>(record) = now;
        done({.opposite = Edit{.kind = Edit::Change,
                               .key = before.key,
                               .version = now.version,
                               .change = opposite(edit.change, before),
                               .deadline = before.expiresAt,
                               .restores = before.version},
              .now = known ? std::optional(record) : std::nullopt});
    }

    Edit creation(const SessionChange &change) const
    {
        return {.kind = Edit::Create, .key = before.key, .change = change, .record = before, .restores = before.version};
    }
};

} // namespace

void perform(const OpenStore *store, const Edit &edit, QObject *context, const std::function<void(const EditResult &)> &done)
{
    const auto performance = std::make_shared<Performance>();
    performance->store = store;
    performance->edit = edit;
    performance->context = context;
    performance->done = done;
    edit.kind == Edit::Create ? performance->create() : performance->load();
}

/// A step of the undo stack: the edits that take it back, or do it again.
struct StoreEditor::Command final : QUndoCommand
{
    Command(const QString &text, QList<Edit> edits) : QUndoCommand(text), next(std::move(edits)) { }

    QList<Edit> next;
    QList<Edit> half; ///< the opposites of what was done already, of a step that was stopped half-way
    BulkJob *stopped = nullptr; ///< which stopped half-way and may go on

    [[nodiscard]] qsizetype bytes() const
    {
        const auto add = [](qsizetype sum, const Edit &edit) { return sum + edit.bytes(); };
        return std::accumulate(half.begin(), half.end(), std::accumulate(next.begin(), next.end(), qsizetype(0), add), add);
    }
    /// Calls \a visit with each of its edits.
    void forEach(const std::function<void(Edit &)> &visit)
    {
        std::ranges::for_each(next, visit);
        std::ranges::for_each(half, visit);
    }
};

StoreEditor::StoreEditor(OpenStore *store, ActivityLog *log, QObject *parent) : QObject(parent), m_store(store), m_log(log)
{
    m_stack.setUndoLimit(500);
    connect(m_store->reader().get(), &SessionStore::sessionEvent, this, [this](const SessionEvent &event) {
        if (event.type == SessionEvent::Rotated && event.oldKey)
            changeKey(*event.oldKey, event.key);
    });
    connect(m_store, &OpenStore::replaced, this,
            [this] { whenIdle([this] { forgetSteps(); }); }); // a step is under way till then
}

void StoreEditor::forgetSteps()
{
    m_keys.clear();
    if (m_stack.count() == 0)
        return;
    m_stack.clear();
    Q_EMIT stepsForgotten();
}

qsizetype StoreEditor::undoBytes() const
{
    qsizetype sum = 0;
    for (int i = 0; i < m_stack.count(); ++i)
        sum += command(i)->bytes();
    return sum;
}

/// A new step. The oldest are forgotten where all of them would take too much memory.
void StoreEditor::push(const QString &text, QList<Edit> edits)
{
    for (const Edit &edit : std::as_const(edits))
        m_keys.insert(edit.key);
    m_stack.push(new Command(text, std::move(edits)));
    int first = m_stack.count();
    qsizetype sum = 0;
    while (first > 0 && (sum += command(first - 1)->bytes()) <= UndoBytes)
        --first;
    if (first == 0)
        return;
    std::vector<std::unique_ptr<Command>> kept;
    for (int i = first; i < m_stack.count(); ++i) {
        kept.push_back(std::make_unique<Command>(command(i)->text(), command(i)->next));
        kept.back()->half = command(i)->half;
    }
    m_stack.clear();
    for (auto &step : kept)
        m_stack.push(step.release());
}

StoreEditor::Command *StoreEditor::command(int index) const
{
    return static_cast<Command *>(const_cast<QUndoCommand *>(m_stack.command(index)));
}

void StoreEditor::setBusy(bool busy)
{
    m_busy = busy;
    Q_EMIT busyChanged();
    while (!m_busy && !m_waiting.empty()) { // not each of them makes it busy again
        const auto action = std::move(m_waiting.front());
        m_waiting.pop_front();
        action();
    }
}

void StoreEditor::whenIdle(std::function<void()> action)
{
    if (m_busy || !m_waiting.empty()) // none overtakes another
        m_waiting.push_back(std::move(action));
    else
        action();
}

void StoreEditor::apply(const QString &text, const Edit &edit, const std::optional<SessionRecord> &seen, EditDone done)
{
    whenIdle([=, this] {
        setBusy(true);
        perform(m_store, edit, this, [=, this](const EditResult &result) {
            if (result.opposite) {
                relabel(edit, *result.opposite);
                push(text, {*result.opposite});
            }
            setBusy(false);
            report(result, {.text = text, .edit = edit, .theirs = {}, .seen = seen, .done = done, .isUndo = {}});
        });
    });
}

/// \a attempt is what was tried.
void StoreEditor::report(const EditResult &result, Conflict attempt)
{
    const auto tell = [&attempt](EditOutcome outcome, const QString &error) {
        if (attempt.done)
            attempt.done(outcome, error);
    };
    if (result.opposite) {
        m_log->done(m_store->name(), attempt.text);
        if (result.now)
            Q_EMIT changed(*result.now, attempt.edit);
        tell(EditOutcome::Done, {});
        Q_EMIT applied(attempt.edit.key);
        return;
    }
    Error error = result.opposite.error();
    if (error == Error::NotFound)
        error = {error.code, tr("This session has ended meanwhile; nothing was written.")};
    else if (error == Error::Exists)
        error = {error.code, tr("This session is there already; nothing was written.")};
    m_log->failed(m_store->name(), attempt.text, error);
    if (error == Error::Conflict && result.theirs) {
        attempt.theirs = *result.theirs;
        tell(EditOutcome::Conflict, Format::error(error));
        Q_EMIT conflict(attempt);
    } else {
        tell(EditOutcome::Failed, Format::error(error));
        Q_EMIT failed(attempt.text, error);
    }
}

StoreEditor::Command *StoreEditor::stepOf(const Conflict &conflict) const
{
    const int index = *conflict.isUndo ? m_stack.index() - 1 : m_stack.index();
    if (m_busy || index < 0 || index >= m_stack.count())
        return nullptr;
    Command *step = command(index);
    const bool isIt = step->next.size() == 1 && step->next.first().key == conflict.edit.key
                   && step->next.first().version == conflict.edit.version;
    return isIt ? step : nullptr;
}

void StoreEditor::overwrite(const Conflict &conflict)
{
    if (!conflict.isUndo) {
        Edit edit = conflict.edit;
        edit.version = conflict.theirs.version;
        apply(conflict.text, edit, conflict.theirs, conflict.done);
    } else if (Command *step = stepOf(conflict)) {
        step->next.first().version = conflict.theirs.version;
        this->step(*conflict.isUndo);
    }
}

void StoreEditor::keepTheirs(const Conflict &conflict)
{
    if (conflict.done)
        conflict.done(EditOutcome::KeptTheirs, {});
    if (!conflict.isUndo)
        return;
    if (Command *step = stepOf(conflict)) {
        step->setObsolete(true); // the stack takes it out instead of moving over it
        *conflict.isUndo ? m_stack.undo() : m_stack.redo();
    }
}

QList<BulkJob *> StoreEditor::runningJobs() const
{
    QList<BulkJob *> jobs = findChildren<BulkJob *>();
    jobs.removeIf([](const BulkJob *job) { return !job->isRunning(); });
    return jobs;
}

BulkJob *StoreEditor::applyAll(const QString &text, qsizetype count, std::function<Edit(qsizetype)> makeEdit, bool undoable)
{
    auto *job = new BulkJob(text, m_store, count, std::move(makeEdit), this);
    job->setKeepsOpposites(undoable);
    connect(job, &BulkJob::finished, this, [this, job, text] { finishJob(text, job); });
    Q_EMIT jobStarted(job);
    job->start();
    return job;
}

/// What a job did becomes a step that can be undone.
void StoreEditor::finishJob(const QString &text, BulkJob *job)
{
    m_log->done(m_store->name(), text, job->summary());
    const QList<Edit> opposites = job->takeOpposites();
    whenIdle([this, text, opposites] {
        if (!opposites.isEmpty())
            push(text, opposites);
    });
    Q_EMIT applied({});
}

void StoreEditor::step(bool back)
{
    const int index = back ? m_stack.index() - 1 : m_stack.index();
    if (m_busy || index < 0 || index >= m_stack.count())
        return;
    Command *step = command(index); // lives until the editor is idle again: only then others are pushed
    const QString text = (back ? tr("Undo: %1") : tr("Redo: %1")).arg(step->text());
    const auto move = [this, back] { back ? m_stack.undo() : m_stack.redo(); };
    setBusy(true);
    if (step->next.size() == 1) {
        const Edit edit = step->next.first();
        perform(m_store, edit, this, [=, this](const EditResult &result) {
            if (result.opposite) {
                step->next = {*result.opposite};
                relabel(edit, *result.opposite);
                move();
            } else if (result.opposite.error() == Error::NotFound || result.opposite.error() == Error::Exists) {
                step->setObsolete(true); // it can never be done: those behind it must not wait for it
                move();
            }
            setBusy(false);
            report(result, {.text = text, .edit = edit, .theirs = {}, .seen = {}, .done = {}, .isUndo = back});
        });
        return;
    }
    auto *job = new BulkJob(text, m_store, step->next.size(), [edits = step->next](qsizetype i) { return edits.at(i); }, this);
    step->stopped = job;
    connect(job, &BulkJob::finished, this, [=, this, again = false]() mutable {
        if (std::exchange(again, true)) { // a retry of what failed or was stopped
            whenIdle([=, this] { finishStep(step, job, back, text); });
            return;
        }
        finishStep(step, job, back, text);
        setBusy(false);
    });
    Q_EMIT jobStarted(job);
    job->start();
}

/// What \a job did of \a step can be done again once all of it was done: what a stop left out still waits for the next time.
void StoreEditor::finishStep(Command *step, BulkJob *job, bool back, const QString &text)
{
    const int index = back ? m_stack.index() - 1 : m_stack.index();
    const bool isNext = index >= 0 && index < m_stack.count() && command(index) == step && step->stopped == job;
    if (!isNext)
        return finishJob(text, job);
    QList<Edit> opposites = job->takeOpposites() + step->half;
    const QList<Edit> left = job->leftOut();
    QHash<SessionKey, Restored> restored;
    for (auto it = job->restored().cbegin(); it != job->restored().cend(); ++it)
        restored.insert(it.key(), {it->before, it->now});
    relabel(restored);
    // If nothing could be done it may be tried again.
    if (!left.isEmpty()) {
        step->next = left;
        step->half = std::move(opposites);
    } else if (step->stopped = nullptr; !opposites.isEmpty()) {
        step->next = std::move(opposites);
        step->half.clear();
        back ? m_stack.undo() : m_stack.redo();
    }
    m_log->done(m_store->name(), text, job->summary());
    Q_EMIT applied({});
}

/// Sessions are again in the state that they had in an earlier version: steps that wait for that one now wait for the present.
void StoreEditor::relabel(const QHash<SessionKey, Restored> &restored)
{
    for (int i = 0; i < m_stack.count() && !restored.isEmpty(); ++i) {
        command(i)->forEach([&restored](Edit &edit) {
            if (const auto it = restored.find(edit.key); it != restored.end() && edit.version == it->before)
                edit.version = it->now;
        });
    }
}

void StoreEditor::relabel(const Edit &edit, const Edit &opposite)
{
    if (edit.restores && opposite.version)
        relabel({{edit.key, {edit.restores, *opposite.version}}});
}

void StoreEditor::changeKey(const SessionKey &oldKey, const SessionKey &newKey)
{
    if (m_keys.contains(oldKey)) {
        m_keys.insert(newKey);
        for (int i = 0; i < m_stack.count(); ++i) {
            command(i)->forEach([&](Edit &edit) {
                if (edit.key == oldKey && edit.kind != Edit::Create)
                    edit.key = newKey;
            });
        }
    }
    Q_EMIT keyChanged(oldKey, newKey);
}

void StoreEditor::revokeUser(const QString &text, const QString &user, const QList<SessionRecord> &seen,
                             std::function<void(qint64)> done)
{
    whenIdle([=, this] {
        setBusy(true);
        const std::shared_ptr<SessionStore> writer = m_store->writer();
        writer->removeUser(user, {}, SessionStore::Removal::Admin)
            .then(this, [=, this, answers = writer](const Result<qint64> &removed) { // which lives until then
                if (!removed) {
                    setBusy(false);
                    m_log->failed(m_store->name(), text, removed.error());
                    Q_EMIT failed(text, removed.error());
                    return;
                }
                m_log->done(m_store->name(), text, tr("%Ln sessions ended", nullptr, int(*removed)));
                Q_EMIT applied({});
                done(*removed);
                if (*removed == 0 || seen.isEmpty())
                    return setBusy(false); // nothing to take back
                HistoryQuery history;
                history.user = user;
                history.limit = int(seen.size()) * 2 + SpareEvents;
                m_store->reader()->history(history).then(this, [=, this](const Result<QList<SessionEvent>> &events) {
                    pushRevocation(text, seen, events.value_or(QList<SessionEvent>()));
                    setBusy(false);
                });
            });
    });
}

/// Who logged out, or ran out, between the look at them and their end by \a text, as \a events tell, the newest first, does not
/// come back with the others.
void StoreEditor::pushRevocation(const QString &text, const QList<SessionRecord> &seen, const QList<SessionEvent> &events)
{
    QSet<SessionKey> known, endedOtherwise;
    for (const SessionEvent &event : events) {
        const bool ends = event.type == SessionEvent::Destroyed || event.type == SessionEvent::Expired
                       || (event.type == SessionEvent::Revoked && event.reason != "admin"_L1);
        if (ends && !known.contains(event.key))
            endedOtherwise.insert(event.key);
        known.insert(event.key);
    }
    QList<Edit> opposites;
    for (const SessionRecord &record : seen) {
        if (!endedOtherwise.contains(record.key))
            opposites.append({.kind = Edit::Create, .key = record.key, .record = record, .restores = record.version});
    }
    if (!opposites.isEmpty())
        push(text, opposites);
}

} // namespace Sojourn::Inspector
