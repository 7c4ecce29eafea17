// SPDX-License-Identifier: MIT
#include "dashboard.h"

#include "histogram.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"

#include <QtCore/QLocale>
#include <QtCore/QSaveFile>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int BarCount = 60;

static QString milliseconds(qint64 microseconds)
{
    return Dashboard::tr("%1 ms").arg(QLocale().toString(double(microseconds) / 1000, 'f', microseconds < 10'000 ? 2 : 0));
}

Dashboard::Dashboard(QWidget *parent) : QWidget(parent)
{
    m_sessions = new Histogram(tr("Sessions"), false);
    m_logins = new Histogram(tr("Logins"), false);
    m_expiries = new Histogram(tr("Expired"), false);
    m_conflicts = new Histogram(tr("Conflicts"), false);
    m_latency = new Histogram(tr("Answer time"), false);
    m_sessions->setLine(true);
    m_latency->setLine(true);
    m_latency->setNumbers(milliseconds);
    m_logins->setToolTip(tr("Sessions that got a user"));
    m_conflicts->setToolTip(tr("Edits of this window that met a newer session"));
    m_latency->setToolTip(tr("How long the store takes to answer"));

    m_span = new QComboBox;
    m_span->setAccessibleName(tr("Time that is shown"));
    m_span->addItem(tr("Last 5 minutes"), 300);
    m_span->addItem(tr("Last hour"), 3600);
    m_span->addItem(tr("Since it was opened"), 0);
    m_status = Foreign::makeLabel();
    m_save = new QPushButton(Theme::icon(u"export"_s), tr("Save…"));
    m_save->setObjectName("saveTrends"_L1);
    m_save->setToolTip(tr("As a picture (PNG) or as a table (CSV)"));
    connect(m_span, &QComboBox::currentIndexChanged, this, &Dashboard::showTrends);
    connect(m_save, &QPushButton::clicked, this, &Dashboard::choose);

    m_charts = new QWidget;
    m_charts->setAutoFillBackground(true); // or a picture of it has none
    auto *grid = new QGridLayout(m_charts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->addWidget(m_sessions, 0, 0, 1, 3);
    grid->addWidget(m_latency, 0, 3, 1, 3);
    grid->addWidget(m_logins, 1, 0, 1, 2);
    grid->addWidget(m_expiries, 1, 2, 1, 2);
    grid->addWidget(m_conflicts, 1, 4, 1, 2);
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_charts);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *top = new QHBoxLayout;
    top->addWidget(m_span);
    top->addWidget(m_status, 1);
    top->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(scroll, 1);
    setTrends(nullptr);
}

void Dashboard::setTrends(std::shared_ptr<Trends> trends)
{
    disconnect(m_connection);
    m_trends = std::move(trends);
    if (m_trends)
        m_connection = connect(m_trends.get(), &Trends::sampled, this, &Dashboard::showTrends);
    m_save->setEnabled(m_trends != nullptr);
    m_status->clear();
    showTrends();
}

void Dashboard::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showTrends();
}

void Dashboard::showTrends()
{
    if (!isVisible())
        return;
    const QList<Trends::Sample> samples = m_trends ? m_trends->samples() : QList<Trends::Sample>();
    const TimePoint now = m_trends ? m_trends->now() : TimePoint();
    std::chrono::milliseconds span = std::chrono::seconds(m_span->currentData().toInt());
    if (span == 0ms)
        span = samples.isEmpty() ? 300s : std::max<std::chrono::milliseconds>(60s, now - samples.first().at);
    const auto step = std::max<std::chrono::milliseconds>(2 * Trends::Step, span / BarCount); // no bar without a sample
    const TimePoint from = now - BarCount * step;
    const auto barOf = [&](TimePoint at) { return std::clamp<qint64>((at - from) / step, 0, BarCount - 1); };

    const auto showLevel = [&](Histogram *chart, qint64 Trends::Sample::*value, const std::function<QString(qint64)> &text) {
        QList<qint64> bars(samples.isEmpty() ? 0 : BarCount, -1);
        qint64 most = -1;
        for (const Trends::Sample &sample : samples) {
            if (sample.at < from)
                continue;
            bars[barOf(sample.at)] = sample.*value;
            most = std::max(most, sample.*value);
        }
        const qint64 last = samples.isEmpty() ? -1 : samples.last().*value;
        chart->setSummary(last < 0 ? QString() : tr("now %1, max. %2").arg(text(last), text(most)));
        chart->setBars(bars, from, step, now, now);
    };
    const auto showCounts = [&](Histogram *chart, qint64 Trends::Sample::*value) {
        QList<qint64> bars(samples.isEmpty() ? 0 : BarCount, 0);
        qint64 all = 0;
        for (const Trends::Sample &sample : samples) {
            if (sample.at < from)
                continue;
            bars[barOf(sample.at)] += sample.*value;
            all += sample.*value;
        }
        chart->setSummary(samples.isEmpty() ? QString() : tr("%1 in all").arg(Format::number(all)));
        chart->setBars(bars, from, step, now, now);
    };
    showLevel(m_sessions, &Trends::Sample::sessions, Format::number);
    showLevel(m_latency, &Trends::Sample::latency, milliseconds);
    showCounts(m_logins, &Trends::Sample::logins);
    showCounts(m_expiries, &Trends::Sample::expiries);
    showCounts(m_conflicts, &Trends::Sample::conflicts);
}

void Dashboard::choose()
{
    auto *dialog = new QFileDialog(this, tr("Save what is shown"), u"sojourn-trends.png"_s,
                                   tr("Picture (*.png)") + u";;"_s + tr("Table (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString &filter) { dialog->setDefaultSuffix(filter.contains("*.csv"_L1) ? u"csv"_s : u"png"_s); });
    dialog->setDefaultSuffix(u"png"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &name) {
        const QString failure = save(name);
        m_status->setText(failure.isEmpty() ? tr("Saved as %1.").arg(Foreign::line(name)) : failure);
    });
    dialog->open();
}

QString Dashboard::save(const QString &fileName)
{
    QSaveFile file(fileName);
    bool written = file.open(QIODevice::WriteOnly);
    if (written && fileName.endsWith(".png"_L1, Qt::CaseInsensitive))
        written = m_charts->grab().save(&file, "PNG");
    else if (written && m_trends)
        written = file.write(m_trends->toCsv()) >= 0;
    if (written && file.commit())
        return {};
    return tr("Not saved: %1").arg(file.errorString());
}

} // namespace Sojourn::Inspector
