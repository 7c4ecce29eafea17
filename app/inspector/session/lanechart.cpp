// SPDX-License-Identifier: MIT
#include "lanechart.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "look/timescale.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr double MarkSize = 5, NearMark = 8;

LaneChart::LaneChart(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Sessions over time"));
}

void LaneChart::setSessions(const QList<UserSession> &sessions, TimePoint now)
{
    m_sessions = sessions;
    m_from = now;
    m_until = now;
    m_widestTitle = 0;
    QStringList texts;
    for (const UserSession &session : sessions) {
        m_from = std::min(m_from, session.from);
        texts << title(session);
        m_widestTitle = std::max<double>(m_widestTitle, fontMetrics().horizontalAdvance(texts.last()));
    }
    const auto margin = std::max<std::chrono::milliseconds>(1s, (m_until - m_from) / 50);
    m_from -= margin;
    m_until += margin;
    setAccessibleDescription(texts.join(u"; "_s));
    updateGeometry();
    update();
    m_current = -1;
    Q_EMIT currentChanged(m_current);
}

void LaneChart::setCurrent(int lane)
{
    if (lane == m_current || lane >= m_sessions.size())
        return;
    m_current = lane;
    update();
    Q_EMIT currentChanged(lane);
}

QSize LaneChart::sizeHint() const
{
    return QSize(640, int(laneHeight() * double(std::max<qsizetype>(1, m_sessions.size()))) + fontMetrics().height() + 8);
}

QSize LaneChart::minimumSizeHint() const
{
    return QSize(360, sizeHint().height());
}

double LaneChart::laneHeight() const
{
    return fontMetrics().height() + 12;
}

double LaneChart::titleWidth() const
{
    return std::min(m_widestTitle + 16, width() * 0.36);
}

QRectF LaneChart::plot() const
{
    const double left = titleWidth();
    return QRectF(left, 0, std::max(10.0, width() - left - 4), laneHeight() * double(m_sessions.size()));
}

QString LaneChart::describe(const UserSession::Mark &mark)
{
    return mark.kind == UserSession::Kind::Login ? tr("Logged in") : Format::event(mark.event);
}

QString LaneChart::title(const UserSession &session)
{
    QStringList parts{Format::shortKey(session.key)};
    if (!session.device.isEmpty())
        parts << Foreign::line(session.device, 40);
    if (session.ending)
        parts << Format::ending(*session.ending);
    else if (!session.isAlive)
        parts << tr("not this user's any more");
    return parts.join(u" · "_s);
}

void LaneChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_current >= 0)
        painter.fillRect(QRectF(0, m_current * laneHeight(), width(), laneHeight()), palette().color(QPalette::AlternateBase));
    TimeScale(m_from, m_until, plot()).paint(painter, fontMetrics().height() + 2);
    for (int lane = 0; lane < m_sessions.size(); ++lane)
        drawLane(painter, lane);
    if (hasFocus() && m_current >= 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(QRectF(0.5, m_current * laneHeight() + 0.5, width() - 1.0, laneHeight() - 1));
    }
}

void LaneChart::drawLane(QPainter &painter, int lane) const
{
    const UserSession &session = m_sessions[lane];
    const TimeScale scale(m_from, m_until, plot());
    const double top = lane * laneHeight(), middle = top + laneHeight() / 2;
    painter.setPen(session.isAlive ? palette().color(QPalette::Text) : Theme::colour(Theme::Colour::Muted));
    const double room = titleWidth() - 12;
    painter.drawText(QRectF(4, top, room, laneHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(title(session), Qt::ElideRight, int(room)));

    const QColor colour = Theme::colour(session.isAlive ? Theme::Colour::Accent : Theme::Colour::Muted);
    const QRectF bar(scale.xOf(session.from), middle - 4, std::max(2.0, scale.xOf(session.until) - scale.xOf(session.from)), 8);
    QColor tint = colour;
    tint.setAlphaF(0.35f);
    painter.setPen(QPen(colour, 1));
    painter.setBrush(tint);
    painter.drawRoundedRect(bar, 3, 3);
    if (!session.beginKnown) { // it was there before anything is known
        painter.setPen(QPen(colour, 1, Qt::DotLine));
        painter.drawLine(QPointF(plot().left(), middle), QPointF(bar.left(), middle));
    }
    for (const UserSession::Mark &mark : session.marks)
        drawMark(painter, QPointF(scale.xOf(mark.at), middle), mark);
    if (session.isAlive) {
        painter.setPen(QPen(colour, 1.5));
        const double seen = scale.xOf(session.lastSeenAt);
        painter.drawLine(QPointF(seen, middle - 7), QPointF(seen, middle + 7));
    }
}

/// Each kind has a shape of its own, so that nobody needs the colours.
void LaneChart::drawMark(QPainter &painter, const QPointF &at, const UserSession::Mark &mark)
{
    using Kind = UserSession::Kind;
    const bool forced = mark.event.type == SessionEvent::Revoked || mark.event.type == SessionEvent::Quarantined;
    const QColor colour = Theme::colour(mark.kind == Kind::Login ? Theme::Colour::Good
                                        : mark.kind != Kind::End ? Theme::Colour::Accent
                                        : forced                 ? Theme::Colour::Bad
                                                                 : Theme::Colour::Warning);
    painter.setPen(QPen(colour, 1.8));
    painter.setBrush(mark.kind == Kind::Login || mark.kind == Kind::FreshId ? QBrush(colour) : QBrush(Qt::NoBrush));
    switch (mark.kind) {
    case Kind::Begin:
    case Kind::Login:
        painter.drawEllipse(at, MarkSize - 1, MarkSize - 1);
        break;
    case Kind::FreshId: {
        const QPointF corners[] = {at + QPointF(0, -MarkSize), at + QPointF(MarkSize, 0), at + QPointF(0, MarkSize),
                                   at + QPointF(-MarkSize, 0)};
        painter.drawPolygon(corners, 4);
        break;
    }
    case Kind::End:
        painter.drawLine(at - QPointF(MarkSize, MarkSize), at + QPointF(MarkSize, MarkSize));
        painter.drawLine(at - QPointF(MarkSize, -MarkSize), at + QPointF(MarkSize, -MarkSize));
        break;
    }
}

int LaneChart::laneAt(const QPointF &at) const
{
    const int lane = int(std::floor(at.y() / laneHeight()));
    return lane >= 0 && lane < m_sessions.size() ? lane : -1;
}

QString LaneChart::toolTipAt(const QPointF &at) const
{
    const int lane = laneAt(at);
    if (lane < 0)
        return {};
    const UserSession &session = m_sessions[lane];
    const TimeScale scale(m_from, m_until, plot());
    QStringList lines;
    for (const UserSession::Mark &mark : session.marks) {
        if (std::abs(scale.xOf(mark.at) - at.x()) <= NearMark)
            lines << describe(mark) << Format::bothZones(mark.at);
    }
    if (!lines.isEmpty())
        return lines.join(u'\n');
    lines << title(session);
    lines << tr("From %1").arg(Format::exact(session.from));
    if (session.isAlive)
        lines << tr("Last seen %1").arg(Format::exact(session.lastSeenAt));
    else
        lines << tr("Until %1").arg(Format::exact(session.until));
    return lines.join(u'\n');
}

bool LaneChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = toolTipAt(help->pos());
    QToolTip::showText(help->globalPos(), text.isEmpty() ? QString() : Foreign::toolTip(text), this);
    return true;
}

void LaneChart::mousePressEvent(QMouseEvent *event)
{
    setCurrent(laneAt(event->position()));
}

void LaneChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const int lane = laneAt(event->position()); lane >= 0)
        Q_EMIT activated(lane);
}

void LaneChart::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_sessions.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Up:
        setCurrent(std::max(0, m_current - 1));
        break;
    case Qt::Key_Down:
        setCurrent(std::min(last, m_current + 1));
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT activated(m_current);
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    if (m_current >= 0)
        setAccessibleDescription(title(m_sessions[m_current]));
}

} // namespace Sojourn::Inspector
