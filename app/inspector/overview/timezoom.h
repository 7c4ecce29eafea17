// SPDX-License-Identifier: MIT
#pragma once

#include "histogram.h"

#include <optional>

class QRubberBand;

namespace Sojourn::Inspector {

/// Chooses the time that a chart shows, by mouse and by keys: the wheel and + and - zoom, a drag zooms to what it spans, Shift
/// with the wheel or the arrow keys moves, a double click or 0 shows all again. Follows its chart.
class TimeZoom final : public QObject
{
    Q_OBJECT
public:
    explicit TimeZoom(Histogram *chart);

Q_SIGNALS:
    /// The chart is to show this time.
    void viewWanted(Sojourn::TimePoint from, Sojourn::TimePoint until);
    void wholeViewWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void zoom(double factor, TimePoint around);
    void move(double part);
    bool drag(const QMouseEvent &event);
    bool handleKey(const QKeyEvent &event);

    Histogram *m_chart;
    QRubberBand *m_band;
    std::optional<int> m_pressedAt; ///< x
};

} // namespace Sojourn::Inspector
