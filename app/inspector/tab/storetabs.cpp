// SPDX-License-Identifier: MIT
#include "storetabs.h"

#include "look/foreigntext.h"
#include "look/theme.h"
#include "storetab.h"

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

StoreTab &StoreTabs::tab(int index) const
{
    return *static_cast<StoreTab *>(widget(index));
}

StoreTab *StoreTabs::currentTab() const
{
    return static_cast<StoreTab *>(currentWidget());
}

QList<StoreTab *> StoreTabs::tabs() const
{
    QList<StoreTab *> tabs;
    for (int i = 0; i < count(); ++i)
        tabs << &tab(i);
    return tabs;
}

int StoreTabs::addStore(StoreTab *tab)
{
    const int index = addTab(tab, QString());
    setTabToolTip(index, Foreign::toolTip(tab->store().connection().url));
    nameTab(tab);
    return index;
}

void StoreTabs::nameTab(StoreTab *tab)
{
    const Connection &connection = tab->store().connection();
    QString title = Foreign::line(connection.name);
    if (connection.environment != Connection::Development)
        title = tr("%1 · %2", "name of a store, then its environment")
                    .arg(title, Connection::environmentName(connection.environment));
    setTabText(indexOf(tab), Foreign::withoutShortcut(title));
    setTabIcon(indexOf(tab), Theme::dot(connection.colour));
}

void StoreTabs::step(int by)
{
    if (count() > 0)
        setCurrentIndex((currentIndex() + by + count()) % count());
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
