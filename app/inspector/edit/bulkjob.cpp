// SPDX-License-Identifier: MIT
#include "bulkjob.h"

#include "look/format.h"

#include <QtCore/QTimer>

#include <algorithm>

namespace Sojourn::Inspector {

static constexpr int AtOnce = 8;

BulkJob::BulkJob(const QString &text, const OpenStore *store, qsizetype count, MakeEdit makeEdit, QObject *parent)
    : QObject(parent), m_text(text), m_store(store), m_count(count), m_makeEdit(std::move(makeEdit))
{
    connect(store, &OpenStore::writableChanged, this, [this] {
        if (!m_store->isWritable())
            stop();
    });
    connect(store, &OpenStore::replaced, this, [this] {
        m_isOver = true;
        m_keepsOpposites = false;
        m_opposites.clear();
        stop();
    });
}

void BulkJob::start()
{
    m_running = true;
    // From the event loop, so that whoever made the job can connect to it.
    QTimer::singleShot(0, this, &BulkJob::next);
}

void BulkJob::stop()
{
    if (!m_running)
        return;
    m_stopped = true;
    if (m_inFlight == 0)
        next();
}

void BulkJob::retry()
{
    if (m_running || m_isOver)
        return;
    QList<Edit> again;
    for (const Failure &failed : std::as_const(m_failures)) {
        again << failed.edit;
        if (!failed.edit.restores && failed.error == Error::Conflict) // of which the person knows now
            again.last().version.reset();
    }
    for (qsizetype i = m_next; i < m_again.size(); ++i)
        again << m_again.at(i);
    m_from += std::max<qsizetype>(0, m_next - m_again.size());
    m_again = again;
    m_failures.clear();
    m_next = 0;
    m_done = 0;
    m_ended = 0;
    m_stopped = false;
    start();
}

Edit BulkJob::edit(qsizetype index) const
{
    return index < m_again.size() ? m_again.at(index) : m_makeEdit(m_from + index - m_again.size());
}

QList<Edit> BulkJob::leftOut() const
{
    QList<Edit> edits;
    for (qsizetype i = m_next; i < total(); ++i)
        edits << edit(i);
    return edits;
}

void BulkJob::next()
{
    if (!m_running)
        return;
    // Stores that answer at once get a few and then the event loop has its turn.
    while (m_inFlight < AtOnce && m_next < total() && !m_stopped) {
        ++m_inFlight;
        const Edit edit = this->edit(m_next++);
        perform(m_store, edit, this, [this, edit](const EditResult &result) {
            take(edit, result);
            QTimer::singleShot(0, this, [this] {
                --m_inFlight;
                next();
            });
        });
    }
    Q_EMIT progressed();
    if (m_inFlight == 0 && (m_stopped || m_next == total())) {
        m_running = false;
        Q_EMIT finished();
    }
}

void BulkJob::take(const Edit &edit, const EditResult &result)
{
    if (!result.opposite && result.opposite.error() == Error::NotFound && edit.kind != Edit::Create) {
        ++m_done; // there is nothing left to be done, now or by trying again
        ++m_ended;
    } else if (!result.opposite) {
        m_failures.append({edit, result.opposite.error()});
    } else {
        ++m_done;
        if (result.now)
            Q_EMIT edited(*result.now, edit);
        if (edit.restores && result.opposite->version)
            m_restored.insert(edit.key, {edit.restores, *result.opposite->version});
        if (m_keepsOpposites)
            keep(*result.opposite);
    }
}

void BulkJob::keep(const Edit &opposite)
{
    m_keptBytes += opposite.bytes();
    if (m_keptBytes > StoreEditor::UndoBytes) { // a part of it could be taken back, and that is not what anybody wants
        m_isTooLarge = true;
        m_keepsOpposites = false;
        m_opposites.clear();
        return;
    }
    m_opposites.prepend(opposite);
}

QString BulkJob::summary() const
{
    QString text = tr("%Ln done", nullptr, m_done - m_ended);
    if (m_ended > 0)
        text += tr(", %Ln had ended already", nullptr, m_ended);
    if (!m_failures.isEmpty())
        text += tr(", %Ln failed: %1", nullptr, int(m_failures.size())).arg(Format::error(m_failures.first().error));
    if (m_stopped && left() > 0)
        text += tr(", %Ln left out by the stop", nullptr, left());
    if (m_isTooLarge)
        text += tr(". This is too large to be undone");
    return text;
}

QList<Edit> BulkJob::takeOpposites()
{
    m_keptBytes = 0;
    return std::exchange(m_opposites, {});
}

} // namespace Sojourn::Inspector
