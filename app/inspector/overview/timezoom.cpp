// SPDX-License-Identifier: MIT
#include "timezoom.h"

#include <QtGui/QMouseEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QRubberBand>

#include <cmath>

using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr double KeyZoom = 0.5, NotchZoom = 0.8; ///< parts of the time that are left
static constexpr double KeyMove = 0.25, NotchMove = 0.1;
static constexpr int Notch = 120; ///< of a wheel, in eighths of a degree

TimeZoom::TimeZoom(Histogram *chart) : QObject(chart), m_chart(chart), m_band(new QRubberBand(QRubberBand::Rectangle, chart))
{
    chart->installEventFilter(this);
}

void TimeZoom::zoom(double factor, TimePoint around)
{
    using Span = std::chrono::duration<double, std::milli>;
    const auto scaled = [&](TimePoint at) {
        return around + std::chrono::round<std::chrono::milliseconds>(Span(at - around) * factor);
    };
    Q_EMIT viewWanted(scaled(m_chart->from()), scaled(m_chart->until()));
}

/// By a \a part of what is in view, back where it is negative.
void TimeZoom::move(double part)
{
    const auto by = std::chrono::milliseconds(std::llround(double((m_chart->until() - m_chart->from()).count()) * part));
    Q_EMIT viewWanted(m_chart->from() + by, m_chart->until() + by);
}

bool TimeZoom::drag(const QMouseEvent &event)
{
    const int at = int(event.position().x());
    const bool isDrag = m_pressedAt && std::abs(at - *m_pressedAt) >= QApplication::startDragDistance();
    if (event.type() == QEvent::MouseMove) {
        if (isDrag || m_band->isVisible()) {
            const QRect area = m_chart->plot().toRect();
            m_band->setGeometry(QRect(QPoint(*m_pressedAt, area.top()), QPoint(at, area.bottom())).normalized() & area);
            m_band->show();
        }
        return m_band->isVisible();
    }
    const auto pressedAt = std::exchange(m_pressedAt, std::nullopt);
    m_band->hide();
    if (isDrag)
        Q_EMIT viewWanted(m_chart->timeAt(std::min(at, *pressedAt)), m_chart->timeAt(std::max(at, *pressedAt)));
    return isDrag;
}

bool TimeZoom::handleKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift
        zoom(KeyZoom, m_chart->currentTime());
        return true;
    case Qt::Key_Minus:
        zoom(1 / KeyZoom, m_chart->currentTime());
        return true;
    case Qt::Key_0:
        Q_EMIT wholeViewWanted();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!event.modifiers().testFlag(Qt::ShiftModifier))
            return false;
        move(event.key() == Qt::Key_Left ? -KeyMove : KeyMove);
        return true;
    case Qt::Key_Escape:
        if (!m_pressedAt)
            return false;
        m_pressedAt.reset();
        m_band->hide();
        return true;
    default:
        return false;
    }
}

bool TimeZoom::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_chart || m_chart->isEmpty())
        return false;
    switch (event->type()) {
    case QEvent::Wheel: {
        auto *wheel = static_cast<QWheelEvent *>(event);
        const QPoint turned = wheel->angleDelta();
        const bool moves = wheel->modifiers().testFlag(Qt::ShiftModifier) || turned.y() == 0;
        const double notches = double(turned.y() != 0 ? turned.y() : turned.x()) / Notch;
        if (moves)
            move(-notches * NotchMove);
        else
            zoom(std::pow(NotchZoom, notches), m_chart->timeAt(wheel->position().x()));
        wheel->accept(); // or what is around it scrolls as well
        return true;
    }
    case QEvent::MouseButtonPress:
        if (const auto *press = static_cast<QMouseEvent *>(event); press->button() == Qt::LeftButton)
            m_pressedAt = int(press->position().x());
        return false;
    case QEvent::MouseMove:
        return m_pressedAt && drag(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseButtonRelease:
        return m_pressedAt && drag(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseButtonDblClick:
        m_pressedAt.reset();
        Q_EMIT wholeViewWanted();
        return true;
    case QEvent::KeyPress:
        return handleKey(*static_cast<QKeyEvent *>(event));
    default:
        return false;
    }
}

} // namespace Sojourn::Inspector
