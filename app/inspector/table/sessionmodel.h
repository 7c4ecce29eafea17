// SPDX-License-Identifier: MIT
#pragma once

#include "rowupdater.h"

#include <QtCore/QAbstractTableModel>

namespace Sojourn::Inspector {

/// The sessions of a store as a table of any length. Pages are loaded around the rows in view, one at a time, so that nothing
/// that is out of date is waited for, and forgotten far from it; answers from before the last reset are dropped. Events patch
/// single rows: a row that changes is loaded again and glows, one that ends turns into a ghost with the reason and leaves after a
/// while unless selected. How many there are the store is asked, now and then and whenever events say that it changed. What needs
/// a look at every session is searched in the background.
class SessionModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Key,
        State,
        User,
        Created,
        LastSeen,
        ExpiresIn,
        IdleLeft,
        AbsoluteLeft,
        Size,
        Attributes,
        Flags,
        Device, ///< facts of the visit (VisitFacts), which lists have without data
        Address,
        Browser,
        ColumnCount
    };
    enum Role {
        ValueRole = Qt::UserRole, ///< the value behind the text: numbers, QDateTime
        GlowRole, ///< 1 when the cell has just changed, fading to 0
        GhostRole, ///< whether the session has ended
    };
    using Status = SessionRows::Status;

    static constexpr int PageSize = RowLoader::PageSize;
    static constexpr auto GhostTime = SessionRows::GhostTime;
    /// The most ghosts in the table, and the most events that wait to be shown.
    static constexpr int MostGhosts = SessionRows::MostGhosts, MostEvents = RowUpdater::MostEvents;

    /// \a store is only read from.
    explicit SessionModel(std::shared_ptr<SessionStore> store, QObject *parent = nullptr);
    ~SessionModel() override;

    void setFilter(const SessionFilter &filter);
    [[nodiscard]] const SessionFilter &filter() const { return m_rows.filter(); }
    /// By a column that the store can order (Created, LastSeen, ExpiresIn, User), or by Size, Attributes, facts of the visit and
    /// the columns of attributes: then every session is looked at, and the first SessionRows::SortedLimit are shown. Others are
    /// ignored.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] static bool canSort(int column);
    [[nodiscard]] static bool canStoreSort(int column);
    /// The order that a first click means: the largest first, but names and times from the beginning.
    [[nodiscard]] static Qt::SortOrder firstOrder(int column);
    /// Whether the order is made here: by a column that the store cannot sort by.
    [[nodiscard]] bool isSortedHere() const { return m_rows.isSortedHere(); }
    /// The attributes that have columns of their own, behind the others: names, with dots where they lead into objects.
    [[nodiscard]] const QStringList &attributeColumns() const { return m_rows.attributePaths(); }
    void addAttributeColumns(const QStringList &added);
    void removeAttributeColumn(const QString &path);
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_rows.query().descending ? Qt::DescendingOrder : Qt::AscendingOrder; }

    /// Starts over.
    void reset();
    /// Loads what is in view again; rows stay until the answer is there.
    void refresh();
    /// The rows that a view shows: these are loaded first, and patched by events.
    void setVisibleRows(int first, int last) { m_loader.show(first, last); }
    /// Up to \a row nothing that is in view goes, so that nobody clicks on what has just moved there; -1: all may go.
    void holdRows(int row) { m_rows.holdRows(row); }
    /// Ghosts among these stay.
    void setSelection(const QSet<SessionKey> &keys) { m_rows.setSelection(keys); }

    /// Only to read from, and its time.
    [[nodiscard]] SessionStore &store() const { return m_rows.store(); }
    [[nodiscard]] TimePoint now() const { return m_rows.store().now(); }
    [[nodiscard]] Status status() const { return m_rows.status(); }
    [[nodiscard]] const Error &error() const { return m_rows.error(); }
    /// The session of \a row; null while it is not loaded.
    [[nodiscard]] const SessionRow *row(int row) const { return m_rows.at(row); }
    /// The row of \a key if it is loaded, or -1.
    [[nodiscard]] int rowOf(const SessionKey &key) const { return m_rows.rowOf(key); }
    /// The loaded rows of those of \a keys that are loaded, ascending.
    [[nodiscard]] QList<int> rowsOf(const QSet<SessionKey> &keys) const { return m_rows.rowsOf(keys); }
    [[nodiscard]] const SessionRows &rows() const { return m_rows; }
    /// The living sessions that are loaded: all that a search found.
    [[nodiscard]] QList<SessionKey> loadedKeys() const { return m_rows.loadedKeys(); }
    /// How many living sessions the filter shows, and how many the store has.
    [[nodiscard]] qint64 shown() const { return m_rows.living(); }
    [[nodiscard]] qint64 total() const { return filter().isEmpty() && !isSortedHere() ? m_rows.living() : m_loader.total(); }
    /// Sessions that came into being somewhere in the order since the last look.
    [[nodiscard]] int unseen() const { return m_rows.unseen(); }
    /// The query that finds what is shown, apart from what needs a search.
    [[nodiscard]] const SessionQuery &query() const { return m_rows.query(); }
    /// Tells whether a record belongs to what the filter shows now, whatever the filter is by then.
    [[nodiscard]] std::function<bool(const SessionRecord &)> matcher() const;

    /// Whether all sessions are looked at, for the filter or for the order.
    [[nodiscard]] bool needsSearch() const { return m_rows.needsSearch(); }
    /// Not while a search that was complete is repeated.
    [[nodiscard]] bool isSearching() const { return m_search.isRunning(); }
    /// Whether total() may be another one in a moment.
    [[nodiscard]] bool isCounting() const { return m_loader.isCounting(); }
    [[nodiscard]] qint64 searched() const { return m_search.searched(); }
    /// How many sessions the search goes through in all.
    [[nodiscard]] qint64 toSearch() const { return m_search.toSearch(); }
    void stopSearch() { m_search.stop(); }
    /// Whether the search ended before it had looked at every session: it was stopped, failed, or found as many as are shown.
    [[nodiscard]] bool isSearchUnfinished() const { return needsSearch() && !isSearching() && !m_search.isComplete(); }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows.count(); }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : ColumnCount + int(m_rows.attributePaths().size());
    }
    QVariant data(const QModelIndex &index, int role) const override;
    /// Among the rows that are loaded: a letter typed over a million rows must not look at each.
    QModelIndexList match(const QModelIndex &start, int role, const QVariant &value, int hits,
                          Qt::MatchFlags flags) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// What an edit of this program made of a session: its row need not be loaded again.
    void take(const SessionRecord &record) { m_updater.take(record); }
    /// Events from the store; they take effect together, at most every 300 ms.
    void handleEvent(const SessionEvent &event) { m_updater.handleEvent(event); }
    /// About how many sessions such events tell that have not taken effect.
    [[nodiscard]] qsizetype waitingEvents() const { return m_waiting.size(); }

Q_SIGNALS:
    /// Status, counts or search progress changed.
    void statusChanged();
    /// Before the rows of another filter come.
    void filterChanged();
    /// Rows were loaded or replaced: selections by row number no longer mean the same sessions.
    void rowsReplaced();
    void attributeColumnsChanged();
    /// The session of \a oldKey goes on under \a newKey.
    void keyChanged(const Sojourn::SessionKey &oldKey, const Sojourn::SessionKey &newKey);

private:
    void tick();

    EventBatch m_waiting; ///< events that have not been applied
    SessionRows m_rows;
    RowLoader m_loader;
    SessionSearch m_search;
    RowUpdater m_updater;
    int m_sortColumn = LastSeen;
    QTimer m_second;
};

} // namespace Sojourn::Inspector
