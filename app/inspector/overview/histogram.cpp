// SPDX-License-Identifier: MIT
#include "histogram.h"

#include "look/format.h"
#include "look/theme.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr double RestGap = 8;
static constexpr int ScaleGap = 8;

Histogram::Histogram(const QString &title, bool clickable, QWidget *parent)
    : QWidget(parent), m_title(title), m_number(Format::number), m_clickable(clickable)
{
    setMouseTracking(true);
    setAccessibleName(title);
    setToolTip(title);
    setFocusPolicy(Qt::StrongFocus); // the arrow keys choose a bar
    if (clickable) {
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
    m_scale = m_scaled && most() > 0 ? fontMetrics().horizontalAdvance(m_number(most())) + ScaleGap : 0;
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
    return QRectF(rect()).adjusted(2 + m_scale, line + 6, -2, -line - 4);
}

TimePoint Histogram::timeAt(double x) const
{
    const QRectF area = plot();
    const double part = std::clamp((x - area.left()) / std::max(1.0, area.width()), 0.0, 1.0);
    return m_from + std::chrono::milliseconds(std::llround(double((m_until - m_from).count()) * part));
}

TimePoint Histogram::currentTime() const
{
    return m_current >= 0 ? m_from + m_current * m_step + m_step / 2 : m_from + (m_until - m_from) / 2;
}

/// The highest bar but the one for all that comes later.
qint64 Histogram::most() const
{
    if (m_bars.isEmpty())
        return 0;
    const qint64 most = *std::max_element(m_bars.begin(), m_bars.end() - (hasRest() ? 1 : 0));
    return most == 0 && hasRest() ? m_bars.last() : most;
}

TimePoint Histogram::endOf(int bar) const
{
    return bar == m_bars.size() - 1 ? m_until : m_from + (bar + 1) * m_step;
}

QString Histogram::label(int bar) const
{
    return tr("%1 to %2: %3")
        .arg(Format::when(m_from + bar * m_step, m_now), Format::when(endOf(bar), m_now),
             m_bars[bar] < 0 ? tr("not known") : m_number(m_bars[bar]));
}

void Histogram::setSummary(const QString &summary)
{
    m_summary = summary;
    update();
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
    const qint64 most = this->most();
    const QString scale = !m_summary.isEmpty() ? m_summary : most ? tr("max. %1").arg(m_number(most)) : QString();
    const int room = width() - 4 - (!scale.isEmpty() ? fontMetrics().horizontalAdvance(scale) + 10 : 0);
    painter.drawText(QRectF(2, 0, room, line + 2), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(m_title, Qt::ElideRight, room));
    painter.setFont(font());
    painter.setPen(Theme::colour(Theme::Colour::Muted));
    painter.drawText(QRectF(2, 0, width() - 4, line + 2), Qt::AlignRight | Qt::AlignVCenter, scale);
    if (m_bars.isEmpty() || (most <= 0 && !m_line)) {
        painter.drawText(area, Qt::AlignCenter, tr("nothing yet"));
        return;
    }
    if (m_scaled)
        drawScale(painter, most);
    if (m_line)
        drawLine(painter, most);
    else
        drawBars(painter, most);
    painter.setPen(Theme::colour(Theme::Colour::Muted));
    painter.drawLine(QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5));
    const QRectF foot(area.left(), area.bottom() + 2, area.width(), line);
    if (m_current >= 0) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(foot, Qt::AlignHCenter | Qt::AlignTop, label(m_current));
    } else {
        const QString from = Format::when(m_from, m_now);
        const QString until = hasRest() ? tr("later: %1").arg(m_number(m_bars.last())) : Format::when(m_until, m_now);
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

double Histogram::heightOf(qint64 value, qint64 most) const
{
    const double height = plot().height();
    return most > 0 && value > 0 ? std::clamp(height * double(value) / double(most), 2.0, height) : 0;
}

/// Lines at the highest value and, where that is a value too, at half of it.
void Histogram::drawScale(QPainter &painter, qint64 most) const
{
    const QRectF area = plot();
    QColor line = Theme::colour(Theme::Colour::Muted);
    QList<qint64> values = {most};
    if (most % 2 == 0 && area.height() >= 3 * fontMetrics().height())
        values << most / 2;
    for (const qint64 value : values) {
        if (value <= 0)
            continue;
        const double y = std::round(area.bottom() - heightOf(value, most)) + 0.5;
        line.setAlphaF(1);
        painter.setPen(line);
        const double half = fontMetrics().height() / 2.0;
        painter.drawText(QRectF(0, std::max(y - half, area.top() - 2), area.left() - ScaleGap / 2.0, 2 * half),
                         Qt::AlignRight | Qt::AlignVCenter, m_number(value));
        line.setAlphaF(0.3f);
        painter.setPen(line);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
}

bool Histogram::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int bar = barAt(help->pos());
    const QString about = toolTip() == m_title || toolTip().isEmpty() ? m_title : m_title + u": "_s + toolTip();
    QToolTip::showText(help->globalPos(), bar < 0 ? about : about + u'\n' + label(bar), this);
    return true;
}

void Histogram::drawBars(QPainter &painter, qint64 most) const
{
    const QRectF area = plot();
    const QColor colour = Theme::colour(Theme::Colour::Accent);
    for (int i = 0; i < m_bars.size(); ++i) {
        if (m_bars[i] <= 0)
            continue;
        const double height = heightOf(m_bars[i], most);
        const QRectF column = columnOf(i);
        const QRectF bar(column.left() + 0.5, area.bottom() - height, std::max(1.0, column.width() - 1.5), height);
        const bool marked = m_from + i * m_step < m_markedUntil && endOf(i) > m_markedFrom;
        if (marked)
            painter.fillRect(column, palette().color(QPalette::AlternateBase));
        painter.fillRect(bar, i == m_current || marked ? palette().color(QPalette::Highlight) : colour);
    }
}

/// A line over a tinted area; where nothing is known it has a gap.
void Histogram::drawLine(QPainter &painter, qint64 most) const
{
    const QRectF area = plot();
    const QColor colour = Theme::colour(Theme::Colour::Accent);
    QColor tint = colour;
    tint.setAlphaF(0.18f);
    const auto point = [&](int bar) { return QPointF(columnOf(bar).center().x(), area.bottom() - heightOf(m_bars[bar], most)); };
    for (int from = 0; from < m_bars.size(); ++from) {
        if (m_bars[from] < 0)
            continue;
        QPolygonF line;
        int until = from;
        for (; until < m_bars.size() && m_bars[until] >= 0; ++until)
            line << point(until);
        if (line.size() == 1)
            line << line.first() + QPointF(1.5, 0);
        QPolygonF ground = line;
        ground << QPointF(line.last().x(), area.bottom()) << QPointF(line.first().x(), area.bottom());
        painter.setPen(Qt::NoPen);
        painter.setBrush(tint);
        painter.drawPolygon(ground);
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(line);
        from = until;
    }
    if (m_current >= 0 && m_bars[m_current] >= 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Highlight));
        painter.drawEllipse(point(m_current), 3.5, 3.5);
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
    const int last = int(m_bars.size()) - 1; // -1 without bars
    switch (event->key()) {
    case Qt::Key_Left:
        choose(std::min(last, std::max(0, m_current - 1)));
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
        if (m_clickable && m_current >= 0)
            Q_EMIT rangeChosen(m_from + m_current * m_step, endOf(m_current));
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (m_current >= 0)
        setAccessibleDescription(label(m_current));
}

} // namespace Sojourn::Inspector
