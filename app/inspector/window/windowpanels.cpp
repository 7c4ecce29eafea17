// SPDX-License-Identifier: MIT
#include "windowpanels.h"

#include "look/theme.h"
#include "overview/overview.h"
#include "session/detailpanel.h"
#include "store/settings.h"
#include "store/storelist.h"
#include "tab/storetab.h"
#include "table/sessionview.h"

#include <QtWidgets/QDockWidget>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QTableView>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static constexpr int NarrowWidth = 1150;

WindowPanels::WindowPanels(SharedState *shared, QMainWindow *window, bool torn)
    : QObject(window), m_shared(shared), m_window(window), m_torn(torn)
{
    m_stores = new StoreList(&shared->book);
    m_stores->setMinimumWidth(m_stores->fontMetrics().averageCharWidth() * 20);
    m_storesDock = dock(tr("Stores"), u"stores"_s, m_stores, Qt::LeftDockWidgetArea);
    m_detail = new DetailPanel;
    m_detailDock = dock(tr("Session"), u"session"_s, m_detail, Qt::RightDockWidgetArea);
    connect(m_detail, &DetailPanel::keyActivated, this, &WindowPanels::sessionWanted);
    connect(m_detail, &DetailPanel::userPageWanted, this, &WindowPanels::userWanted);
    connect(m_detail, &DetailPanel::columnWanted, this, &WindowPanels::columnWanted);
    m_overview = new Overview;
    m_overviewDock = dock(tr("At a glance"), u"overview"_s, m_overview, Qt::BottomDockWidgetArea);
    connect(m_overview, &Overview::sessionChosen, this, &WindowPanels::sessionWanted);
    m_activityDock = dock(tr("Activity"), u"activity"_s, makeActivity(), Qt::BottomDockWidgetArea);

    window->tabifyDockWidget(m_overviewDock, m_activityDock);
    m_overviewDock->raise();
    m_overviewDock->hide();
    m_activityDock->hide();
    window->resizeDocks({m_storesDock, m_detailDock}, {180, 370}, Qt::Horizontal);

    m_overviewDock->toggleViewAction()->setIcon(Theme::icon(u"overview"_s));
    const QStringList titles = {tr("S&tores"), tr("&Session"), tr("&At a glance"), tr("Acti&vity")};
    int number = 0;
    for (QDockWidget *dock : {m_storesDock, m_detailDock, m_overviewDock, m_activityDock}) {
        QAction *toggle = dock->toggleViewAction();
        toggle->setText(titles[number]); // with a letter to reach it by
        toggle->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + number++)));
        connect(toggle, &QAction::triggered, dock, [dock](bool shown) {
            if (shown)
                dock->raise(); // it may lie behind another
        });
    }
}

QDockWidget *WindowPanels::dock(const QString &title, const QString &name, QWidget *widget, Qt::DockWidgetArea area)
{
    auto *made = new QDockWidget(title);
    made->setObjectName(name);
    made->setWidget(widget);
    m_window->addDockWidget(area, made);
    connect(made, &QDockWidget::dockLocationChanged, this, &WindowPanels::moved);
    connect(made, &QDockWidget::topLevelChanged, this, &WindowPanels::moved);
    connect(made, &QDockWidget::visibilityChanged, this, &WindowPanels::moved);
    return made;
}

QTableView *WindowPanels::makeActivity()
{
    auto *view = new QTableView;
    view->setModel(&m_shared->log);
    view->setAccessibleName(tr("Activity"));
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 6);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // Both may be long: they share the room.
    for (const int column : {ActivityLog::Action, ActivityLog::Outcome})
        view->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    view->setColumnWidth(ActivityLog::Time, view->fontMetrics().horizontalAdvance(u"00:00:00"_s) + 16);
    connect(&m_shared->log, &ActivityLog::rowsInserted, view, &QTableView::scrollToBottom);
    return view;
}

QList<QAction *> WindowPanels::toggles() const
{
    return {m_storesDock->toggleViewAction(), m_detailDock->toggleViewAction(), m_overviewDock->toggleViewAction(),
            m_activityDock->toggleViewAction()};
}

void WindowPanels::showTab(StoreTab *tab)
{
    m_detailDock->setEnabled(tab);
    // Without a store there is no session either: the welcome has the room.
    if (!tab && !m_detailDock->isHidden()) {
        m_detailDock->hide();
        m_detailWaits = true;
    } else if (tab) {
        showWaiting();
    }
    m_overview->setStore(tab ? &tab->store() : nullptr);
}

void WindowPanels::showWaiting()
{
    if (std::exchange(m_detailWaits, false))
        m_detailDock->show();
}

void WindowPanels::showSelection(StoreTab *tab)
{
    m_detail->showSession(tab ? &tab->store() : nullptr, tab ? &tab->editor() : nullptr,
                          tab ? tab->view().currentKey() : std::nullopt);
}

void WindowPanels::raiseDetail()
{
    m_detailDock->show();
    m_detailDock->raise();
}

void WindowPanels::makePinned()
{
    m_pinned = new DetailPanel;
    m_pinned->setObjectName("pinnedSession"_L1);
    m_pinned->findChild<QWidget *>("pin"_L1)->hide();
    m_pinnedDock = new QDockWidget(tr("Pinned session"));
    m_pinnedDock->setObjectName("pinned"_L1);
    m_pinnedDock->setWidget(m_pinned);
    m_window->addDockWidget(m_window->dockWidgetArea(m_detailDock), m_pinnedDock);
    DetailPanel::markDifferences(m_detail, m_pinned);
    connect(m_pinned, &DetailPanel::keyActivated, this, [this](const SessionKey &key) {
        Q_EMIT storeWanted(m_pinned->store());
        Q_EMIT sessionWanted(key);
    });
    connect(m_pinned, &DetailPanel::userPageWanted, this, [this](const QString &user) {
        Q_EMIT storeWanted(m_pinned->store());
        Q_EMIT userWanted(user);
    });
    connect(m_pinned, &DetailPanel::columnWanted, this, [this](const QString &path) {
        Q_EMIT storeWanted(m_pinned->store());
        Q_EMIT columnWanted(path);
    });
    connect(m_pinnedDock->toggleViewAction(), &QAction::toggled, this, [this] {
        if (m_pinnedDock->isHidden()) // not of a window that was minimized
            unpin();
    });
}

void WindowPanels::unpin()
{
    m_pinned->showSession(nullptr, nullptr, {});
}

void WindowPanels::pin()
{
    if (!m_detail->key())
        return;
    if (!m_pinned)
        makePinned();
    m_pinned->showSession(m_detail->store(), nullptr, m_detail->key(), m_detail->record());
    m_pinnedDock->show();
    m_pinnedDock->raise();
}

void WindowPanels::leave(StoreTab &tab, bool current)
{
    if (current)
        m_detail->showSession(nullptr, nullptr, {});
    m_overview->forget(&tab.store());
    if (m_pinned && m_pinned->store() == &tab.store()) {
        unpin();
        m_pinnedDock->close();
    }
}

void WindowPanels::clear()
{
    m_detail->showSession(nullptr, nullptr, {});
    if (m_pinned)
        unpin();
    m_overview->setStore(nullptr);
}

QString WindowPanels::layoutKey(const QString &name) const
{
    return m_torn ? u"tornOff/"_s + name : name;
}

void WindowPanels::restoreLayout()
{
    if (const QByteArray geometry = Settings::value(layoutKey(u"geometry"_s)).toByteArray(); !geometry.isEmpty())
        m_window->restoreGeometry(geometry);
    if (const QByteArray state = Settings::value(layoutKey(u"docks"_s)).toByteArray(); !state.isEmpty())
        m_window->restoreState(state);
    else if (m_torn)
        m_storesDock->hide();
    m_narrow = m_window->dockWidgetArea(m_detailDock) == Qt::BottomDockWidgetArea;
}

void WindowPanels::saveLayout() const
{
    Settings::setValue(layoutKey(u"geometry"_s), m_window->saveGeometry());
    if (!m_detailWaits) // else the next start would hide it too
        Settings::setValue(layoutKey(u"docks"_s), m_window->saveState());
}

void WindowPanels::fitWidth()
{
    const bool narrow = m_window->width() < NarrowWidth;
    if (narrow == m_narrow || m_detailDock->isFloating())
        return;
    m_narrow = narrow;
    m_window->addDockWidget(narrow ? Qt::BottomDockWidgetArea : Qt::RightDockWidgetArea, m_detailDock);
    m_window->resizeDocks({m_detailDock}, {narrow ? m_window->height() * 2 / 5 : 400}, narrow ? Qt::Vertical : Qt::Horizontal);
}

} // namespace Sojourn::Inspector
