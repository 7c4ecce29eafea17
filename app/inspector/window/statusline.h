// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QStatusBar;

namespace Sojourn::Inspector {

class StoreTab;

/// The line at the foot of a window: how the store in front is, how many sessions it shows, and its clock.
class StatusLine final : public QObject
{
    Q_OBJECT
public:
    explicit StatusLine(QStatusBar *bar);

    /// Shows \a tab, which is in front; nothing for null.
    void show(StoreTab *tab);
    void showCount();

private:
    void showClock();

    QPointer<StoreTab> m_tab;
    QWidgetList m_widgets;
    QLabel *m_connection, *m_counts, *m_rate, *m_access, *m_time, *m_zone;
    QTimer m_clock;
};

} // namespace Sojourn::Inspector
