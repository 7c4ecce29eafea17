// SPDX-License-Identifier: MIT
#include "userpage.h"

#include "lanechart.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/rowdelegate.h"
#include "look/theme.h"

#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int MostSessions = 200, MostHistory = 1000;

UserPage::UserPage(OpenStore *store, const QString &user, QWidget *parent) : QDialog(parent), m_store(store), m_user(user)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName("userPage"_L1);
    setWindowTitle(
        tr("Sessions of %1 – %2", "a user, then the name of the store").arg(Foreign::line(user), Foreign::line(store->name())));
    resize(900, 560);
    m_summary = Foreign::makeLabel(tr("Reading…"));
    m_summary->setWordWrap(true);
    m_chart = new LaneChart;
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_chart);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_list = makeList(tr("What happened"), {tr("When"), tr("Session"), tr("What happened"), tr("Device")});
    m_list->setAlternatingRowColors(true);
    m_list->header()->setStretchLastSection(false);
    for (const int column : {0, 1, 3})
        m_list->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::Stretch);
    auto *legend = Foreign::makeLabel(tr("○ created   ● logged in   ◆ fresh id   ✕ ended   | last seen"));
    legend->setForegroundRole(QPalette::PlaceholderText);
    auto *upper = new QWidget;
    auto *upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->addWidget(scroll, 1);
    upperLayout->addWidget(legend);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(upper);
    splitter->addWidget(m_list);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *shown = buttons->addButton(tr("&Show session"), QDialogButtonBox::ActionRole);
    shown->setObjectName("showSession"_L1);
    shown->setEnabled(false);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Return belongs to the chart and the list
    shown->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(splitter, 1);
    layout->addWidget(buttons);

    const auto activate = [this](int lane) {
        if (lane >= 0 && lane < m_sessions.size())
            Q_EMIT sessionActivated(m_sessions[lane].key);
    };
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(shown, &QPushButton::clicked, this, [this, activate] { activate(m_chart->current()); });
    connect(m_chart, &LaneChart::activated, this, activate);
    connect(m_chart, &LaneChart::currentChanged, this, [this, shown](int lane) {
        shown->setEnabled(lane >= 0);
        for (int i = 0; i < m_list->topLevelItemCount(); ++i) { // the rows of the session stand out
            QFont font = m_list->font();
            font.setBold(m_list->topLevelItem(i)->data(0, Qt::UserRole).toInt() == lane);
            m_list->topLevelItem(i)->setFont(1, font);
        }
    });
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) {
        if (item)
            m_chart->setCurrent(item->data(0, Qt::UserRole).toInt());
    });
    connect(m_list, &QTreeWidget::itemActivated, this,
            [activate](QTreeWidgetItem *item) { activate(item->data(0, Qt::UserRole).toInt()); });

    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(300ms);
    connect(&m_reloadTimer, &QTimer::timeout, this, &UserPage::reload);
    SessionStore *source = store->reader().get();
    connect(source, &SessionStore::sessionEvent, this, [this](const SessionEvent &event) {
        const bool ours = event.user == m_user || std::ranges::any_of(m_sessions, [&](const UserSession &session) {
                              return session.key == event.key || session.key == event.oldKey;
                          });
        if (ours && !m_reloadTimer.isActive())
            m_reloadTimer.start();
    });
    connect(source, &SessionStore::eventsLost, this, &UserPage::reload);
    connect(store, &OpenStore::recovered, this, &UserPage::reload);
    connect(store, &QObject::destroyed, this, &QWidget::close);
    reload();
}

void UserPage::reload()
{
    if (!m_store)
        return;
    if (std::exchange(m_isLoading, true)) {
        m_loadsAgain = true;
        return;
    }
    SessionQuery query;
    query.user = m_user;
    query.order = SessionQuery::ByLastSeen;
    query.descending = true;
    query.limit = MostSessions;
    query.withData = true;
    m_store->reader()->list(query).then(this, [this](const Result<SessionPage> &living) {
        if (!m_store)
            return;
        HistoryQuery history;
        history.user = m_user;
        history.limit = MostHistory;
        m_store->reader()->history(history).then(this, [this, living](const Result<QList<SessionEvent>> &events) {
            if (m_store)
                loaded(living, events);
        });
    });
}

void UserPage::loaded(const Result<SessionPage> &living, const Result<QList<SessionEvent>> &events)
{
    showSessions(living, events);
    m_isLoading = false;
    if (std::exchange(m_loadsAgain, false))
        m_reloadTimer.start();
}

void UserPage::showSessions(const Result<SessionPage> &living, const Result<QList<SessionEvent>> &events)
{
    if (!living || !events) {
        m_summary->setText(Format::error(living ? events.error() : living.error()));
        return;
    }
    const TimePoint now = m_store->reader()->now();
    const int before = m_chart->current();
    const std::optional<SessionKey> chosen = before >= 0 ? std::optional(m_sessions[before].key) : std::nullopt;
    m_sessions = userSessions(living->records, *events, now);
    const auto alive = std::ranges::count_if(m_sessions, &UserSession::isAlive);
    QString text = tr("%Ln living sessions", nullptr, int(living->total)) + u", "_s
                 + tr("%Ln that have ended", nullptr, int(m_sessions.size() - alive));
    if (living->total > living->records.size())
        text += u". "_s + tr("Shown are the %1 that were seen last.").arg(Format::number(living->records.size()));
    else if (events->size() >= MostHistory)
        text += u". "_s + tr("Shown are the last %1 events.").arg(Format::number(events->size()));
    m_summary->setText(text);
    m_chart->setSessions(m_sessions, now);
    fillList();
    const auto again = std::ranges::find_if(m_sessions, [&](const UserSession &session) { return session.key == chosen; });
    m_chart->setCurrent(again == m_sessions.end() ? -1 : int(again - m_sessions.begin()));
}

void UserPage::fillList()
{
    struct Row
    {
        const UserSession::Mark *mark;
        int lane;
    };
    QList<Row> rows;
    for (int lane = 0; lane < m_sessions.size(); ++lane) {
        for (const UserSession::Mark &mark : std::as_const(m_sessions[lane].marks))
            rows << Row{&mark, lane};
    }
    std::ranges::stable_sort(rows, [](const Row &a, const Row &b) { return a.mark->at > b.mark->at; });
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    const TimePoint now = m_store->reader()->now();
    for (const auto &[mark, lane] : std::as_const(rows)) {
        const UserSession &session = m_sessions[lane];
        auto *item = new QTreeWidgetItem(m_list, {Format::when(mark->at, now), Format::shortKey(session.key),
                                                  LaneChart::describe(*mark), Foreign::line(session.device, 40)});
        item->setData(0, Qt::UserRole, lane);
        item->setToolTip(0, Foreign::toolTip(Format::bothZones(mark->at)));
        item->setToolTip(1, session.key.toString());
        item->setIcon(2, Theme::icon(mark->kind == UserSession::Kind::End       ? u"ended"_s
                                     : mark->kind == UserSession::Kind::FreshId ? u"rotate"_s
                                                                                : u"created"_s));
    }
    if (rows.isEmpty())
        new QTreeWidgetItem(m_list, {QString(), QString(), tr("Nothing is known of this user.")});
}

} // namespace Sojourn::Inspector
