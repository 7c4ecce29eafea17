// SPDX-License-Identifier: MIT
#pragma once

#include "usersessions.h"

#include <QtWidgets/QWidget>

namespace Sojourn::Inspector {

/// Sessions as bars on one axis of time, with what happened to each marked on it.
class LaneChart final : public QWidget
{
    Q_OBJECT
public:
    explicit LaneChart(QWidget *parent = nullptr);

    /// Nothing is chosen afterwards.
    void setSessions(const QList<UserSession> &sessions, TimePoint now);
    /// The one that is chosen; none below 0.
    void setCurrent(int lane);
    [[nodiscard]] int current() const { return m_current; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// "Logged in", "Expired: ..."
    [[nodiscard]] static QString describe(const UserSession::Mark &mark);
    /// What is said of a session in a few words: its key, its device, how it ended.
    [[nodiscard]] static QString title(const UserSession &session);

Q_SIGNALS:
    void currentChanged(int lane);
    /// The person wants to see the session.
    void activated(int lane);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    double laneHeight() const;
    double titleWidth() const;
    QRectF plot() const;
    int laneAt(const QPointF &at) const;
    void drawLane(QPainter &painter, int lane) const;
    static void drawMark(QPainter &painter, const QPointF &at, const UserSession::Mark &mark);
    QString toolTipAt(const QPointF &at) const;

    QList<UserSession> m_sessions;
    TimePoint m_from{}, m_until{};
    double m_widestTitle = 0; // in pixels
    int m_current = -1;
};

} // namespace Sojourn::Inspector
