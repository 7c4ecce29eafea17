// SPDX-License-Identifier: MIT
#include "overview.h"

#include "dashboard.h"
#include "histogram.h"
#include "trends.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/rowdelegate.h"
#include "look/theme.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTreeWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static QTreeWidget *makeRanking(const QString &title, const QString &amount)
{
    auto *list = makeList(title, {title, amount});
    list->headerItem()->setToolTip(0, title);
    list->headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    list->header()->setStretchLastSection(false);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->setMinimumSize(140, list->fontMetrics().height() * 5);
    return list;
}

static void fillList(QTreeWidget *list, const QList<std::tuple<QString, QString, QVariant>> &rows)
{
    while (list->topLevelItemCount() > rows.size())
        delete list->takeTopLevelItem(list->topLevelItemCount() - 1);
    for (int i = 0; i < rows.size(); ++i) {
        QTreeWidgetItem *item = i < list->topLevelItemCount() ? list->topLevelItem(i) : new QTreeWidgetItem(list);
        const auto &[name, amount, data] = rows[i];
        item->setText(0, Foreign::line(name, 200));
        item->setText(1, amount);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setData(0, Qt::UserRole, data);
    }
}

Overview::Overview(QWidget *parent) : QWidget(parent)
{
    m_dashboard = new Dashboard;
    m_pages = new QTabWidget;
    m_pages->setDocumentMode(true);
    m_pages->addTab(makeContents(), tr("Contents"));
    m_pages->addTab(m_dashboard, tr("Over time"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(&m_second, &QTimer::timeout, this, &Overview::showRates);
    m_second.start(1s);
}

/// What is in the store now.
QWidget *Overview::makeContents()
{
    m_deadlines = new Histogram(tr("Sessions by deadline"), true);
    m_creations = new Histogram(tr("Sessions by age"), false);
    m_rates = new Histogram(tr("Events of the last minute"), false);
    m_users = makeRanking(tr("Users"), tr("Sessions"));
    m_sizes = makeRanking(tr("Largest sessions"), tr("Size"));
    m_attributes = makeRanking(tr("Largest attributes"), tr("Total"));
    m_summary = Foreign::makeLabel();
    m_refresh = new QPushButton(Theme::icon(u"refresh"_s), tr("Count again"));

    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->addWidget(m_deadlines, 0, 0);
    grid->addWidget(m_creations, 0, 1);
    grid->addWidget(m_rates, 0, 2);
    grid->addWidget(m_users, 1, 0);
    grid->addWidget(m_sizes, 1, 1);
    grid->addWidget(m_attributes, 1, 2);
    grid->setRowStretch(0, 2);
    grid->setRowStretch(1, 3);
    for (int column = 0; column < 3; ++column)
        grid->setColumnStretch(column, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the focus, and comes into view with it
    auto *contents = new QWidget;
    auto *layout = new QVBoxLayout(contents);
    auto *top = new QHBoxLayout;
    top->addWidget(m_summary, 1);
    top->addWidget(m_refresh);
    layout->addLayout(top);
    layout->addWidget(scroll, 1);

    connect(m_deadlines, &Histogram::rangeChosen, this, &Overview::deadlinesChosen);
    connect(m_users, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem *item) { Q_EMIT userChosen(item->data(0, Qt::UserRole).toString()); });
    connect(m_users, &QTreeWidget::itemClicked, m_users, &QTreeWidget::itemActivated);
    connect(m_sizes, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem *item) { Q_EMIT sessionChosen(item->data(0, Qt::UserRole).value<SessionKey>()); });
    connect(m_sizes, &QTreeWidget::itemClicked, m_sizes, &QTreeWidget::itemActivated);
    connect(m_attributes, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem *item) { Q_EMIT attributeChosen(item->data(0, Qt::UserRole).toString()); });
    connect(m_attributes, &QTreeWidget::itemClicked, m_attributes, &QTreeWidget::itemActivated);
    connect(m_refresh, &QPushButton::clicked, this, [this] {
        if (StoreStatistics *running = statistics(); running && running->isRunning())
            running->stop();
        else
            start();
    });
    return contents;
}

void Overview::setStore(OpenStore *store)
{
    if (store == m_store)
        return;
    m_store = store;
    if (store && !m_trends.contains(store)) { // they are kept from now on, whichever tab is in front
        m_trends.insert(store, std::make_shared<Trends>(store));
        connect(store, &QObject::destroyed, this, [this](QObject *closed) { m_trends.remove(closed); });
    }
    m_dashboard->setTrends(m_trends.value(store));
    show(statistics() ? statistics()->findings() : StoreStatistics::Findings());
    if (store && !statistics() && isVisible())
        start();
}

void Overview::forget(OpenStore *store)
{
    if (store == m_store)
        setStore(nullptr);
    m_statistics.remove(store);
    m_trends.remove(store);
    store->disconnect(this);
}

void Overview::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_store && !statistics())
        start();
}

void Overview::start()
{
    if (!m_store)
        return;
    const auto made = std::make_shared<StoreStatistics>(m_store->reader());
    if (!m_statistics.contains(m_store))
        connect(m_store, &QObject::destroyed, this, [this](QObject *closed) { m_statistics.remove(closed); });
    m_statistics.insert(m_store, made);
    connect(made.get(), &StoreStatistics::progressed, this, [this, counted = made.get()] {
        if (counted == statistics())
            show(counted->findings());
    });
    made->start();
}

void Overview::showFilter(const std::optional<QString> &user, const QString &text,
                          const std::optional<std::pair<TimePoint, TimePoint>> &deadlines)
{
    const auto filter = std::tuple(user, text, deadlines);
    if (std::exchange(m_filter, filter) == filter)
        return; // whoever walks through the lists by key stays where they are
    markFilter();
}

void Overview::markFilter()
{
    const auto &[user, text, deadlines] = m_filter;
    const auto mark = [](QTreeWidget *list, const QString &name) {
        QTreeWidgetItem *found = nullptr;
        for (int i = 0; i < list->topLevelItemCount() && !found && !name.isEmpty(); ++i) {
            if (list->topLevelItem(i)->data(0, Qt::UserRole).toString() == name)
                found = list->topLevelItem(i);
        }
        if (found)
            list->setCurrentItem(found);
        else
            list->setCurrentItem(nullptr);
    };
    mark(m_users, user.value_or(QString()));
    mark(m_attributes, text);
    mark(m_sizes, {});
    m_deadlines->mark(deadlines ? deadlines->first : TimePoint(), deadlines ? deadlines->second : TimePoint());
}

void Overview::show(const StoreStatistics::Findings &findings)
{
    m_refresh->setEnabled(m_store);
    const StoreStatistics *of = statistics();
    const bool running = of && of->isRunning();
    m_refresh->setText(running ? tr("Stop") : tr("Count again"));
    if (findings.sessions == 0)
        m_summary->setText(!m_store ? tr("No store is open.") : running ? tr("Counting…") : tr("No sessions."));
    else if (!findings.finished)
        m_summary->setText(
            tr("%1 of %Ln sessions looked at", nullptr, int(findings.total)).arg(Format::number(findings.sessions)));
    else
        m_summary->setText(tr("%Ln sessions, %1 without a user, %2 of attributes, %3 each on average, as of %4", nullptr,
                              int(findings.sessions))
                               .arg(Format::number(findings.anonymous), Format::bytes(findings.bytes),
                                    Format::bytes(findings.bytes / std::max<qint64>(1, findings.sessions)),
                                    Format::when(of->startedAt(), m_store->reader()->now())));

    const TimePoint now = of ? of->startedAt() : TimePoint();
    const auto bars = [&](Histogram *histogram, QList<TimePoint> times) {
        static constexpr int Bars = 40;
        QList<qint64> counts(times.isEmpty() ? 0 : Bars, 0);
        if (times.isEmpty())
            return histogram->setBars({}, {}, {}, {}, now);
        // A few far away must not press all others into one bar: they go into the last.
        std::ranges::sort(times);
        const TimePoint first = times.first();
        const TimePoint most = times[times.size() * 95 / 100];
        const TimePoint last = times.last() - first > 4 * (most - first) ? most : times.last();
        const auto step = std::max<std::chrono::milliseconds>(1s, (last - first) / Bars + 1ms);
        for (const TimePoint at : std::as_const(times))
            counts[std::min<qint64>(Bars - 1, (at - first) / step)] += findings.sampleEvery;
        histogram->setBars(counts, first, step, std::max(times.last() + 1ms, first + Bars * step), now);
    };
    bars(m_deadlines, findings.deadlines);
    bars(m_creations, findings.creations);

    QList<std::tuple<QString, QString, QVariant>> rows;
    for (const StoreStatistics::Named &user : findings.users)
        rows.emplace_back(user.name, Format::number(user.amount), user.name);
    fillList(m_users, rows);
    rows.clear();
    for (const SessionInfo &session : findings.largest)
        rows.emplace_back(session.user.isEmpty() ? Format::shortKey(session.key)
                                                 : u"%1 (%2)"_s.arg(session.user, Format::shortKey(session.key)),
                          Format::bytes(session.size), QVariant::fromValue(session.key));
    fillList(m_sizes, rows);
    rows.clear();
    for (const StoreStatistics::Named &attribute : findings.attributes)
        rows.emplace_back(attribute.name, Format::bytes(attribute.amount), attribute.name);
    fillList(m_attributes, rows);
    if (m_filter != decltype(m_filter)()) // it may stand in another row now
        markFilter();
    showRates();
}

void Overview::showRates()
{
    if (!isVisible())
        return;
    QList<qint64> bars(60, 0);
    const QList<int> rates = m_store ? m_store->eventRates() : QList<int>();
    std::ranges::copy(rates, bars.end() - rates.size());
    const TimePoint now = m_store ? m_store->reader()->now() : TimePoint();
    m_rates->setBars(bars, now - 60s, 1s, now, now);
}

} // namespace Sojourn::Inspector
