// SPDX-License-Identifier: MIT
#include "sessionmodel.h"

#include "format.h"
#include "theme.h"

#include <QtGui/QFont>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int PagesInFlight = 3;
static constexpr int LoadsInFlight = 40;
static constexpr int RowsKept = 6000;
static constexpr int SearchPage = 500;
static constexpr int FoundLimit = 100'000;
static constexpr auto Throttle = 300ms;
static constexpr auto GlowTime = 1200ms;
static constexpr auto Soon = 5min;

bool SessionFilter::concerns(const SessionKey &key, const QString &of) const
{
    return (!user || *user == of) && (keyPrefix.isEmpty() || key.toLatin1().startsWith(keyPrefix));
}

SessionModel::SessionModel(std::shared_ptr<SessionStore> store, QObject *parent)
    : QAbstractTableModel(parent), m_store(std::move(store))
{
    connect(m_store.get(), &SessionStore::event, this, &SessionModel::handleEvent);
    connect(m_store.get(), &SessionStore::eventsLost, this, &SessionModel::refresh);
    m_throttle.setSingleShot(true);
    m_throttle.setInterval(Throttle);
    connect(&m_throttle, &QTimer::timeout, this, &SessionModel::applyEvents);
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &SessionModel::tick);
    m_second.start();
    m_glow.setInterval(100ms);
    connect(&m_glow, &QTimer::timeout, this, &SessionModel::fade);
    reset();
}

SessionModel::~SessionModel()
{
    disconnect(m_store.get(), nullptr, this, nullptr); // a store that goes with its model may still tell what it did
}

void SessionModel::setFilter(const SessionFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    m_query.user = filter.user;
    m_query.keyPrefix = filter.keyPrefix;
    m_query.quarantined = filter.state == SessionFilter::Quarantined;
    m_query.withData = !filter.text.isEmpty();
    reset();
}

bool SessionModel::canSort(int column)
{
    return column == User || column == Created || column == LastSeen || column == ExpiresIn;
}

void SessionModel::sort(int column, Qt::SortOrder order)
{
    if (!canSort(column) || (column == m_sortColumn && order == sortOrder()))
        return;
    m_sortColumn = column;
    m_query.descending = order == Qt::DescendingOrder;
    m_query.order = column == User ? SessionQuery::ByUser
                  : column == Created ? SessionQuery::ByCreated
                  : column == LastSeen ? SessionQuery::ByLastSeen
                  : SessionQuery::ByExpiry;
    reset();
}

void SessionModel::reset()
{
    beginResetModel();
    ++m_life;
    m_rows.clear();
    m_ghosts.clear();
    m_count = 0;
    m_shown = 0;
    m_unseen = 0;
    m_firstVisible = 0;
    m_lastVisible = 50;
    m_inFlight.clear();
    m_loads = 0;
    m_searching = false;
    m_searched = 0;
    m_ended.clear();
    m_rotated.clear();
    m_changed.clear();
    m_created.clear();
    m_status = Status::Loading;
    endResetModel();
    Q_EMIT statusChanged();

    if (m_filter.state == SessionFilter::Ended) {
        loadHistory();
    } else if (m_filter.needsSearch()) {
        m_searching = true;
        searchOn({});
    } else {
        loadPage(0, PageSize);
    }
    if (!m_filter.isEmpty())
        loadTotal();
}

void SessionModel::loadTotal()
{
    m_store->count().then(this, [this, life = m_life](Result<qint64> total) {
        if (life != m_life || !total)
            return;
        m_total = *total;
        Q_EMIT statusChanged();
    });
}

void SessionModel::fail(const Error &error)
{
    m_error = error;
    m_searching = false;
    if (m_count == 0) // what is on the screen stays there
        m_status = Status::Failed;
    Q_EMIT statusChanged();
}

void SessionModel::setVisibleRows(int first, int last)
{
    m_firstVisible = first;
    m_lastVisible = last;
    loadVisible();
}

void SessionModel::loadVisible()
{
    if (m_filter.needsSearch() || m_filter.state == SessionFilter::Ended || m_status != Status::Ready)
        return;
    const int living = m_count - ghostCount();
    const auto isMissing = [this](int row) {
        const SessionRow *known = m_rows.at(row);
        return !known || (known->stale && !known->isGhost());
    };
    const auto load = [&](int from, int until) {
        for (int row = std::max(0, from); row <= std::min(until, m_count - 1) && m_inFlight.size() < PagesInFlight; ++row) {
            if (!isMissing(row) || offsetForRow(row) >= living)
                continue;
            // The part of the page that is missing: some stores answer with less than they were asked for.
            int offset = offsetForRow(row);
            offset -= offset % PageSize;
            const int end = std::min(offset + PageSize, living);
            while (offset < end && !isMissing(rowForOffset(offset)))
                ++offset;
            loadPage(offset, end);
            row = std::max(row, rowForOffset(end) - 1);
        }
    };
    load(m_firstVisible, m_lastVisible);
    const int around = m_lastVisible - m_firstVisible + 1; // what a page up or down would show
    load(m_firstVisible - around, m_lastVisible + around);
}

void SessionModel::loadPage(int offset, int end)
{
    const int page = offset / PageSize;
    if (m_inFlight.contains(page))
        return;
    m_inFlight.insert(page);
    SessionQuery query = m_query;
    query.offset = offset;
    query.limit = end - offset;
    m_store->list(query).then(this, [this, offset, page, life = m_life](Result<SessionPage> answer) {
        if (life != m_life)
            return;
        m_inFlight.remove(page);
        if (answer)
            takePage(offset, *answer, life);
        else
            fail(answer.error());
    });
}

void SessionModel::takePage(int offset, const SessionPage &page, int life)
{
    const bool first = m_status != Status::Ready;
    m_status = Status::Ready;
    setLivingRows(page.total);
    if (m_filter.isEmpty())
        m_total = page.total;

    // What a page says may be older than an event that is still waiting: the event is applied to it afterwards.
    int row = rowForOffset(offset);
    const int from = row;
    bool replaced = false;
    for (const SessionRecord &record : page.records) {
        while (const SessionRow *known = m_rows.at(row)) {
            if (!known->isGhost())
                break;
            ++row;
        }
        if (row >= m_count)
            break;
        SessionRow *known = m_rows.at(row);
        if (known && known->info.key == record.key) {
            replaceInfo(row, record);
        } else {
            replaced |= known != nullptr;
            SessionRow fresh;
            fresh.info = record;
            m_rows.set(row, std::move(fresh));
        }
        ++row;
    }
    if (row > from)
        Q_EMIT dataChanged(index(from, 0), index(row - 1, ColumnCount - 1));
    if (replaced)
        Q_EMIT rowsReplaced();
    m_rows.trim(RowsKept, m_firstVisible);
    Q_EMIT statusChanged();
    if (life != m_life) // a slot started over
        return;
    if (first && !m_filter.isEmpty() && m_filter.state == SessionFilter::Any)
        loadHistory();
    if (!page.records.isEmpty())
        loadVisible();
}

void SessionModel::refresh()
{
    if (m_status == Status::Failed || m_filter.needsSearch() || m_filter.state == SessionFilter::Ended || m_count == 0) {
        reset();
        return;
    }
    m_unseen = 0;
    m_rows.forEach([](int, SessionRow &row) { row.stale = !row.isGhost(); });
    loadTotal();
    loadVisible();
}

/// The sessions of the filter that have ended, from the history of the store, behind the living.
void SessionModel::loadHistory()
{
    HistoryQuery query;
    query.user = m_filter.user;
    query.limit = m_filter.state == SessionFilter::Ended ? 1000 : 200;
    m_store->history(query).then(this, [this, life = m_life](Result<QList<SessionEvent>> events) {
        if (life != m_life)
            return;
        if (!events) {
            if (m_filter.state == SessionFilter::Ended)
                fail(events.error());
            return;
        }
        m_status = Status::Ready;
        QSet<SessionKey> known;
        m_rows.forEach([&known](int, const SessionRow &row) { known.insert(row.info.key); });
        for (const SessionEvent &event : *events) {
            if (event.type == SessionEvent::Created)
                continue;
            const SessionKey key = event.type == SessionEvent::Rotated && event.oldKey ? *event.oldKey : event.key;
            if (known.contains(key) || !m_filter.concerns(key, event.user))
                continue;
            known.insert(key);
            SessionRow ghost;
            ghost.info.key = key;
            ghost.info.user = event.user;
            ghost.info.lastSeenAt = event.at;
            ghost.info.version = event.version;
            ghost.ending = event;
            ghost.stays = true;
            insertRow(m_count, std::move(ghost));
        }
        Q_EMIT statusChanged();
    });
}

bool SessionModel::matches(const SessionRecord &record) const
{
    if (m_filter.state == SessionFilter::RotationDue && !record.rotateRequested)
        return false;
    if (m_filter.state == SessionFilter::EndsSoon && record.expiresAt - m_store->now() > Soon)
        return false;
    if (m_filter.deadlines && (record.expiresAt < m_filter.deadlines->first || record.expiresAt >= m_filter.deadlines->second))
        return false;
    if (m_filter.text.isEmpty())
        return true;
    bool found = false;
    record.data.forEach([&](QByteArrayView name, QByteArrayView json) {
        found = found || QString::fromUtf8(name).contains(m_filter.text, Qt::CaseInsensitive)
             || QString::fromUtf8(json).contains(m_filter.text, Qt::CaseInsensitive);
    });
    return found;
}

void SessionModel::searchOn(const QByteArray &cursor)
{
    SessionQuery query = m_query;
    query.cursor = cursor;
    query.limit = SearchPage;
    m_store->list(query).then(this, [this, life = m_life](Result<SessionPage> page) {
        if (life != m_life || !m_searching)
            return;
        if (!page) {
            fail(page.error());
            return;
        }
        m_status = Status::Ready;
        m_total = page->total;
        m_searched += page->records.size();
        for (const SessionRecord &record : page->records) {
            if (!matches(record) || rowOf(record.key) >= 0)
                continue;
            SessionRow row;
            row.info = record;
            insertRow(m_count, std::move(row));
            ++m_shown;
        }
        m_searching = !page->nextCursor.isEmpty() && m_shown < FoundLimit;
        Q_EMIT statusChanged();
        if (life == m_life && m_searching) {
            // Through the event loop, so that a store that answers at once does not hold the window.
            QTimer::singleShot(0, this, [this, life, next = page->nextCursor] {
                if (life == m_life && m_searching)
                    searchOn(next);
            });
        }
    });
}

void SessionModel::stopSearch()
{
    if (!m_searching)
        return;
    m_searching = false;
    m_status = Status::Ready;
    Q_EMIT statusChanged();
}

void SessionModel::handleEvent(const SessionEvent &event)
{
    switch (event.type) {
    case SessionEvent::Created: m_created.insert(event.key); break;
    case SessionEvent::Changed:
    case SessionEvent::Touched: m_changed.insert(event.key); break;
    case SessionEvent::Rotated:
        if (event.oldKey)
            m_rotated.insert(*event.oldKey, event);
        break;
    case SessionEvent::Destroyed:
    case SessionEvent::Expired:
    case SessionEvent::Revoked:
    case SessionEvent::Quarantined:
        m_created.remove(event.key);
        m_ended.insert(event.key, event);
        break;
    }
    if (!m_throttle.isActive())
        m_throttle.start();
}

void SessionModel::applyEvents()
{
    if (m_status != Status::Ready)
        return;
    const auto ended = std::exchange(m_ended, {});
    const auto rotated = std::exchange(m_rotated, {});
    const auto changed = std::exchange(m_changed, {});
    const auto created = std::exchange(m_created, {});

    // One pass over what is loaded says which rows are concerned.
    std::vector<std::pair<int, SessionEvent>> ghosts;
    std::vector<int> moved;
    QSet<SessionKey> loaded;
    m_rows.forEach([&](int row, SessionRow &known) {
        if (known.isGhost())
            return;
        if (rotated.contains(known.info.key))
            moved.push_back(row);
        if (const auto it = ended.constFind(known.info.key); it != ended.cend())
            ghosts.emplace_back(row, *it);
        if (changed.contains(known.info.key))
            known.stale = true;
        loaded.insert(known.info.key);
    });
    for (const int row : moved) {
        SessionRow *known = m_rows.at(row);
        const SessionKey oldKey = known->info.key;
        known->info.key = rotated.value(oldKey).key;
        known->stale = true;
        loaded.insert(known->info.key);
        if (m_selected.remove(oldKey))
            m_selected.insert(known->info.key);
        Q_EMIT keyChanged(oldKey, known->info.key);
        if (const auto it = ended.constFind(known->info.key); it != ended.cend())
            ghosts.emplace_back(row, *it);
    }
    for (const auto &[row, event] : ghosts)
        makeGhost(row, event);

    for (const SessionEvent &event : ended) {
        if (!loaded.contains(event.key) && m_filter.concerns(event.key, event.user) && !m_filter.needsSearch())
            setLivingRows(std::max<qint64>(0, m_shown - 1));
        if (m_filter.state == SessionFilter::Ended && m_filter.concerns(event.key, event.user)) {
            SessionRow ghost;
            ghost.info.key = event.key;
            ghost.info.user = event.user;
            ghost.info.lastSeenAt = event.at;
            ghost.ending = event;
            ghost.stays = true;
            insertRow(0, std::move(ghost));
        }
    }
    m_total = std::max<qint64>(0, m_total - ended.size());

    for (const SessionKey &key : created) {
        ++m_total;
        if (m_filter.state == SessionFilter::Ended || m_filter.state == SessionFilter::Quarantined || loaded.contains(key))
            continue;
        insertNew(key);
    }
    std::vector<SessionKey> stale;
    for (int row = m_firstVisible; row <= m_lastVisible; ++row) {
        if (const SessionRow *known = m_rows.at(row); known && known->stale && !known->isGhost())
            stale.push_back(known->info.key);
    }
    for (const SessionKey &key : stale)
        reload(key);
    Q_EMIT statusChanged();
}

void SessionModel::makeGhost(int row, const SessionEvent &event)
{
    SessionRow *known = m_rows.at(row);
    known->ending = event;
    known->endedAt = m_store->now();
    known->stays = !m_filter.isEmpty() && m_filter.state == SessionFilter::Any;
    known->glow = ~0u;
    known->glowSince = known->endedAt;
    m_ghosts.insert(std::ranges::lower_bound(m_ghosts, row), row);
    m_shown = std::max<qint64>(0, m_shown - 1);
    m_glow.start();
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void SessionModel::reload(const SessionKey &key)
{
    if (m_loads >= LoadsInFlight)
        return; // the row stays stale: the next page or tick brings it
    ++m_loads;
    m_store->load(key).then(this, [this, key, life = m_life](Result<SessionRecord> record) {
        if (life != m_life)
            return;
        --m_loads;
        const int row = rowOf(key);
        if (row < 0 || !record)
            return; // gone: its event follows
        replaceInfo(row, *record);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    });
}

/// Shows the new session \a key if its place in the order is among loaded rows, otherwise counts it.
void SessionModel::insertNew(const SessionKey &key)
{
    const auto elsewhere = [this] {
        ++m_unseen;
        if (!m_filter.user && m_filter.keyPrefix.isEmpty() && !m_filter.needsSearch())
            setLivingRows(m_shown + 1);
    };
    if (m_loads >= LoadsInFlight) {
        elsewhere();
        return;
    }
    ++m_loads;
    m_store->load(key).then(this, [this, elsewhere, life = m_life](Result<SessionRecord> record) {
        if (life != m_life)
            return;
        --m_loads;
        if (!record || rowOf(record->key) >= 0 || !m_filter.concerns(record->key, record->user) || !matches(*record))
            return;
        const auto place = placeFor(*record);
        if (!place) {
            elsewhere();
            Q_EMIT statusChanged();
            return;
        }
        SessionRow row;
        row.info = *record;
        row.glow = ~0u;
        row.glowSince = m_store->now();
        m_glow.start();
        ++m_shown;
        insertRow(*place, std::move(row));
        Q_EMIT statusChanged();
    });
}

bool SessionModel::goesBefore(const SessionInfo &a, const SessionInfo &b) const
{
    const auto before = [this](const SessionInfo &x, const SessionInfo &y) {
        switch (m_query.order) {
        case SessionQuery::ByExpiry: return std::tie(x.expiresAt, x.key) < std::tie(y.expiresAt, y.key);
        case SessionQuery::ByCreated: return std::tie(x.createdAt, x.key) < std::tie(y.createdAt, y.key);
        case SessionQuery::ByLastSeen: return std::tie(x.lastSeenAt, x.key) < std::tie(y.lastSeenAt, y.key);
        case SessionQuery::ByUser: return std::tie(x.user, x.key) < std::tie(y.user, y.key);
        }
        return false;
    };
    return m_query.descending ? before(b, a) : before(a, b);
}

/// Where \a info belongs, if both neighbours are loaded (or there is none): touched rows keep their places, so the order is that
/// of the moment each row was loaded.
std::optional<int> SessionModel::placeFor(const SessionInfo &info) const
{
    if (m_rows.loaded() == m_count) {
        for (int row = 0; row < m_count; ++row) {
            const SessionRow *known = m_rows.at(row);
            if (known->stays || goesBefore(info, known->info))
                return row;
        }
        return m_count;
    }
    std::optional<int> place;
    int previous = -2;
    bool before = false;
    const_cast<RowCache &>(m_rows).forEach([&](int row, const SessionRow &known) {
        if (place)
            return;
        const bool next = goesBefore(info, known.info);
        if (next && (row == 0 || (row == previous + 1 && before)))
            place = row;
        before = !next;
        previous = row;
    });
    return place;
}

void SessionModel::replaceInfo(int row, const SessionInfo &info)
{
    SessionRow &known = *m_rows.at(row);
    SessionRow fresh = known;
    fresh.info = info;
    fresh.stale = false;
    quint32 changed = 0;
    for (const int column : {State, User, LastSeen, Size, Attributes, Flags}) {
        if (value(known, column) != value(fresh, column))
            changed |= 1u << column;
    }
    if (known.info.expiry != info.expiry)
        changed |= 1u << ExpiresIn;
    if (known.info.key != info.key || known.info.idIssuedAt != info.idIssuedAt)
        changed |= 1u << Key;
    if (known.info.version != info.version)
        changed |= 1u << Attributes;
    if (changed) {
        fresh.glow = changed;
        fresh.glowSince = m_store->now();
        m_glow.start();
    }
    known = std::move(fresh);
}

/// Once a second: countdowns go on, ghosts leave, and rows that are still stale are tried again.
void SessionModel::tick()
{
    dropGhosts();
    if (m_count == 0)
        return;
    const int first = std::clamp(m_firstVisible, 0, m_count - 1);
    const int last = std::clamp(m_lastVisible, first, m_count - 1);
    Q_EMIT dataChanged(index(first, State), index(last, AbsoluteLeft));
    for (int row = first; row <= last; ++row) {
        if (const SessionRow *known = m_rows.at(row); known && known->stale && !known->isGhost() && m_inFlight.isEmpty())
            reload(SessionKey(known->info.key));
    }
}

void SessionModel::dropGhosts()
{
    const TimePoint now = m_store->now();
    for (size_t i = m_ghosts.size(); i-- > 0;) {
        const int at = m_ghosts[i];
        const SessionRow *ghost = m_rows.at(at);
        if (!ghost->stays && now - ghost->endedAt >= GhostTime && !m_selected.contains(ghost->info.key))
            removeRow(at);
    }
}

void SessionModel::fade()
{
    const TimePoint now = m_store->now();
    bool glows = false;
    for (int row = m_firstVisible; row <= std::min(m_lastVisible, m_count - 1); ++row) {
        SessionRow *known = m_rows.at(row);
        if (!known || !known->glow)
            continue;
        if (now - known->glowSince > GlowTime)
            known->glow = 0;
        glows = glows || known->glow;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1), {GlowRole});
    }
    if (!glows)
        m_glow.stop();
}

int SessionModel::rowForOffset(qint64 offset) const
{
    int row = int(offset);
    for (const int ghost : m_ghosts) {
        if (ghost > row)
            break;
        ++row;
    }
    return row;
}

int SessionModel::offsetForRow(int row) const
{
    return row - int(std::ranges::lower_bound(m_ghosts, row) - m_ghosts.begin());
}

void SessionModel::insertRow(int row, SessionRow value)
{
    beginInsertRows({}, row, row);
    const bool ghost = value.isGhost();
    for (int &other : m_ghosts)
        other += other >= row;
    if (ghost)
        m_ghosts.insert(std::ranges::lower_bound(m_ghosts, row), row);
    m_rows.insert(row, std::move(value));
    ++m_count;
    endInsertRows();
}

void SessionModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    std::erase(m_ghosts, row);
    for (int &other : m_ghosts)
        other -= other > row;
    m_rows.remove(row);
    --m_count;
    endRemoveRows();
}

/// Makes the table \a count living rows long. Rows come and go at the end, before the ghosts that stay there.
void SessionModel::setLivingRows(qint64 count)
{
    m_shown = count;
    const int living = m_count - ghostCount();
    const int wanted = int(std::min<qint64>(count, std::numeric_limits<int>::max() / 2));
    int end = m_count; // behind the last living row
    while (end > 0 && std::ranges::binary_search(m_ghosts, end - 1))
        --end;
    if (wanted > living) {
        const int by = wanted - living;
        beginInsertRows({}, end, end + by - 1);
        std::vector<SessionRow> tail;
        for (int row = end; row < m_count; ++row)
            tail.push_back(*m_rows.at(row));
        m_rows.truncate(end);
        m_count += by;
        for (size_t i = 0; i < tail.size(); ++i)
            m_rows.set(end + by + int(i), std::move(tail[i]));
        for (int &ghost : m_ghosts)
            ghost += ghost >= end ? by : 0;
        endInsertRows();
    }
    for (int excess = living - wanted; excess > 0; --excess) {
        while (end > 0 && std::ranges::binary_search(m_ghosts, end - 1))
            --end;
        removeRow(--end);
    }
}

int SessionModel::rowOf(const SessionKey &key) const
{
    int found = -1;
    const_cast<RowCache &>(m_rows).forEach([&](int row, const SessionRow &known) {
        if (found < 0 && known.info.key == key)
            found = row;
    });
    return found;
}

QList<SessionKey> SessionModel::loadedKeys() const
{
    QList<SessionKey> keys;
    const_cast<RowCache &>(m_rows).forEach([&keys](int, const SessionRow &row) {
        if (!row.isGhost())
            keys << row.info.key;
    });
    return keys;
}

std::optional<std::chrono::milliseconds> SessionModel::idleLeft(const SessionInfo &info) const
{
    if (info.expiry && info.expiry->kind() == Expiry::Kind::OnInactivity)
        return info.lastSeenAt + info.expiry->idle() - m_store->now();
    if ((info.expiry && info.expiry->kind() == Expiry::Kind::AtDateTime) || info.expiresAt == info.absoluteExpiresAt)
        return {};
    return info.expiresAt - m_store->now();
}

QString SessionModel::stateText(const SessionRow &row) const
{
    if (row.ending)
        return Format::ending(*row.ending);
    if (m_filter.state == SessionFilter::Quarantined)
        return tr("set aside");
    if (row.info.isExpired(m_store->now()))
        return tr("expired");
    if (row.info.rotateRequested)
        return tr("fresh id due");
    if (row.info.expiresAt - m_store->now() < Soon)
        return tr("ends soon");
    return tr("active");
}

QVariant SessionModel::value(const SessionRow &row, int column) const
{
    const SessionInfo &info = row.info;
    switch (column) {
    case Key: return info.key.toString();
    case State: return stateText(row);
    case User: return info.user;
    case Created: return toDateTime(info.createdAt);
    case LastSeen: return toDateTime(info.lastSeenAt);
    case ExpiresIn: return toDateTime(info.expiresAt);
    case IdleLeft: return idleLeft(info) ? QVariant(qint64(idleLeft(info)->count())) : QVariant();
    case AbsoluteLeft: return info.absoluteExpiresAt ? QVariant(toDateTime(*info.absoluteExpiresAt)) : QVariant();
    case Size: return qint64(info.size);
    case Attributes: return qint64(info.attributeCount);
    case Flags: return info.rotateRequested;
    }
    return {};
}

QString SessionModel::text(const SessionRow &row, int column) const
{
    const SessionInfo &info = row.info;
    const TimePoint now = m_store->now();
    const bool unknown = row.ending && info.createdAt == TimePoint(); // of a session that only the history knows
    switch (column) {
    case Key: return Format::shortKey(info.key);
    case State: return stateText(row);
    case User: return info.user;
    case Created: return unknown ? QString() : Format::when(info.createdAt, now);
    case LastSeen: return Format::ago(info.lastSeenAt, now);
    case ExpiresIn: return row.ending ? QString() : Format::countdown(info.expiresAt - now);
    case IdleLeft: {
        const auto left = idleLeft(info);
        return left && !row.ending ? Format::countdown(*left) : QString();
    }
    case AbsoluteLeft: return info.absoluteExpiresAt && !row.ending ? Format::countdown(*info.absoluteExpiresAt - now) : QString();
    case Size: return unknown ? QString() : Format::bytes(info.size);
    case Attributes: return unknown ? QString() : Format::number(info.attributeCount);
    case Flags: {
        QStringList flags;
        if (info.rotateRequested)
            flags << tr("rotate");
        if (info.expiry && info.expiry->kind() == Expiry::Kind::AtDateTime)
            flags << tr("fixed deadline");
        else if (info.expiry && info.expiry->kind() == Expiry::Kind::OnSessionEnd)
            flags << tr("browser session");
        else if (info.expiry)
            flags << tr("own idle time");
        return u"\u2002"_s + flags.join(u", "_s); // apart from the number beside it
    }
    }
    return {};
}

QVariant SessionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SessionRow *row = m_rows.at(index.row());
    if (!row)
        return role == Qt::DisplayRole && index.column() == Key ? QVariant(u"…"_s) : QVariant();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return text(*row, column);
    case ValueRole: return value(*row, column);
    case GhostRole: return row->isGhost();
    case GlowRole: {
        if (!(row->glow & (1u << column)))
            return 0.0;
        const auto age = m_store->now() - row->glowSince;
        return std::clamp(1.0 - double(age.count()) / double(std::chrono::milliseconds(GlowTime).count()), 0.0, 1.0);
    }
    case Qt::ToolTipRole:
        switch (column) {
        case Key: return row->info.key.toString();
        case State: return row->ending ? QVariant(Format::event(*row->ending)) : QVariant();
        case Created: return row->info.createdAt == TimePoint() ? QVariant() : Format::exact(row->info.createdAt);
        case LastSeen: return Format::exact(row->info.lastSeenAt);
        case ExpiresIn: return row->ending ? QVariant() : Format::exact(row->info.expiresAt);
        default: return {};
        }
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), text(*row, column));
    case Qt::TextAlignmentRole:
        return int(column == Size || column == Attributes || (column >= ExpiresIn && column <= AbsoluteLeft) ? Qt::AlignRight : Qt::AlignLeft)
             | int(Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (row->isGhost())
            return Theme::colour(Theme::Colour::Muted);
        if (column == State && row->info.rotateRequested)
            return Theme::colour(Theme::Colour::Accent);
        if ((column == State || column == ExpiresIn) && row->info.expiresAt - m_store->now() < Soon)
            return Theme::colour(Theme::Colour::Warning);
        return {};
    case Qt::FontRole:
        if (row->isGhost() && column == Key) {
            QFont font;
            font.setStrikeOut(true);
            return font;
        }
        return {};
    default: return {};
    }
}

QVariant SessionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Key: return tr("The hash of the session id; the id itself is known only to the visitor's browser");
        case ExpiresIn: return tr("Time until the earlier of the idle and the absolute deadline");
        case IdleLeft: return tr("Time until the session ends if no request comes");
        case AbsoluteLeft: return tr("Time until the session ends whatever happens");
        case Size: return tr("Bytes of all attributes");
        default: return {};
        }
    }
    if (role == Qt::TextAlignmentRole && section >= 0)
        return int(section == Size || section == Attributes || (section >= ExpiresIn && section <= AbsoluteLeft) ? Qt::AlignRight
                                                                                                                : Qt::AlignLeft)
             | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Key: return tr("Key");
    case State: return tr("State");
    case User: return tr("User");
    case Created: return tr("Created");
    case LastSeen: return tr("Last seen");
    case ExpiresIn: return tr("Expires in");
    case IdleLeft: return tr("Idle left");
    case AbsoluteLeft: return tr("Absolute left");
    case Size: return tr("Size");
    case Attributes: return tr("Attributes");
    case Flags: return u"\u2002"_s + tr("Flags");
    }
    return {};
}

} // namespace Sojourn::Inspector
