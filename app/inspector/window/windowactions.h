// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtGui/QKeySequence>

#include <functional>
#include <variant>

class QAction;
class QMenu;

namespace Sojourn {
struct SessionInfo;
}

namespace Sojourn::Inspector {

class MainWindow;
class StoreTab;

/// The actions of a window: a table of what each does and needs, and lists of where they stand in menus and on the tool bar.
class WindowActions final : public QObject
{
    Q_OBJECT
public:
    /// The object name of an action is its name here, with a small letter first.
    enum Id {
        Separator, ///< a line between others
        // File
        Connect,
        OpenSnapshot,
        ExportShown,
        ExportSelected,
        ImportSnapshot,
        SaveLog,
        CloseTab,
        Quit,
        // Edit
        Undo,
        Redo,
        Filter,
        ShowAll,
        FindByCookie,
        // View
        Refresh,
        ColumnsMenu,
        NextTab,
        PreviousTab,
        MoveTab,
        // Sessions
        EditAttributes,
        ExpiryMenu,
        SetExpiry,
        ExtendHour,
        ExtendDay,
        ExpireNow,
        Rotate,
        ClearAttributes,
        Delete,
        Revoke,
        ShowUserOnly,
        UserPage,
        PinSession,
        WatchSession,
        Compare,
        CopyKey,
        ShownMenu,
        SetExpiryShown,
        ExpireNowShown,
        RotateShown,
        DeleteShown,
        // Store
        Writable,
        CompareStores,
        // Help
        StartDemo,
        About,
    };
    Q_ENUM(Id)

    /// Fills the menu bar of \a window and adds its tool bar. \a panels are the actions that show its panels.
    WindowActions(MainWindow *window, const QList<QAction *> &panels);

    [[nodiscard]] QAction *operator[](Id id) const { return m_actions.value(id); }
    /// Those of the menu on a row. \a tab has them until takeFrom().
    void giveTo(StoreTab &tab) const;
    void takeFrom(StoreTab &tab) const;
    /// Enables what makes sense for \a tab, the one in front, which may be null.
    void update(StoreTab *tab);
    /// Only what depends on how many rows are shown.
    void updateExport(StoreTab *tab);

private:
    /// What an action needs, beside a tab: \a session is one of those that are selected and alive, or null.
    using Condition = bool (*)(StoreTab &tab, const SessionInfo *session);
    using Run = std::variant<void (MainWindow::*)(), std::function<void(StoreTab &)>>;
    struct Row
    {
        Id id;
        QString text;
        Run run;
        Condition needs = nullptr; ///< always possible without one
        QString icon = {};
        QKeySequence keys = {};
        QString iconText = {}; ///< on the tool bar
        Qt::ShortcutContext context = Qt::WindowShortcut;
    };

    static QList<Row> table(bool torn);
    void make(const Row &row);
    void makeMenus(const QList<QAction *> &panels);
    void makeToolBar(QAction *overview);
    QMenu *makeSubmenu(Id id, const QString &title, const QList<Id> &ids);
    [[nodiscard]] QList<QAction *> list(const QList<Id> &ids);
    void updateSteps(StoreTab *tab);

    MainWindow *m_window;
    QHash<Id, QAction *> m_actions;
    QHash<Id, Condition> m_conditions;
    QList<QAction *> m_rowActions; ///< of the menu on a row
};

} // namespace Sojourn::Inspector
