// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

namespace Sojourn::Inspector {

class StoreTab;

/// The open stores of a window. A tab that is dragged out of the bar, or moved by the menu on it, wants a window of its own.
class StoreTabs final : public QTabWidget
{
    Q_OBJECT
public:
    explicit StoreTabs(QWidget *parent = nullptr);

    [[nodiscard]] StoreTab &tab(int index) const;
    /// Null without one.
    [[nodiscard]] StoreTab *currentTab() const;
    [[nodiscard]] QList<StoreTab *> tabs() const;
    /// Adds \a tab at the end and returns where that is.
    int addStore(StoreTab *tab);
    /// Says on \a tab what store it is.
    void nameTab(StoreTab *tab);
    /// Goes on by \a by tabs, from the last to the first.
    void step(int by);

Q_SIGNALS:
    /// Window coordinates \a at are where the tab was let go.
    void tearOffWanted(int index, const QPoint &at);
    void menuWanted(int index, const QPoint &at);
};

/// Tells of tabs that are dragged out of it.
class TabBar final : public QTabBar
{
    Q_OBJECT
public:
    using QTabBar::QTabBar;

Q_SIGNALS:
    void draggedOut(int index, const QPoint &at);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    bool isOutside(const QPoint &at) const;

    bool m_pressed = false;
};

} // namespace Sojourn::Inspector
