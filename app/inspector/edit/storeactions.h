// SPDX-License-Identifier: MIT
#pragma once

#include "store/storewalk.h"
#include "storeeditor.h"

#include <tuple>

class QPushButton;
class QVBoxLayout;

namespace Sojourn::Inspector {

class SessionModel;
class SessionView;

/// A place in the order of the table: what its rows are sorted by, and the key where that is equal.
using SessionPlace = std::tuple<QString, TimePoint, SessionKey>;

/// What can be done to sessions of one store: to those selected, or to all that the filter shows. Finds them, asks where
/// something would be lost, and hands the edits to the editor.
class StoreActions final : public QObject
{
    Q_OBJECT
public:
    enum Scope { Selected, Shown };
    /// What work is done to: sessions that are to be found, or one that is known.
    struct Target
    {
        Target(Scope all) : scope(all) { } // NOLINT: callers say which scope, or which session
        Target(const SessionInfo &one) : session(one) { } // NOLINT

        Scope scope = Selected;
        std::optional<SessionInfo> session;
    };
    /// The most sessions that bulk work keeps in memory to take it back.
    static constexpr int UndoableSessions = 5000;

    StoreActions(OpenStore *store, StoreEditor *editor, SessionModel *model, SessionView *view);

    void setExpiry(const Target &target);
    void extend(const Target &target, std::chrono::milliseconds by);
    void expireNow(const Target &target);
    void requestRotation(const Target &target);
    void clearAttributes(const Target &target);
    void remove(const Target &target);
    /// Ends all sessions of \a user: those that the filter hides too, and those that begin while the question is open.
    void revokeUser(const QString &user);
    /// Ends \a sessions unless they have another version by now: who has come for a fresh id meanwhile goes on.
    void revoke(const QList<SessionInfo> &sessions);

    using Sessions = QList<SessionInfo>;
    using Found = std::function<void(const Sessions &)>;
    /// Finds the living sessions of \a target, those that are not loaded too, and calls \a then with them. What the filter and
    /// the selection are now holds, whatever becomes of them meanwhile.
    void gather(const Target &target, const Found &then);
    /// Adds a field to a dialog over production: \a buttons work once the name of the store has been typed.
    static void askName(QVBoxLayout *layout, const QString &store, const QList<QPushButton *> &buttons);
    [[nodiscard]] bool isCounting() const { return m_walk.isRunning() || m_awaited > 0; }
    void stopCounting();

Q_SIGNALS:
    /// Sessions found so far; of how many looked at is not known.
    void counting(int found);
    void countingFinished();
    void failed(const QString &what, const Sojourn::Error &error);
    /// Something was done that has no bar of its own, with a sentence for the person.
    void done(const QString &what);

private:
    /// The texts of a kind of work. "%1" becomes the sessions: "3fQ…", "214 sessions of 31 users".
    struct Work
    {
        QString name; ///< "Delete %1": in the undo menu, the log and the button
        QString question;
        bool destructive = false;
    };
    using Matches = std::function<bool(const SessionRecord &)>;
    void walk(SessionQuery query, const Matches &matches, const Found &then);
    using Ranges = QList<std::pair<SessionPlace, SessionPlace>>;
    void walkSelection(const SessionQuery &query, const Found &then);
    void findRanges(QList<std::pair<int, int>> rows, const Ranges &found, const std::function<void(const Ranges &)> &then);
    void findPlace(int row, const std::function<void(const std::optional<SessionPlace> &)> &then);
    void loadRest(const QList<SessionKey> &keys, const Sessions &known, const Found &then);
    void revoke(const Work &work, const QString &user, const Sessions &sessions, const QList<SessionRecord> &seen);
    [[nodiscard]] static bool isUndoable(const Sessions &sessions);
    void failCounting(const Error &error);
    void run(const Target &target, const Work &work, std::function<Edit(const SessionInfo &)> makeEdit);
    void confirm(const Work &work, const Sessions &sessions, std::function<void()> then);
    void start(const Work &work, const Sessions &sessions, const std::function<Edit(const SessionInfo &)> &makeEdit);
    static QString describe(const Sessions &sessions);

    OpenStore *m_store;
    StoreEditor *m_editor;
    SessionModel *m_model;
    SessionView *m_view;
    StoreWalk m_walk;
    int m_awaited = 0; ///< single sessions that are loaded
    int m_life = 0;
};

} // namespace Sojourn::Inspector
