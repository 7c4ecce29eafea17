// SPDX-License-Identifier: MIT
#include "timescale.h"

#include "theme.h"

#include <QtCore/QDateTime>
#include <QtGui/QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

TimeScale::TimeScale(TimePoint from, TimePoint until, const QRectF &area)
    : m_from(from), m_until(std::max(until, from + 1s)), m_area(area)
{ }

double TimeScale::xOf(TimePoint at) const
{
    return m_area.left() + m_area.width() * double((at - m_from).count()) / double((m_until - m_from).count());
}

QList<TimeScale::Tick> TimeScale::ticks(double labelWidth) const
{
    static constexpr std::chrono::seconds steps[] = {1s, 2s, 5s, 10s, 15s, 30s, 60s, 120s, 300s, 600s, 900s,  1800s,
                                                     1h, 2h, 3h, 6h,  12h, 24h, 48h, 168h, 336h, 720h, 2160h, 8760h};
    const double most = std::max(1.0, m_area.width() / std::max(1.0, labelWidth));
    const auto span = m_until - m_from;
    const auto fitting = std::ranges::find_if(steps, [&](std::chrono::seconds step) { return double(span / step) <= most; });
    const std::chrono::milliseconds step = fitting == std::end(steps) ? steps[std::size(steps) - 1] : *fitting;

    const QDateTime local = toDateTime(m_from).toLocalTime();
    const std::chrono::milliseconds offset = std::chrono::seconds(local.offsetFromUtc());
    const std::chrono::milliseconds first = (m_from.time_since_epoch() + offset + step - 1ms) / step * step - offset;
    QList<Tick> made;
    for (TimePoint at(first); at <= m_until; at += step) {
        const QDateTime moment = toDateTime(at).toLocalTime();
        const bool midnight = moment.time() == QTime(0, 0);
        made << Tick{at, step >= 24h || midnight ? moment.toString(u"d MMM"_s)
                         : step < 60s            ? moment.toString(u"HH:mm:ss"_s)
                                                 : moment.toString(u"HH:mm"_s)};
    }
    return made;
}

void TimeScale::paint(QPainter &painter, double labelHeight) const
{
    const double labelWidth = painter.fontMetrics().horizontalAdvance(u"00:00:00 "_s) * 1.3;
    QColor line = Theme::colour(Theme::Colour::Muted);
    line.setAlphaF(0.35f);
    for (const Tick &tick : ticks(labelWidth)) {
        const double x = xOf(tick.at);
        painter.setPen(line);
        painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
        painter.setPen(Theme::colour(Theme::Colour::Muted));
        const double left = std::clamp(x - labelWidth / 2, m_area.left(), std::max(m_area.left(), m_area.right() - labelWidth));
        painter.drawText(QRectF(left, m_area.bottom() + 2, labelWidth, labelHeight), Qt::AlignHCenter | Qt::AlignTop, tick.label);
    }
}

} // namespace Sojourn::Inspector
