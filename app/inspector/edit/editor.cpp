// SPDX-License-Identifier: MIT
#include "editor.h"

#include "bulkjob.h"
#include "look/activitylog.h"
#include "look/format.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QUndoCommand>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

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
    back.defaultIdle = std::max(before.expiresAt - before.lastSeenAt, std::chrono::milliseconds(1));
    return back;
}

bool endsSession(const SessionChange &change, TimePoint now)
{
    return change.expiry && *change.expiry && (*change.expiry)->kind() == Expiry::Kind::AtDateTime
        && (*change.expiry)->deadline() <= now;
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

void perform(const std::shared_ptr<SessionStore> &store, const Edit &edit, QObject *context,
             const std::function<void(const EditResult &)> &done)
{
    if (edit.kind == Edit::Create) {
        store->create(edit.record).then(context, [edit, done](const Result<SessionInfo> &created) {
            if (!created)
                return done({std::unexpected(created.error()), {}});
            done({edit.change.expiry ? Edit::changing(*created, edit.change) : Edit::removing(*created), {}});
        });
        return;
    }
    store->load(edit.key).then(context, [store, edit, context, done](const Result<SessionRecord> &loaded) {
        if (!loaded)
            return done({std::unexpected(loaded.error()), {}});
        const SessionRecord before = *loaded;
        const auto conflict = [before, done] {
            done({failure(Error::Conflict, Editor::tr("The session was changed by somebody else meanwhile.")), before});
        };
        if (edit.version && *edit.version != before.version)
            return conflict();

        if (edit.kind == Edit::Remove) {
            store->remove(before.key, SessionStore::Removal::Admin)
                .then(context, [edit, before, done](const Result<SessionInfo> &removed) {
                    if (!removed)
                        return done({std::unexpected(removed.error()), {}});
                    done({Edit{.kind = Edit::Create, .key = before.key, .record = before, .restores = before.version}, {}});
                });
            return;
        }
        SessionChange change = edit.change;
        change.expectedVersion = before.version;
        // The application's idle time is not known here, but the deadline that it led to is.
        if (change.expiry && !*change.expiry && edit.deadline > store->now())
            change.defaultIdle = edit.deadline - store->now();
        const bool ends = endsSession(change, store->now());
        store->update(before.key, change)
            .then(context, [store, edit, before, context, done, ends, conflict](const Result<SessionInfo> &now) {
                if (!now && now.error() == Error::Conflict) { // changed between the two calls
                    store->load(before.key).then(context, [done, error = now.error()](const Result<SessionRecord> &theirs) {
                        done({std::unexpected(error), theirs ? std::optional(*theirs) : std::nullopt});
                    });
                    return;
                }
                if (!now)
                    return done({std::unexpected(now.error()), {}});
                if (ends) // and doing it again ends it in the same way
                    return done({Edit{.kind = Edit::Create,
                                      .key = before.key,
                                      .change = edit.change,
                                      .record = before,
                                      .restores = before.version},
                                 {}});
                done({Edit{.kind = Edit::Change,
                           .key = before.key,
                           .version = now->version,
                           .change = opposite(edit.change, before),
                           .deadline = before.expiresAt,
                           .restores = before.version},
                      {}});
            });
    });
}

/// A step of the undo stack: the edits that take it back, or do it again.
struct Editor::Command final : QUndoCommand
{
    Command(const QString &text, QList<Edit> edits) : QUndoCommand(text), next(std::move(edits)) { }

    QList<Edit> next;
};

Editor::Editor(OpenStore *store, ActivityLog *log, QObject *parent) : QObject(parent), m_store(store), m_log(log)
{
    m_stack.setUndoLimit(500);
}

Editor::Command *Editor::command(int index) const
{
    return static_cast<Command *>(const_cast<QUndoCommand *>(m_stack.command(index)));
}

void Editor::setBusy(bool busy)
{
    m_busy = busy;
    Q_EMIT busyChanged();
    if (!m_busy && !m_waiting.empty()) {
        const auto action = std::move(m_waiting.front());
        m_waiting.pop_front();
        action();
    }
}

void Editor::whenIdle(std::function<void()> action)
{
    if (m_busy)
        m_waiting.push_back(std::move(action));
    else
        action();
}

void Editor::apply(const QString &text, const Edit &edit, const std::optional<SessionRecord> &seen, EditDone done)
{
    whenIdle([=, this] {
        setBusy(true);
        perform(m_store->writer(), edit, this, [=, this](const EditResult &result) {
            if (result.opposite) {
                relabel(edit.key, edit.restores, result.opposite->version.value_or(0));
                m_stack.push(new Command(text, {*result.opposite}));
            }
            setBusy(false);
            report(result, {.text = text, .edit = edit, .theirs = {}, .seen = seen, .done = done, .isUndo = {}});
        });
    });
}

/// \a attempt is what was tried.
void Editor::report(const EditResult &result, Conflict attempt)
{
    const auto tell = [&attempt](Outcome outcome, const QString &error) {
        if (attempt.done)
            attempt.done(outcome, error);
    };
    if (result.opposite) {
        m_log->done(m_store->name(), attempt.text);
        tell(Outcome::Done, {});
        Q_EMIT applied(attempt.edit.key);
        return;
    }
    Error error = result.opposite.error();
    if (error == Error::NotFound)
        error.text = tr("This session has ended meanwhile; nothing was written.");
    else if (error == Error::Exists)
        error.text = tr("This session is there already; nothing was written.");
    m_log->failed(m_store->name(), attempt.text, error);
    if (error == Error::Conflict && result.theirs) {
        attempt.theirs = *result.theirs;
        tell(Outcome::Conflict, Format::error(error));
        Q_EMIT conflict(attempt);
    } else {
        tell(Outcome::Failed, Format::error(error));
        Q_EMIT failed(attempt.text, error);
    }
}

Editor::Command *Editor::stepOf(const Conflict &conflict) const
{
    const int index = *conflict.isUndo ? m_stack.index() - 1 : m_stack.index();
    if (m_busy || index < 0 || index >= m_stack.count())
        return nullptr;
    Command *step = command(index);
    const bool isIt = step->next.size() == 1 && step->next.first().key == conflict.edit.key
                   && step->next.first().version == conflict.edit.version;
    return isIt ? step : nullptr;
}

void Editor::overwrite(const Conflict &conflict)
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

void Editor::keepTheirs(const Conflict &conflict)
{
    if (conflict.done)
        conflict.done(Outcome::KeptTheirs, {});
    if (!conflict.isUndo)
        return;
    if (Command *step = stepOf(conflict)) {
        step->setObsolete(true); // the stack takes it out instead of moving over it
        *conflict.isUndo ? m_stack.undo() : m_stack.redo();
    }
}

QList<BulkJob *> Editor::runningJobs() const
{
    QList<BulkJob *> jobs = findChildren<BulkJob *>();
    jobs.removeIf([](const BulkJob *job) { return !job->isRunning(); });
    return jobs;
}

BulkJob *Editor::applyAll(const QString &text, qsizetype count, std::function<Edit(qsizetype)> makeEdit, bool undoable)
{
    auto *job = new BulkJob(text, m_store, count, std::move(makeEdit), this);
    job->setKeepsOpposites(undoable);
    connect(job, &BulkJob::finished, this, [this, job, text] { finishJob(text, job); });
    Q_EMIT jobStarted(job);
    job->start();
    return job;
}

/// What a job did becomes a step that can be undone.
void Editor::finishJob(const QString &text, BulkJob *job)
{
    m_log->done(m_store->name(), text, job->summary());
    const QList<Edit> opposites = job->takeOpposites();
    whenIdle([this, text, opposites] {
        if (!opposites.isEmpty())
            m_stack.push(new Command(text, opposites));
    });
    Q_EMIT applied({});
}

void Editor::step(bool back)
{
    const int index = back ? m_stack.index() - 1 : m_stack.index();
    if (m_busy || index < 0 || index >= m_stack.count())
        return;
    Command *step = command(index); // lives until the editor is idle again: only then others are pushed
    const QString text = back ? tr("Undo: %1").arg(step->text()) : tr("Redo: %1").arg(step->text());
    const auto move = [this, back] { back ? m_stack.undo() : m_stack.redo(); };
    setBusy(true);
    if (step->next.size() == 1) {
        const Edit edit = step->next.first();
        perform(m_store->writer(), edit, this, [=, this](const EditResult &result) {
            if (result.opposite) {
                step->next = {*result.opposite};
                relabel(edit.key, edit.restores, result.opposite->version.value_or(0));
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
    connect(job, &BulkJob::finished, this, [=, this, moved = false]() mutable {
        if (std::exchange(moved, true)) { // a retry of those that failed
            finishJob(text, job);
            return;
        }
        // If nothing could be done it may be tried again.
        if (QList<Edit> opposites = job->takeOpposites(); !opposites.isEmpty()) {
            step->next = std::move(opposites);
            for (auto it = job->restored().cbegin(); it != job->restored().cend(); ++it)
                relabel(it.key(), it->before, it->now);
            move();
        }
        setBusy(false);
        m_log->done(m_store->name(), text, job->summary());
        Q_EMIT applied({});
    });
    Q_EMIT jobStarted(job);
    job->start();
}

/// The session is again in the state that it had in version \a before: steps that wait for that version now wait for \a now.
void Editor::relabel(const SessionKey &key, quint64 before, quint64 now)
{
    if (!before || !now)
        return;
    for (int i = 0; i < m_stack.count(); ++i) {
        for (Edit &edit : command(i)->next) {
            if (edit.key == key && edit.version == before)
                edit.version = now;
        }
    }
}

void Editor::changeKey(const SessionKey &oldKey, const SessionKey &newKey)
{
    for (int i = 0; i < m_stack.count(); ++i) {
        for (Edit &edit : command(i)->next) {
            if (edit.key == oldKey && edit.kind != Edit::Create)
                edit.key = newKey;
        }
    }
}

} // namespace Sojourn::Inspector
