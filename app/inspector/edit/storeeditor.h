// SPDX-License-Identifier: MIT
#pragma once

#include "store/openstore.h"

#include <QtCore/QSet>
#include <QtGui/QUndoStack>

namespace Sojourn::Inspector {

class ActivityLog;
class BulkJob;

/// One change of one session.
struct Edit
{
    enum Kind { Change, Remove, Create };

    Kind kind = Change;
    SessionKey key;
    std::optional<quint64>
        version{}; ///< the version that was seen: another one in the store is a conflict; without one any will do
    SessionChange change{};         ///< of Change
    SessionRecord record{};         ///< of Create
    TimePoint deadline{};           ///< of the opposite of a change of expiry: the deadline that it brings back
    quint64 restores = 0;           ///< of the opposite of an edit: the version whose state it brings back

    [[nodiscard]] static Edit changing(const SessionInfo &seen, SessionChange change);
    [[nodiscard]] static Edit removing(const SessionInfo &seen);
    /// About how many bytes it takes to keep it.
    [[nodiscard]] qsizetype bytes() const;
};

/// What came of an edit.
struct EditResult
{
    Result<Edit> opposite;                  ///< undoes what was done
    std::optional<SessionRecord> theirs{};  ///< after a conflict: what the store has
    std::optional<SessionRecord> now{};     ///< after a change: what the store has
};

/// Loads the session of \a key, or the one that it goes on as; calls \a then with Error::NotFound where it has ended.
void loadLatest(const std::shared_ptr<SessionStore> &store, const SessionKey &key, QObject *context,
                const std::function<void(const Result<SessionRecord> &)> &then, int mostSuccessors = 10);

/// Does \a edit in \a store: looks at the record first, so that its opposite is exact.
/// A change of expiry to a moment that has passed ends the session; its opposite creates it again. A session whose id was
/// replaced is found by the store's history. \a store outlives \a context; nothing is written once it is read-only or away.
void perform(const OpenStore *store, const Edit &edit, QObject *context, const std::function<void(const EditResult &)> &done);

/// How an edit went, and, after a conflict, what the person chose.
enum class EditOutcome { Done, Conflict, Failed, KeptTheirs, EditsAgain };
/// Hears of each, with what is to be said of it.
using EditDone = std::function<void(EditOutcome, const QString &error)>;

/// An edit that met a newer version.
struct Conflict
{
    QString text;         ///< what was to be done
    Edit edit;
    SessionRecord theirs; ///< what the store has now
    std::optional<SessionRecord> seen; ///< what the person saw, if it is known
    EditDone done{};
    std::optional<bool> isUndo{}; ///< of a step of the undo stack: back, or forth again
};

/// Changes sessions of one store and can take them back. Every step waits for the store: the undo stack moves once it has
/// answered.
class StoreEditor final : public QObject
{
    Q_OBJECT
public:
    StoreEditor(OpenStore *store, ActivityLog *log, QObject *parent = nullptr);

    [[nodiscard]] QUndoStack &stack() { return m_stack; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QList<BulkJob *> runningJobs() const;

    /// Does one edit; \a text names it in the undo menu and the log. \a seen is what the person looked at.
    void apply(const QString &text, const Edit &edit, const std::optional<SessionRecord> &seen = {}, EditDone done = {});
    /// Does many; the job is the caller's to watch. Where \a undoable is false nothing is kept to take it back.
    BulkJob *applyAll(const QString &text, qsizetype count, std::function<Edit(qsizetype)> makeEdit, bool undoable = true);
    void undo() { step(true); }
    void redo() { step(false); }
    /// Ends all sessions of \a user, those too that begin or change their ids meanwhile. \a seen, with their data, can be brought
    /// back. \a done hears how many there were.
    void revokeUser(const QString &text, const QString &user, const QList<SessionRecord> &seen, std::function<void(qint64)> done);
    /// Repeats the edit of \a conflict over the version that the store has now.
    void overwrite(const Conflict &conflict);
    /// Drops the edit of \a conflict; a step of the undo stack is forgotten, so that earlier ones can be undone.
    void keepTheirs(const Conflict &conflict);
    /// The session of \a oldKey goes on under \a newKey. Rotations that the store tells of are followed without being asked.
    void changeKey(const SessionKey &oldKey, const SessionKey &newKey);
    /// The most bytes that are kept to take edits back; older ones are forgotten.
    static constexpr qsizetype UndoBytes = 64 * 1024 * 1024;
    /// About how many bytes are kept to take edits back.
    [[nodiscard]] qsizetype undoBytes() const;

Q_SIGNALS:
    void busyChanged();
    /// An edit of \a key, or of many for a null one, was done.
    void applied(const Sojourn::SessionKey &key);
    /// What an edit made of a session: nobody need read it again.
    void changed(const Sojourn::SessionRecord &now, const Sojourn::Inspector::Edit &edit);
    /// The session of \a oldKey goes on under \a newKey: its id was replaced.
    void keyChanged(const Sojourn::SessionKey &oldKey, const Sojourn::SessionKey &newKey);
    void conflict(const Sojourn::Inspector::Conflict &conflict);
    void failed(const QString &text, const Sojourn::Error &error);
    /// Steps were dropped: they belong to a store that another one has taken the place of.
    void stepsForgotten();
    void jobStarted(Sojourn::Inspector::BulkJob *job);

private:
    struct Command;

    void step(bool back);
    void whenIdle(std::function<void()> action);
    void setBusy(bool busy);
    void finishJob(const QString &text, BulkJob *job);
    void finishStep(Command *step, BulkJob *job, bool back, const QString &text);
    Command *command(int index) const;
    void push(const QString &text, QList<Edit> edits);
    void forgetSteps();
    void pushRevocation(const QString &text, const QList<SessionRecord> &seen, const QList<SessionEvent> &events);
    struct Restored
    {
        quint64 before, now;
    };
    void relabel(const QHash<SessionKey, Restored> &restored);
    void relabel(const Edit &edit, const Edit &opposite);
    void report(const EditResult &result, Conflict attempt);
    Command *stepOf(const Conflict &conflict) const;

    OpenStore *m_store;
    ActivityLog *m_log;
    QUndoStack m_stack;
    bool m_busy = false;
    std::deque<std::function<void()>> m_waiting; ///< steps are taken one after the other
    QSet<SessionKey> m_keys; ///< of all steps, and some that were forgotten
};

} // namespace Sojourn::Inspector
