// SPDX-License-Identifier: MIT
#pragma once

#include "store/sharedstate.h"

#include <Sojourn/SessionKey>

#include <QtCore/QObject>

class QAction;
class QDockWidget;
class QMainWindow;
class QTableView;

namespace Sojourn::Inspector {

class DetailPanel;
class OpenStore;
class Overview;
class StoreList;
class StoreTab;

/// The panels around the tabs of a window, and where they lie: stores, session, pinned session, overview, activity.
class WindowPanels final : public QObject
{
    Q_OBJECT
public:
    /// A window of torn off tabs remembers a layout of its own.
    WindowPanels(SharedState *shared, QMainWindow *window, bool torn);

    [[nodiscard]] StoreList *stores() const { return m_stores; }
    [[nodiscard]] DetailPanel *detail() const { return m_detail; }
    [[nodiscard]] Overview *overview() const { return m_overview; }
    /// They show and hide the stores, the session, the overview and the activity.
    [[nodiscard]] QList<QAction *> toggles() const;

    /// Shows what belongs to \a tab, which came in front; it may be null.
    void showTab(StoreTab *tab);
    void showSelection(StoreTab *tab);
    /// Brings the session's panel in front of others.
    void raiseDetail();
    /// Keeps the session that is shown in a panel of its own, for looking, while others are shown.
    void pin();
    /// Nothing of \a tab stays in sight, which is in front if \a current.
    void leave(StoreTab &tab, bool current);
    /// The panels show nothing any more.
    void clear();

    void restoreLayout();
    void saveLayout() const;
    /// On a narrow window the session goes below the table, on a wide one back to its side.
    void fitWidth();
    /// The next start finds the session's panel as the person left it, though it is hidden without a store.
    void showWaiting();

Q_SIGNALS:
    /// A panel lies elsewhere now.
    void moved();
    /// The person wants to see the session of \a key, or all of \a user.
    void sessionWanted(const Sojourn::SessionKey &key);
    void userWanted(const QString &user);
    /// The attribute at \a path is to be a column.
    void columnWanted(const QString &path);
    /// What is wanted next is about \a store, whichever is in front.
    void storeWanted(const Sojourn::Inspector::OpenStore *store);

private:
    QDockWidget *dock(const QString &title, const QString &name, QWidget *widget, Qt::DockWidgetArea area);
    [[nodiscard]] QTableView *makeActivity();
    void makePinned();
    void unpin();
    [[nodiscard]] QString layoutKey(const QString &name) const;

    SharedState *m_shared;
    QMainWindow *m_window;
    const bool m_torn;
    StoreList *m_stores;
    DetailPanel *m_detail;
    DetailPanel *m_pinned = nullptr; ///< made when a session is pinned first
    Overview *m_overview;
    QDockWidget *m_storesDock, *m_detailDock, *m_overviewDock, *m_activityDock;
    QDockWidget *m_pinnedDock = nullptr;
    bool m_narrow = false;
    bool m_detailWaits = false; ///< hidden until a store is open
};

} // namespace Sojourn::Inspector
