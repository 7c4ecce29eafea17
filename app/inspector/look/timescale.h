// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/global.h>

#include <QtCore/QList>
#include <QtCore/QRectF>
#include <QtCore/QString>

class QPainter;

namespace Sojourn::Inspector {

/// A span of time from left to right in an area: where its moments lie, and round ones with their labels.
class TimeScale
{
public:
    TimeScale(TimePoint from, TimePoint until, const QRectF &area);

    [[nodiscard]] double xOf(TimePoint at) const;

    struct Tick
    {
        TimePoint at{};
        QString label;
    };
    /// Round moments in local time, as many as have room for labels of \a labelWidth pixels.
    [[nodiscard]] QList<Tick> ticks(double labelWidth) const;
    /// Draws a line at each tick through the area, and its label in the room of \a labelHeight below it.
    void paint(QPainter &painter, double labelHeight) const;

private:
    TimePoint m_from, m_until;
    QRectF m_area;
};

} // namespace Sojourn::Inspector
