// SPDX-License-Identifier: MIT
#include "overview.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/rowdelegate.h"
#include "look/theme.h"

#include <QtGui/QAccessible>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolTip>
#include <QtWidgets/QTreeWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr double RestGap = 8;

Histogram::Histogram(const QString &title, bool clickable, QWidget *parent)
    : QWidget(parent), m_title(title), m_clickable(clickable)
{
    setMouseTracking(true);
    setAccessibleName(title);
    setToolTip(title);
    if (clickable) {
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setToolTip(tr("A click shows the sessions of this time in the table"));
    }
}

QSize Histogram::sizeHint() const
{
    return QSize(260, fontMetrics().height() * 7);
}

QSize Histogram::minimumSizeHint() const
{
    return QSize(140, fontMetrics().height() * 5);
}

void Histogram::setBars(const QList<qint64> &bars, TimePoint from, std::chrono::milliseconds step, TimePoint until, TimePoint now)
{
    m_bars = bars;
    m_until = until;
    m_from = from;
    m_step = step;
    m_now = now;
    m_current = std::min(m_current, int(bars.size()) - 1);
    QStringList texts;
    for (int i = 0; i < bars.size(); ++i) {
        if (bars[i])
            texts << label(i);
    }
    setAccessibleDescription(texts.join(u"; "_s));
    update();
}

void Histogram::mark(TimePoint from, TimePoint until)
{
    if (from == m_markedFrom && until == m_markedUntil)
        return;
    m_markedFrom = from;
    m_markedUntil = until;
    update();
}

/// Whether the last bar has all that comes later, however late: it stands apart, and does not press the others down.
bool Histogram::hasRest() const
{
    return m_bars.size() > 1 && m_until > m_from + m_bars.size() * m_step + 1s;
}

/// The column of \a bar from top to bottom.
QRectF Histogram::columnOf(int bar) const
{
    const QRectF area = plot();
    const double gap = hasRest() ? RestGap : 0, step = (area.width() - gap) / double(m_bars.size());
    const bool rest = hasRest() && bar == m_bars.size() - 1;
    return QRectF(area.left() + bar * step + (rest ? gap : 0), area.top(), step, area.height());
}

QRectF Histogram::plot() const
{
    const int line = fontMetrics().height();
    return QRectF(rect()).adjusted(2, line + 6, -2, -line - 4);
}

TimePoint Histogram::endOf(int bar) const
{
    return bar == m_bars.size() - 1 ? m_until : m_from + (bar + 1) * m_step;
}

QString Histogram::label(int bar) const
{
    return tr("%1 to %2: %3")
        .arg(Format::when(m_from + bar * m_step, m_now), Format::when(endOf(bar), m_now), Format::number(m_bars[bar]));
}

void Histogram::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot();
    const int line = fontMetrics().height();
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    const auto end = m_bars.end() - (hasRest() ? 1 : 0);
    qint64 most = m_bars.isEmpty() ? 0 : *std::max_element(m_bars.begin(), end);
    if (most == 0 && hasRest())
        most = m_bars.last();
    const QString scale = most ? tr("max. %1").arg(Format::number(most)) : QString();
    const int room = width() - 4 - (most ? fontMetrics().horizontalAdvance(scale) + 10 : 0);
    painter.drawText(QRectF(2, 0, room, line + 2), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(m_title, Qt::ElideRight, room));
    painter.setFont(font());
    painter.setPen(Theme::colour(Theme::Colour::Muted));
    if (most == 0) {
        painter.drawText(area, Qt::AlignCenter, tr("nothing yet"));
        return;
    }
    painter.drawText(QRectF(2, 0, width() - 4, line + 2), Qt::AlignRight | Qt::AlignVCenter, scale);
    const QColor colour = Theme::colour(Theme::Colour::Accent);
    for (int i = 0; i < m_bars.size(); ++i) {
        if (!m_bars[i])
            continue;
        const double height = std::clamp(area.height() * double(m_bars[i]) / double(most), 2.0, area.height());
        const QRectF column = columnOf(i);
        const QRectF bar(column.left() + 0.5, area.bottom() - height, std::max(1.0, column.width() - 1.5), height);
        const bool marked = m_from + i * m_step < m_markedUntil && endOf(i) > m_markedFrom;
        if (marked)
            painter.fillRect(column, palette().color(QPalette::AlternateBase));
        painter.fillRect(bar, i == m_current || marked ? palette().color(QPalette::Highlight) : colour);
    }
    painter.drawLine(QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5));
    const QRectF foot(area.left(), area.bottom() + 2, area.width(), line);
    if (m_current >= 0) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(foot, Qt::AlignHCenter | Qt::AlignTop, label(m_current));
    } else {
        const QString from = Format::when(m_from, m_now);
        const QString until = hasRest() ? tr("later: %1").arg(Format::number(m_bars.last())) : Format::when(m_until, m_now);
        painter.drawText(foot, Qt::AlignLeft | Qt::AlignTop, from);
        if (fontMetrics().horizontalAdvance(from + until) + 12 < width())
            painter.drawText(foot, Qt::AlignRight | Qt::AlignTop, until);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

int Histogram::barAt(const QPointF &at) const
{
    const QRectF area = plot();
    if (m_bars.isEmpty() || at.x() < area.left() || at.x() >= area.right())
        return -1;
    for (int bar = 0; bar < m_bars.size(); ++bar) {
        if (at.x() < columnOf(bar).right())
            return at.x() < columnOf(bar).left() ? -1 : bar; // between the others and the rest is nothing
    }
    return int(m_bars.size()) - 1;
}

void Histogram::choose(int bar)
{
    if (bar == m_current)
        return;
    m_current = bar;
    update();
}

void Histogram::mouseMoveEvent(QMouseEvent *event)
{
    choose(barAt(event->position()));
}

void Histogram::leaveEvent(QEvent *)
{
    choose(-1);
}

void Histogram::mousePressEvent(QMouseEvent *event)
{
    const int bar = barAt(event->position());
    if (m_clickable && bar >= 0)
        Q_EMIT rangeChosen(m_from + bar * m_step, endOf(bar));
}

void Histogram::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_bars.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        choose(std::max(0, m_current - 1));
        break;
    case Qt::Key_Right:
        choose(std::min(last, m_current + 1));
        break;
    case Qt::Key_Home:
        choose(std::min(0, last));
        break;
    case Qt::Key_End:
        choose(last);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0)
            Q_EMIT rangeChosen(m_from + m_current * m_step, endOf(m_current));
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (m_current >= 0)
        setAccessibleDescription(label(m_current));
}

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
    auto *layout = new QVBoxLayout(this);
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
        if (Survey *running = survey(); running && running->isRunning())
            running->stop();
        else
            start();
    });
    connect(&m_second, &QTimer::timeout, this, &Overview::showRates);
    m_second.start(1s);
}

void Overview::setStore(OpenStore *store)
{
    if (store == m_store)
        return;
    m_store = store;
    show(survey() ? survey()->findings() : Survey::Findings());
    if (store && !survey() && isVisible())
        start();
}

void Overview::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_store && !survey())
        start();
}

void Overview::start()
{
    if (!m_store)
        return;
    const auto made = std::make_shared<Survey>(m_store->reader());
    if (!m_surveys.contains(m_store))
        connect(m_store, &QObject::destroyed, this, [this](QObject *closed) { m_surveys.remove(closed); });
    m_surveys.insert(m_store, made);
    connect(made.get(), &Survey::progressed, this, [this, counted = made.get()] {
        if (counted == survey())
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

void Overview::show(const Survey::Findings &findings)
{
    m_refresh->setEnabled(m_store);
    const Survey *of = survey();
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
    for (const Survey::Named &user : findings.users)
        rows.emplace_back(user.name, Format::number(user.amount), user.name);
    fillList(m_users, rows);
    rows.clear();
    for (const SessionInfo &session : findings.largest)
        rows.emplace_back(session.user.isEmpty() ? Format::shortKey(session.key)
                                                 : u"%1 (%2)"_s.arg(session.user, Format::shortKey(session.key)),
                          Format::bytes(session.size), QVariant::fromValue(session.key));
    fillList(m_sizes, rows);
    rows.clear();
    for (const Survey::Named &attribute : findings.attributes)
        rows.emplace_back(attribute.name, Format::bytes(attribute.amount), attribute.name);
    fillList(m_attributes, rows);
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
