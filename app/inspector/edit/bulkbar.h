// SPDX-License-Identifier: MIT
#pragma once

#include "bulkjob.h"

#include <QtCore/QPointer>
#include <QtWidgets/QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace Sojourn::Inspector {

/// How a bulk job goes: its progress and a way to stop it, then what was done, what failed and why, and another try. The job goes
/// with it.
class BulkBar final : public QFrame
{
    Q_OBJECT
public:
    explicit BulkBar(BulkJob *job, QWidget *parent = nullptr);
    ~BulkBar() override;

    /// Whether the bar is still needed: the job runs, or some edits were not done.
    [[nodiscard]] bool isNeeded() const;

private:
    void update();
    void showFailures();

    QPointer<BulkJob> m_job;
    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_stop, *m_retry, *m_why, *m_close;
};

} // namespace Sojourn::Inspector
