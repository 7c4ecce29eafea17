// SPDX-License-Identifier: MIT
#pragma once

#include "activitylog.h"
#include "connection.h"

#include <Sojourn/SessionStore>
#include <Sojourn/Snapshot>

#include <QtWidgets/QMainWindow>

#include <stop_token>

class QDockWidget;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace Sojourn::Inspector {

class DetailPanel;
class Overview;
class StoreList;
class StoreTab;
class Welcome;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// With \a readOnly no store can be written to.
    explicit MainWindow(bool readOnly = false, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens a store or a snapshot file in a tab, or goes to its tab. Asks for a password where one is needed.
    void open(const Connection &connection);
    /// Opens \a store in a tab.
    StoreTab *addTab(const Connection &connection, std::shared_ptr<SessionStore> store, bool lockedReadOnly);
    [[nodiscard]] StoreTab *currentTab() const;
    [[nodiscard]] ActivityLog &log() { return m_log; }

Q_SIGNALS:
    void longProgress(double fraction);
    void longFinished();

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makeActions();
    void makeDocks();
    QAction *action(const QString &icon, const QString &text, const QKeySequence &shortcut, std::function<void()> triggered);
    QAction *tabAction(const QString &icon, const QString &text, const QKeySequence &shortcut, std::function<void(StoreTab &)> triggered);

    void connectToStore();
    void openWithPassword(const Connection &connection, const std::optional<QString> &password);
    void askPassword(const Connection &connection);
    void openSnapshot(const Connection &connection);
    void chooseSnapshot();
    void startDemo();
    void closeTab(int index);
    void tabChanged();
    void showSelection();
    void updateActions();
    void updateStatus();
    void updateOpenUrls();
    void exportSessions(bool selectedOnly);
    void importSnapshot();
    void compareSessions();
    void compareStores();
    void showLong(const QString &text, std::stop_source stop);
    void saveLog();
    void showAbout();
    void restoreLayout();

    bool m_readOnly;
    ActivityLog m_log;
    ConnectionBook m_book;
    QStackedWidget *m_pages;
    Welcome *m_welcome;
    QTabWidget *m_tabs;
    StoreList *m_stores;
    DetailPanel *m_detail;
    Overview *m_overview;
    QDockWidget *m_storesDock, *m_detailDock, *m_overviewDock, *m_logDock;
    QLabel *m_connection, *m_counts, *m_rate, *m_access;
    bool m_narrow = false;
    bool m_detailWaits = false; ///< hidden until a store is open

    QList<std::pair<QAction *, std::function<bool(StoreTab &)>>> m_conditions; ///< when an action makes sense
    QList<QAction *> m_rowActions; ///< of the menu on a row
    QAction *m_undo, *m_redo, *m_writable, *m_export;
    QList<QMetaObject::Connection> m_tabConnections;
};

} // namespace Sojourn::Inspector
