// SPDX-License-Identifier: MIT
#include "dashboard.h"

#include "histogram.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "timezoom.h"

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
static constexpr auto LeastView = 10 * Trends::Step;

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
    m_whole = new QPushButton(tr("Show all"));
    m_whole->setObjectName("wholeTrends"_L1);
    m_whole->setToolTip(tr("As a double click or the key 0"));
    m_whole->hide();
    m_status = Foreign::makeLabel();
    m_save = new QPushButton(Theme::icon(u"export"_s), tr("Save…"));
    m_save->setObjectName("saveTrends"_L1);
    m_save->setToolTip(tr("As a picture (PNG) or as a table (CSV)"));
    connect(m_span, &QComboBox::currentIndexChanged, this, &Dashboard::showWhole);
    connect(m_whole, &QPushButton::clicked, this, &Dashboard::showWhole);
    connect(m_save, &QPushButton::clicked, this, &Dashboard::choose);

    for (Histogram *chart : {m_sessions, m_logins, m_expiries, m_conflicts, m_latency}) {
        chart->setScaled(true);
        auto *zoom = new TimeZoom(chart);
        connect(zoom, &TimeZoom::viewWanted, this, &Dashboard::showView);
        connect(zoom, &TimeZoom::wholeViewWanted, this, &Dashboard::showWhole);
    }

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
    scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the focus, and comes into view with it
    auto *top = new QHBoxLayout;
    top->addWidget(m_span);
    top->addWidget(m_whole);
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
    showWhole();
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
    const auto [from, until] = m_zoomed ? *m_zoomed : wholeView();
    const auto step = std::max<std::chrono::milliseconds>(2 * Trends::Step, (until - from) / BarCount); // no bar without a sample
    const qint64 count = std::clamp<qint64>((until - from + step / 2) / step, 1, BarCount);
    const auto forEach = [&](const auto &visit) {
        for (const Trends::Sample &sample : samples) {
            if (sample.at >= from && sample.at <= until)
                visit(std::min<qint64>((sample.at - from) / step, count - 1), sample);
        }
    };

    const auto showLevel = [&](Histogram *chart, qint64 Trends::Sample::*value, const std::function<QString(qint64)> &text,
                               bool isPeak) {
        QList<qint64> bars(samples.isEmpty() ? 0 : count, -1);
        qint64 most = -1;
        forEach([&](qint64 bar, const Trends::Sample &sample) {
            bars[bar] = isPeak ? std::max(bars[bar], sample.*value) : sample.*value;
            most = std::max(most, sample.*value);
        });
        const qint64 last = samples.isEmpty() ? -1 : samples.last().*value;
        chart->setSummary(m_zoomed   ? most < 0 ? QString() : tr("max. %1").arg(text(most))
                            : last < 0 ? QString()
                                     : tr("now %1, max. %2").arg(text(last), text(most)));
        chart->setBars(bars, from, step, from + count * step, now);
    };
    const auto showCounts = [&](Histogram *chart, qint64 Trends::Sample::*value) {
        QList<qint64> bars(samples.isEmpty() ? 0 : count, 0);
        qint64 all = 0;
        forEach([&](qint64 bar, const Trends::Sample &sample) {
            bars[bar] += sample.*value;
            all += sample.*value;
        });
        chart->setSummary(samples.isEmpty() ? QString() : tr("%1 in all").arg(Format::number(all)));
        chart->setBars(bars, from, step, from + count * step, now);
    };
    showLevel(m_sessions, &Trends::Sample::sessions, Format::number, false);
    showLevel(m_latency, &Trends::Sample::latency, milliseconds, true);
    showCounts(m_logins, &Trends::Sample::logins);
    showCounts(m_expiries, &Trends::Sample::expiries);
    showCounts(m_conflicts, &Trends::Sample::conflicts);
}

std::pair<TimePoint, TimePoint> Dashboard::wholeView() const
{
    const TimePoint now = m_trends ? m_trends->now() : TimePoint();
    std::chrono::milliseconds span = std::chrono::seconds(m_span->currentData().toInt());
    if (span == 0ms) {
        const bool isNew = !m_trends || m_trends->samples().isEmpty();
        span = isNew ? 300s : std::max<std::chrono::milliseconds>(60s, now - m_trends->samples().first().at);
    }
    span = std::max<std::chrono::milliseconds>(span, BarCount * 2 * Trends::Step);
    return {now - span, now};
}

/// Shows the time from \a from to \a until, as far as it is one that can be chosen: what is about all of it is all.
void Dashboard::showView(TimePoint from, TimePoint until)
{
    const auto [first, last] = wholeView();
    const auto span = std::clamp<std::chrono::milliseconds>(until - from, LeastView, last - first);
    if (span >= (last - first) * 0.98)
        return showWhole();
    if (until - from < LeastView)
        from = from + (until - from) / 2 - LeastView / 2;
    from = std::clamp(from, first, last - span);
    m_zoomed = {from, from + span};
    m_whole->show();
    m_status->setText(tr("%1 to %2").arg(Format::when(from, last), Format::when(from + span, last)));
    showTrends();
}

void Dashboard::showWhole()
{
    m_zoomed.reset();
    m_whole->hide();
    m_status->clear();
    showTrends();
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
        written = file.write(m_zoomed ? m_trends->toCsv(m_zoomed->first, m_zoomed->second) : m_trends->toCsv()) >= 0;
    if (written && file.commit())
        return {};
    return tr("Not saved: %1").arg(file.errorString());
}

} // namespace Sojourn::Inspector
