// SPDX-License-Identifier: MIT
#include "mainwindow.h"

#include "comparing.h"
#include "look/foreigntext.h"
#include "look/theme.h"
#include "overview/overview.h"
#include "session/detailpanel.h"
#include "session/userpage.h"
#include "snapshot/snapshotactions.h"
#include "statusline.h"
#include "store/connectiondialog.h"
#include "store/settings.h"
#include "store/storelist.h"
#include "storeopener.h"
#include "tab/storetab.h"
#include "tab/storetabs.h"
#include "table/sessionview.h"
#include "unfinishedwork.h"
#include "welcome.h"
#include "windowactions.h"
#include "windowpanels.h"

#include <QtCore/QMimeData>
#include <QtCore/QSaveFile>
#include <QtGui/QCloseEvent>
#include <QtGui/QDropEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStatusBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

MainWindow::MainWindow(bool readOnly) : MainWindow(std::make_shared<SharedState>(readOnly)) { }

MainWindow::MainWindow(const std::shared_ptr<SharedState> &shared) : m_shared(shared)
{
    m_shared->windows.append(this);
    setObjectName("MainWindow"_L1);
    setWindowTitle(tr("Sojourn Inspector"));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    // With its frame, on any screen.
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(16, 48)));
    m_layoutDelay.setSingleShot(true);
    m_layoutDelay.setInterval(300ms);
    connect(&m_layoutDelay, &QTimer::timeout, this, &MainWindow::saveLayout);

    connectOpeners();
    connectTabs();
    connectPanels();
    m_actions = new WindowActions(this, m_panels->toggles());
    m_status = new StatusLine(statusBar());
    m_panels->restoreLayout();
    tabChanged();
}

/// What opens stores and snapshots, and what opens with them.
void MainWindow::connectOpeners()
{
    m_snapshots = new SnapshotActions(m_shared.get(), this);
    connect(m_snapshots, &SnapshotActions::openWanted, this, &MainWindow::open);
    connect(m_snapshots, &SnapshotActions::opened, this,
            [this](const Connection &connection, const std::shared_ptr<SessionStore> &store) {
                addTab(connection, store, true);
            });
    m_opener = new StoreOpener(m_shared.get(), this);
    connect(m_snapshots, &SnapshotActions::openFailed, m_opener, &StoreOpener::showFailure);
    connect(m_opener, &StoreOpener::opened, this,
            [this](const Connection &connection, const std::shared_ptr<SessionStore> &store,
                   const OpenStore::OpenWritable &openWritable) { addTab(connection, store, m_shared->readOnly, openWritable); });
    connect(m_opener, &StoreOpener::wanted, this, &MainWindow::open);
    connect(m_opener, &StoreOpener::demoRuns, this, [this](const Connection &connection, const QString &pageUrl) {
        open(connection);
        if (StoreTab *tab = currentTab())
            tab->showMessage(tr("The demo runs at %1. Open it in a browser and watch its sessions here.").arg(pageUrl), false);
    });
}

void MainWindow::connectTabs()
{
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
        menu->addAction((*m_actions)[WindowActions::MoveTab]->text(), this, [this, index] { moveTab(index, {}); })
            ->setEnabled(canMoveTab());
        menu->addAction((*m_actions)[WindowActions::CloseTab]->text(), this, [this, index] { closeTab(index); });
        menu->popup(at);
    });
    connect(m_welcome, &Welcome::connectWanted, m_opener, &StoreOpener::choose);
    connect(m_welcome, &Welcome::snapshotWanted, this, &MainWindow::chooseSnapshot);
    connect(m_welcome, &Welcome::demoWanted, m_opener, &StoreOpener::startDemo);
}

void MainWindow::connectPanels()
{
    m_panels = new WindowPanels(m_shared.get(), this, m_torn);
    connect(m_panels, &WindowPanels::moved, &m_layoutDelay, qOverload<>(&QTimer::start));
    connect(m_panels, &WindowPanels::sessionWanted, this, &MainWindow::showSession);
    connect(m_panels, &WindowPanels::userWanted, this, &MainWindow::showUser);
    connect(m_panels, &WindowPanels::columnWanted, this, [this](const QString &path) {
        if (StoreTab *tab = currentTab())
            tab->model().addAttributeColumns({path});
    });
    connect(m_panels, &WindowPanels::storeWanted, this, [this](const OpenStore *store) {
        for (int i = 0; i < m_tabs->count(); ++i) {
            if (&m_tabs->tab(i).store() == store)
                m_tabs->setCurrentIndex(i);
        }
    });

    const StoreList *stores = m_panels->stores();
    connect(stores, &StoreList::openWanted, this, &MainWindow::open);
    connect(stores, &StoreList::connectWanted, m_opener, &StoreOpener::choose);
    connect(stores, &StoreList::snapshotWanted, this, &MainWindow::chooseSnapshot);
    connect(stores, &StoreList::editWanted, this, &MainWindow::editConnection);

    // What these ask for is done to the store in front, whose session they show.
    const DetailPanel *detail = m_panels->detail();
    connect(detail, &DetailPanel::expiryWanted, this, [this](const SessionInfo &session) {
        if (StoreTab *tab = currentTab())
            tab->actions().setExpiry(session);
    });
    connect(detail, &DetailPanel::expireNowWanted, this, [this](const SessionInfo &session) {
        if (StoreTab *tab = currentTab())
            tab->actions().expireNow(session);
    });
    connect(detail, &DetailPanel::pinWanted, this, &MainWindow::pinSession);

    const Overview *overview = m_panels->overview();
    connect(overview, &Overview::deadlinesChosen, this, [this](TimePoint from, TimePoint until) {
        SessionFilter filter;
        filter.deadlines = std::pair(from, until);
        currentTab()->setFilter(filter);
    });
    connect(overview, &Overview::userChosen, this, [this](const QString &user) {
        SessionFilter filter;
        filter.user = user;
        currentTab()->setFilter(filter);
    });
    connect(overview, &Overview::attributeChosen, this, [this](const QString &name) {
        SessionFilter filter;
        filter.text = name;
        currentTab()->setFilter(filter);
    });
}

void MainWindow::editConnection(const Connection &before)
{
    auto *dialog = new ConnectionDialog(before, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, before] {
        const Connection connection = dialog->connection();
        m_shared->book.replace(before, connection);
        for (const auto &[window, index] : tabsOf(connection)) {
            if (OpenStore &store = window->m_tabs->tab(index).store(); store.name() == before.name)
                store.adopt(m_shared->book.known(connection));
        }
    });
    dialog->open();
}

MainWindow::~MainWindow()
{
    // The tabs own what the docks still point to.
    m_panels->clear();
    m_tabs->disconnect(this);
    for (const QMetaObject::Connection &connection : std::as_const(m_tabConnections))
        disconnect(connection);
    while (m_tabs->count() > 0)
        delete m_tabs->widget(0);
    m_shared->windows.removeOne(this);
    if (!m_torn) { // the others end with the first
        m_shared->quits = true;
        qDeleteAll(QList(m_shared->windows));
    } else if (!m_shared->windows.isEmpty()) {
        m_shared->windows.first()->updateOpen();
        m_shared->windows.first()->rememberOpen();
    }
}

StoreTab *MainWindow::currentTab() const
{
    return m_tabs->currentTab();
}

void MainWindow::open(const Connection &wanted)
{
    const Connection connection = m_shared->book.known(wanted);
    for (const auto &[window, index] : tabsOf(connection)) {
        OpenStore &store = window->m_tabs->tab(index).store();
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
    if (!m_shared->quits)
        m_shared->book.setOpenStores(openConnections());
}

QList<StoreTab *> MainWindow::allTabs() const
{
    QList<StoreTab *> tabs;
    for (const MainWindow *window : std::as_const(m_shared->windows))
        tabs += window->m_tabs->tabs();
    return tabs;
}

QList<Connection> MainWindow::openConnections() const
{
    QList<Connection> connections;
    for (StoreTab *tab : allTabs())
        connections << tab->store().connection();
    return connections;
}

void MainWindow::updateOpen()
{
    for (const MainWindow *window : std::as_const(m_shared->windows))
        window->m_panels->stores()->setOpen(openConnections());
}

/// Never opens a dialog: a store that is gone is left out, and a missing password shows in its tab.
void MainWindow::openAgain()
{
    for (const Connection &open : m_shared->book.openStores()) {
        const Connection connection = m_shared->book.known(open);
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
    auto *tab = new StoreTab(std::make_unique<OpenStore>(connection, std::move(store), lockedReadOnly, std::move(openWritable)),
                             &m_shared->log);
    m_shared->book.watch(&tab->store());
    tab->view().restoreColumns(Settings::value(u"columns"_s).toByteArray());
    tab->restoreFilter();
    takeTab(tab);
    rememberOpen();
    return tab;
}

/// Shows \a tab in this window.
void MainWindow::takeTab(StoreTab *tab)
{
    m_actions->giveTo(*tab);
    const int index = m_tabs->addStore(tab);
    connect(&tab->store(), &OpenStore::connectionChanged, this, [this, tab] {
        m_tabs->nameTab(tab);
        tabChanged();
        m_shared->book.mark(tab->store().connection(), tab->store().identities());
        rememberOpen();
    });
    for (const auto signal : {&QHeaderView::sectionResized, &QHeaderView::sectionMoved})
        connect(tab->view().horizontalHeader(), signal, this, [this] { m_layoutDelay.start(); });
    connect(&tab->view(), &SessionView::editWanted, this, &MainWindow::editAttributes);
    connect(tab, &StoreTab::countChanged, this, [this, tab] {
        if (tab == currentTab())
            m_status->showCount();
    });
    connect(tab, &StoreTab::connectionWanted, this,
            [this, tab] { m_opener->correct(tab->store().connection(), tab, [this, tab] { closeTab(m_tabs->indexOf(tab)); }); });
    connect(&tab->view(), &SessionView::selectionChangedByPerson, this, [this, tab] {
        if (tab == currentTab())
            showSelection();
    });
    connect(&tab->editor(), &StoreEditor::keyChanged, m_panels->detail(), &DetailPanel::changeKey);
    m_tabs->setCurrentIndex(index);
    m_pages->setCurrentWidget(m_tabs);
    updateOpen();
    tab->focusSessions();
}

/// Where the store of \a connection is open.
QList<std::pair<MainWindow *, int>> MainWindow::tabsOf(const Connection &connection) const
{
    QList<std::pair<MainWindow *, int>> found;
    for (MainWindow *window : std::as_const(m_shared->windows)) {
        for (int i = 0; i < window->m_tabs->count(); ++i) {
            if (window->m_tabs->tab(i).store().connection().isSameStore(connection))
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
    StoreTab *released = &m_tabs->tab(index);
    if (released == currentTab())
        saveColumns(*released);
    m_panels->leave(*released, released == currentTab());
    released->view().disconnect(this);
    released->view().horizontalHeader()->disconnect(this);
    released->disconnect(this);
    released->store().disconnect(this);
    released->editor().disconnect(m_panels->detail());
    m_actions->takeFrom(*released);
    m_tabs->removeTab(index);
    released->setParent(nullptr);
    tabChanged();
    return released;
}

void MainWindow::closeTab(int index)
{
    if (index < 0)
        return;
    endWork({&m_tabs->tab(index)}, [this, closed = QPointer(&m_tabs->tab(index))] {
        if (!closed)
            return;
        delete releaseTab(m_tabs->indexOf(closed));
        updateOpen();
        rememberOpen();
        if (m_torn && m_tabs->count() == 0)
            close();
    });
}

/// Calls \a then when \a tabs may be closed: at once, or after the person has let their work be stopped.
void MainWindow::endWork(const QList<StoreTab *> &tabs, const std::function<void()> &then)
{
    UnfinishedWork work;
    for (StoreTab *tab : tabs) {
        work.add(*tab, std::ranges::any_of(m_shared->windows, [tab](const MainWindow *window) {
            return window->m_panels->detail()->hasDrafts(&tab->store());
        }));
    }
    work.end(this, then);
}

/// Gives the tab a window of its own at \a at, or brings it back from there to the first window.
void MainWindow::moveTab(int index, const QPoint &at)
{
    if (index < 0 || !canMoveTab())
        return;
    if (StoreTab &tab = m_tabs->tab(index); m_panels->detail()->hasDrafts(&tab.store())) // they stay in this window
        return tab.showMessage(tr("What was typed here is not saved yet. Save it or take it back, then move the tab."), true);
    MainWindow *window = m_shared->windows.first();
    if (!m_torn) {
        window = new MainWindow(m_shared);
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

void MainWindow::tabChanged()
{
    for (const QMetaObject::Connection &connection : std::as_const(m_tabConnections))
        disconnect(connection);
    m_tabConnections.clear();
    StoreTab *tab = currentTab();
    m_pages->setCurrentWidget(tab ? static_cast<QWidget *>(m_tabs) : m_welcome);
    if (tab) {
        const Connection &connection = tab->store().connection();
        const QString name = Foreign::line(connection.name);
        setWindowTitle(connection.environment == Connection::Development
                           ? tr("%1 – Sojourn Inspector").arg(name)
                           : tr("%1 (%2) – Sojourn Inspector").arg(name, Connection::environmentName(connection.environment)));
        m_tabConnections = {connect(&tab->model(), &SessionModel::statusChanged, this,
                                    &MainWindow::updateActions), // who is selected may have come or gone
                            connect(&tab->store(), &OpenStore::stateChanged, this, &MainWindow::updateStatus),
                            connect(&tab->store(), &OpenStore::writableChanged, this, &MainWindow::updateActions),
                            connect(&tab->editor().stack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions),
                            connect(&tab->editor(), &StoreEditor::busyChanged, this, &MainWindow::updateActions),
                            connect(&tab->editor(), &StoreEditor::applied, this, &MainWindow::updateActions)};
    } else {
        setWindowTitle(tr("Sojourn Inspector"));
        m_welcome->setFocus();
    }
    m_panels->showTab(tab);
    showSelection();
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
    m_panels->showSelection(currentTab());
    updateActions();
}

void MainWindow::updateActions()
{
    StoreTab *tab = currentTab();
    if (const SessionFilter filter = tab ? tab->model().filter() : SessionFilter(); tab)
        m_panels->overview()->showFilter(filter.user, filter.text, filter.deadlines);
    m_actions->update(tab);
    m_status->show(tab);
}

void MainWindow::updateStatus()
{
    m_actions->updateExport(currentTab());
    m_status->show(currentTab());
}

void MainWindow::chooseStore()
{
    m_opener->choose();
}

void MainWindow::chooseSnapshot()
{
    m_snapshots->choose();
}

void MainWindow::exportShown()
{
    m_snapshots->exportSessions(currentTab(), StoreActions::Shown);
}

void MainWindow::exportSelected()
{
    m_snapshots->exportSessions(currentTab(), StoreActions::Selected);
}

void MainWindow::importSnapshot()
{
    m_snapshots->importInto(currentTab());
}

void MainWindow::closeCurrentTab()
{
    closeTab(m_tabs->currentIndex());
}

void MainWindow::quit()
{
    m_shared->quits = true;
    QApplication::closeAllWindows();
}

void MainWindow::refresh()
{
    if (StoreTab *tab = currentTab())
        tab->refresh();
    m_panels->detail()->reload();
}

void MainWindow::showNextTab()
{
    m_tabs->step(1);
}

void MainWindow::showPreviousTab()
{
    m_tabs->step(-1);
}

void MainWindow::moveCurrentTab()
{
    moveTab(m_tabs->currentIndex(), {});
}

/// The only tab has a window of its own already.
bool MainWindow::canMoveTab() const
{
    return m_torn || m_tabs->count() > 1;
}

void MainWindow::changeWritable()
{
    if (StoreTab *tab = currentTab())
        tab->changeWritable();
    updateActions(); // a question may be open
}

void MainWindow::startDemo()
{
    m_opener->startDemo();
}

/// Goes to the attributes of the selected session.
void MainWindow::editAttributes()
{
    m_panels->raiseDetail();
    m_panels->detail()->focusAttributes();
}

void MainWindow::watchSession()
{
    m_panels->raiseDetail();
    m_panels->detail()->showWatch();
}

void MainWindow::pinSession()
{
    m_panels->pin();
}

void MainWindow::compareSessions()
{
    if (StoreTab *tab = currentTab())
        Inspector::compareSessions(*tab, [this](const SessionKey &key) { return m_panels->detail()->seen(key); });
}

void MainWindow::compareStores()
{
    Inspector::compareStores(allTabs(), currentTab(), this);
}

void MainWindow::showCurrentUser()
{
    if (StoreTab *tab = currentTab(); tab && tab->currentUser())
        showUser(*tab->currentUser());
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

void MainWindow::saveLog()
{
    auto *dialog = new QFileDialog(this, tr("Save activity log"), u"sojourn-activity.txt"_s, tr("Text (*.txt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &name) {
        QSaveFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(m_shared->log.toText()) < 0 || !file.commit())
            m_shared->log.failed({}, tr("Save activity log"), {Error::Unavailable, file.errorString()});
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

void MainWindow::closeEvent(QCloseEvent *event)
{
    const QList<StoreTab *> tabs = m_torn ? m_tabs->tabs() : allTabs();
    if (!std::exchange(m_mayClose, false)) {
        const auto waits = std::make_shared<bool>(false);
        endWork(tabs, [this, waits] {
            m_mayClose = true;
            if (*waits)
                close();
        });
        *waits = true;
        if (!std::exchange(m_mayClose, false)) {
            event->ignore();
            m_shared->quits = false;
            return;
        }
    }
    m_panels->showWaiting();
    saveLayout();
    m_layoutDelay.stop();
    event->accept();
    if (m_torn)
        return;
    m_shared->quits = true; // what is open now is what is opened again
    for (MainWindow *other : QList(m_shared->windows)) { // the others end with the first
        if (other == this)
            continue;
        other->m_mayClose = true;
        other->close();
    }
}

void MainWindow::saveLayout()
{
    m_panels->saveLayout();
    if (currentTab())
        saveColumns(*currentTab());
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_layoutDelay.start();
    if (m_panels)
        m_panels->fitWidth();
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QMainWindow::moveEvent(event);
    m_layoutDelay.start();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_panels)
        updateOpen();
}

/// Qt keeps an empty tab bar for docks in one place, out of sight: nobody is to be there.
bool MainWindow::focusNextPrevChild(bool next)
{
    const auto isNowhere = [this](QWidget *widget) {
        const auto *bar = qobject_cast<QTabBar *>(widget);
        return bar && bar->parentWidget() == this && bar->count() == 0;
    };
    bool moved = QMainWindow::focusNextPrevChild(next);
    while (moved && isNowhere(focusWidget()))
        moved = QMainWindow::focusNextPrevChild(next);
    return moved;
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
