// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/global.h>

#include <QtWidgets/QWidget>

#include <functional>

namespace Sojourn::Inspector {

/// Bars over time. A click, or Return on the bar that the arrow keys chose, tells its range.
class Histogram final : public QWidget
{
    Q_OBJECT
public:
    Histogram(const QString &title, bool clickable, QWidget *parent = nullptr);

    /// How numbers are written; whole numbers if nothing else is set.
    void setNumbers(std::function<QString(qint64)> text) { m_number = std::move(text); }
    /// Values that last, as the number of sessions does, are drawn as a line; below 0 none is known.
    void setLine(bool line) { m_line = line; }
    /// What is said beside the title, in place of the highest bar.
    void setSummary(const QString &summary);
    /// Marks the bars between \a from and \a until; none where these are equal.
    void mark(TimePoint from, TimePoint until);
    /// The last bar may reach further than the others, up to \a until.
    void setBars(const QList<qint64> &bars, TimePoint from, std::chrono::milliseconds step, TimePoint until, TimePoint now);
    /// Writes the scale beside the bars, so that they can be read without the mouse.
    void setScaled(bool scaled) { m_scaled = scaled; }

    [[nodiscard]] bool isEmpty() const { return m_bars.isEmpty(); }
    [[nodiscard]] TimePoint from() const { return m_from; }
    [[nodiscard]] TimePoint until() const { return m_until; }
    /// The time at \a x; the first or the last where that lies beside the bars.
    [[nodiscard]] TimePoint timeAt(double x) const;
    /// The middle of the bar that was chosen, or of all.
    [[nodiscard]] TimePoint currentTime() const;
    /// Where the bars are.
    [[nodiscard]] QRectF plot() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rangeChosen(Sojourn::TimePoint from, Sojourn::TimePoint until);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool hasRest() const;
    QRectF columnOf(int bar) const;
    int barAt(const QPointF &at) const;
    void choose(int bar);
    TimePoint endOf(int bar) const;
    QString label(int bar) const;
    void drawBars(QPainter &painter, qint64 most) const;
    void drawLine(QPainter &painter, qint64 most) const;
    void drawScale(QPainter &painter, qint64 most) const;
    qint64 most() const;
    double heightOf(qint64 value, qint64 most) const;

    QString m_title, m_summary;
    std::function<QString(qint64)> m_number;
    bool m_line = false, m_scaled = false;
    int m_scale = 0; // the width of what stands beside the bars
    QList<qint64> m_bars;
    TimePoint m_from{}, m_until{}, m_now{};
    std::chrono::milliseconds m_step{};
    bool m_clickable;
    int m_current = -1;
    TimePoint m_markedFrom{}, m_markedUntil{};
};

} // namespace Sojourn::Inspector
