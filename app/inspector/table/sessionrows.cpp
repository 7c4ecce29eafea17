// SPDX-License-Identifier: MIT
#include "sessionrows.h"

#include "look/format.h"
#include "sessioncells.h"
#include "sessionmodel.h"

#include <Sojourn/AttributeCondition>

#include <algorithm>
#include <ranges>

using namespace std::chrono_literals;

namespace Sojourn::Inspector {

SessionRows::SessionRows(std::shared_ptr<SessionStore> store) : m_store(std::move(store))
{
    m_query.order = SessionQuery::ByLastSeen; // who was just here comes first
    m_query.descending = true;
    m_fade.setInterval(100ms);
    connect(&m_fade, &QTimer::timeout, this, &SessionRows::fade);
    m_growth.setSingleShot(true);
    connect(&m_growth, &QTimer::timeout, this, [this] { setLivingRows(m_wanted); });
}

void SessionRows::setFilter(const SessionFilter &filter)
{
    m_filter = filter;
    m_query.user = filter.user;
    m_query.keyPrefix = filter.keyPrefix;
    m_query.quarantined = filter.state == SessionFilter::Quarantined;
    m_query.withData = filter.needsData() || !m_paths.isEmpty();
}

void SessionRows::setOrder(SessionQuery::Order order, bool descending)
{
    m_query.order = order;
    m_query.descending = descending;
    m_ownColumn.reset();
}

void SessionRows::setOwnOrder(int column, bool descending)
{
    setOrder(SessionQuery::ByCreated, descending); // which never moves while every session is looked at
    m_ownColumn = column;
}

void SessionRows::setAttributePaths(const QStringList &paths)
{
    m_paths = paths;
    m_query.withData = m_filter.needsData() || !paths.isEmpty();
}

/// What the columns of attributes say of a session: text as it is, anything else as JSON, and of long ones the beginning.
QStringList SessionRows::attributesOf(const SessionData &data) const
{
    static constexpr qsizetype LongestCell = 200;
    QStringList cells;
    for (const QString &path : m_paths) {
        const auto value = valueAt(data, path);
        const bool isSecret = std::ranges::any_of(path.split(u'.'), &Format::looksSecret);
        const QJsonValue shown = value ? Format::masked(*value, isSecret) : QJsonValue(QString());
        cells << (shown.isString() ? shown.toString() : QString::fromUtf8(encodeJson(shown))).left(LongestCell);
    }
    return cells;
}

void SessionRows::clear()
{
    ++m_life;
    RowCache::clear();
    m_growth.stop();
    m_unseen = 0;
    m_firstVisible = 0;
    m_lastVisible = 50;
    m_status = Status::Loading;
}

void SessionRows::setReady()
{
    m_status = Status::Ready;
}

void SessionRows::fail(const Error &error)
{
    m_error = error;
    if (count() == 0) // what is on the screen stays there
        m_status = Status::Failed;
    Q_EMIT statusChanged();
}

void SessionRows::setVisible(int first, int last)
{
    m_firstVisible = first;
    m_lastVisible = last;
}

void SessionRows::rename(const SessionKey &oldKey, const SessionKey &newKey)
{
    if (m_selected.remove(oldKey))
        m_selected.insert(newKey);
    Q_EMIT keyChanged(oldKey, newKey);
}

SessionRow SessionRows::newRow(const SessionRecord &record) const
{
    SessionRow row;
    row.info = record;
    row.attributes = attributesOf(record.data);
    row.place = sortValue(row);
    return row;
}

SessionRow SessionRows::ghostOf(const SessionKey &key, const SessionEvent &event) const
{
    SessionRow ghost;
    ghost.info.key = key;
    ghost.info.user = event.user;
    ghost.info.lastSeenAt = event.at;
    ghost.info.version = event.version;
    ghost.ending = event;
    ghost.stays = true;
    return ghost;
}

/// Those of a user by their creation.
SortValue SessionRows::sortValue(const SessionRow &row) const
{
    const SessionInfo &info = row.info;
    if (m_ownColumn == SessionModel::Size)
        return {{}, double(info.size)};
    if (m_ownColumn == SessionModel::Attributes)
        return {{}, double(info.attributeCount)};
    if (m_ownColumn) {
        const QString text = SessionCells(row, {}, false).value(*m_ownColumn).toString();
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        return isNumber ? SortValue{{}, number} : SortValue{text, 0};
    }
    const auto time = [](TimePoint at) { return double(at.time_since_epoch().count()); };
    switch (m_query.order) {
    case SessionQuery::ByExpiry:
        return {{}, time(info.expiresAt)};
    case SessionQuery::ByLastSeen:
        return {{}, time(info.lastSeenAt)};
    case SessionQuery::ByUser:
        return {info.user, time(info.createdAt)};
    case SessionQuery::ByCreated:
        break;
    }
    return {{}, time(info.createdAt)};
}

/// By what they were sorted in; ghosts that the history brought have no place among the living.
bool SessionRows::goesBefore(const SessionRow &a, const SessionRow &b) const
{
    if (!a.place || !b.place)
        return a.place.has_value();
    const auto left = std::tie(*a.place, a.info.key), right = std::tie(*b.place, b.info.key);
    return m_query.descending ? right < left : left < right;
}

/// Where \a row belongs, if both neighbours are loaded (or there is none): touched rows keep their places, so the order is that
/// of the moment each row was loaded.
std::optional<int> SessionRows::placeFor(const SessionRow &row) const
{
    const auto isBehind = [&](const SessionRow &known) { return goesBefore(row, known); };
    if (loaded() == count()) {
        const auto rows = std::views::iota(0, count());
        return int(std::ranges::partition_point(rows, [&](int known) { return !isBehind(*at(known)); }) - rows.begin());
    }
    std::optional<int> place;
    int previous = -1;
    bool before = true;
    forEach([&](int at, const SessionRow &known) {
        if (place)
            return;
        const bool next = isBehind(known);
        if (next && at == previous + 1 && before)
            place = at;
        before = !next;
        previous = at;
    });
    if (!place && before && previous == count() - 1)
        place = count();
    return place;
}

/// Counts those whose places are not among loaded rows.
void SessionRows::insertInPlace(std::vector<SessionRow> rows)
{
    std::ranges::sort(rows, [this](const SessionRow &a, const SessionRow &b) { return goesBefore(a, b); });
    std::vector<std::pair<int, std::vector<SessionRow>>> blocks;
    for (SessionRow &row : rows) {
        const auto place = placeFor(row);
        if (!place) {
            ++m_unseen;
            continue;
        }
        if (blocks.empty() || blocks.back().first != *place)
            blocks.emplace_back(*place, std::vector<SessionRow>());
        blocks.back().second.push_back(std::move(row));
    }
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) // from the end, so that the places stay true
        insert(block->first, std::move(block->second));
}

QList<SessionKey> SessionRows::dropBehindLimit()
{
    QList<SessionKey> dropped;
    int end = count();
    while (end > 0 && !at(end - 1)->place)
        --end;
    for (int row = SortedLimit; row < end; ++row)
        dropped << at(row)->info.key;
    if (!dropped.isEmpty())
        remove(SortedLimit, int(dropped.size()));
    return dropped;
}

void SessionRows::insert(int row, std::vector<SessionRow> values)
{
    if (values.empty())
        return;
    Q_EMIT insertBegins(row, row + int(values.size()) - 1);
    RowCache::insert(row, std::move(values));
    Q_EMIT insertEnds();
}

void SessionRows::remove(int row, int count)
{
    Q_EMIT removeBegins(row, row + count - 1);
    RowCache::remove(row, count);
    Q_EMIT removeEnds();
}

/// Makes the table \a number of living rows long. Rows come and go at the end, before the ghosts that stay there. Very many come
/// in steps: each takes the view a moment of its own.
void SessionRows::setLivingRows(qint64 number)
{
    m_wanted = number;
    const int wanted = int(std::min<qint64>(number, std::numeric_limits<int>::max() / 2));
    const auto isGhost = [this](int row) { return std::ranges::binary_search(ghosts(), row); };
    int end = count(); // behind the last living row
    const auto passGhosts = [&] {
        while (end > 0 && isGhost(end - 1))
            --end;
    };
    passGhosts();
    if (const int more = std::min(wanted - living(), MostInserted); more > 0) {
        Q_EMIT insertBegins(end, end + more - 1);
        insertUnknown(end, more);
        Q_EMIT insertEnds();
    }
    if (living() < wanted)
        m_growth.start();
    while (living() > wanted) {
        const auto ghost = std::ranges::lower_bound(ghosts(), end);
        const int border = ghost == ghosts().begin() ? 0 : *std::prev(ghost) + 1;
        const int first = std::max(border, end - (living() - wanted));
        remove(first, end - first);
        end = first;
        passGhosts();
    }
}

void SessionRows::bury(int row, const SessionEvent &event)
{
    RowCache::bury(row, event);
    SessionRow &ghost = *at(row);
    ghost.endedAt = m_store->now();
    ghost.stays = !m_filter.isEmpty() && m_filter.state == SessionFilter::Any;
    glowAll(ghost);
    tellChanged(row);
}

void SessionRows::replace(int row, const SessionRecord &record)
{
    SessionRow &known = *at(row);
    const TimePoint now = m_store->now();
    const SessionRow before = known;
    known.info = record;
    known.attributes = attributesOf(record.data);
    known.stale = false;
    known.misplaced = false;
    const quint32 changed = SessionCells::changedColumns(before, known, now, m_filter.state == SessionFilter::Quarantined);
    if (changed) {
        known.glow = changed;
        known.glowSince = now;
        m_fade.start();
    }
}

void SessionRows::glowAll(SessionRow &row)
{
    row.glow = ~0u;
    row.glowSince = m_store->now();
    m_fade.start();
}

/// Rows of sessions that the store counts no more, though nothing has told of their end yet.
int SessionRows::expiredRows() const
{
    int expired = 0;
    forEach([&expired, now = m_store->now()](int, const SessionRow &row) {
        expired += !row.isGhost() && row.info.isExpired(now);
    });
    return m_filter.state == SessionFilter::Quarantined ? 0 : expired;
}

void SessionRows::dropGhosts()
{
    const TimePoint now = m_store->now();
    const std::vector<int> rows = ghosts();
    // Those that stay are too many some day; those that came last are of interest.
    std::optional<TimePoint> oldest;
    if (rows.size() > MostGhosts) {
        std::vector<TimePoint> ends;
        for (const int row : rows)
            ends.push_back(at(row)->ending->at);
        std::ranges::nth_element(ends, ends.end() - MostGhosts);
        oldest = *(ends.end() - MostGhosts);
    }
    const auto leaves = [&](int row) {
        const SessionRow *ghost = at(row);
        if (m_selected.contains(ghost->info.key) || (isVisible(row) && row <= m_heldRow))
            return false;
        return (oldest && ghost->ending->at < *oldest) || (!ghost->stays && now - ghost->endedAt >= GhostTime);
    };
    for (size_t i = rows.size(); i-- > 0;) {
        if (!leaves(rows[i]))
            continue;
        const int last = rows[i];
        while (i > 0 && rows[i - 1] == rows[i] - 1 && leaves(rows[i - 1]))
            --i;
        remove(rows[i], last - rows[i] + 1);
    }
}

void SessionRows::fade()
{
    const TimePoint now = m_store->now();
    bool glows = false;
    forEach([&](int row, SessionRow &known) {
        if (!known.glow)
            return;
        if (now - known.glowSince > SessionCells::GlowTime)
            known.glow = 0;
        if (!isVisible(row))
            return;
        glows = glows || known.glow;
        Q_EMIT glowed(row);
    });
    if (!glows)
        m_fade.stop();
}

int SessionRows::rowOf(const SessionKey &key) const
{
    int found = -1;
    forEach([&](int row, const SessionRow &known) {
        if (found < 0 && known.info.key == key)
            found = row;
    });
    return found;
}

QList<int> SessionRows::rowsOf(const QSet<SessionKey> &keys) const
{
    QList<int> rows;
    forEach([&](int row, const SessionRow &known) {
        if (keys.contains(known.info.key))
            rows << row;
    });
    return rows;
}

QList<SessionKey> SessionRows::loadedKeys() const
{
    QList<SessionKey> keys;
    forEach([&keys](int, const SessionRow &row) {
        if (!row.isGhost())
            keys << row.info.key;
    });
    return keys;
}

} // namespace Sojourn::Inspector
