// SPDX-License-Identifier: MIT
#include "mainwindow.h"

#include "edit/bulkjob.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "overview/overview.h"
#include "session/comparedialog.h"
#include "session/detailpanel.h"
#include "session/userpage.h"
#include "snapshot/importjob.h"
#include "snapshot/snapshotactions.h"
#include "store/connectiondialog.h"
#include "store/settings.h"
#include "store/storelist.h"
#include "storeopener.h"
#include "tab/storetab.h"
#include "tab/storetabs.h"
#include "table/sessionview.h"
#include "welcome.h"

#include <Sojourn/Stores>

#include <QtCore/QFileInfo>
#include <QtCore/QMimeData>
#include <QtCore/QSaveFile>
#include <QtGui/QActionGroup>
#include <QtGui/QCloseEvent>
#include <QtGui/QDropEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int NarrowWidth = 1150;

MainWindow::MainWindow(bool readOnly) : MainWindow(std::make_shared<Desk>(readOnly)) { }

MainWindow::MainWindow(const std::shared_ptr<Desk> &desk) : m_desk(desk)
{
    m_desk->windows.append(this);
    setObjectName("MainWindow"_L1);
    setWindowTitle(tr("Sojourn Inspector"));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    // With its frame, on any screen.
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(16, 48)));
    m_layoutDelay.setSingleShot(true);
    m_layoutDelay.setInterval(300ms);
    connect(&m_layoutDelay, &QTimer::timeout, this, &MainWindow::saveLayout);
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, &MainWindow::showClock);
    m_clock.start();

    m_snapshots = new SnapshotActions(m_desk.get(), this);
    connect(m_snapshots, &SnapshotActions::openWanted, this, &MainWindow::open);
    connect(m_snapshots, &SnapshotActions::opened, this,
            [this](const Connection &connection, const std::shared_ptr<SessionStore> &store) {
                addTab(connection, store, true);
            });
    m_opener = new StoreOpener(m_desk.get(), this);
    connect(m_snapshots, &SnapshotActions::openFailed, m_opener, &StoreOpener::showFailure);
    connect(m_opener, &StoreOpener::opened, this,
            [this](const Connection &connection, const std::shared_ptr<SessionStore> &store,
                   const OpenStore::OpenWritable &openWritable) { addTab(connection, store, m_desk->readOnly, openWritable); });
    connect(m_opener, &StoreOpener::wanted, this, &MainWindow::open);
    connect(m_opener, &StoreOpener::demoRuns, this, [this](const Connection &connection, const QString &pageUrl) {
        open(connection);
        if (StoreTab *tab = currentTab())
            tab->showMessage(tr("The demo runs at %1. Open it in a browser and watch its sessions here.").arg(pageUrl), false);
    });

    m_tabs = new StoreTabs;
    m_welcome = new Welcome;
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_tabs);
    setCentralWidget(m_pages);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::tabChanged);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, &MainWindow::closeTab);
    connect(m_tabs, &StoreTabs::tearOffWanted, this, &MainWindow::moveTab);
    connect(m_tabs, &StoreTabs::menuWanted, this, [this](int index, const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(m_move->text(), this, [this, index] { moveTab(index, {}); })->setEnabled(m_torn || m_tabs->count() > 1);
        menu->addAction(tr("Close &tab"), this, [this, index] { closeTab(index); });
        menu->popup(at);
    });
    connect(m_welcome, &Welcome::connectWanted, m_opener, &StoreOpener::choose);
    connect(m_welcome, &Welcome::snapshotWanted, this, [this] { m_snapshots->choose(); });
    connect(m_welcome, &Welcome::demoWanted, m_opener, &StoreOpener::startDemo);

    makeDocks();
    makeActions();
    m_connection = Foreign::makeLabel();
    m_counts = Foreign::makeLabel();
    m_rate = Foreign::makeLabel();
    m_access = Foreign::makeLabel();
    m_zone = Foreign::makeLabel();
    m_zone->setObjectName("zone"_L1);
    m_zone->setToolTip(tr("The zone of all times that are shown"));
    m_time = Foreign::makeLabel();
    m_time->setObjectName("clock"_L1);
    for (QLabel *label : {m_connection, m_counts, m_rate, m_access, m_time, m_zone}) {
        label->setContentsMargins(8, 0, 10, 0);
        if (label != m_connection) {
            auto *line = new QFrame;
            line->setFrameShape(QFrame::VLine);
            line->setForegroundRole(QPalette::Mid);
            statusBar()->addWidget(line);
            m_statusLines << line;
        }
        statusBar()->addWidget(label);
    }
    restoreLayout();
    tabChanged();
}

MainWindow::~MainWindow()
{
    // The tabs own what the docks still point to.
    m_detail->showSession(nullptr, nullptr, {});
    if (m_pinned)
        m_pinned->showSession(nullptr, nullptr, {});
    m_overview->setStore(nullptr);
    m_tabs->disconnect(this);
    for (const QMetaObject::Connection &connection : std::as_const(m_tabConnections))
        disconnect(connection);
    while (m_tabs->count() > 0)
        delete m_tabs->widget(0);
    m_desk->windows.removeOne(this);
    if (!m_torn) { // the others end with the first
        m_desk->quits = true;
        qDeleteAll(QList(m_desk->windows));
    } else if (!m_desk->windows.isEmpty()) {
        m_desk->windows.first()->updateOpen();
        m_desk->windows.first()->rememberOpen();
    }
}

void MainWindow::makeDocks()
{
    const auto dock = [this](const QString &title, const QString &name, QWidget *widget, Qt::DockWidgetArea area) {
        auto *made = new QDockWidget(title);
        made->setObjectName(name);
        made->setWidget(widget);
        addDockWidget(area, made);
        connect(made, &QDockWidget::dockLocationChanged, &m_layoutDelay, qOverload<>(&QTimer::start));
        connect(made, &QDockWidget::topLevelChanged, &m_layoutDelay, qOverload<>(&QTimer::start));
        connect(made, &QDockWidget::visibilityChanged, &m_layoutDelay, qOverload<>(&QTimer::start));
        return made;
    };
    m_stores = new StoreList(&m_desk->book);
    m_stores->setMinimumWidth(m_stores->fontMetrics().averageCharWidth() * 20);
    m_storesDock = dock(tr("Stores"), u"stores"_s, m_stores, Qt::LeftDockWidgetArea);
    connect(m_stores, &StoreList::openWanted, this, &MainWindow::open);
    connect(m_stores, &StoreList::connectWanted, m_opener, &StoreOpener::choose);
    connect(m_stores, &StoreList::snapshotWanted, this, [this] { m_snapshots->choose(); });
    connect(m_stores, &StoreList::editWanted, this, [this](const Connection &before) {
        auto *dialog = new ConnectionDialog(before, this);
        connect(dialog, &QDialog::accepted, this, [this, dialog, before] {
            const Connection connection = dialog->connection();
            m_desk->book.replace(before, connection);
            for (const auto &[window, index] : tabsOf(connection)) {
                if (window->tab(index).store().name() == before.name)
                    window->tab(index).store().adopt(m_desk->book.known(connection));
            }
        });
        dialog->open();
    });

    m_detail = new DetailPanel;
    m_detailDock = dock(tr("Session"), u"session"_s, m_detail, Qt::RightDockWidgetArea);
    connect(m_detail, &DetailPanel::columnWanted, this, &MainWindow::addColumn);
    connect(m_detail, &DetailPanel::expiryWanted, this, [this](const SessionInfo &session) {
        if (StoreTab *tab = currentTab())
            tab->actions().setExpiry(session);
    });
    connect(m_detail, &DetailPanel::keyActivated, this, &MainWindow::showSession);
    connect(m_detail, &DetailPanel::expireNowWanted, this, [this](const SessionInfo &session) {
        if (StoreTab *tab = currentTab())
            tab->actions().expireNow(session);
    });

    connect(m_detail, &DetailPanel::pinWanted, this, &MainWindow::pinSession);
    connect(m_detail, &DetailPanel::userPageWanted, this, &MainWindow::showUser);

    m_overview = new Overview;
    m_overviewDock = dock(tr("At a glance"), u"overview"_s, m_overview, Qt::BottomDockWidgetArea);
    connect(m_overview, &Overview::deadlinesChosen, this, [this](TimePoint from, TimePoint until) {
        SessionFilter filter;
        filter.deadlines = std::pair(from, until);
        currentTab()->setFilter(filter);
    });
    connect(m_overview, &Overview::userChosen, this, [this](const QString &user) {
        SessionFilter filter;
        filter.user = user;
        currentTab()->setFilter(filter);
    });
    connect(m_overview, &Overview::attributeChosen, this, [this](const QString &name) {
        SessionFilter filter;
        filter.text = name;
        currentTab()->setFilter(filter);
    });
    connect(m_overview, &Overview::sessionChosen, this, &MainWindow::showSession);

    auto *log = new QTableView;
    log->setModel(&m_desk->log);
    log->setAccessibleName(tr("Activity"));
    log->setSelectionBehavior(QAbstractItemView::SelectRows);
    log->setShowGrid(false);
    log->setWordWrap(false);
    log->verticalHeader()->hide();
    log->verticalHeader()->setDefaultSectionSize(log->fontMetrics().height() + 6);
    log->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // Both may be long: they share the room.
    for (const int column : {ActivityLog::Action, ActivityLog::Outcome})
        log->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    log->setColumnWidth(ActivityLog::Time, log->fontMetrics().horizontalAdvance(u"00:00:00"_s) + 16);
    connect(&m_desk->log, &ActivityLog::rowsInserted, log, &QTableView::scrollToBottom);
    m_logDock = dock(tr("Activity"), u"activity"_s, log, Qt::BottomDockWidgetArea);
    tabifyDockWidget(m_overviewDock, m_logDock);
    m_overviewDock->raise();
    m_overviewDock->hide();
    m_logDock->hide();
    resizeDocks({m_storesDock, m_detailDock}, {180, 370}, Qt::Horizontal);
}

QAction *MainWindow::action(const QString &icon, const QString &text, const QKeySequence &shortcut,
                            std::function<void()> triggered)
{
    auto *action = new QAction(icon.isEmpty() ? QIcon() : Theme::icon(icon), text, this);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, std::move(triggered));
    return action;
}

QAction *MainWindow::tabAction(const QString &icon, const QString &text, const QKeySequence &shortcut,
                               std::function<void(StoreTab &)> triggered)
{
    return action(icon, text, shortcut, [this, triggered = std::move(triggered)] {
        if (StoreTab *tab = currentTab())
            triggered(*tab);
    });
}

void MainWindow::makeActions()
{
    using Scope = StoreActions::Scope;
    // The second is one of the sessions that are selected and alive, if there is one.
    const auto always = [](StoreTab &, const SessionInfo *) { return true; };
    const auto writable = [](StoreTab &tab, const SessionInfo *) { return tab.store().isWritable(); };
    const auto known = [](StoreTab &, const SessionInfo *session) { return session != nullptr; };
    const auto selected = [](StoreTab &tab, const SessionInfo *session) { return tab.store().isWritable() && session; };
    const auto when = [this](QAction *action, Condition condition) {
        m_conditions.emplace_back(action, std::move(condition));
        return action;
    };

    QAction *connectAction = action(u"connect"_s, tr("&Connect…"), QKeySequence::New, [this] { m_opener->choose(); });
    QAction *openAction = action(u"open"_s, tr("&Open snapshot…"), QKeySequence::Open, [this] { m_snapshots->choose(); });
    m_export = action(u"export"_s, tr("&Export what is shown…"), QKeySequence::Save,
                      [this] { m_snapshots->exportSessions(currentTab(), StoreActions::Shown); });
    m_export->setObjectName("exportShown"_L1);
    QAction *exportSelected = when(action({}, tr("Export &selected…"), {},
                                          [this] { m_snapshots->exportSessions(currentTab(), StoreActions::Selected); }),
                                   [](StoreTab &tab, const SessionInfo *) { return !tab.view().selectedKeys().isEmpty(); });
    exportSelected->setObjectName("exportSelected"_L1);
    QAction *importAction =
        when(action(u"import"_s, tr("&Import snapshot…"), {}, [this] { m_snapshots->importInto(currentTab()); }), writable);
    importAction->setObjectName("importSnapshot"_L1);
    QAction *closeAction = when(action({}, tr("Close &tab"), QKeySequence::Close, [this] { closeTab(m_tabs->currentIndex()); }),
                                always);
    QAction *logAction = action({}, tr("Save activity &log…"), {}, [this] { saveLog(); });
    QAction *quitAction = action({}, tr("&Quit"), QKeySequence::Quit, [this] {
        m_desk->quits = true;
        QApplication::closeAllWindows();
    });
    quitAction->setMenuRole(QAction::QuitRole);

    m_undo = tabAction(u"undo"_s, tr("&Undo"), QKeySequence::Undo, [](StoreTab &tab) { tab.editor().undo(); });
    m_redo = tabAction(u"redo"_s, tr("&Redo"), QKeySequence::Redo, [](StoreTab &tab) { tab.editor().redo(); });
    m_undo->setObjectName("undo"_L1);
    m_redo->setObjectName("redo"_L1);
    QAction *find = when(tabAction(u"find"_s, tr("&Filter"), QKeySequence::Find, [](StoreTab &tab) { tab.focusFilter(); }),
                         always);
    QAction *clearFilter =
        when(tabAction({}, tr("&Show all"), QKeySequence(Qt::Key_Escape), [](StoreTab &tab) { tab.clearFilter(); }), always);
    clearFilter->setShortcutContext(Qt::WidgetWithChildrenShortcut); // elsewhere Escape means something else
    m_tabActions << clearFilter;
    QAction *findCookie = when(tabAction(u"cookie"_s, tr("Find by &cookie…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
                                         [](StoreTab &tab) { tab.findByCookie(); }),
                               always);

    QAction *refresh = when(tabAction(u"refresh"_s, tr("&Refresh"), QKeySequence::Refresh,
                                      [this](StoreTab &tab) {
                                          tab.refresh();
                                          m_detail->reload();
                                      }),
                            always);
    QAction *copyKey = when(tabAction({}, tr("Cop&y key"), QKeySequence::Copy, [](StoreTab &tab) { tab.view().copyKeys(); }),
                            [](StoreTab &tab, const SessionInfo *) { return !tab.view().selectedKeys().isEmpty(); });
    copyKey->setObjectName("copyKey"_L1);
    copyKey->setShortcutContext(Qt::WidgetShortcut); // in a field it copies what is marked there

    QAction *expiry = when(tabAction(u"clock"_s, tr("Set e&xpiry…"), QKeySequence(Qt::CTRL | Qt::Key_E),
                                     [](StoreTab &tab) { tab.actions().setExpiry(Scope::Selected); }),
                           selected);
    const auto extend = [&](const QString &text, std::chrono::milliseconds by) {
        return when(tabAction({}, text, {}, [by](StoreTab &tab) { tab.actions().extend(Scope::Selected, by); }), selected);
    };
    QAction *extendHour = extend(tr("Extend by an &hour"), 1h);
    QAction *extendDay = extend(tr("Extend by a da&y"), 24h);
    QAction *expireNow = when(tabAction({}, tr("Expire &now"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
                                        [](StoreTab &tab) { tab.actions().expireNow(Scope::Selected); }),
                              selected);
    QAction *rotate = when(tabAction(u"rotate"_s, tr("&Rotate on next request"), QKeySequence(Qt::CTRL | Qt::Key_R),
                                     [](StoreTab &tab) { tab.actions().requestRotation(Scope::Selected); }),
                           selected);
    rotate->setObjectName("rotate"_L1);
    rotate->setIconText(tr("Rotate"));
    refresh->setIconText(tr("Refresh"));
    rotate->setToolTip(tr("The visitors stay logged in and get a fresh id with their next request"));
    QAction *clear = when(tabAction({}, tr("C&lear attributes"), {},
                                    [](StoreTab &tab) { tab.actions().clearAttributes(Scope::Selected); }),
                          selected);
    QAction *remove = when(tabAction(u"delete"_s, tr("&Delete"), QKeySequence::Delete,
                                     [](StoreTab &tab) { tab.actions().remove(Scope::Selected); }),
                           selected);
    remove->setIconText(tr("Delete"));
    // Delete means the row only while the table has the focus.
    remove->setShortcutContext(Qt::WidgetShortcut);
    QAction *revoke = when(tabAction(u"revoke"_s, tr("Revoke &all of the user"), {},
                                     [](StoreTab &tab) {
                                         if (const SessionInfo *session = tab.view().selectedSession();
                                             session && !session->user.isEmpty())
                                             tab.actions().revokeUser(session->user);
                                     }),
                           [](StoreTab &tab, const SessionInfo *session) {
                               return tab.store().isWritable() && session && !session->user.isEmpty();
                           });
    QAction *userOnly = when(tabAction({}, tr("Show only this &user"), {},
                                       [](StoreTab &tab) {
                                           SessionFilter filter;
                                           if (const auto key = tab.view().currentKey()) {
                                               if (const SessionRow *row = tab.model().row(tab.model().rowOf(*key)))
                                                   filter.user = row->info.user;
                                           }
                                           tab.setFilter(filter);
                                       }),
                             [](StoreTab &tab, const SessionInfo *) { return tab.view().currentKey().has_value(); });
    QAction *userPage = when(tabAction(u"user"_s, tr("Time li&ne of the user"), {},
                                       [this](StoreTab &tab) {
                                           const auto key = tab.view().currentKey();
                                           const SessionRow *row = key ? tab.model().row(tab.model().rowOf(*key)) : nullptr;
                                           if (row)
                                               showUser(row->info.user);
                                       }),
                             [](StoreTab &tab, const SessionInfo *) { return tab.view().currentKey().has_value(); });
    userPage->setObjectName("userPage"_L1);
    QAction *pin = when(action(u"pin"_s, tr("&Pin this session"), {}, [this] { pinSession(); }),
                        [](StoreTab &tab, const SessionInfo *) { return tab.view().currentKey().has_value(); });
    pin->setObjectName("pinSession"_L1);
    QAction *watch = when(action(u"eye"_s, tr("&Watch this session"), {},
                                 [this] {
                                     m_detailDock->show();
                                     m_detailDock->raise();
                                     m_detail->showWatch();
                                 }),
                          [](StoreTab &tab, const SessionInfo *) { return tab.view().currentKey().has_value(); });
    watch->setObjectName("watchSession"_L1);
    m_compare = when(action(u"compare"_s, tr("&Compare two sessions"), QKeySequence(Qt::CTRL | Qt::Key_D),
                            [this] { compareSessions(); }),
                     [](StoreTab &tab, const SessionInfo *) { return !tab.view().keysToCompare().isEmpty(); });
    m_compare->setObjectName("compare"_L1);
    QAction *edit = when(action(u"rename"_s, tr("&Edit attributes"), QKeySequence(Qt::Key_F4), [this] { editAttributes(); }),
                         known);
    edit->setObjectName("editAttributes"_L1);
    QAction *compareAll = when(action({}, tr("Compare &stores and snapshots…"), {}, [this] { compareStores(); }), always);

    QAction *allExpiry = when(tabAction({}, tr("Set e&xpiry…"), {}, [](StoreTab &tab) { tab.actions().setExpiry(Scope::Shown); }),
                              writable);
    QAction *allExpire = when(tabAction({}, tr("Expire &now…"), {}, [](StoreTab &tab) { tab.actions().expireNow(Scope::Shown); }),
                              writable);
    QAction *allRotate = when(tabAction({}, tr("&Rotate on next request…"), {},
                                        [](StoreTab &tab) { tab.actions().requestRotation(Scope::Shown); }),
                              writable);
    QAction *allDelete = when(tabAction({}, tr("&Delete…"), {}, [](StoreTab &tab) { tab.actions().remove(Scope::Shown); }),
                              writable);
    allDelete->setObjectName("deleteShown"_L1);

    m_move = when(action(u"window"_s, m_torn ? tr("Move tab &back to the first window") : tr("Move tab to a new &window"),
                         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), [this] { moveTab(m_tabs->currentIndex(), {}); }),
                  [this](StoreTab &, const SessionInfo *) { return m_torn || m_tabs->count() > 1; });
    m_move->setObjectName("moveTab"_L1);
    const auto step = [this](int by) {
        if (m_tabs->count() > 0)
            m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + m_tabs->count()) % m_tabs->count());
    };
    QAction *nextTab = when(action({}, tr("&Next tab"), QKeySequence::NextChild, [step] { step(1); }), always);
    QAction *previousTab = when(action({}, tr("&Previous tab"), QKeySequence::PreviousChild, [step] { step(-1); }), always);

    m_writable = tabAction(u"unlock"_s, tr("&Writable"), {}, [this](StoreTab &tab) {
        tab.changeWritable();
        updateActions(); // a question may be open
    });
    m_writable->setCheckable(true);

    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addActions({connectAction, openAction});
    file->addSeparator();
    file->addActions({m_export, exportSelected, importAction});
    file->addSeparator();
    file->addActions({logAction, closeAction, quitAction});
    QMenu *editMenu = menuBar()->addMenu(tr("&Edit"));
    editMenu->addActions({m_undo, m_redo});
    editMenu->addSeparator();
    editMenu->addActions({find, clearFilter, findCookie});
    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addAction(refresh);
    view->addSeparator();
    const QStringList titles = {tr("S&tores"), tr("&Session"), tr("&At a glance"), tr("Acti&vity")};
    m_overviewDock->toggleViewAction()->setIcon(Theme::icon(u"overview"_s));
    int number = 1;
    for (QDockWidget *dock : {m_storesDock, m_detailDock, m_overviewDock, m_logDock}) {
        dock->toggleViewAction()->setText(titles[number - 1]); // with a letter to reach it by
        dock->toggleViewAction()->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + number++)));
        connect(dock->toggleViewAction(), &QAction::triggered, dock, [dock](bool shown) {
            if (shown)
                dock->raise(); // it may lie behind another
        });
        view->addAction(dock->toggleViewAction());
    }
    view->addSeparator();
    QMenu *columns = view->addMenu(tr("&Columns"));
    connect(columns, &QMenu::aboutToShow, this, [this, columns] {
        columns->clear();
        if (StoreTab *tab = currentTab())
            tab->view().fillColumnMenu(columns);
    });
    when(columns->menuAction(), always);
    view->addSeparator();
    view->addActions({nextTab, previousTab, m_move});
    QMenu *sessions = menuBar()->addMenu(tr("&Sessions"));
    QMenu *expireMenu = new QMenu(tr("E&xpiry"), this);
    expireMenu->setIcon(Theme::icon(u"clock"_s));
    expireMenu->addActions({expiry, extendHour, extendDay, expireNow});
    sessions->addAction(edit);
    sessions->addMenu(expireMenu);
    sessions->addActions({rotate, clear, remove, revoke});
    sessions->addSeparator();
    sessions->addActions({userOnly, userPage, pin, watch, m_compare, copyKey});
    sessions->addSeparator();
    QMenu *shown = sessions->addMenu(tr("All that the filter sh&ows"));
    shown->addActions({allExpiry, allExpire, allRotate, allDelete});
    QMenu *store = menuBar()->addMenu(tr("S&tore"));
    store->addAction(m_writable);
    store->addSeparator();
    store->addAction(compareAll);
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *demo = help->addAction(Theme::icon(u"play"_s), tr("Start the &demo"), m_opener, &StoreOpener::startDemo);
    demo->setEnabled(!Welcome::demoProgram().isEmpty());
    help->addAction(tr("&About"), this, &MainWindow::showAbout)->setMenuRole(QAction::AboutRole);

    auto *bar = addToolBar(tr("Tools"));
    bar->setObjectName("tools"_L1);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(18, 18));
    bar->addActions({connectAction, refresh});
    bar->addSeparator();
    auto *expireButton = new QToolButton;
    expireButton->setDefaultAction(expiry);
    expiry->setIconText(tr("Expiry"));
    expireButton->setMenu(expireMenu);
    expireButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    expireButton->setPopupMode(QToolButton::MenuButtonPopup);
    bar->addWidget(expireButton);
    bar->addSeparator(); // or its arrow would seem to be the next one's
    bar->addActions({rotate, remove});
    bar->addSeparator();
    m_export->setIconText(tr("Export"));
    bar->addActions({m_export, m_compare});
    bar->addSeparator();
    bar->addActions({m_undo, m_redo});
    bar->addSeparator();
    findCookie->setIconText(tr("Find by cookie"));
    bar->addActions({findCookie, m_overviewDock->toggleViewAction()});
    // Everybody knows these by their pictures, and longer languages need the room.
    for (QAction *familiar : {refresh, m_undo, m_redo, m_overviewDock->toggleViewAction()})
        static_cast<QToolButton *>(bar->widgetForAction(familiar))->setToolButtonStyle(Qt::ToolButtonIconOnly);
    connectAction->setIconText(tr("Connect"));
    when(expireMenu->menuAction(), selected);

    const auto separator = [this] {
        auto *made = new QAction(this);
        made->setSeparator(true);
        return made;
    };
    m_rowActions = {edit,   separator(), expiry,   extendHour, extendDay, expireNow, separator(), rotate,  clear,         remove,
                    revoke, separator(), userOnly, userPage,   pin,       watch,     m_compare,   copyKey, exportSelected};
}

StoreTab *MainWindow::currentTab() const
{
    return static_cast<StoreTab *>(m_tabs->currentWidget());
}

StoreTab &MainWindow::tab(int index) const
{
    return *static_cast<StoreTab *>(m_tabs->widget(index));
}

void MainWindow::open(const Connection &wanted)
{
    const Connection connection = m_desk->book.known(wanted);
    for (const auto &[window, index] : tabsOf(connection)) {
        OpenStore &store = window->tab(index).store();
        const Connection careful = connection.asCarefulAs(store.connection());
        if (careful.environment != store.connection().environment || careful.readOnly != store.connection().readOnly)
            store.adopt(careful); // it was called more harmless when it was opened
        window->m_tabs->setCurrentIndex(index);
        window->raise();
        window->activateWindow();
        return;
    }
    if (Connection::isSnapshot(connection.url))
        m_snapshots->open(connection);
    else
        m_opener->open(connection);
}

/// Whenever a tab comes or goes, but not while all go.
void MainWindow::rememberOpen() const
{
    if (m_desk->quits)
        return;
    QList<Connection> connections;
    for (const MainWindow *window : std::as_const(m_desk->windows)) {
        for (int i = 0; i < window->m_tabs->count(); ++i)
            connections << window->tab(i).store().connection();
    }
    m_desk->book.setOpenStores(connections);
}

/// Nothing of it asks or complains: what is not there any more is left out, and a password that is missing shows in its tab.
void MainWindow::openAgain()
{
    for (const Connection &open : m_desk->book.openStores()) {
        const Connection connection = m_desk->book.known(open);
        if (!connection.canBeThere())
            continue;
        if (Connection::isSnapshot(connection.url))
            m_snapshots->open(connection);
        else
            m_opener->openQuietly(connection);
    }
}

StoreTab *MainWindow::addTab(const Connection &connection, std::shared_ptr<SessionStore> store, bool lockedReadOnly,
                             OpenStore::OpenWritable openWritable)
{
    m_desk->book.mark(connection);
    auto *tab = new StoreTab(std::make_unique<OpenStore>(connection, std::move(store), lockedReadOnly, std::move(openWritable)),
                             &m_desk->log);
    tab->view().restoreColumns(Settings::value(u"columns"_s).toByteArray());
    tab->restoreFilter();
    takeTab(tab);
    rememberOpen();
    return tab;
}

/// Shows \a tab in this window.
void MainWindow::takeTab(StoreTab *tab)
{
    const Connection &connection = tab->store().connection();
    tab->view().addActions(m_rowActions);
    tab->addActions(m_tabActions);
    const int index = m_tabs->addTab(tab, QString());
    m_tabs->setTabToolTip(index, Foreign::toolTip(connection.url));
    nameTab(tab);
    connect(&tab->store(), &OpenStore::connectionChanged, this, [this, tab] {
        nameTab(tab);
        tabChanged();
        m_desk->book.mark(tab->store().connection());
        rememberOpen();
    });
    for (const auto signal : {&QHeaderView::sectionResized, &QHeaderView::sectionMoved})
        connect(tab->view().horizontalHeader(), signal, this, [this] { m_layoutDelay.start(); });
    connect(&tab->view(), &SessionView::editWanted, this, &MainWindow::editAttributes);
    connect(tab, &StoreTab::countChanged, this, [this, tab] {
        if (tab == currentTab())
            m_counts->setText(tab->countText());
    });
    connect(tab, &StoreTab::connectionWanted, this,
            [this, tab] { m_opener->correct(tab->store().connection(), tab, [this, tab] { closeTab(m_tabs->indexOf(tab)); }); });
    connect(&tab->view(), &SessionView::selectionChangedByPerson, this, [this, tab] {
        if (tab == currentTab())
            showSelection();
    });
    connect(&tab->editor(), &Editor::keyChanged, m_detail, &DetailPanel::changeKey);
    m_tabs->setCurrentIndex(index);
    m_pages->setCurrentWidget(m_tabs);
    updateOpen();
    tab->focusSessions();
}

/// Says on the tab what store it is.
void MainWindow::nameTab(StoreTab *tab)
{
    const Connection &connection = tab->store().connection();
    QString title = connection.name;
    if (connection.environment != Connection::Development)
        title = tr("%1 · %2", "name of a store, then its environment")
                    .arg(title, Connection::environmentName(connection.environment));
    m_tabs->setTabText(m_tabs->indexOf(tab), Foreign::withoutShortcut(Foreign::line(title)));
    m_tabs->setTabIcon(m_tabs->indexOf(tab), Theme::dot(connection.colour));
}

/// Where the store of \a connection is open.
QList<std::pair<MainWindow *, int>> MainWindow::tabsOf(const Connection &connection) const
{
    QList<std::pair<MainWindow *, int>> found;
    for (MainWindow *window : std::as_const(m_desk->windows)) {
        for (int i = 0; i < window->m_tabs->count(); ++i) {
            if (window->tab(i).store().connection().isSameStore(connection))
                found.emplace_back(window, i);
        }
    }
    return found;
}

static void saveColumns(const StoreTab &tab)
{
    if (const QByteArray columns = tab.view().saveColumns(); !columns.isEmpty())
        Settings::setValue(u"columns"_s, columns);
}

/// Takes the tab \a index out of this window; it belongs to the caller.
StoreTab *MainWindow::releaseTab(int index)
{
    StoreTab *released = &tab(index);
    if (released == currentTab()) {
        saveColumns(*released);
        m_detail->showSession(nullptr, nullptr, {});
        m_overview->setStore(nullptr);
    }
    if (m_pinned && m_pinned->store() == &released->store()) {
        unpin();
        m_pinnedDock->close();
    }
    released->view().disconnect(this);
    released->view().horizontalHeader()->disconnect(this);
    released->disconnect(this);
    released->store().disconnect(this);
    released->editor().disconnect(m_detail);
    for (QAction *action : std::as_const(m_rowActions))
        released->view().removeAction(action);
    for (QAction *action : std::as_const(m_tabActions))
        released->removeAction(action);
    m_tabs->removeTab(index);
    released->setParent(nullptr);
    tabChanged();
    return released;
}

void MainWindow::closeTab(int index)
{
    if (index < 0)
        return;
    endJobs({&tab(index)}, [this, closed = QPointer(&tab(index))] {
        if (!closed)
            return;
        delete releaseTab(m_tabs->indexOf(closed));
        updateOpen();
        rememberOpen();
        if (m_torn && m_tabs->count() == 0)
            close();
    });
}

/// Calls \a then when no bulk work of \a tabs is under way: at once, or after the person has let it be stopped.
void MainWindow::endJobs(const QList<StoreTab *> &tabs, const std::function<void()> &then)
{
    QList<QPointer<BulkJob>> jobs;
    QList<QPointer<ImportJob>> imports;
    QStringList lines;
    for (StoreTab *tab : tabs) {
        for (ImportJob *job : tab->findChildren<ImportJob *>()) {
            if (!job->isWriting())
                continue;
            imports << job;
            lines << tr("%1: %2 %").arg(job->text()).arg(job->percent());
        }
        for (BulkJob *job : tab->editor().runningJobs()) {
            jobs << job;
            lines << tr("%1: %2 of %3")
                         .arg(job->text(), Format::number(job->done() + job->failures().size()), Format::number(job->total()));
        }
        for (const MainWindow *window : std::as_const(m_desk->windows)) {
            if (window->m_detail->hasDrafts(&tab->store()))
                lines << tr("What was typed in %1 has not been saved.").arg(Foreign::line(tab->store().name()));
        }
    }
    if (lines.isEmpty())
        return then();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Work is under way"), lines.join(u'\n'), QMessageBox::NoButton, this);
    box->setObjectName("workUnderWay"_L1);
    box->setAttribute(Qt::WA_DeleteOnClose);
    if (!jobs.isEmpty() || !imports.isEmpty())
        box->setInformativeText(tr("What has been done stays done, but cannot be taken back any more."));
    QPushButton *stop = box->addButton(tr("&Stop and close"), QMessageBox::AcceptRole);
    QPushButton *goOn = box->addButton(tr("&Go on"), QMessageBox::RejectRole);
    box->setDefaultButton(goOn);
    Foreign::showPlainly(box);
    connect(stop, &QPushButton::clicked, this, [this, jobs, imports, then] {
        const auto left = std::make_shared<qsizetype>(1);
        const auto ended = [left, then] {
            if (--*left == 0)
                then();
        };
        for (const QPointer<BulkJob> &job : jobs) {
            if (!job || !job->isRunning())
                continue;
            ++*left;
            connect(job, &BulkJob::finished, this, ended, Qt::QueuedConnection); // the job still needs its tab to say so
            job->stop();
        }
        for (const QPointer<ImportJob> &job : imports) {
            if (!job || !job->isWriting())
                continue;
            ++*left;
            connect(job, &ImportJob::finished, this, ended, Qt::QueuedConnection);
            job->stop();
        }
        ended();
    });
    box->open();
}

/// Gives the tab a window of its own at \a at, or brings it back from there to the first window.
void MainWindow::moveTab(int index, const QPoint &at)
{
    if (index < 0 || (!m_torn && m_tabs->count() == 1)) // the only tab has a window of its own already
        return;
    if (m_detail->hasDrafts(&tab(index).store())) // it stays in this window
        return tab(index).showMessage(tr("What was typed here is not saved yet. Save it or take it back, then move the tab."),
                                      true);
    MainWindow *window = m_desk->windows.first();
    if (!m_torn) {
        window = new MainWindow(m_desk);
        window->setAttribute(Qt::WA_DeleteOnClose);
        if (!at.isNull())
            window->move(at - QPoint(60, 20));
    }
    window->takeTab(releaseTab(index));
    window->show();
    window->raise();
    window->activateWindow();
    if (m_torn && m_tabs->count() == 0)
        close();
}

void MainWindow::updateOpen()
{
    QList<Connection> open;
    for (const MainWindow *window : std::as_const(m_desk->windows)) {
        for (int i = 0; i < window->m_tabs->count(); ++i)
            open << window->tab(i).store().connection();
    }
    for (const MainWindow *window : std::as_const(m_desk->windows))
        window->m_stores->setOpen(open);
}

void MainWindow::tabChanged()
{
    for (const QMetaObject::Connection &connection : std::as_const(m_tabConnections))
        disconnect(connection);
    m_tabConnections.clear();
    StoreTab *tab = currentTab();
    m_pages->setCurrentWidget(tab ? static_cast<QWidget *>(m_tabs) : m_welcome);
    m_detailDock->setEnabled(tab);
    // Without a store there is no session either: the welcome has the room.
    if (!tab && !m_detailDock->isHidden()) {
        m_detailDock->hide();
        m_detailWaits = true;
    } else if (tab && std::exchange(m_detailWaits, false)) {
        m_detailDock->show();
    }
    if (tab) {
        const Connection &connection = tab->store().connection();
        setWindowTitle(
            connection.environment == Connection::Development
                ? tr("%1 – Sojourn Inspector").arg(connection.name)
                : tr("%1 (%2) – Sojourn Inspector").arg(connection.name, Connection::environmentName(connection.environment)));
        m_tabConnections = {connect(&tab->model(), &SessionModel::statusChanged, this,
                                    &MainWindow::updateActions), // who is selected may have come or gone
                            connect(&tab->store(), &OpenStore::stateChanged, this, &MainWindow::updateStatus),
                            connect(&tab->store(), &OpenStore::writableChanged, this, &MainWindow::updateActions),
                            connect(&tab->editor().stack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions),
                            connect(&tab->editor(), &Editor::busyChanged, this, &MainWindow::updateActions),
                            connect(&tab->editor(), &Editor::applied, this, &MainWindow::updateActions)};
    } else {
        setWindowTitle(tr("Sojourn Inspector"));
        m_welcome->setFocus();
    }
    m_overview->setStore(tab ? &tab->store() : nullptr);
    showSelection();
    updateStatus();
}

/// Shows the session of \a key alone and selects it.
void MainWindow::showSession(const SessionKey &key)
{
    SessionFilter filter;
    filter.keyPrefix = key.toLatin1();
    currentTab()->setFilter(filter);
    currentTab()->view().select(key);
}

void MainWindow::showSelection()
{
    StoreTab *tab = currentTab();
    m_detail->showSession(tab ? &tab->store() : nullptr, tab ? &tab->editor() : nullptr,
                          tab ? tab->view().currentKey() : std::nullopt);
    updateActions();
}

void MainWindow::makePinned()
{
    m_pinned = new DetailPanel;
    m_pinned->setObjectName("pinnedSession"_L1);
    m_pinned->findChild<QWidget *>("pin"_L1)->hide();
    m_pinnedDock = new QDockWidget(tr("Pinned session"));
    m_pinnedDock->setObjectName("pinned"_L1);
    m_pinnedDock->setWidget(m_pinned);
    addDockWidget(dockWidgetArea(m_detailDock), m_pinnedDock);
    DetailPanel::markDifferences(m_detail, m_pinned);
    // What is asked for there is about its store, whichever tab is in front.
    const auto toItsTab = [this] {
        for (int i = 0; i < m_tabs->count(); ++i) {
            if (&tab(i).store() == m_pinned->store())
                m_tabs->setCurrentIndex(i);
        }
    };
    connect(m_pinned, &DetailPanel::keyActivated, this, [this, toItsTab](const SessionKey &key) {
        toItsTab();
        showSession(key);
    });
    connect(m_pinned, &DetailPanel::userPageWanted, this, [this, toItsTab](const QString &user) {
        toItsTab();
        showUser(user);
    });
    connect(m_pinned, &DetailPanel::columnWanted, this, [this, toItsTab](const QString &path) {
        toItsTab();
        addColumn(path);
    });
    connect(m_pinnedDock->toggleViewAction(), &QAction::toggled, this, [this] {
        if (m_pinnedDock->isHidden()) // not of a window that was minimized
            unpin();
    });
}

void MainWindow::addColumn(const QString &path)
{
    if (StoreTab *tab = currentTab())
        tab->model().addAttributeColumns({path});
}

void MainWindow::unpin()
{
    m_pinned->showSession(nullptr, nullptr, {});
}

/// Keeps the session that is shown in a panel of its own, for looking, while others are shown here.
void MainWindow::pinSession()
{
    if (!m_detail->key())
        return;
    if (!m_pinned)
        makePinned();
    m_pinned->showSession(m_detail->store(), nullptr, m_detail->key(), m_detail->record());
    m_pinnedDock->show();
    m_pinnedDock->raise();
}

void MainWindow::showUser(const QString &user)
{
    StoreTab *tab = currentTab();
    if (!tab)
        return;
    if (user.isEmpty())
        return tab->showMessage(tr("This session belongs to no user."), false);
    for (UserPage *open : findChildren<UserPage *>()) {
        if (open->user() == user && open->store() == &tab->store()) {
            open->raise();
            open->activateWindow();
            return;
        }
    }
    auto *page = new UserPage(&tab->store(), user, this);
    connect(page, &UserPage::sessionActivated, this, [this, tab = QPointer(tab)](const SessionKey &key) {
        if (!tab || m_tabs->indexOf(tab) < 0)
            return;
        m_tabs->setCurrentWidget(tab);
        showSession(key);
    });
    page->show();
}

void MainWindow::updateActions()
{
    StoreTab *tab = currentTab();
    if (const SessionFilter filter = tab ? tab->model().filter() : SessionFilter(); tab)
        m_overview->showFilter(filter.user, filter.text, filter.deadlines);
    const SessionInfo *session = tab ? tab->view().selectedSession() : nullptr;
    for (const auto &[action, condition] : std::as_const(m_conditions))
        action->setEnabled(tab && condition(*tab, session));
    const auto step = [tab](QAction *action, bool can, const QString &name, const QString &plain, const QString &named) {
        action->setEnabled(can && tab->store().isWritable() && !tab->editor().isBusy());
        action->setText(name.isEmpty() ? plain : named.arg(Foreign::withoutShortcut(name)));
    };
    step(m_undo, tab && tab->editor().stack().canUndo(), tab ? tab->editor().stack().undoText() : QString(), tr("&Undo"),
         tr("&Undo: %1"));
    step(m_redo, tab && tab->editor().stack().canRedo(), tab ? tab->editor().stack().redoText() : QString(), tr("&Redo"),
         tr("&Redo: %1"));
    const QList<SessionKey> compared = tab ? tab->view().keysToCompare() : QList<SessionKey>();
    m_compare->setText(compared.isEmpty() || tab->view().selectedKeys().size() == 2
                           ? tr("&Compare two sessions")
                           : tr("&Compare with %1, seen before").arg(Format::shortKey(compared.first())));
    m_compare->setIconText(tr("Compare"));
    m_undo->setIconText(tr("Undo"));
    m_redo->setIconText(tr("Redo"));
    m_writable->setEnabled(tab && tab->store().canBeWritable());
    m_writable->setChecked(tab && tab->store().isWritable());
    updateStatus();
}

void MainWindow::updateStatus()
{
    StoreTab *tab = currentTab();
    const QString obstacle = tab ? SnapshotActions::exportObstacle(*tab) : QString();
    m_export->setEnabled(tab && obstacle.isEmpty());
    m_export->setToolTip(obstacle.isEmpty() ? tr("Export what is shown") : obstacle);
    for (QWidget *widget : QWidgetList{m_connection, m_counts, m_rate, m_access, m_time, m_zone} + m_statusLines)
        widget->setVisible(tab);
    if (!tab)
        return;
    OpenStore &store = tab->store();
    switch (store.state()) {
    case OpenStore::State::Connecting:
        m_connection->setText(tr("%1: connecting…").arg(store.name()));
        break;
    case OpenStore::State::Lost:
        m_connection->setText(tr("%1: not connected, trying again").arg(store.name()));
        break;
    case OpenStore::State::Connected: {
        const QString time = QLocale().toString(double(store.roundTrip().count()) / 1000, 'f', 1);
        const QString servers = store.reader()->servers();
        m_connection->setText(servers.isEmpty() ? tr("%1: connected, %2 ms").arg(store.name(), time)
                                                : tr("%1: connected to %3, %2 ms").arg(store.name(), time, servers));
        break;
    }
    }
    m_counts->setText(tab->countText());
    m_rate->setText(
        tr("%1 events/s").arg(QLocale().toString(store.eventsPerSecond(), 'f', store.eventsPerSecond() < 10 ? 1 : 0)));
    m_access->setText(store.isWritable() ? tr("writable") : tr("read-only"));
    showClock();
}

/// The store's time, by which sessions end, in the zone of all times that are shown.
void MainWindow::showClock()
{
    StoreTab *tab = currentTab();
    if (!tab)
        return;
    const QDateTime now = toDateTime(tab->store().reader()->now());
    m_zone->setText(now.toLocalTime().toString(u"t"_s));
    m_time->setText(now.toLocalTime().toString(u"HH:mm:ss"_s));
    m_time->setToolTip(tr("The time of the store, in the zone of all times that are shown.\nLocal: %1\nUTC: %2")
                           .arg(now.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss t"_s),
                                now.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s)));
}

/// Goes to the attributes of the selected session.
void MainWindow::editAttributes()
{
    m_detailDock->show();
    m_detailDock->raise();
    m_detail->focusAttributes();
}

void MainWindow::compareSessions()
{
    StoreTab *tab = currentTab();
    const QList<SessionKey> keys = tab->view().keysToCompare();
    if (keys.size() != 2)
        return;
    // The tab may be in another window by the time of the answer.
    const auto shown = std::make_shared<QList<SessionRecord>>();
    const auto take = [tab, shown](const SessionRecord &record) {
        *shown << record;
        if (shown->size() == 2)
            (new CompareSessionsDialog(shown->first(), shown->last(), tab->window()))->open();
    };
    const auto load = [tab](const SessionKey &key, const std::optional<SessionRecord> &seen,
                            const std::function<void(const SessionRecord &)> &then) {
        tab->store().reader()->load(key).then(tab, [tab, seen, then](const Result<SessionRecord> &record) {
            if (record || seen) // one that has ended is compared as it was seen
                then(record ? *record : *seen);
            else
                tab->showMessage(Format::error(record.error()), true);
        });
    };
    load(keys[0], m_detail->seen(keys[0]),
         [load, take, key = keys[1], seen = m_detail->seen(keys[1])](const SessionRecord &first) {
             take(first);
             load(key, seen, take);
         });
}

void MainWindow::compareStores()
{
    QList<CompareStoresDialog::Side> sides;
    int current = 0;
    for (const MainWindow *window : std::as_const(m_desk->windows)) {
        for (int i = 0; i < window->m_tabs->count(); ++i) {
            if (&window->tab(i) == currentTab())
                current = int(sides.size());
            sides.append({window->tab(i).store().name(), window->tab(i).store().reader()});
        }
    }
    auto *dialog = new CompareStoresDialog(sides, this);
    if (sides.size() > 1) {
        // A snapshot's time stands still: what is older is what was before.
        int before = current == 0 ? 1 : current - 1, after = current;
        if (sides[before].store->now() > sides[after].store->now())
            std::swap(before, after);
        dialog->chooseSides(before, after);
    }
    dialog->show();
}

void MainWindow::saveLog()
{
    auto *dialog = new QFileDialog(this, tr("Save activity log"), u"sojourn-activity.txt"_s, tr("Text (*.txt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &name) {
        QSaveFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(m_desk->log.toText()) < 0 || !file.commit())
            m_desk->log.failed({}, tr("Save activity log"), {Error::Unavailable, file.errorString()});
    });
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Sojourn Inspector"),
                                tr("Sojourn Inspector %1").arg(QCoreApplication::applicationVersion()), QMessageBox::Ok, this);
    box->setInformativeText(tr("Sessions of QHttpServer applications, live.\n\nMIT licence. Uses Qt under the LGPL."));
    Foreign::showPlainly(box);
    box->setIconPixmap(Theme::icon(u"sojourn-inspector"_s).pixmap(QSize(64, 64), devicePixelRatioF()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

/// Windows of torn off tabs remember a layout of their own.
QString MainWindow::layoutKey(const QString &name) const
{
    return m_torn ? u"tornOff/"_s + name : name;
}

void MainWindow::restoreLayout()
{
    if (const QByteArray geometry = Settings::value(layoutKey(u"geometry"_s)).toByteArray(); !geometry.isEmpty())
        restoreGeometry(geometry);
    if (const QByteArray state = Settings::value(layoutKey(u"docks"_s)).toByteArray(); !state.isEmpty())
        restoreState(state);
    else if (m_torn)
        m_storesDock->hide();
    m_narrow = dockWidgetArea(m_detailDock) == Qt::BottomDockWidgetArea;
}

void MainWindow::saveLayout()
{
    Settings::setValue(layoutKey(u"geometry"_s), saveGeometry());
    if (!m_detailWaits) // else the next start would hide it too
        Settings::setValue(layoutKey(u"docks"_s), saveState());
    if (currentTab())
        saveColumns(*currentTab());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QList<StoreTab *> tabs;
    for (const MainWindow *window : std::as_const(m_desk->windows)) {
        for (int i = 0; i < window->m_tabs->count() && (window == this || !m_torn); ++i)
            tabs << &window->tab(i);
    }
    if (!std::exchange(m_mayClose, false)) {
        const auto waits = std::make_shared<bool>(false);
        endJobs(tabs, [this, waits] {
            m_mayClose = true;
            if (*waits)
                close();
        });
        *waits = true;
        if (!std::exchange(m_mayClose, false)) {
            event->ignore();
            m_desk->quits = false;
            return;
        }
    }
    if (m_detailWaits)
        m_detailDock->show(); // as the next start shall find it
    m_detailWaits = false;
    saveLayout();
    m_layoutDelay.stop();
    event->accept();
    if (m_torn)
        return;
    m_desk->quits = true; // what is open now is what is opened again
    for (MainWindow *other : QList(m_desk->windows)) { // the others end with the first
        if (other == this)
            continue;
        other->m_mayClose = true;
        other->close();
    }
}

/// On a narrow window the detail goes below the table, on a wide one back to its side.
void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_layoutDelay.start();
    const bool narrow = width() < NarrowWidth;
    if (narrow == m_narrow || m_detailDock->isFloating())
        return;
    m_narrow = narrow;
    addDockWidget(narrow ? Qt::BottomDockWidgetArea : Qt::RightDockWidgetArea, m_detailDock);
    resizeDocks({m_detailDock}, {narrow ? height() * 2 / 5 : 400}, narrow ? Qt::Vertical : Qt::Horizontal);
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QMainWindow::moveEvent(event);
    m_layoutDelay.start();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_tabs)
        updateOpen();
}

/// Docks that lie on each other have tabs of the main window's own, which nobody else names.
bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::ChildPolished) {
        for (QTabBar *bar : findChildren<QTabBar *>(Qt::FindDirectChildrenOnly))
            bar->setAccessibleName(tr("Panels"));
    }
    return QMainWindow::event(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            event->acceptProposedAction();
    }
}

/// A snapshot opens as a store; any other file is taken for a SQLite store.
void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (!url.isLocalFile())
            continue;
        const QString file = url.toLocalFile();
        open(Connection::forUrl(
            Connection::isSnapshot(file) ? file : u"sqlite:"_s + QString::fromLatin1(QUrl::toPercentEncoding(file, "/:"))));
    }
}

} // namespace Sojourn::Inspector
