// SPDX-License-Identifier: MIT
#pragma once

#include "rowcache.h"
#include "sessionfilter.h"

#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

namespace Sojourn::Inspector {

/// The rows of the session table, what they are filtered and ordered by, and what of them is in view. It tells of each change
/// before and after it, as a model must.
class SessionRows final : public QObject, private RowCache
{
    Q_OBJECT
public:
    enum class Status { Loading, Ready, Failed };

    static constexpr auto GhostTime = std::chrono::seconds(12);
    static constexpr int MostGhosts = 2000;
    static constexpr int SortedLimit = 5000; ///< rows that are kept where the order is not the store's
    static constexpr int MostInserted = 200'000; ///< rows at a time: a header takes 15 ms for a million

    explicit SessionRows(std::shared_ptr<SessionStore> store);

    [[nodiscard]] SessionStore &store() const { return *m_store; }
    [[nodiscard]] const std::shared_ptr<SessionStore> &sharedStore() const { return m_store; }
    [[nodiscard]] const SessionFilter &filter() const { return m_filter; }
    [[nodiscard]] const SessionQuery &query() const { return m_query; }
    /// Takes effect with the next clear().
    void setFilter(const SessionFilter &filter);
    void setOrder(SessionQuery::Order order, bool descending);
    /// Sorts here by \a column of SessionModel, which no store can: every session is looked at, and the first SortedLimit kept.
    void setOwnOrder(int column, bool descending);
    [[nodiscard]] bool isSortedHere() const { return m_ownColumn.has_value(); }
    /// The attributes that have a column each: names, with dots where they lead into objects.
    [[nodiscard]] const QStringList &attributePaths() const { return m_paths; }
    void setAttributePaths(const QStringList &paths);
    [[nodiscard]] bool matches(const SessionRecord &record) const { return m_filter.matches(record, m_store->now()); }
    /// Whether only a look at every session can tell which belong here, and where.
    [[nodiscard]] bool needsSearch() const { return m_filter.needsSearch() || isSortedHere(); }
    /// Whether the store lists just the sessions that belong here, so that pages of it can be loaded anywhere.
    [[nodiscard]] bool isPaged() const { return !needsSearch() && m_filter.state != SessionFilter::Ended; }

    /// Starts over. Answers to what was asked before, in an earlier life, are to be dropped.
    void clear();
    [[nodiscard]] int life() const { return m_life; }
    [[nodiscard]] Status status() const { return m_status; }
    [[nodiscard]] bool isReady() const { return m_status == Status::Ready; }
    void setReady();
    void fail(const Error &error);
    [[nodiscard]] const Error &error() const { return m_error; }

    [[nodiscard]] int firstVisible() const { return m_firstVisible; }
    [[nodiscard]] int lastVisible() const { return m_lastVisible; }
    [[nodiscard]] bool isVisible(int row) const { return row >= m_firstVisible && row <= m_lastVisible; }
    void setVisible(int first, int last);
    void holdRows(int row) { m_heldRow = row; }
    void setSelection(const QSet<SessionKey> &keys) { m_selected = keys; }
    [[nodiscard]] bool isSelected(const SessionKey &key) const { return m_selected.contains(key); }
    /// A session goes on under another key.
    void rename(const SessionKey &oldKey, const SessionKey &newKey);
    /// Sessions that came into being somewhere in the order since the last look.
    [[nodiscard]] int unseen() const { return m_unseen; }
    void setUnseen(int count) { m_unseen = count; }

    using RowCache::at;
    using RowCache::count;
    using RowCache::forEach;
    using RowCache::forget;
    using RowCache::ghosts;
    using RowCache::living;
    using RowCache::loaded;
    using RowCache::offsetOf;
    using RowCache::revive;
    using RowCache::rowOf;
    using RowCache::set;
    using RowCache::trim;
    /// The row of \a key if it is loaded, or -1.
    [[nodiscard]] int rowOf(const SessionKey &key) const;
    [[nodiscard]] QList<int> rowsOf(const QSet<SessionKey> &keys) const;
    [[nodiscard]] QList<SessionKey> loadedKeys() const;
    /// Rows of sessions that the store counts no more, though nothing has told of their end yet.
    [[nodiscard]] int expiredRows() const;

    [[nodiscard]] SessionRow newRow(const SessionRecord &record) const;
    [[nodiscard]] SessionRow ghostOf(const SessionKey &key, const SessionEvent &event) const;
    /// What \a row is sorted by now.
    [[nodiscard]] SortValue sortValue(const SessionRow &row) const;
    void glowAll(SessionRow &row);

    void insert(int row, std::vector<SessionRow> values);
    /// Inserts each where it belongs in the order.
    void insertInPlace(std::vector<SessionRow> rows);
    /// Drops the living rows behind the first SortedLimit. \return their sessions.
    QList<SessionKey> dropBehindLimit();
    void remove(int row, int count = 1);
    void setLivingRows(qint64 number);
    void bury(int row, const SessionEvent &event);
    void dropGhosts();
    /// The loaded \a row is now \a record; the cells that say something else glow.
    void replace(int row, const SessionRecord &record);

    void tellChanged(int first, int last) { Q_EMIT changed(first, last); }
    void tellChanged(int row) { Q_EMIT changed(row, row); }
    void tellReplaced() { Q_EMIT replaced(); }
    void tellStatus() { Q_EMIT statusChanged(); }

Q_SIGNALS:
    void insertBegins(int first, int last);
    void insertEnds();
    void removeBegins(int first, int last);
    void removeEnds();
    void changed(int first, int last);
    void glowed(int row);
    /// Rows were loaded or replaced: selections by row number no longer mean the same sessions.
    void replaced();
    /// Status, counts or search progress changed.
    void statusChanged();
    void keyChanged(const Sojourn::SessionKey &oldKey, const Sojourn::SessionKey &newKey);

private:
    std::optional<int> placeFor(const SessionRow &row) const;
    bool goesBefore(const SessionRow &a, const SessionRow &b) const;
    void fade();
    [[nodiscard]] QStringList attributesOf(const SessionData &data) const;

    std::shared_ptr<SessionStore> m_store;
    SessionFilter m_filter;
    SessionQuery m_query;
    std::optional<int> m_ownColumn; ///< of SessionModel; without one the order is that of the query
    QStringList m_paths;
    int m_life = 0;
    Status m_status = Status::Loading;
    Error m_error;
    int m_unseen = 0;
    int m_firstVisible = 0;
    int m_lastVisible = 50;
    int m_heldRow = -1;
    QSet<SessionKey> m_selected;
    QTimer m_fade, m_growth;
    qint64 m_wanted = 0; ///< living rows, while they come in steps
};

} // namespace Sojourn::Inspector
