// SPDX-License-Identifier: MIT
#pragma once

#include "eventbatch.h"
#include "rowcache.h"
#include "store/storewalk.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QSet>
#include <QtCore/QTimer>

namespace Sojourn::Inspector {

/// Which sessions the table shows.
struct SessionFilter
{
    enum State { Any, Living, Ended, EndsSoon, RotationDue, Quarantined };

    std::optional<QString> user;
    QByteArray keyPrefix;
    State state = Any;
    QString text;                                              ///< part of an attribute's name or value
    std::optional<std::pair<TimePoint, TimePoint>> deadlines; ///< from, until: the deadline lies between

    [[nodiscard]] bool isEmpty() const { return *this == SessionFilter(); }
    /// Whether only a look at every session can tell which belong here.
    [[nodiscard]] bool needsSearch() const { return !text.isEmpty() || state == EndsSoon || state == RotationDue || deadlines; }
    /// Whether sessions come to belong here, or no longer, by the mere passing of time.
    [[nodiscard]] bool moves() const { return state == EndsSoon && text.isEmpty(); }
    /// Whether an event of \a key and \a user may concern this filter.
    [[nodiscard]] bool concerns(const SessionKey &key, const QString &of) const;

    friend bool operator==(const SessionFilter &a, const SessionFilter &b) = default;
};

/// The sessions of a store as a table of any length. Pages are loaded around the rows in view, one at a time, so that nothing
/// that is out of date is waited for, and forgotten far from it; answers from before the last reset are dropped. Events patch
/// single rows: a row that changes is loaded again and glows, one that ends turns into a ghost with the reason and leaves after a
/// while unless selected. How many there are the store is asked, now and then and whenever events say that it changed. What needs
/// a look at every session is searched in the background.
class SessionModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Key, State, User, Created, LastSeen, ExpiresIn, IdleLeft, AbsoluteLeft, Size, Attributes, Flags, ColumnCount };
    enum Role {
        ValueRole = Qt::UserRole, ///< the value behind the text: numbers, QDateTime
        GlowRole, ///< 1 when the cell has just changed, fading to 0
        GhostRole, ///< whether the session has ended
    };
    enum class Status { Loading, Ready, Failed };

    static constexpr int PageSize = 200;
    static constexpr auto GhostTime = std::chrono::seconds(12);
    /// The most ghosts in the table, and the most events that wait to be shown.
    static constexpr int MostGhosts = 2000, MostEvents = 20'000;

    /// \a store is only read from.
    explicit SessionModel(std::shared_ptr<SessionStore> store, QObject *parent = nullptr);
    ~SessionModel() override;

    void setFilter(const SessionFilter &filter);
    [[nodiscard]] const SessionFilter &filter() const { return m_filter; }
    /// Ascending or descending by a column that the store can order: Created, LastSeen, ExpiresIn, User. Others are ignored.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] static bool canSort(int column);
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_query.descending ? Qt::DescendingOrder : Qt::AscendingOrder; }

    /// Starts over.
    void reset();
    /// Loads what is in view again; rows stay until the answer is there.
    void refresh();
    /// The rows that a view shows: these are loaded first, and patched by events.
    void setVisibleRows(int first, int last);
    /// Up to \a row nothing that is in view goes, so that nobody clicks on what has just moved there; -1: all may go.
    void holdRows(int row) { m_heldRow = row; }
    /// Ghosts among these stay.
    void setSelection(const QSet<SessionKey> &keys) { m_selected = keys; }

    [[nodiscard]] Status status() const { return m_status; }
    [[nodiscard]] const Error &error() const { return m_error; }
    /// The session of \a row; null while it is not loaded.
    [[nodiscard]] const SessionRow *row(int row) const { return m_rows.at(row); }
    /// The row of \a key if it is loaded, or -1.
    [[nodiscard]] int rowOf(const SessionKey &key) const;
    /// The loaded rows of those of \a keys that are loaded, ascending.
    [[nodiscard]] QList<int> rowsOf(const QSet<SessionKey> &keys) const;
    [[nodiscard]] const RowCache &rows() const { return m_rows; }
    /// The living sessions that are loaded: all that a search found.
    [[nodiscard]] QList<SessionKey> loadedKeys() const;
    /// How many living sessions the filter shows, and how many the store has.
    [[nodiscard]] qint64 shown() const { return m_rows.living(); }
    [[nodiscard]] qint64 total() const { return m_filter.isEmpty() ? m_rows.living() : m_total; }
    /// Sessions that came into being somewhere in the order since the last look.
    [[nodiscard]] int unseen() const { return m_unseen; }
    /// The query that finds what is shown, apart from what needs a search.
    [[nodiscard]] const SessionQuery &query() const { return m_query; }
    [[nodiscard]] bool matches(const SessionRecord &record) const;
    /// Tells whether a record belongs to what the filter shows now, whatever the filter is by then.
    [[nodiscard]] std::function<bool(const SessionRecord &)> matcher() const;

    /// Not while a search that was complete is repeated.
    [[nodiscard]] bool isSearching() const { return m_search.isRunning() && !m_searchedAll; }
    [[nodiscard]] qint64 searched() const { return m_searched; }
    /// How many sessions the search goes through in all.
    [[nodiscard]] qint64 toSearch() const { return m_toSearch; }
    void stopSearch();
    /// Whether the search ended before it had looked at every session: it was stopped, failed, or found as many as are shown.
    [[nodiscard]] bool isSearchUnfinished() const { return m_filter.needsSearch() && !isSearching() && !m_searchedAll; }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows.count(); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    /// Among the rows that are loaded: a letter typed over a million rows must not look at each.
    QModelIndexList match(const QModelIndex &start, int role, const QVariant &value, int hits,
                          Qt::MatchFlags flags) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// What an edit of this program made of a session: its row need not be loaded again.
    void take(const SessionInfo &info);
    /// Events from the store; they take effect together, at most every 300 ms.
    void handleEvent(const SessionEvent &event);
    /// About how many sessions such events tell that have not taken effect.
    [[nodiscard]] qsizetype waitingEvents() const { return m_events.size(); }

Q_SIGNALS:
    /// Status, counts or search progress changed.
    void statusChanged();
    /// Before the rows of another filter come.
    void filterChanged();
    /// Rows were loaded or replaced: selections by row number no longer mean the same sessions.
    void rowsReplaced();
    /// The session of \a oldKey goes on under \a newKey.
    void keyChanged(const Sojourn::SessionKey &oldKey, const Sojourn::SessionKey &newKey);

private:
    [[nodiscard]] bool isPaged() const { return !m_filter.needsSearch() && m_filter.state != SessionFilter::Ended; }
    void loadHistory();
    void loadVisible();
    void loadAround();
    bool loadMissing(int first, int last);
    void loadPage(qint64 offset, int limit);
    void takePage(qint64 offset, const SessionPage &page, int life);
    void recount();
    void takeCount(qint64 count);
    [[nodiscard]] int expiredRows() const;
    void search();
    void searchAgain();
    void startSearch();
    void takeFound(const SessionPage &page);
    void dropUnfound();
    void insertInPlace(std::vector<SessionRow> rows);
    void fail(const Error &error);

    void applyEvents();
    void findCandidates(const EventBatch &batch, const QSet<SessionKey> &loaded);
    void loadCandidates();
    void insertArrived();
    void bury(int row, const SessionEvent &event);
    void reload(const SessionKey &key);
    void takeEnding(const SessionKey &key);
    void replaceInfo(int row, const SessionInfo &info);
    void dropGhosts();
    void checkDeadlines();
    void tick();
    void fade();

    void insertRows(int row, std::vector<SessionRow> values);
    void removeRows(int row, int count);
    void setLivingRows(qint64 count);
    SessionRow ghostOf(const SessionKey &key, const SessionEvent &event) const;
    std::optional<int> placeFor(const SessionInfo &info) const;
    bool goesBefore(const SessionInfo &a, TimePoint aTime, const SessionInfo &b, TimePoint bTime) const;
    TimePoint orderTime(const SessionInfo &info) const;
    SessionRow newRow(const SessionInfo &info) const;
    void glowAll(SessionRow &row);
    [[nodiscard]] bool isVisible(int row) const { return row >= m_firstVisible && row <= m_lastVisible; }

    std::shared_ptr<SessionStore> m_store;
    SessionFilter m_filter;
    SessionQuery m_query;
    int m_sortColumn = LastSeen;
    int m_heldRow = -1;

    int m_life = 0; ///< rises with every reset; answers of an earlier life are dropped
    Status m_status = Status::Loading;
    Error m_error;
    RowCache m_rows;
    qint64 m_total = 0; ///< of the whole store, where a filter hides some
    int m_unseen = 0;
    int m_firstVisible = 0;
    int m_lastVisible = 50;
    bool m_loading = false; ///< a page
    bool m_counting = false;
    bool m_countAgain = false; ///< something happened since the store was asked
    TimePoint m_countedAt{}, m_takenAt{};
    TimePoint m_pageAskedAt{};
    int m_reloads = 0; ///< single sessions that were asked for
    StoreWalk m_search;
    qint64 m_searched = 0, m_toSearch = 0;
    bool m_searchedAll = false;
    TimePoint m_searchStarted{}, m_searchEnded{};
    QSet<SessionKey> m_found; ///< by any search of this filter
    QSet<SessionKey> m_foundAgain; ///< by the search that is under way

    QSet<SessionKey> m_selected;
    EventBatch m_events;
    bool m_eventsMissed = false; ///< too many came while nothing could be shown
    QList<SessionKey> m_candidates; ///< sessions that may belong into the table since they were created or changed
    std::vector<SessionRecord> m_arrived; ///< candidates that were loaded
    int m_candidateLoads = 0;
    QTimer m_throttle, m_arrival, m_idle, m_second, m_glow;
};

} // namespace Sojourn::Inspector
