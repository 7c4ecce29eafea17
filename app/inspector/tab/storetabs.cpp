// SPDX-License-Identifier: MIT
#include "storetabs.h"

#include <QtGui/QMouseEvent>

namespace Sojourn::Inspector {

StoreTabs::StoreTabs(QWidget *parent) : QTabWidget(parent)
{
    auto *bar = new TabBar;
    setTabBar(bar);
    setObjectName(QLatin1StringView("storeTabs"));
    setTabsClosable(true);
    setMovable(true);
    setDocumentMode(true);
    setAccessibleName(tr("Open stores"));
    bar->setAccessibleName(tr("Open stores"));
    bar->setContextMenuPolicy(Qt::CustomContextMenu);
    // Queued: the bar is still busy with the mouse, and may lose the tab.
    connect(bar, &TabBar::draggedOut, this, &StoreTabs::tearOffWanted, Qt::QueuedConnection);
    connect(bar, &QWidget::customContextMenuRequested, this, [this, bar](const QPoint &at) {
        if (const int index = bar->tabAt(at); index >= 0)
            Q_EMIT menuWanted(index, bar->mapToGlobal(at));
    });
}

/// Far enough from the bar that nobody who only reorders tabs gets there.
bool TabBar::isOutside(const QPoint &at) const
{
    return !rect().marginsAdded(QMargins(height(), height(), height(), height())).contains(at);
}

void TabBar::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton && tabAt(event->position().toPoint()) >= 0;
    QTabBar::mousePressEvent(event);
}

void TabBar::mouseMoveEvent(QMouseEvent *event)
{
    QTabBar::mouseMoveEvent(event);
    if (m_pressed)
        isOutside(event->position().toPoint()) ? setCursor(Qt::DragMoveCursor) : unsetCursor();
}

void TabBar::mouseReleaseEvent(QMouseEvent *event)
{
    QTabBar::mouseReleaseEvent(event);
    unsetCursor();
    if (std::exchange(m_pressed, false) && isOutside(event->position().toPoint()))
        Q_EMIT draggedOut(currentIndex(), event->globalPosition().toPoint());
}

} // namespace Sojourn::Inspector
