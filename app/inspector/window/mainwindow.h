// SPDX-License-Identifier: MIT
#pragma once

#include "store/desk.h"
#include "store/openstore.h"

#include <Sojourn/SessionStore>

#include <QtWidgets/QMainWindow>

class QDockWidget;
class QLabel;
class QStackedWidget;

namespace Sojourn::Inspector {

class DetailPanel;
class Overview;
class SnapshotActions;
class StoreList;
class StoreOpener;
class StoreTab;
class StoreTabs;
class Welcome;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// With \a readOnly no store can be written to.
    explicit MainWindow(bool readOnly = false);
    ~MainWindow() override;

    /// Opens a store or a snapshot file in a tab, or goes to its tab; as the side bar knows it, if it does. Asks for a password
    /// where one is needed.
    void open(const Connection &wanted);
    /// Opens what was open when the program ended last.
    void openAgain();
    /// Opens \a store in a tab.
    StoreTab *addTab(const Connection &connection, std::shared_ptr<SessionStore> store, bool lockedReadOnly,
                     OpenStore::OpenWritable openWritable = {});
    [[nodiscard]] StoreTab *currentTab() const;
    /// Saves where windows, panels and columns are now; it happens by itself a moment after they changed.
    void saveLayout();
    [[nodiscard]] ActivityLog &log() { return m_desk->log; }
    /// This window and those of the tabs that were torn off.
    [[nodiscard]] const QList<MainWindow *> &windows() const { return m_desk->windows; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// A window for a tab that was torn off another.
    explicit MainWindow(const std::shared_ptr<Desk> &desk);

    void makeActions();
    void makeDocks();
    QAction *action(const QString &icon, const QString &text, const QKeySequence &shortcut, std::function<void()> triggered);
    QAction *tabAction(const QString &icon, const QString &text, const QKeySequence &shortcut,
                       std::function<void(StoreTab &)> triggered);

    void rememberOpen() const;
    [[nodiscard]] StoreTab &tab(int index) const;
    [[nodiscard]] QList<std::pair<MainWindow *, int>> tabsOf(const Connection &connection) const;
    void nameTab(StoreTab *tab);
    void takeTab(StoreTab *tab);
    [[nodiscard]] StoreTab *releaseTab(int index);
    void closeTab(int index);
    void endJobs(const QList<StoreTab *> &tabs, const std::function<void()> &then);
    void moveTab(int index, const QPoint &at);
    void tabChanged();
    void showSession(const SessionKey &key);
    void showSelection();
    void makePinned();
    void pinSession();
    void unpin();
    void addColumn(const QString &path);
    void showUser(const QString &user);
    void updateActions();
    void updateStatus();
    void showClock();
    void updateOpen();
    void editAttributes();
    void compareSessions();
    void compareStores();
    void saveLog();
    void showAbout();
    [[nodiscard]] QString layoutKey(const QString &name) const;
    void restoreLayout();

    std::shared_ptr<Desk> m_desk;
    const bool m_torn = m_desk->windows.size() > 0; ///< holds tabs that were torn off
    SnapshotActions *m_snapshots;
    StoreOpener *m_opener;
    QStackedWidget *m_pages;
    Welcome *m_welcome;
    StoreTabs *m_tabs;
    StoreList *m_stores;
    DetailPanel *m_detail;
    DetailPanel *m_pinned = nullptr; ///< made when a session is pinned first
    Overview *m_overview;
    QDockWidget *m_storesDock, *m_detailDock, *m_overviewDock, *m_logDock;
    QDockWidget *m_pinnedDock = nullptr;
    QWidgetList m_statusLines; ///< between the labels
    QLabel *m_connection, *m_counts, *m_rate, *m_access, *m_time, *m_zone;
    QTimer m_clock;
    QTimer m_layoutDelay;
    bool m_narrow = false;
    bool m_mayClose = false; ///< the person has been asked
    bool m_detailWaits = false; ///< hidden until a store is open

    using Condition = std::function<bool(StoreTab &, const SessionInfo *)>;
    QList<std::pair<QAction *, Condition>> m_conditions; ///< when an action makes sense
    QList<QAction *> m_tabActions; ///< whose keys mean something only in a tab
    QList<QAction *> m_rowActions; ///< of the menu on a row
    QAction *m_undo, *m_redo, *m_writable, *m_export, *m_move, *m_compare;
    QList<QMetaObject::Connection> m_tabConnections;
};

} // namespace Sojourn::Inspector
