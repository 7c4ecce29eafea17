// SPDX-License-Identifier: MIT
#include "bulkbar.h"

#include "look/announce.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/rowdelegate.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

BulkBar::BulkBar(BulkJob *job, QWidget *parent) : QFrame(parent), m_job(job)
{
    setObjectName("bulkBar"_L1);
    setFrameShape(StyledPanel);
    m_text = Foreign::makeLabel();
    m_text->setWordWrap(true);
    m_progress = new QProgressBar;
    m_progress->setMaximumWidth(180);
    m_progress->setAccessibleName(tr("Progress"));
    m_stop = new QPushButton(tr("Stop"));
    m_retry = new QPushButton(tr("Try the rest again"));
    m_why = new QPushButton(tr("Why?"));
    m_close = new QPushButton(tr("Close"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 6, 4);
    layout->addWidget(m_text, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_progress, m_stop, m_retry, m_why, m_close})
        layout->addWidget(widget);
    connect(m_stop, &QPushButton::clicked, job, &BulkJob::stop);
    connect(m_retry, &QPushButton::clicked, job, [this, job] {
        job->retry();
        update();
    });
    connect(m_why, &QPushButton::clicked, this, &BulkBar::showFailures);
    connect(m_close, &QPushButton::clicked, this, &QObject::deleteLater);
    connect(m_close, &QPushButton::clicked, this, &QWidget::hide);
    connect(job, &BulkJob::progressed, this, &BulkBar::update);
    connect(job, &BulkJob::finished, this, [this] {
        update();
        announce(m_text, m_text->text());
    });
    connect(&job->store(), &OpenStore::writableChanged, this, &BulkBar::update);
    connect(&job->store(), &OpenStore::replaced, this, &BulkBar::update);
    update();
}

BulkBar::~BulkBar()
{
    if (m_job)
        m_job->deleteLater();
}

bool BulkBar::isNeeded() const
{
    return m_job && (m_job->isRunning() || m_job->canRetry());
}

void BulkBar::update()
{
    const bool running = m_job->isRunning();
    m_text->setText(running ? tr("%1: %2 of %3")
                                  .arg(m_job->text(), Format::number(m_job->done() + m_job->failures().size()),
                                       Format::number(m_job->total()))
                            : tr("%1: %2").arg(m_job->text(), m_job->summary()));
    m_progress->setRange(0, m_job->total());
    m_progress->setValue(m_job->done() + int(m_job->failures().size()));
    m_progress->setVisible(running);
    m_stop->setVisible(running);
    m_retry->setVisible(!running && m_job->canRetry());
    m_retry->setEnabled(m_job->store().isWritable());
    m_why->setVisible(!running && !m_job->failures().isEmpty());
    m_close->setVisible(!running);
}

void BulkBar::showFailures()
{
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("What failed"));
    auto *list = makeList(dialog->windowTitle(), {tr("Session"), tr("Why")});
    QList<QTreeWidgetItem *> items;
    QString text;
    for (const BulkJob::Failure &failure : m_job->failures()) {
        const QString why = Format::error(failure.error);
        items << new QTreeWidgetItem({Format::shortKey(failure.edit.key), why});
        items.last()->setToolTip(0, failure.edit.key.toString());
        items.last()->setToolTip(1, Foreign::toolTip(why));
        text += failure.edit.key.toString() + u'\t' + why + u'\n';
    }
    list->addTopLevelItems(items);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(list);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QPushButton *copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, dialog, [text] { QGuiApplication::clipboard()->setText(text); });
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
    dialog->resize(640, 300);
    dialog->open();
}

} // namespace Sojourn::Inspector
