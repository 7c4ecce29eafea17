// SPDX-License-Identifier: MIT
#include "sessionview.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "sessioncells.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QActionGroup>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QStyledItemDelegate>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

namespace {

/// How many columns there were when only the header's own state was remembered.
constexpr int FirstColumnCount = 11;

/// Cells that have just changed shine in the accent colour.
class GlowDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (const double glow = index.data(SessionModel::GlowRole).toDouble(); glow > 0) {
            QColor colour = Theme::colour(Theme::Colour::Accent);
            colour.setAlphaF(float(glow * 0.35));
            option->backgroundBrush = colour;
            option->palette.setBrush(QPalette::Text, option->widget->palette().text()); // no coloured text stands out from that
        }
        if (option->state & QStyle::State_Selected)
            option->state &= ~QStyle::State_HasFocus; // its frame would dull the text
    }
};

/// Columns that cannot be sorted by lie flat: nothing happens under the mouse.
class SortHeader final : public QHeaderView
{
public:
    explicit SortHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) { }

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int section) const override
    {
        QHeaderView::initStyleOptionForIndex(option, section);
        if (SessionModel::canSort(section))
            return;
        option->state &= ~(QStyle::State_MouseOver | QStyle::State_Sunken | QStyle::State_Raised);
        option->sortIndicator = QStyleOptionHeader::None;
    }
};

} // namespace

SessionView::SessionView(QWidget *parent) : QTableView(parent)
{
    setHorizontalHeader(new SortHeader(this));
    horizontalHeader()->setSectionsClickable(true);
    setItemDelegate(new GlowDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    setAccessibleName(tr("Sessions"));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setRowHeight();
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    viewport()->setMouseTracking(true);
    m_hold.setSingleShot(true);
    m_hold.setInterval(2500ms);
    connect(&m_hold, &QTimer::timeout, this, &SessionView::releaseRows);
    connect(this, &QTableView::doubleClicked, this, &SessionView::editWanted);
    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this, [this](const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnMenu(menu);
        menu->popup(horizontalHeader()->mapToGlobal(at));
    });
}

void SessionView::setRowHeight()
{
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 9);
}

void SessionView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setRowHeight();
}

void SessionView::setSessions(SessionModel *model)
{
    m_model = model;
    setModel(model);
    // A header asks every row whether its column is selected to draw itself; this one has nothing to show of the selection.
    horizontalHeader()->setSelectionModel(new QItemSelectionModel(model, this));
    // As wide as the title and what is mostly below it, in any language; all of them fit beside the docks on a small screen.
    static constexpr int Margins = 10;
    const QString date = Format::when({}, TimePoint(48h)), days = Format::countdown(std::chrono::days(14));
    const std::array<QString, SessionModel::ColumnCount> samples = {u"WQ1aBcdX…"_s,
                                                                    {},
                                                                    u"some.person"_s,
                                                                    date,
                                                                    Format::ago({}, TimePoint(59min)),
                                                                    days,
                                                                    days,
                                                                    days,
                                                                    Format::bytes(1000),
                                                                    u"100"_s,
                                                                    {},
                                                                    u"My old laptop"_s,
                                                                    u"2001:db8::1:200"_s,
                                                                    u"Firefox 140, Windows"_s};
    for (int column = 0; column < SessionModel::ColumnCount; ++column)
        setColumnWidth(column, std::max(fontMetrics().horizontalAdvance(samples[size_t(column)]) + Margins,
                                        horizontalHeader()->sectionSizeHint(column) + 4));
    for (const QString &state : SessionCells::states())
        setColumnWidth(SessionModel::State,
                       std::max(columnWidth(SessionModel::State), fontMetrics().horizontalAdvance(state) + Margins));
    // What matters most comes first, where a narrow window shows it too.
    for (const int column : {SessionModel::IdleLeft, SessionModel::AbsoluteLeft})
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column),
                                        horizontalHeader()->visualIndex(SessionModel::Attributes));
    for (const int column : {SessionModel::IdleLeft, SessionModel::AbsoluteLeft, SessionModel::Flags})
        setColumnHidden(column, true);
    hideFrom(SessionModel::Device); // few applications keep such facts
    connect(model, &SessionModel::columnsInserted, this, [this](const QModelIndex &, int column) {
        setColumnHidden(column, false);
        setColumnWidth(column, std::max(fontMetrics().averageCharWidth() * 16, horizontalHeader()->sectionSizeHint(column) + 4));
        // Beside the user: where somebody looks who wants to know who that is.
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column),
                                        horizontalHeader()->visualIndex(SessionModel::User) + 1 + column
                                            - SessionModel::ColumnCount);
        restoreSelection();
    });
    horizontalHeader()->setSortIndicator(model->sortColumn(), model->sortOrder());
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int column) {
        if (!SessionModel::canSort(column)) {
            horizontalHeader()->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
            return;
        }
        const Qt::SortOrder first = SessionModel::firstOrder(column);
        const bool again = column == m_model->sortColumn() && m_model->sortOrder() == first;
        const auto other = first == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
        m_model->sort(column, again ? other : first);
        horizontalHeader()->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
    });
    connect(model, &SessionModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        keepPlace(first, last, 1);
        restoreSelection();
        keepWhatIsShown();
        tellVisible();
    });
    connect(model, &SessionModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) {
        keepPlace(first, last, -1);
        tellVisible();
    });
    connect(model, &SessionModel::rowsReplaced, this, [this] {
        restoreSelection();
        keepWhatIsShown();
    });
    connect(model, &SessionModel::filterChanged, this, &SessionView::beginFilter);
    connect(model, &SessionModel::statusChanged, this, [this] {
        if (m_model->status() != SessionModel::Status::Loading && !m_model->isSearching())
            m_selectedBefore.clear();
    });
    connect(model, &SessionModel::keyChanged, this, [this](const SessionKey &oldKey, const SessionKey &newKey) {
        std::ranges::replace(m_keys, oldKey, newKey);
        for (std::optional<SessionKey> *kept : {&m_current, &m_previous}) {
            if (*kept == oldKey)
                *kept = newKey;
        }
        Q_EMIT selectionChangedByPerson();
    });
    connect(model, &SessionModel::modelReset, this, &SessionView::tellVisible);
}

/// Rows that come or go above the view, or above the row under the mouse, must not move that. At the very top new rows are
/// welcome.
void SessionView::keepPlace(int first, int last, int direction)
{
    QScrollBar *bar = verticalScrollBar();
    const bool held = m_heldRow >= bar->value() && first >= bar->value() && first <= m_heldRow;
    if (held && direction > 0) {
        const int more = last - first + 1;
        m_heldRow += more;
        m_model->holdRows(m_heldRow);
        bar->setValue(bar->value() + more);
    } else if (bar->value() > 0 && first < bar->value()) {
        bar->setValue(bar->value() + direction * (std::min(last, bar->value() - 1) - first + 1));
    }
}

/// While the mouse moves over the rows somebody is about to click on one.
void SessionView::holdRows(const QPoint &at)
{
    if (!m_hold.isActive())
        m_wasAtTop = verticalScrollBar()->value() == 0;
    m_heldRow = rowAt(at.y());
    m_model->holdRows(m_heldRow);
    m_hold.start();
}

void SessionView::releaseRows()
{
    m_hold.stop();
    m_heldRow = -1;
    m_model->holdRows(-1);
    if (m_wasAtTop && m_keys.isEmpty())
        verticalScrollBar()->setValue(0);
}

bool SessionView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
        if (m_model)
            holdRows(static_cast<QMouseEvent *>(event)->position().toPoint());
        break;
    case QEvent::Wheel:
        m_wasAtTop = false;
        break;
    case QEvent::Leave:
        if (m_model && m_hold.isActive())
            releaseRows();
        break;
    default:
        break;
    }
    return QTableView::viewportEvent(event);
}

/// What another filter hides is not selected any more; what is among its first rows stays so.
void SessionView::beginFilter()
{
    if (m_keys.isEmpty())
        return;
    m_selectedBefore = std::exchange(m_keys, {});
    m_partlyKnown = false;
    if (m_current)
        m_previous = std::exchange(m_current, std::nullopt); // it can still be compared with
    m_model->setSelection({});
    Q_EMIT selectionChangedByPerson();
}

void SessionView::keepWhatIsShown()
{
    if (m_selectedBefore.isEmpty())
        return;
    QList<SessionKey> shown;
    for (const int row : m_model->rowsOf(QSet<SessionKey>(m_selectedBefore.begin(), m_selectedBefore.end())))
        shown << m_model->row(row)->info.key;
    if (shown.isEmpty())
        return;
    m_selectedBefore.removeIf([&shown](const SessionKey &key) { return shown.contains(key); });
    m_keys += shown;
    if (!m_current)
        setCurrent(shown.first());
    m_model->setSelection(QSet<SessionKey>(m_keys.begin(), m_keys.end()));
    restoreSelection();
    Q_EMIT selectionChangedByPerson();
}

std::pair<qint64, qint64> SessionView::selectedAndHidden() const
{
    qint64 selected = 0, seen = 0;
    const int first = std::max(0, rowAt(0)), last = rowAt(viewport()->height() - 1);
    for (const auto &[top, bottom] : selectedRows()) {
        selected += bottom - top + 1;
        seen += std::max(0, std::min(bottom, last < 0 ? bottom : last) - std::max(top, first) + 1);
    }
    selected = m_partlyKnown ? selected : std::max<qint64>(selected, m_keys.size());
    return {selected, selected - seen};
}

void SessionView::copyKeys() const
{
    QStringList keys;
    for (const SessionKey &key : m_keys)
        keys << key.toString();
    if (!keys.isEmpty())
        QGuiApplication::clipboard()->setText(keys.join(u'\n'));
}

void SessionView::tellVisible()
{
    if (!m_model)
        return;
    const int first = std::max(0, rowAt(0));
    int last = rowAt(viewport()->height() - 1);
    if (last < 0)
        last = first + viewport()->height() / std::max(1, verticalHeader()->defaultSectionSize());
    m_model->setVisibleRows(first, last);
    Q_EMIT viewMoved();
}

void SessionView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    tellVisible();
}

void SessionView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dy)
        tellVisible();
}

void SessionView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (!m_restoring && m_model && m_model->status() != SessionModel::Status::Loading)
        noteSelection();
}

/// Which sessions the selected rows are, as far as that is known.
void SessionView::noteSelection()
{
    QList<SessionKey> keys;
    qint64 rows = 0;
    // A range of a million rows is kept as what is loaded of it.
    for (const auto &[first, last] : selectedRows()) {
        m_model->rows().forEach([&keys](int, const SessionRow &row) { keys << row.info.key; }, first, last);
        rows += last - first + 1;
    }
    m_partlyKnown = keys.size() < rows;
    const QModelIndex current = currentIndex();
    const SessionRow *known = current.isValid() ? m_model->row(current.row()) : nullptr;
    // The current row need not be selected: Ctrl+click takes a row out and stays on it.
    setCurrent(known && selectionModel()->isRowSelected(current.row()) ? std::optional(known->info.key)
               : keys.isEmpty()                                        ? std::nullopt
                                                                       : std::optional(keys.first()));
    m_selectedBefore.clear();
    if (std::exchange(m_keys, keys) == keys && !keys.isEmpty())
        return;
    m_model->setSelection(QSet<SessionKey>(keys.begin(), keys.end()));
    Q_EMIT selectionChangedByPerson();
}

void SessionView::select(const SessionKey &key)
{
    m_keys = {key};
    m_selectedBefore.clear();
    m_partlyKnown = false;
    setCurrent(key);
    m_model->setSelection({key});
    restoreSelection();
    if (const int row = m_model->rowOf(key); row >= 0)
        scrollTo(m_model->index(row, 0));
    Q_EMIT selectionChangedByPerson();
}

void SessionView::restoreSelection()
{
    if (m_partlyKnown && !m_restoring)
        return noteSelection(); // some of it may have been loaded
    if (m_keys.isEmpty() || m_restoring)
        return;
    const QList<int> rows = m_model->rowsOf(QSet<SessionKey>(m_keys.begin(), m_keys.end()));
    QItemSelection selection;
    QModelIndex current;
    for (qsizetype i = 0, first = 0; i < rows.size(); ++i) {
        if (m_model->row(rows[i])->info.key == m_current)
            current = m_model->index(rows[i], std::max(0, currentIndex().column()));
        if (i + 1 < rows.size() && rows[i + 1] == rows[i] + 1)
            continue; // a block of rows is one range
        selection.select(m_model->index(rows[first], 0), m_model->index(rows[i], m_model->columnCount() - 1));
        first = i + 1;
    }
    if (selection == selectionModel()->selection() && (!current.isValid() || current == currentIndex()))
        return;
    m_restoring = true;
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (current.isValid())
        selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    m_restoring = false;
}

QList<SessionInfo> SessionView::selectedSessions() const
{
    QList<SessionInfo> sessions;
    for (const int row : m_model->rowsOf(QSet<SessionKey>(m_keys.begin(), m_keys.end()))) {
        if (!m_model->row(row)->isGhost())
            sessions << m_model->row(row)->info;
    }
    return sessions;
}

QList<std::pair<int, int>> SessionView::selectedRows() const
{
    QList<std::pair<int, int>> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        rows.emplace_back(range.top(), range.bottom());
    std::ranges::sort(rows);
    return rows;
}

void SessionView::setCurrent(const std::optional<SessionKey> &key)
{
    if (key && m_current && key != m_current)
        m_previous = m_current;
    m_current = key;
}

QList<SessionKey> SessionView::keysToCompare() const
{
    if (m_keys.size() == 1 && m_previous && m_previous != m_keys.first())
        return {*m_previous, m_keys.first()};
    return m_keys.size() == 2 ? m_keys : QList<SessionKey>();
}

const SessionInfo *SessionView::selectedSession() const
{
    if (m_keys.isEmpty()) // asked whenever anything happens in the table
        return nullptr;
    const QSet<SessionKey> keys(m_keys.begin(), m_keys.end());
    const SessionInfo *found = nullptr;
    m_model->rows().forEach([&](int, const SessionRow &row) {
        if (!found && !row.isGhost() && keys.contains(row.info.key))
            found = &row.info;
    });
    return found;
}

bool SessionView::isAllSelected() const
{
    const QItemSelection selection = selectionModel()->selection();
    return m_model->rowCount() > 0 && std::ranges::any_of(selection, [this](const QItemSelectionRange &range) {
               return range.top() == 0 && range.bottom() == m_model->rowCount() - 1;
           });
}

QList<SessionKey> SessionView::selectedKeys() const
{
    return m_keys;
}

std::optional<SessionKey> SessionView::currentKey() const
{
    return m_current;
}

void SessionView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return copyKeys();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT editWanted();
        return;
    }
    {
        const QScopedValueRollback moving(m_restoring, true); // rows that come meanwhile must not move the view back
        const bool jumps = event->key() == Qt::Key_Home
                        || event->key() == Qt::Key_End; // with Control these only move the current row
        QKeyEvent plain(event->type(), event->key(), event->modifiers() & ~Qt::ControlModifier);
        QTableView::keyPressEvent(jumps ? &plain : event);
    }
    noteSelection();
}

/// A row is one thing: Home and End go through the rows.
QModelIndex SessionView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if ((action != MoveHome && action != MoveEnd) || m_model->rowCount() == 0)
        return QTableView::moveCursor(action, modifiers);
    return m_model->index(action == MoveHome ? 0 : m_model->rowCount() - 1, std::max(0, currentIndex().column()));
}

void SessionView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu::exec(actions(), event->globalPos());
}

void SessionView::fillColumnMenu(QMenu *menu)
{
    for (int column = 1; column < SessionModel::ColumnCount; ++column) { // the key always stays
        QAction *action = menu->addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setColumnHidden(column, !shown); });
    }
    menu->addSeparator();
    for (const QString &path : m_model->attributeColumns()) {
        QAction *action = menu->addAction(Foreign::withoutShortcut(Foreign::line(path)));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, m_model, [model = m_model, path] { model->removeAttributeColumn(path); });
    }
    menu->addAction(tr("&Attribute…"), this, &SessionView::attributeColumnWanted);
}

void SessionView::hideFrom(int first)
{
    for (int column = first; column < SessionModel::ColumnCount; ++column)
        setColumnHidden(column, true);
}

QByteArray SessionView::saveColumns() const
{
    // Other stores have other attributes: such columns are remembered by the store.
    return m_model->attributeColumns().isEmpty()
             ? QByteArray::number(SessionModel::ColumnCount) + ':' + horizontalHeader()->saveState()
             : QByteArray();
}

void SessionView::restoreColumns(const QByteArray &state)
{
    const qsizetype colon = state.indexOf(':');
    bool isCounted = false;
    const int count = state.first(std::max<qsizetype>(colon, 0)).toInt(&isCounted);
    if (state.isEmpty() || !horizontalHeader()->restoreState(isCounted ? state.sliced(colon + 1) : state))
        return;
    hideFrom(isCounted ? count : FirstColumnCount); // what an earlier version did not know
    horizontalHeader()->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
    horizontalHeader()->setStretchLastSection(true);
    for (int column = 0; column < SessionModel::ColumnCount; ++column) { // they may be of another language
        if (!isColumnHidden(column))
            setColumnWidth(column, std::max(columnWidth(column), horizontalHeader()->sectionSizeHint(column) + 4));
    }
}

} // namespace Sojourn::Inspector
