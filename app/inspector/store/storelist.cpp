// SPDX-License-Identifier: MIT
#include "storelist.h"

#include "look/foreigntext.h"
#include "look/theme.h"

#include <Sojourn/LiveStore>
#include <Sojourn/Stores>

#include <QtCore/QFileInfo>
#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStyledItemDelegate>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int ConnectionRole = Qt::UserRole; // index in the book, or nothing
static constexpr int UrlRole = Qt::UserRole + 1;
static constexpr int StepRole = Qt::UserRole + 2; // what a hint offers to do
enum Step { Connect, OpenSnapshot };

namespace {

/// Rows with air between them, and more of it above a group.
class StoreRowDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, index.parent().isValid() ? 6 : 14);
    }
};

} // namespace

StoreList::StoreList(ConnectionBook *book, QWidget *parent) : QTreeWidget(parent), m_book(book)
{
    setHeaderHidden(true);
    setAccessibleName(tr("Stores"));
    setIndentation(8);
    setItemDelegate(new StoreRowDelegate(this));
    setItemsExpandable(false);
    setFrameShape(NoFrame);
    m_saved = new QTreeWidgetItem(this, {tr("Saved")});
    m_running = new QTreeWidgetItem(this, {tr("Running applications")});
    m_snapshots = new QTreeWidgetItem(this, {tr("Snapshots")});
    QFont bold = font();
    bold.setBold(true);
    for (QTreeWidgetItem *group : {m_saved, m_running, m_snapshots}) {
        group->setFont(0, bold);
        group->setTextAlignment(0, Qt::AlignLeft | Qt::AlignBottom);
        group->setFlags(Qt::ItemIsEnabled);
        group->setExpanded(true);
    }
    connect(m_book, &ConnectionBook::changed, this, &StoreList::rebuild);
    connect(this, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        const QVariant index = item->data(0, ConnectionRole);
        if (index.isValid())
            Q_EMIT openWanted(m_book->connections().at(index.toInt()));
        else if (const QString url = item->data(0, UrlRole).toString(); !url.isEmpty())
            Q_EMIT openWanted(Connection::forUrl(url));
        else if (item->data(0, StepRole) == Connect)
            Q_EMIT connectWanted();
        else if (item->data(0, StepRole) == OpenSnapshot)
            Q_EMIT snapshotWanted();
    });
    // A hint is like a link: one click is enough.
    connect(this, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem *item) {
        if (item->data(0, StepRole).isValid())
            Q_EMIT itemActivated(item, 0);
    });
    connect(&m_timer, &QTimer::timeout, this, &StoreList::lookForApplications);
    m_timer.start(3s);
    // After the first rows are on the screen.
    QTimer::singleShot(200ms, this, &StoreList::lookForApplications);
    rebuild();
}

void StoreList::setOpen(const QList<Connection> &connections)
{
    m_open = connections;
    rebuild();
}

void StoreList::lookForApplications()
{
    m_book->reload();
    const QStringList names = LiveStore::runningNames();
    if (std::exchange(m_names, names) != names)
        rebuild();
}

void StoreList::rebuild()
{
    const QString current = currentItem() ? currentItem()->data(0, UrlRole).toString() : QString();
    const auto add = [&](QTreeWidgetItem *group, const QString &name, const QString &url, const QColor &colour) {
        auto *item = new QTreeWidgetItem(group, {name});
        const bool isOpen = std::ranges::any_of(m_open, [store = Connection::forUrl(url)](const Connection &open) {
            return open.isSameStore(store);
        });
        item->setData(0, UrlRole, url);
        item->setToolTip(0, Foreign::toolTip(Connection::forUrl(url).plainUrl()));
        item->setIcon(0, Theme::dot(colour, isOpen));
        if (isOpen)
            item->setData(0, Qt::AccessibleTextRole, tr("%1, open").arg(name));
        if (url == current)
            setCurrentItem(item);
        return item;
    };
    const auto hint = [](QTreeWidgetItem *group, const QString &text, const QVariant &step = {}) {
        auto *item = new QTreeWidgetItem(group, {text});
        item->setToolTip(0, text);
        item->setData(0, StepRole, step);
        item->setFlags(step.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsEnabled);
        item->setForeground(0, Theme::colour(step.isValid() ? Theme::Colour::Accent : Theme::Colour::Muted));
    };
    for (QTreeWidgetItem *group : {m_saved, m_running, m_snapshots})
        qDeleteAll(group->takeChildren());
    for (int i = 0; i < m_book->connections().size(); ++i) {
        const Connection &connection = m_book->connections().at(i);
        QString name = connection.name;
        if (connection.environment != Connection::Development)
            name = tr("%1 · %2", "name of a store, then its environment")
                       .arg(name, Connection::environmentName(connection.environment));
        add(m_saved, name, connection.url, connection.colour)->setData(0, ConnectionRole, i);
    }
    for (const QString &name : std::as_const(m_names)) {
        const QString url = u"live:"_s + name;
        add(m_running, name, url, Connection::forUrl(url).colour);
    }
    for (const QString &file : m_book->snapshots())
        add(m_snapshots, QFileInfo(file).fileName(), file, Connection::forUrl(file).colour);
    if (m_saved->childCount() == 0)
        hint(m_saved, tr("Connect to one…"), Connect);
    if (m_running->childCount() == 0)
        hint(m_running, tr("none found"));
    if (m_snapshots->childCount() == 0)
        hint(m_snapshots, tr("Open or drop one…"), OpenSnapshot);
}

void StoreList::contextMenuEvent(QContextMenuEvent *event)
{
    QTreeWidgetItem *item = event->reason() == QContextMenuEvent::Mouse ? itemAt(event->pos()) : currentItem();
    const QString url = item ? item->data(0, UrlRole).toString() : QString();
    if (url.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // The list may be another one when something is chosen.
    const QVariant index = item->data(0, ConnectionRole);
    const Connection connection = index.isValid() ? m_book->connections().at(index.toInt()) : Connection::forUrl(url);
    menu->addAction(tr("&Open"), this, [this, connection] { Q_EMIT openWanted(connection); });
    if (index.isValid()) {
        menu->addAction(tr("&Edit…"), this, [this, connection] { Q_EMIT editWanted(connection); });
        menu->addAction(tr("&Remove from the side bar"), this, [this, connection] { m_book->remove(connection); });
    } else if (item->parent() == m_snapshots) {
        menu->addAction(tr("&Remove from the side bar"), this, [this, url] { m_book->removeSnapshot(url); });
    } else {
        menu->addAction(tr("&Save"), this, [this, url] { m_book->add(Connection::forUrl(url)); });
    }
    menu->popup(event->globalPos());
}

void StoreList::drawBranches(QPainter *, const QRect &, const QModelIndex &) const
{
    // Nothing folds; the room only sets the names off the edge.
}

void StoreList::changeEvent(QEvent *event)
{
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_snapshots)
        rebuild();
}

} // namespace Sojourn::Inspector
