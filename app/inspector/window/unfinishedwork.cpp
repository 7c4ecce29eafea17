// SPDX-License-Identifier: MIT
#include "unfinishedwork.h"

#include "edit/bulkjob.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "snapshot/importjob.h"
#include "tab/storetab.h"

#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

void UnfinishedWork::add(StoreTab &tab, bool typed)
{
    for (ImportJob *job : tab.findChildren<ImportJob *>()) {
        if (!job->isWriting())
            continue;
        m_imports << job;
        m_lines << tr("%1: %2 %").arg(job->text(), QString::number(job->percent()));
    }
    for (BulkJob *job : tab.editor().runningJobs()) {
        m_jobs << job;
        m_lines << tr("%1: %2 of %3")
                       .arg(job->text(), Format::number(job->done() + job->failures().size()), Format::number(job->total()));
    }
    if (typed)
        m_lines << tr("What was typed in %1 has not been saved.").arg(Foreign::line(tab.store().name()));
}

void UnfinishedWork::end(QWidget *window, const std::function<void()> &then) const
{
    if (m_lines.isEmpty())
        return then();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Work is under way"), m_lines.join(u'\n'), QMessageBox::NoButton,
                                window);
    box->setObjectName("workUnderWay"_L1);
    box->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_jobs.isEmpty() || !m_imports.isEmpty())
        box->setInformativeText(tr("What has been done stays done, but cannot be taken back any more."));
    const QPushButton *stopButton = box->addButton(tr("&Stop and close"), QMessageBox::AcceptRole);
    QPushButton *goOn = box->addButton(tr("&Go on"), QMessageBox::RejectRole);
    box->setDefaultButton(goOn);
    Foreign::showPlainly(box);
    QObject::connect(stopButton, &QPushButton::clicked, window, [work = *this, window, then] { work.stop(window, then); });
    box->open();
}

void UnfinishedWork::stop(QWidget *window, const std::function<void()> &then) const
{
    const auto left = std::make_shared<qsizetype>(1);
    const auto ended = [left, then] {
        if (--*left == 0)
            then();
    };
    // Queued: a job still needs its tab to tell that it has ended.
    const auto stopOne = [&]<class Job>(Job *job) {
        ++*left;
        QObject::connect(job, &Job::finished, window, ended, Qt::QueuedConnection);
        job->stop();
    };
    for (const QPointer<BulkJob> &job : m_jobs) {
        if (job && job->isRunning())
            stopOne(job.data());
    }
    for (const QPointer<ImportJob> &job : m_imports) {
        if (job && job->isWriting())
            stopOne(job.data());
    }
    ended();
}

} // namespace Sojourn::Inspector
