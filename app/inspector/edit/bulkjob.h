// SPDX-License-Identifier: MIT
#pragma once

#include "storeeditor.h"

namespace Sojourn::Inspector {

/// Many edits, a few at a time. Can be stopped; those that failed can be tried again.
class BulkJob final : public QObject
{
    Q_OBJECT
public:
    struct Failure
    {
        Edit edit;
        Error error;
    };

    using MakeEdit = std::function<Edit(qsizetype)>;

    /// \a count edits that are made when their turn comes: a million of them would take much room. They go to whatever \a store
    /// lets write then, and not on when it is made read-only.
    BulkJob(const QString &text, const OpenStore *store, qsizetype count, MakeEdit makeEdit, QObject *parent = nullptr);

    void setKeepsOpposites(bool keeps) { m_keepsOpposites = keeps; }
    void start();
    /// No further edit begins; those under way are waited for.
    void stop();
    /// Whether anything failed or was left out that may still be done: not in another store than that of its sessions.
    [[nodiscard]] bool canRetry() const { return !m_isOver && (!m_failures.isEmpty() || left() > 0); }
    /// Goes on with the edits that failed and those that a stop left out; where a newer version was the reason, whatever version
    /// it is now. But what is to be taken back is never taken back from a newer version.
    void retry();

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] const OpenStore &store() const { return *m_store; }
    [[nodiscard]] bool wasStopped() const { return m_stopped; }
    [[nodiscard]] int total() const { return int(m_again.size() + m_count - m_from); }
    [[nodiscard]] int done() const { return m_done; }
    /// Of done(): sessions that had ended before their turn.
    [[nodiscard]] int ended() const { return m_ended; }
    [[nodiscard]] int left() const { return total() - m_done - int(m_failures.size()); }
    /// The edits that did not begin because of a stop.
    [[nodiscard]] QList<Edit> leftOut() const;
    [[nodiscard]] const QList<Failure> &failures() const { return m_failures; }
    /// "212 done, 2 failed: ..."
    [[nodiscard]] QString summary() const;
    /// Edits that undo those done since the last call, newest first.
    [[nodiscard]] QList<Edit> takeOpposites();
    /// Of the edits that brought an earlier state back: the versions of that state before and now.
    struct Restored
    {
        quint64 before, now;
    };
    [[nodiscard]] const QHash<SessionKey, Restored> &restored() const { return m_restored; }

Q_SIGNALS:
    void progressed();
    /// What an edit made of a session.
    void edited(const Sojourn::SessionRecord &now, const Sojourn::Inspector::Edit &edit);
    void finished();

private:
    void next();
    [[nodiscard]] Edit edit(qsizetype index) const;
    void take(const Edit &edit, const EditResult &result);
    void keep(const Edit &opposite);

    QString m_text;
    const OpenStore *m_store;
    qsizetype m_count;
    MakeEdit m_makeEdit;
    qsizetype m_from = 0; // the first of those made by m_makeEdit in this run
    QList<Edit> m_again; // failed in the run before, and come first
    QList<Edit> m_opposites;
    QHash<SessionKey, Restored> m_restored;
    QList<Failure> m_failures;
    bool m_keepsOpposites = true;
    bool m_running = false;
    bool m_stopped = false;
    bool m_isOver = false; ///< its store is gone
    qsizetype m_next = 0;
    int m_inFlight = 0;
    int m_done = 0;
    int m_ended = 0;
    qsizetype m_keptBytes = 0;
    bool m_isTooLarge = false; ///< to be taken back
};

} // namespace Sojourn::Inspector
