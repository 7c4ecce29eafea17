// SPDX-License-Identifier: MIT
#include "sessionmodel.h"

#include "sessioncells.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

SessionModel::SessionModel(std::shared_ptr<SessionStore> store, QObject *parent)
    : QAbstractTableModel(parent),
      m_rows(store),
      m_loader(m_rows, m_waiting),
      m_search(m_rows, store),
      m_updater(m_rows, m_loader, m_search, m_waiting)
{
    connect(store.get(), &SessionStore::sessionEvent, this, &SessionModel::handleEvent);
    connect(store.get(), &SessionStore::eventsLost, this, &SessionModel::refresh);
    connect(&m_rows, &SessionRows::insertBegins, this, [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(&m_rows, &SessionRows::insertEnds, this, [this] { endInsertRows(); });
    connect(&m_rows, &SessionRows::removeBegins, this, [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(&m_rows, &SessionRows::removeEnds, this, [this] { endRemoveRows(); });
    connect(&m_rows, &SessionRows::changed, this,
            [this](int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1)); });
    connect(&m_rows, &SessionRows::glowed, this,
            [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1), {GlowRole}); });
    connect(&m_rows, &SessionRows::replaced, this, &SessionModel::rowsReplaced);
    connect(&m_rows, &SessionRows::statusChanged, this, &SessionModel::statusChanged);
    connect(&m_rows, &SessionRows::keyChanged, this, &SessionModel::keyChanged);
    connect(&m_loader, &RowLoader::loaded, &m_updater, &RowUpdater::applySoon);
    connect(&m_search, &SessionSearch::loaded, &m_updater, &RowUpdater::applySoon);
    connect(&m_updater, &RowUpdater::refreshWanted, this, &SessionModel::refresh);
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &SessionModel::tick);
    m_second.start();
    reset();
}

SessionModel::~SessionModel()
{
    disconnect(&m_rows.store(), nullptr, this, nullptr); // a store that goes with its model may still tell what it did
}

void SessionModel::setFilter(const SessionFilter &filter)
{
    if (filter == m_rows.filter())
        return;
    Q_EMIT filterChanged();
    m_rows.setFilter(filter);
    reset();
}

bool SessionModel::canSort(int column)
{
    return canStoreSort(column) || column == Size || column == Attributes || column >= Device;
}

Qt::SortOrder SessionModel::firstOrder(int column)
{
    return column == Size || column == Attributes ? Qt::DescendingOrder : Qt::AscendingOrder;
}

bool SessionModel::canStoreSort(int column)
{
    return column == User || column == Created || column == LastSeen || column == ExpiresIn;
}

void SessionModel::sort(int column, Qt::SortOrder order)
{
    if (!canSort(column) || (column == m_sortColumn && order == sortOrder()))
        return;
    m_sortColumn = column;
    const bool descending = order == Qt::DescendingOrder;
    if (!canStoreSort(column))
        m_rows.setOwnOrder(column, descending);
    else
        m_rows.setOrder(column == User       ? SessionQuery::ByUser
                        : column == Created  ? SessionQuery::ByCreated
                        : column == LastSeen ? SessionQuery::ByLastSeen
                                             : SessionQuery::ByExpiry,
                        descending);
    reset();
}

void SessionModel::addAttributeColumns(const QStringList &added)
{
    bool isNew = false;
    for (const QString &path : added) {
        QStringList paths = m_rows.attributePaths();
        if (path.isEmpty() || paths.contains(path))
            continue;
        beginInsertColumns({}, columnCount(), columnCount());
        m_rows.setAttributePaths(paths << path);
        endInsertColumns();
        isNew = true;
    }
    if (!isNew)
        return;
    Q_EMIT attributeColumnsChanged();
    refresh();
}

void SessionModel::removeAttributeColumn(const QString &path)
{
    QStringList paths = m_rows.attributePaths();
    const int at = int(paths.indexOf(path));
    if (at < 0)
        return;
    if (m_sortColumn >= ColumnCount + at) // by it, or by one that moves
        sort(LastSeen, Qt::DescendingOrder);
    beginRemoveColumns({}, ColumnCount + at, ColumnCount + at);
    paths.removeAt(at);
    m_rows.setAttributePaths(paths);
    m_rows.forEach([at](int, SessionRow &row) {
        if (at < row.attributes.size())
            row.attributes.removeAt(at);
    });
    endRemoveColumns();
    Q_EMIT attributeColumnsChanged();
}

void SessionModel::reset()
{
    beginResetModel();
    m_rows.clear();
    m_loader.reset();
    m_search.reset();
    m_updater.reset();
    endResetModel();
    Q_EMIT statusChanged();
    if (m_rows.needsSearch() && m_rows.filter().state != SessionFilter::Ended)
        m_search.start();
    m_loader.begin();
}

void SessionModel::refresh()
{
    if (m_rows.status() == Status::Failed || !m_rows.isPaged() || m_rows.count() == 0)
        reset();
    else
        m_loader.reloadAll();
}

std::function<bool(const SessionRecord &)> SessionModel::matcher() const
{
    return [filter = m_rows.filter(), store = m_rows.sharedStore()](const SessionRecord &record) {
        return filter.matches(record, store->now());
    };
}

/// Once a second: countdowns go on, ghosts leave, and what did not come is tried again.
void SessionModel::tick()
{
    m_rows.dropGhosts();
    m_updater.checkDeadlines();
    if (m_rows.filter().moves())
        m_search.repeat();
    m_loader.recountNowAndThen();
    if (m_rows.count() == 0)
        return;
    const int first = std::clamp(m_rows.firstVisible(), 0, m_rows.count() - 1);
    const int last = std::clamp(m_rows.lastVisible(), first, m_rows.count() - 1);
    Q_EMIT dataChanged(index(first, State), index(last, AbsoluteLeft));
    m_updater.reloadStale(first, last);
    m_loader.loadVisible();
}

QVariant SessionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SessionRow *row = m_rows.at(index.row());
    if (!row)
        return role == Qt::DisplayRole && index.column() == Key ? QVariant(u"…"_s) : QVariant();
    const SessionCells cells(*row, m_rows.store().now(), m_rows.filter().state == SessionFilter::Quarantined);
    if (role == Qt::AccessibleTextRole && index.column() >= ColumnCount)
        return u"%1: %2"_s.arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                               cells.text(index.column()));
    return cells.data(index.column(), role);
}

QModelIndexList SessionModel::match(const QModelIndex &start, int role, const QVariant &value, int hits,
                                    Qt::MatchFlags flags) const
{
    QList<int> rows;
    const auto take = [&](int row, const SessionRow &) { rows << row; };
    m_rows.forEach(take, start.row());
    if (flags & Qt::MatchWrap)
        m_rows.forEach(take, 0, start.row() - 1);
    const QString wanted = value.toString();
    const auto sensitivity = flags & Qt::MatchCaseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const auto fits = [&](const QVariant &known) {
        switch ((flags & Qt::MatchTypeMask).toInt()) {
        case Qt::MatchStartsWith:
            return known.toString().startsWith(wanted, sensitivity);
        case Qt::MatchEndsWith:
            return known.toString().endsWith(wanted, sensitivity);
        case Qt::MatchContains:
            return known.toString().contains(wanted, sensitivity);
        case Qt::MatchFixedString:
            return known.toString().compare(wanted, sensitivity) == 0;
        default:
            return known == value;
        }
    };
    QModelIndexList found;
    for (const int row : std::as_const(rows)) {
        if (hits >= 0 && found.size() >= hits)
            break;
        if (const QModelIndex at = index(row, start.column()); fits(at.data(role)))
            found << at;
    }
    return found;
}

QVariant SessionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (section < ColumnCount)
        return SessionCells::header(section, role);
    return SessionCells::attributeHeader(m_rows.attributePaths().value(section - ColumnCount), role);
}

} // namespace Sojourn::Inspector
