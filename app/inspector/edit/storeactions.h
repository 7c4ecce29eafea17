// SPDX-License-Identifier: MIT
#pragma once

#include "editor.h"
#include "store/storewalk.h"

class QPushButton;
class QVBoxLayout;

namespace Sojourn::Inspector {

class SessionModel;
class SessionView;

/// What can be done to sessions of one store: to those selected, or to all that the filter shows. Finds them, asks where
/// something would be lost, and hands the edits to the editor.
class StoreActions final : public QObject
{
    Q_OBJECT
public:
    enum Scope { Selected, Shown };
    /// The most sessions that bulk work keeps in memory to take it back.
    static constexpr int UndoableSessions = 5000;

    StoreActions(OpenStore *store, Editor *editor, SessionModel *model, SessionView *view);

    void setExpiry(Scope scope);
    void extend(Scope scope, std::chrono::milliseconds by);
    void expireNow(Scope scope);
    void requestRotation(Scope scope);
    void clearAttributes(Scope scope);
    void remove(Scope scope);
    /// Removes all sessions of \a user, those that the filter hides too.
    void revokeUser(const QString &user);

    using Sessions = QList<SessionInfo>;
    using Found = std::function<void(const Sessions &)>;
    /// Finds the living sessions of \a scope, those that are not loaded too, and calls \a then with them.
    void gather(Scope scope, const Found &then);
    /// Adds a field to a dialog over production: \a buttons work once the name of the store has been typed.
    static void askName(QVBoxLayout *layout, const QString &store, const QList<QPushButton *> &buttons);
    [[nodiscard]] bool isCounting() const { return m_walk.isRunning() || m_awaited > 0; }
    void stopCounting();

Q_SIGNALS:
    /// Sessions found so far; of how many looked at is not known.
    void counting(int found);
    void countingFinished();
    void failed(const QString &what, const Sojourn::Error &error);

private:
    /// The texts of a kind of work. "%1" becomes the sessions: "3fQ…", "214 sessions of 31 users".
    struct Work
    {
        QString name;      ///< "Delete %1": in the undo menu, the log and the button
        QString question;
        bool destructive = false;
    };
    void walk(SessionQuery query, bool all, const Found &then);
    void walkRows(QList<std::pair<int, int>> rows, Sessions found, const Found &then);
    void loadRest(const QList<SessionKey> &keys, const Sessions &known, const Found &then);
    void failCounting(const Error &error);
    void run(Scope scope, const Work &work, std::function<Edit(const SessionInfo &)> makeEdit);
    void confirm(const Work &work, const Sessions &sessions, std::function<void()> then);
    void start(const Work &work, const Sessions &sessions, const std::function<Edit(const SessionInfo &)> &makeEdit);
    static QString describe(const Sessions &sessions);

    OpenStore *m_store;
    Editor *m_editor;
    SessionModel *m_model;
    SessionView *m_view;
    StoreWalk m_walk;
    int m_awaited = 0; ///< single sessions that are loaded
    int m_life = 0;
};

} // namespace Sojourn::Inspector
