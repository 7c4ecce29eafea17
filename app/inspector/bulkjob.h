// SPDX-License-Identifier: MIT
#pragma once

#include "editor.h"

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

    BulkJob(const QString &text, std::shared_ptr<SessionStore> store, QList<Edit> edits, QObject *parent = nullptr);

    void setKeepsOpposites(bool keeps) { m_keepsOpposites = keeps; }
    void start();
    /// No further edit begins; those under way are waited for.
    void stop();
    /// Starts over with the edits that failed and those that a stop left out, whatever version their sessions have now.
    void retry();

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] bool wasStopped() const { return m_stopped; }
    [[nodiscard]] int total() const { return int(m_edits.size()); }
    [[nodiscard]] int done() const { return m_done; }
    [[nodiscard]] int left() const { return int(m_edits.size()) - m_done - int(m_failures.size()); }
    [[nodiscard]] const QList<Failure> &failures() const { return m_failures; }
    /// "212 done, 2 failed: ..."
    [[nodiscard]] QString summary() const;
    /// What undoes the edits that were done since it was asked last, newest first.
    [[nodiscard]] QList<Edit> takeOpposites();

Q_SIGNALS:
    void progressed();
    void finished();

private:
    void next();

    QString m_text;
    std::shared_ptr<SessionStore> m_store;
    QList<Edit> m_edits;
    QList<Edit> m_opposites;
    QList<Failure> m_failures;
    bool m_keepsOpposites = true;
    bool m_running = false;
    bool m_stopped = false;
    int m_next = 0;
    int m_inFlight = 0;
    int m_done = 0;
};

} // namespace Sojourn::Inspector
