// SPDX-License-Identifier: MIT
#pragma once

#include "store/openstore.h"
#include "store/sharedstate.h"

#include <Sojourn/SessionStore>

#include <QtWidgets/QMainWindow>

class QStackedWidget;

namespace Sojourn::Inspector {

class SnapshotActions;
class StatusLine;
class StoreOpener;
class StoreTab;
class StoreTabs;
class Welcome;
class WindowActions;
class WindowPanels;

/// A window of the inspector: stores in tabs, panels around them. Which store is open in which window is decided here; actions,
/// panels, the status line and what closing would lose have classes of their own.
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
    [[nodiscard]] ActivityLog &log() { return m_shared->log; }
    [[nodiscard]] bool isTornOff() const { return m_torn; }
    [[nodiscard]] bool canMoveTab() const;
    /// This window and those of the tabs that were torn off.
    [[nodiscard]] const QList<MainWindow *> &windows() const { return m_shared->windows; }

    // What the actions do.
    void chooseStore();
    void chooseSnapshot();
    void exportShown();
    void exportSelected();
    void importSnapshot();
    void saveLog();
    void closeCurrentTab();
    void quit();
    void refresh();
    void showNextTab();
    void showPreviousTab();
    void moveCurrentTab();
    void editAttributes();
    void showCurrentUser();
    void pinSession();
    void watchSession();
    void compareSessions();
    void changeWritable();
    void compareStores();
    void startDemo();
    void showAbout();

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    bool event(QEvent *event) override;

private:
    /// A window for a tab that was torn off another.
    explicit MainWindow(const std::shared_ptr<SharedState> &shared);

    void connectOpeners();
    void connectTabs();
    void connectPanels();

    void editConnection(const Connection &before);
    void rememberOpen() const;
    [[nodiscard]] QList<StoreTab *> allTabs() const;
    [[nodiscard]] QList<Connection> openConnections() const;
    [[nodiscard]] QList<std::pair<MainWindow *, int>> tabsOf(const Connection &connection) const;
    void takeTab(StoreTab *tab);
    [[nodiscard]] StoreTab *releaseTab(int index);
    void closeTab(int index);
    void endWork(const QList<StoreTab *> &tabs, const std::function<void()> &then);
    void moveTab(int index, const QPoint &at);
    void tabChanged();
    void showSession(const SessionKey &key);
    void showSelection();
    void showUser(const QString &user);
    void updateActions();
    void updateStatus();
    void updateOpen();

    std::shared_ptr<SharedState> m_shared;
    const bool m_torn = m_shared->windows.size() > 0; ///< holds tabs that were torn off
    SnapshotActions *m_snapshots;
    StoreOpener *m_opener;
    QStackedWidget *m_pages;
    Welcome *m_welcome;
    StoreTabs *m_tabs;
    WindowPanels *m_panels = nullptr; ///< Qt calls event handlers before it is made
    WindowActions *m_actions;
    StatusLine *m_status;
    QTimer m_layoutDelay;
    bool m_mayClose = false; ///< the person has been asked
    QList<QMetaObject::Connection> m_tabConnections;
};

} // namespace Sojourn::Inspector
