// SPDX-License-Identifier: MIT
#include "windowactions.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "mainwindow.h"
#include "snapshot/snapshotactions.h"
#include "tab/storetab.h"
#include "table/sessionview.h"
#include "welcome.h"

#include <QtCore/QMetaEnum>
#include <QtGui/QAction>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

using Scope = StoreActions::Scope;

static bool isOpen(StoreTab &, const SessionInfo *)
{
    return true;
}

static bool isWritable(StoreTab &tab, const SessionInfo *)
{
    return tab.store().isWritable();
}

static bool canChangeShown(StoreTab &tab, const SessionInfo *)
{
    return tab.store().isWritable() && tab.model().filter().showsLiving();
}

static bool hasLiving(StoreTab &, const SessionInfo *session)
{
    return session != nullptr;
}

static bool canChange(StoreTab &tab, const SessionInfo *session)
{
    return session && canChangeShown(tab, session);
}

static bool canChangeUser(StoreTab &tab, const SessionInfo *session)
{
    return tab.store().isWritable() && session && !session->user.isEmpty();
}

static bool hasSelection(StoreTab &tab, const SessionInfo *)
{
    return !tab.view().selectedKeys().isEmpty();
}

static bool hasCurrent(StoreTab &tab, const SessionInfo *)
{
    return tab.view().currentKey().has_value();
}

static bool hasPair(StoreTab &tab, const SessionInfo *)
{
    return !tab.view().keysToCompare().isEmpty();
}

static bool canMove(StoreTab &tab, const SessionInfo *)
{
    return static_cast<MainWindow *>(tab.window())->canMoveTab();
}

static void showUserOnly(StoreTab &tab)
{
    SessionFilter filter;
    filter.user = tab.currentUser();
    tab.setFilter(filter);
}

static void revokeUser(StoreTab &tab)
{
    if (const SessionInfo *session = tab.view().selectedSession(); session && !session->user.isEmpty())
        tab.actions().revokeUser(session->user);
}

static auto extendBy(std::chrono::milliseconds by)
{
    return [by](StoreTab &tab) { tab.actions().extend(Scope::Selected, by); };
}

/// Work on the sessions of \a scope.
static auto onSessions(Scope scope, void (StoreActions::*work)(const StoreActions::Target &))
{
    return [scope, work](StoreTab &tab) { (tab.actions().*work)(scope); };
}

QList<WindowActions::Row> WindowActions::table(bool torn)
{
    using W = MainWindow;
    using Actions = StoreActions;
    return {
        {Connect, tr("&Connect…"), &W::chooseStore, nullptr, u"connect"_s, QKeySequence::New, tr("Connect")},
        {OpenSnapshot, tr("&Open snapshot…"), &W::chooseSnapshot, nullptr, u"open"_s, QKeySequence::Open},
        {ExportShown, tr("&Export what is shown…"), &W::exportShown, isOpen, u"export"_s, QKeySequence::Save, tr("Export")},
        {ExportSelected, tr("Export &selected…"), &W::exportSelected, hasSelection},
        {ImportSnapshot, tr("&Import snapshot…"), &W::importSnapshot, isWritable, u"import"_s},
        {SaveLog, tr("Save activity &log…"), &W::saveLog},
        {CloseTab, tr("Close &tab"), &W::closeCurrentTab, isOpen, {}, QKeySequence::Close},
        {Quit, tr("&Quit"), &W::quit, nullptr, {}, QKeySequence::Quit},

        {Undo, tr("&Undo"), [](StoreTab &tab) { tab.editor().undo(); }, isOpen, u"undo"_s, QKeySequence::Undo, tr("Undo")},
        {Redo, tr("&Redo"), [](StoreTab &tab) { tab.editor().redo(); }, isOpen, u"redo"_s, QKeySequence::Redo, tr("Redo")},
        {Filter, tr("&Filter"), [](StoreTab &tab) { tab.focusFilter(); }, isOpen, u"find"_s, QKeySequence::Find},
        // Elsewhere Escape means something else.
        {ShowAll,
         tr("&Show all"),
         [](StoreTab &tab) { tab.clearFilter(); },
         isOpen,
         {},
         Qt::Key_Escape,
         {},
         Qt::WidgetWithChildrenShortcut},
        {FindByCookie, tr("Find by &cookie…"), [](StoreTab &tab) { tab.findByCookie(); }, isOpen, u"cookie"_s,
         Qt::CTRL | Qt::SHIFT | Qt::Key_F, tr("Find by cookie")},

        {Refresh, tr("&Refresh"), &W::refresh, isOpen, u"refresh"_s, QKeySequence::Refresh, tr("Refresh")},
        {NextTab, tr("&Next tab"), &W::showNextTab, isOpen, {}, QKeySequence::NextChild},
        {PreviousTab, tr("&Previous tab"), &W::showPreviousTab, isOpen, {}, QKeySequence::PreviousChild},
        {MoveTab, torn ? tr("Move tab &back to the first window") : tr("Move tab to a new &window"), &W::moveCurrentTab, canMove,
         u"window"_s, Qt::CTRL | Qt::SHIFT | Qt::Key_N},

        {EditAttributes, tr("&Edit attributes"), &W::editAttributes, hasLiving, u"rename"_s, Qt::Key_F4},
        {SetExpiry, tr("Set e&xpiry…"), onSessions(Scope::Selected, &Actions::setExpiry), canChange, u"clock"_s,
         Qt::CTRL | Qt::Key_E, tr("Expiry")},
        {ExtendHour, tr("Extend by an &hour"), extendBy(1h), canChange},
        {ExtendDay, tr("Extend by a da&y"), extendBy(24h), canChange},
        {ExpireNow,
         tr("Expire &now"),
         onSessions(Scope::Selected, &Actions::expireNow),
         canChange,
         {},
         Qt::CTRL | Qt::SHIFT | Qt::Key_E},
        {Rotate, tr("&Rotate on next request"), onSessions(Scope::Selected, &Actions::requestRotation), canChange, u"rotate"_s,
         Qt::CTRL | Qt::Key_R, tr("Rotate")},
        {ClearAttributes, tr("C&lear attributes"), onSessions(Scope::Selected, &Actions::clearAttributes), canChange},
        // The key means a row only while the table has the focus.
        {Delete, tr("&Delete"), onSessions(Scope::Selected, &Actions::remove), canChange, u"delete"_s, QKeySequence::Delete,
         tr("Delete"), Qt::WidgetShortcut},
        {Revoke, tr("Revoke &all of the user"), revokeUser, canChangeUser, u"revoke"_s},
        {ShowUserOnly, tr("Show only this &user"), showUserOnly, hasCurrent},
        {UserPage, tr("Time li&ne of the user"), &W::showCurrentUser, hasCurrent, u"user"_s},
        {PinSession, tr("&Pin this session"), &W::pinSession, hasCurrent, u"pin"_s},
        {WatchSession, tr("&Watch this session"), &W::watchSession, hasCurrent, u"eye"_s},
        {Compare, tr("&Compare two sessions"), &W::compareSessions, hasPair, u"compare"_s, Qt::CTRL | Qt::Key_D, tr("Compare")},
        // In a field it copies what is marked there.
        {CopyKey,
         tr("Cop&y key"),
         [](StoreTab &tab) { tab.view().copyKeys(); },
         hasSelection,
         {},
         QKeySequence::Copy,
         {},
         Qt::WidgetShortcut},
        {SetExpiryShown, tr("Set e&xpiry…"), onSessions(Scope::Shown, &Actions::setExpiry), canChangeShown},
        {ExpireNowShown, tr("Expire &now…"), onSessions(Scope::Shown, &Actions::expireNow), canChangeShown},
        {RotateShown, tr("&Rotate on next request…"), onSessions(Scope::Shown, &Actions::requestRotation), canChangeShown},
        {DeleteShown, tr("&Delete…"), onSessions(Scope::Shown, &Actions::remove), canChangeShown},

        {Writable, tr("&Writable"), &W::changeWritable, isOpen, u"unlock"_s},
        {CompareStores, tr("Compare &stores and snapshots…"), &W::compareStores, isOpen},

        {StartDemo, tr("Start the &demo"), &W::startDemo, nullptr, u"play"_s},
        {About, tr("&About"), &W::showAbout},
    };
}

WindowActions::WindowActions(MainWindow *window, const QList<QAction *> &panels) : QObject(window), m_window(window)
{
    for (const Row &row : table(window->isTornOff()))
        make(row);
    m_actions[Quit]->setMenuRole(QAction::QuitRole);
    m_actions[About]->setMenuRole(QAction::AboutRole);
    m_actions[Writable]->setCheckable(true);
    m_actions[Rotate]->setToolTip(tr("The visitors stay logged in and get a fresh id with their next request"));
    m_actions[StartDemo]->setEnabled(!Welcome::demoProgram().isEmpty());

    makeMenus(panels);
    makeToolBar(panels[2]);
    m_rowActions = list({EditAttributes, Separator, SetExpiry, ExtendHour, ExtendDay, ExpireNow, Separator, Rotate,
                         ClearAttributes, Delete, Revoke, Separator, ShowUserOnly, UserPage, PinSession, WatchSession, Compare,
                         CopyKey, ExportSelected});
}

void WindowActions::make(const Row &row)
{
    auto *action = new QAction(row.icon.isEmpty() ? QIcon() : Theme::icon(row.icon), row.text, m_window);
    QString name = QLatin1StringView(QMetaEnum::fromType<Id>().valueToKey(row.id));
    name[0] = name[0].toLower();
    action->setObjectName(name);
    action->setShortcut(row.keys);
    action->setShortcutContext(row.context);
    if (!row.iconText.isEmpty())
        action->setIconText(row.iconText);
    connect(action, &QAction::triggered, m_window, [window = m_window, run = row.run] {
        if (const auto *onWindow = std::get_if<void (MainWindow::*)()>(&run))
            (window->**onWindow)();
        else if (StoreTab *tab = window->currentTab())
            std::get<std::function<void(StoreTab &)>>(run)(*tab);
    });
    m_actions.insert(row.id, action);
    if (row.needs)
        m_conditions.insert(row.id, row.needs);
}

QList<QAction *> WindowActions::list(const QList<Id> &ids)
{
    QList<QAction *> actions;
    for (const Id id : ids) {
        actions << (id == Separator ? new QAction(m_window) : m_actions.value(id));
        if (id == Separator)
            actions.last()->setSeparator(true);
    }
    return actions;
}

QMenu *WindowActions::makeSubmenu(Id id, const QString &title, const QList<Id> &ids)
{
    auto *menu = new QMenu(title, m_window);
    menu->addActions(list(ids));
    m_actions.insert(id, menu->menuAction());
    return menu;
}

void WindowActions::makeMenus(const QList<QAction *> &panels)
{
    makeSubmenu(ExpiryMenu, tr("E&xpiry"), {SetExpiry, ExtendHour, ExtendDay, ExpireNow})->setIcon(Theme::icon(u"clock"_s));
    m_conditions.insert(ExpiryMenu, canChange);
    makeSubmenu(ShownMenu, tr("All that the filter sh&ows"), {SetExpiryShown, ExpireNowShown, RotateShown, DeleteShown});
    m_conditions.insert(ShownMenu, canChangeShown);
    QMenu *columns = makeSubmenu(ColumnsMenu, tr("&Columns"), {});
    m_conditions.insert(ColumnsMenu, isOpen);
    connect(columns, &QMenu::aboutToShow, m_window, [window = m_window, columns] {
        columns->clear();
        if (StoreTab *tab = window->currentTab())
            tab->view().fillColumnMenu(columns);
    });

    const auto add = [this](const QString &title, const QList<Id> &ids) {
        QMenu *menu = m_window->menuBar()->addMenu(title);
        menu->addActions(list(ids));
        return menu;
    };
    add(tr("&File"),
        {Connect, OpenSnapshot, Separator, ExportShown, ExportSelected, ImportSnapshot, Separator, SaveLog, CloseTab, Quit});
    add(tr("&Edit"), {Undo, Redo, Separator, Filter, ShowAll, FindByCookie});
    QMenu *view = add(tr("&View"), {Refresh, Separator});
    view->addActions(panels);
    view->addActions(list({Separator, ColumnsMenu, Separator, NextTab, PreviousTab, MoveTab}));
    add(tr("&Sessions"), {EditAttributes, ExpiryMenu, Rotate, ClearAttributes, Delete, Revoke, Separator, ShowUserOnly, UserPage,
                          PinSession, WatchSession, Compare, CopyKey, Separator, ShownMenu});
    add(tr("S&tore"), {Writable, Separator, CompareStores});
    add(tr("&Help"), {StartDemo, About});
}

void WindowActions::makeToolBar(QAction *overview)
{
    QToolBar *bar = m_window->addToolBar(tr("Tools"));
    bar->setObjectName("tools"_L1);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(18, 18));
    bar->addActions(list({Connect, Refresh, Separator}));
    auto *expiry = new QToolButton;
    expiry->setDefaultAction(m_actions[SetExpiry]);
    expiry->setMenu(m_actions[ExpiryMenu]->menu());
    expiry->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    expiry->setPopupMode(QToolButton::MenuButtonPopup);
    bar->addWidget(expiry);
    // With a line behind it, or its arrow would seem to be the next one's.
    bar->addActions(list({Separator, Rotate, Delete, Separator, ExportShown, Compare, Separator, Undo, Redo, Separator,
                          FindByCookie}));
    bar->addAction(overview);
    // Everybody knows these by their pictures, and longer languages need the room.
    for (QAction *familiar : list({Refresh, Undo, Redo}) + QList{overview})
        static_cast<QToolButton *>(bar->widgetForAction(familiar))->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

void WindowActions::giveTo(StoreTab &tab) const
{
    tab.view().addActions(m_rowActions);
    tab.addAction(m_actions[ShowAll]); // its key means something only there
}

void WindowActions::takeFrom(StoreTab &tab) const
{
    for (QAction *action : m_rowActions)
        tab.view().removeAction(action);
    tab.removeAction(m_actions[ShowAll]);
}

void WindowActions::update(StoreTab *tab)
{
    const SessionInfo *session = tab ? tab->view().selectedSession() : nullptr;
    for (const auto &[id, condition] : m_conditions.asKeyValueRange())
        m_actions[id]->setEnabled(tab && condition(*tab, session));
    updateSteps(tab);
    const QList<SessionKey> compared = tab ? tab->view().keysToCompare() : QList<SessionKey>();
    m_actions[Compare]->setText(compared.isEmpty() || tab->view().selectedKeys().size() == 2
                                    ? tr("&Compare two sessions")
                                    : tr("&Compare with %1, seen before").arg(Format::shortKey(compared.first())));
    m_actions[Compare]->setIconText(tr("Compare"));
    m_actions[Writable]->setEnabled(tab && tab->store().canBeWritable());
    m_actions[Writable]->setChecked(tab && tab->store().isWritable());
    updateExport(tab);
}

void WindowActions::updateSteps(StoreTab *tab)
{
    const auto show = [tab](QAction *action, bool can, const QString &name, const QString &plain, const QString &named) {
        action->setEnabled(can && tab->store().isWritable() && !tab->editor().isBusy());
        const QString iconText = action->iconText();
        action->setText(name.isEmpty() ? plain : named.arg(Foreign::withoutShortcut(name)));
        action->setIconText(iconText);
    };
    const QUndoStack *stack = tab ? &tab->editor().stack() : nullptr;
    show(m_actions[Undo], stack && stack->canUndo(), stack ? stack->undoText() : QString(), tr("&Undo"), tr("&Undo: %1"));
    show(m_actions[Redo], stack && stack->canRedo(), stack ? stack->redoText() : QString(), tr("&Redo"), tr("&Redo: %1"));
}

void WindowActions::updateExport(StoreTab *tab)
{
    const QString obstacle = tab ? SnapshotActions::exportObstacle(*tab) : QString();
    m_actions[ExportShown]->setEnabled(tab && obstacle.isEmpty());
    m_actions[ExportShown]->setToolTip(obstacle.isEmpty() ? tr("Export what is shown") : obstacle);
}

} // namespace Sojourn::Inspector
