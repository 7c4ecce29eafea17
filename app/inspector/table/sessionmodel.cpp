// SPDX-License-Identifier: MIT
#include "sessionmodel.h"

#include "sessioncells.h"

#include <algorithm>
#include <numeric>
#include <ranges>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int ReloadsInFlight = 60;
static constexpr int CandidatesInFlight = 40;
static constexpr int MostCandidates = 2000; // more of them at once are not placed one by one
static constexpr int RowsKept = 6000;
static constexpr int SearchPage = 500;
static constexpr qint64 SearchPageBytes = 500'000; // so that looking through a page is quick, however large the sessions
static constexpr int FoundLimit = 100'000;
static constexpr int SearchAgainRatio = 10; // a search that is repeated takes a tenth of the time
static constexpr auto Throttle = 300ms;
static constexpr auto ArrivalTime = 50ms; // new rows come together
static constexpr auto IdleTime = 120ms;
static constexpr auto CountInterval = 2s; // deadlines pass without an event

bool SessionFilter::concerns(const SessionKey &key, const QString &of) const
{
    return (!user || *user == of) && (keyPrefix.isEmpty() || key.toLatin1().startsWith(keyPrefix));
}

SessionModel::SessionModel(std::shared_ptr<SessionStore> store, QObject *parent)
    : QAbstractTableModel(parent), m_store(store), m_search(std::move(store))
{
    m_query.order = SessionQuery::ByLastSeen; // who was just here comes first
    m_query.descending = true;
    connect(m_store.get(), &SessionStore::sessionEvent, this, &SessionModel::handleEvent);
    connect(m_store.get(), &SessionStore::eventsLost, this, &SessionModel::refresh);
    m_throttle.setSingleShot(true);
    m_throttle.setInterval(Throttle);
    connect(&m_throttle, &QTimer::timeout, this, &SessionModel::applyEvents);
    m_idle.setSingleShot(true);
    m_idle.setInterval(IdleTime);
    connect(&m_idle, &QTimer::timeout, this, &SessionModel::loadAround);
    m_arrival.setSingleShot(true);
    m_arrival.setInterval(ArrivalTime);
    connect(&m_arrival, &QTimer::timeout, this, &SessionModel::insertArrived);
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
    Q_EMIT filterChanged();
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
    m_query.order = column == User     ? SessionQuery::ByUser
                  : column == Created  ? SessionQuery::ByCreated
                  : column == LastSeen ? SessionQuery::ByLastSeen
                                       : SessionQuery::ByExpiry;
    reset();
}

void SessionModel::reset()
{
    beginResetModel();
    ++m_life;
    m_rows.clear();
    m_unseen = 0;
    m_firstVisible = 0;
    m_lastVisible = 50;
    m_loading = false;
    m_counting = false;
    m_countAgain = false;
    m_reloads = 0;
    m_search.stop();
    m_searched = 0;
    m_searchedAll = false;
    m_found.clear();
    m_foundAgain.clear();
    m_events = {};
    m_eventsMissed = false;
    m_candidates.clear();
    m_arrived.clear();
    m_candidateLoads = 0;
    m_arrival.stop();
    m_status = Status::Loading;
    endResetModel();
    Q_EMIT statusChanged();

    if (m_filter.state == SessionFilter::Ended) {
        loadHistory();
    } else if (m_filter.needsSearch()) {
        search();
    } else {
        loadPage(0, PageSize);
    }
    if (!m_filter.isEmpty())
        recount();
}

void SessionModel::fail(const Error &error)
{
    m_error = error;
    if (m_rows.count() == 0) // what is on the screen stays there
        m_status = Status::Failed;
    Q_EMIT statusChanged();
}

/// Asks the store how many sessions there are, in all and of the filter.
void SessionModel::recount()
{
    if (m_counting) {
        m_countAgain = true;
        return;
    }
    m_counting = true;
    m_countAgain = false;
    m_countedAt = m_store->now();
    const auto done = [this] {
        m_counting = false;
        Q_EMIT statusChanged();
        if (m_countAgain)
            recount();
    };
    if (m_filter.isEmpty() || !isPaged()) {
        m_store->count().then(this, [this, done, life = m_life](const Result<qint64> &total) {
            if (life != m_life)
                return;
            if (total)
                m_total = *total;
            if (total && m_filter.isEmpty())
                takeCount(*total);
            done();
        });
        return;
    }
    m_store->count().then(this, [this, done, life = m_life](const Result<qint64> &total) {
        if (life != m_life)
            return;
        if (total)
            m_total = *total;
        SessionQuery query = m_query;
        query.limit = 0;
        m_store->list(query).then(this, [this, done, life](const Result<SessionPage> &page) {
            if (life != m_life)
                return;
            if (page)
                takeCount(page->total);
            done();
        });
    });
}

void SessionModel::takeCount(qint64 count)
{
    // An event that waits may be in this count already. Its row goes or comes in a moment, and then the store is asked again;
    // until then a row that is seen must not go for it.
    const bool mayBeAhead = m_events.changesCount() && m_rows.at(m_rows.count() - 1);
    if (m_status != Status::Ready || (mayBeAhead && m_store->now() - m_takenAt < 1s))
        return;
    m_takenAt = m_store->now();
    setLivingRows(count + expiredRows());
}

/// Rows of sessions that the store counts no more, though nothing has told of their end yet.
int SessionModel::expiredRows() const
{
    int expired = 0;
    m_rows.forEach([&expired, now = m_store->now()](int, const SessionRow &row) {
        expired += !row.isGhost() && row.info.isExpired(now);
    });
    return m_filter.state == SessionFilter::Quarantined ? 0 : expired;
}

void SessionModel::setVisibleRows(int first, int last)
{
    m_firstVisible = first;
    m_lastVisible = last;
    loadVisible();
    m_idle.start();
}

void SessionModel::loadVisible()
{
    loadMissing(m_firstVisible, m_lastVisible);
}

/// While nothing else is to do: what a page up or down would show.
void SessionModel::loadAround()
{
    const int around = m_lastVisible - m_firstVisible + 1;
    if (!loadMissing(m_firstVisible, m_lastVisible))
        loadMissing(m_firstVisible - around, m_lastVisible + around);
}

/// Asks for what is missing of the rows from \a first to \a last, and some around it. One page is asked for at a time: the next
/// is for what is in view then, so that a pulled scroll bar leaves no queue behind.
bool SessionModel::loadMissing(int first, int last)
{
    if (!isPaged() || m_status != Status::Ready)
        return false;
    if (m_loading)
        return true;
    const auto isMissing = [this](int row) {
        if (row < 0 || row >= m_rows.count())
            return false;
        const SessionRow *known = m_rows.at(row);
        return !known || (known->misplaced && !known->isGhost());
    };
    int from = std::max(0, first), until = std::min(last, m_rows.count() - 1);
    while (from <= until && !isMissing(from))
        ++from;
    while (from <= until && !isMissing(until))
        --until;
    if (from > until)
        return false;
    until = std::min(until, from + PageSize - 1);
    const int around = std::min(until - from + 1, (PageSize - (until - from + 1)) / 2);
    for (int i = 0; i < around && isMissing(from - 1); ++i)
        --from;
    for (int i = 0; i < around && isMissing(until + 1); ++i)
        ++until;
    const int offset = m_rows.offsetOf(from), end = std::min(m_rows.offsetOf(until + 1), m_rows.living());
    if (offset >= end)
        return false;
    loadPage(offset, end - offset);
    return true;
}

void SessionModel::loadPage(qint64 offset, int limit)
{
    m_loading = true;
    m_pageAskedAt = m_store->now();
    SessionQuery query = m_query;
    query.offset = offset;
    query.limit = limit;
    m_store->list(query).then(this, [this, offset, life = m_life](const Result<SessionPage> &answer) {
        if (life != m_life)
            return;
        if (answer) {
            takePage(offset, *answer, life);
        } else {
            m_loading = false;
            fail(answer.error());
        }
    });
}

void SessionModel::takePage(qint64 offset, const SessionPage &page, int life)
{
    const bool first = m_status != Status::Ready;
    m_status = Status::Ready;
    m_countedAt = m_store->now();
    // What a page says may be older than an event that is still waiting: the event is applied to it afterwards. But who has ended
    // by such an event and is not on the page becomes a ghost now, before others take the row.
    QHash<SessionKey, int> places;
    for (const SessionRecord &record : page.records)
        places.insert(record.key, -1);
    std::vector<std::pair<int, SessionEvent>> ended;
    std::as_const(m_rows).forEach([&](int at, const SessionRow &known) {
        if (const SessionEvent *event = known.isGhost() ? nullptr : m_events.ending(known.info.key);
            event && !places.contains(known.info.key))
            ended.emplace_back(at, *event);
    });
    for (const auto &[at, event] : ended)
        bury(at, event);
    // Ghosts of sessions that have been brought back since go: these are on the page, and it is newer than their end.
    const std::vector<int> ghosts = m_rows.ghosts();
    for (const int ghost : ghosts | std::views::reverse) {
        const SessionRow &row = *m_rows.at(ghost);
        if (places.contains(row.info.key) && row.endedAt < m_pageAskedAt && row.ending->at < m_pageAskedAt)
            removeRows(ghost, 1);
    }
    setLivingRows(page.total + expiredRows());

    int row = m_rows.rowOf(offset);
    for (const SessionRecord &record : page.records) {
        while (std::ranges::binary_search(m_rows.ghosts(), row))
            ++row;
        places[record.key] = row++;
    }
    // No session is in two places: the store's order is newer than that of rows that were loaded before.
    std::vector<int> elsewhere;
    std::as_const(m_rows).forEach([&](int at, const SessionRow &known) {
        if (const auto place = places.constFind(known.info.key); place != places.cend() && *place != at && !known.isGhost())
            elsewhere.push_back(at);
    });
    for (const int at : elsewhere) {
        m_rows.forget(at);
        Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
    }

    int from = m_rows.count(), until = -1;
    for (const SessionRecord &record : page.records) {
        const int at = places.value(record.key);
        if (at >= m_rows.count())
            break;
        if (const SessionRow *known = m_rows.at(at); known && known->info.key == record.key) {
            replaceInfo(at, record);
            m_rows.at(at)->place = orderTime(record);
        } else {
            m_rows.set(at, newRow(record));
        }
        from = std::min(from, at);
        until = at;
    }
    setLivingRows(page.total + expiredRows()); // some of them may have been replaced
    if (until >= 0) {
        Q_EMIT dataChanged(index(from, 0), index(until, ColumnCount - 1));
        Q_EMIT rowsReplaced();
    }
    m_rows.trim(RowsKept, m_firstVisible);
    Q_EMIT statusChanged();
    if (life != m_life) // a slot started over
        return;
    if (!m_events.isEmpty() && !m_throttle.isActive())
        m_throttle.start();
    if (first && !m_filter.isEmpty() && m_filter.state == SessionFilter::Any)
        loadHistory();
    m_loading = false; // and not before: whoever shows rows that appear asks for them
    if (!page.records.isEmpty())
        loadVisible();
}

void SessionModel::refresh()
{
    if (m_status == Status::Failed || !isPaged() || m_rows.count() == 0) {
        reset();
        return;
    }
    m_unseen = 0;
    m_rows.forEach([](int, SessionRow &row) { row.misplaced = true; });
    recount();
    loadVisible();
}

SessionRow SessionModel::ghostOf(const SessionKey &key, const SessionEvent &event) const
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

/// The sessions of the filter that have ended, from the history of the store, behind the living.
void SessionModel::loadHistory()
{
    HistoryQuery query;
    query.user = m_filter.user;
    query.limit = m_filter.state == SessionFilter::Ended ? 1000 : 200;
    m_store->history(query).then(this, [this, life = m_life](const Result<QList<SessionEvent>> &events) {
        if (life != m_life)
            return;
        if (!events) {
            if (m_filter.state == SessionFilter::Ended)
                fail(events.error());
            return;
        }
        m_status = Status::Ready;
        QSet<SessionKey> known;
        std::as_const(m_rows).forEach([&known](int, const SessionRow &row) { known.insert(row.info.key); });
        std::vector<SessionRow> ghosts;
        for (const SessionEvent &event : *events) {
            const SessionKey key = event.type == SessionEvent::Rotated && event.oldKey ? *event.oldKey : event.key;
            if (event.type == SessionEvent::Created)
                known.insert(key); // whatever ended a session of this key before: it was there again
            if (known.contains(key) || !m_filter.concerns(key, event.user))
                continue;
            known.insert(key);
            ghosts.push_back(ghostOf(key, event));
        }
        insertRows(m_rows.count(), std::move(ghosts));
        Q_EMIT statusChanged();
        if (life == m_life && !m_events.isEmpty() && !m_throttle.isActive())
            m_throttle.start();
    });
}

/// JSON text with its strings as people read them: \" is a quotation mark, \u00e9 a letter.
static QString withoutEscapes(QStringView json)
{
    QString text;
    text.reserve(json.size());
    for (qsizetype i = 0; i < json.size(); ++i) {
        if (json[i] != u'\\' || i + 1 == json.size()) {
            text += json[i];
            continue;
        }
        switch (const QChar escaped = json[++i]; escaped.unicode()) {
        case u'n':
            text += u'\n';
            break;
        case u't':
            text += u'\t';
            break;
        case u'r':
            text += u'\r';
            break;
        case u'b':
            text += u'\b';
            break;
        case u'f':
            text += u'\f';
            break;
        case u'u':
            text += QChar(json.mid(i + 1, 4).toUShort(nullptr, 16));
            i += 4;
            break;
        default:
            text += escaped;
        }
    }
    return text;
}

bool SessionModel::matches(const SessionRecord &record) const
{
    return matcher()(record);
}

std::function<bool(const SessionRecord &)> SessionModel::matcher() const
{
    return [filter = m_filter, store = m_store](const SessionRecord &record) {
        if (filter.user && *filter.user != record.user)
            return false;
        if (!filter.keyPrefix.isEmpty() && !record.key.toLatin1().startsWith(filter.keyPrefix))
            return false;
        if (filter.state == SessionFilter::RotationDue && !record.rotateRequested)
            return false;
        if (filter.state == SessionFilter::EndsSoon && record.expiresAt - store->now() > SessionCells::Soon)
            return false;
        if (filter.deadlines && (record.expiresAt < filter.deadlines->first || record.expiresAt >= filter.deadlines->second))
            return false;
        if (filter.text.isEmpty())
            return true;
        bool found = false;
        record.data.forEach([&](QByteArrayView name, QByteArrayView json) {
            const auto contains = [&filter](const QString &text) { return text.contains(filter.text, Qt::CaseInsensitive); };
            found = found || contains(QString::fromUtf8(name)) || contains(QString::fromUtf8(json))
                 || (json.contains('\\') && contains(withoutEscapes(QString::fromUtf8(json))));
        });
        return found;
    };
}

/// Looks at every session of the store in the background.
void SessionModel::search()
{
    m_found.clear();
    startSearch();
}

/// Time has passed: others end soon now. What was found stays meanwhile.
void SessionModel::searchAgain()
{
    const auto took = m_searchEnded - m_searchStarted;
    if (m_search.isRunning() || !m_searchedAll
        || m_store->now() - m_searchEnded < std::max<std::chrono::milliseconds>(CountInterval, SearchAgainRatio * took))
        return;
    startSearch();
}

void SessionModel::startSearch()
{
    SessionQuery query = m_query;
    query.limit = SearchPage;
    if (m_filter.moves()) { // they are the first in this order: no other need be looked at
        query.order = SessionQuery::ByExpiry;
        query.descending = false;
    }
    if (!m_searchedAll)
        m_searched = 0;
    m_foundAgain.clear();
    m_searchStarted = m_store->now();
    const auto all = std::make_shared<bool>(false); // looked at
    m_search.start(
        query,
        [this, all](const SessionPage &page, SessionQuery &next) {
            takeFound(page);
            if (next.withData) {
                const auto bytes = std::accumulate(page.records.begin(), page.records.end(), qint64(1),
                                                   [](qint64 sum, const SessionInfo &info) { return sum + info.size; });
                next.limit = int(std::clamp<qint64>(SearchPageBytes * page.records.size() / bytes, 10, SearchPage));
            }
            *all = page.nextCursor.isEmpty() || (m_filter.moves() && !page.records.isEmpty() && !matches(page.records.last()));
            return !*all && m_rows.living() < FoundLimit;
        },
        [this, all](const std::optional<Error> &error) {
            m_searchEnded = m_store->now();
            if (error)
                return fail(*error);
            if (*all && m_filter.moves()) {
                dropUnfound();
                m_searched = m_toSearch; // the rest ends later
            }
            m_searchedAll = m_searchedAll || *all;
            Q_EMIT statusChanged();
        });
}

/// Sessions that were used meanwhile no longer end soon. Those that have ended stay: their end is told.
void SessionModel::dropUnfound()
{
    std::vector<int> gone;
    m_rows.forEach([&](int row, SessionRow &known) {
        if (known.isGhost() || m_foundAgain.contains(known.info.key) || m_selected.contains(known.info.key))
            return;
        if (known.info.isExpired(m_store->now()))
            known.stale = true;
        else
            gone.push_back(row);
    });
    for (const int row : gone | std::views::reverse) {
        m_found.remove(m_rows.at(row)->info.key);
        removeRows(row, 1);
    }
}

void SessionModel::takeFound(const SessionPage &page)
{
    m_status = Status::Ready;
    m_toSearch = page.total;
    if (!m_searchedAll)
        m_searched += page.records.size();
    std::vector<SessionRow> found;
    QHash<SessionKey, const SessionRecord *> again;
    for (const SessionRecord &record : page.records) {
        if (!matches(record))
            continue;
        m_foundAgain.insert(record.key);
        if (m_found.contains(record.key)) {
            again.insert(record.key, &record);
            continue;
        }
        m_found.insert(record.key);
        found.push_back(newRow(record));
    }
    if (m_filter.moves() && !again.isEmpty()) {
        std::vector<int> rows;
        std::as_const(m_rows).forEach([&](int row, const SessionRow &known) {
            if (!known.isGhost() && again.contains(known.info.key))
                rows.push_back(row);
        });
        for (const int row : rows)
            replaceInfo(row, *again.value(m_rows.at(row)->info.key));
    }
    if (m_filter.moves())
        insertInPlace(std::move(found)); // they were found in another order
    else
        insertRows(m_rows.count(), std::move(found));
    if (!m_events.isEmpty() && !m_throttle.isActive())
        m_throttle.start();
    Q_EMIT statusChanged();
}

void SessionModel::stopSearch()
{
    if (!isSearching())
        return;
    m_search.stop();
    m_status = Status::Ready;
    Q_EMIT statusChanged();
}

void SessionModel::handleEvent(const SessionEvent &event)
{
    if (m_events.size() >= MostEvents) { // nobody reads them: the store cannot be reached, or the answer takes long
        m_events = {};
        m_eventsMissed = true;
    }
    m_events.add(event);
    if (!m_throttle.isActive())
        m_throttle.start();
}

void SessionModel::applyEvents()
{
    if (m_status != Status::Ready || m_events.isEmpty())
        return;
    if (std::exchange(m_eventsMissed, false)) {
        m_events = {};
        return refresh();
    }
    const EventBatch batch = std::exchange(m_events, {});
    std::erase_if(m_arrived, [&batch](SessionRecord &record) {
        record.key = batch.keyNow(record.key);
        return batch.ending(record.key) != nullptr;
    });

    // One pass over what is loaded says which rows are concerned.
    std::vector<std::pair<int, SessionEvent>> ended;
    std::vector<std::pair<SessionKey, SessionKey>> rotated;
    std::vector<SessionKey> stale;
    std::vector<int> doubled;
    QSet<SessionKey> present, loaded;
    if (!batch.rotated().isEmpty())
        std::as_const(m_rows).forEach([&present](int, const SessionRow &known) { present.insert(known.info.key); });
    m_rows.forEach([&](int row, SessionRow &known) {
        SessionKey &key = known.info.key;
        if (!batch.names(key)) {
            if (known.stale && isVisible(row) && !known.isGhost())
                stale.push_back(key);
            return;
        }
        if (known.isGhost()) {
            if (const SessionEvent *event = batch.ending(key))
                known.ending = *event; // what was known before may have been a guess
            return;
        }
        if (const SessionKey now = batch.keyNow(key); now != key) {
            rotated.emplace_back(key, now);
            if (present.contains(now)) { // a page was quicker than the event
                doubled.push_back(row);
                return;
            }
            key = now;
            present.insert(now); // two rows may hold two keys that it had before
            known.stale = true;
        }
        loaded.insert(key);
        if (batch.isNewerThan(known.info.version, key) || batch.created().contains(key))
            known.stale = true;
        if (const SessionEvent *event = batch.ending(key))
            ended.emplace_back(row, *event);
        else if (known.stale && isVisible(row))
            stale.push_back(key);
    });
    for (const auto &[oldKey, newKey] : rotated) {
        if (m_selected.remove(oldKey))
            m_selected.insert(newKey);
        if (m_found.remove(oldKey))
            m_found.insert(newKey);
        Q_EMIT keyChanged(oldKey, newKey);
    }
    for (const auto &[row, event] : ended)
        bury(row, event);
    for (const int row : doubled)
        m_rows.forget(row);
    if (!doubled.empty()) {
        Q_EMIT rowsReplaced();
        loadVisible();
    }
    if (m_filter.state == SessionFilter::Ended) {
        std::vector<SessionRow> ghosts;
        for (const SessionEvent &event : batch.ended()) {
            if (m_filter.concerns(event.key, event.user) && rowOf(event.key) < 0)
                ghosts.push_back(ghostOf(event.key, event));
        }
        std::ranges::sort(ghosts, std::ranges::greater(), [](const SessionRow &ghost) { return ghost.ending->at; });
        insertRows(0, std::move(ghosts));
        if (const int more = m_rows.count() - MostGhosts; more > 0)
            removeRows(MostGhosts, more); // the oldest
    }
    for (const SessionKey &key : stale)
        reload(key);
    if (m_filter.state != SessionFilter::Ended && m_filter.state != SessionFilter::Quarantined)
        findCandidates(batch, loaded);
    if (m_filter.state == SessionFilter::Quarantined
        && std::ranges::any_of(batch.ended(), [](const SessionEvent &event) { return event.type == SessionEvent::Quarantined; }))
        refresh();
    else if (batch.changesCount() || m_filter.user)
        m_countAgain = true;
    if (m_countAgain && m_candidateLoads == 0 && !m_arrival.isActive()) // otherwise when they are there
        recount();
    Q_EMIT statusChanged();
}

/// Sessions that are not in the table but may belong there: new ones, and those that have become of the filter.
void SessionModel::findCandidates(const EventBatch &batch, const QSet<SessionKey> &loaded)
{
    const auto consider = [&](const SessionEvent &event) {
        if (!loaded.contains(event.key) && !batch.ending(event.key) && m_filter.concerns(event.key, event.user))
            m_candidates << event.key;
    };
    for (const SessionEvent &event : batch.created())
        consider(event);
    if (m_filter.user || m_filter.needsSearch()) {
        for (const SessionEvent &event : batch.changed())
            consider(event);
    }
    if (!m_filter.isEmpty()) {
        for (const SessionEvent &event : batch.rotated())
            consider(event);
    }
    if (m_candidates.size() > MostCandidates) {
        m_unseen += int(m_candidates.size());
        m_candidates.clear();
        m_countAgain = true;
    }
    loadCandidates();
}

void SessionModel::loadCandidates()
{
    while (m_candidateLoads < CandidatesInFlight && !m_candidates.isEmpty()) {
        ++m_candidateLoads;
        m_store->load(m_candidates.takeFirst()).then(this, [this, life = m_life](const Result<SessionRecord> &record) {
            if (life != m_life)
                return;
            --m_candidateLoads;
            if (record && m_filter.concerns(record->key, record->user) && matches(*record)) {
                m_arrived.push_back(*record);
                m_arrived.back().data = {};
            }
            if (!m_arrival.isActive())
                m_arrival.start();
            loadCandidates();
        });
    }
}

/// Shows the candidates whose places in the order are among loaded rows, and counts the others.
void SessionModel::insertArrived()
{
    std::vector<SessionRecord> arrived = std::exchange(m_arrived, {});
    std::vector<SessionRow> placed;
    QHash<SessionKey, int> rows; // of those that are here already, or -1
    for (const SessionRecord &record : arrived)
        rows.insert(record.key, -1);
    std::as_const(m_rows).forEach([&rows](int row, const SessionRow &known) {
        if (const auto at = rows.find(known.info.key); at != rows.end() && *at < 0)
            *at = row;
    });
    QSet<SessionKey> keys;
    for (const SessionRecord &record : arrived) {
        if (keys.contains(record.key))
            continue;
        keys.insert(record.key);
        if (const int known = rows.value(record.key); known >= 0) {
            if (m_rows.at(known)->isGhost()) // a deletion was undone
                m_rows.revive(known);
            replaceInfo(known, record);
            Q_EMIT dataChanged(index(known, 0), index(known, ColumnCount - 1));
            continue;
        }
        placed.push_back(newRow(record));
        glowAll(placed.back());
        if (m_filter.needsSearch())
            m_found.insert(record.key);
    }
    insertInPlace(std::move(placed));
    if (m_countAgain)
        recount();
    Q_EMIT statusChanged();
}

/// Counts those whose places are not among loaded rows.
void SessionModel::insertInPlace(std::vector<SessionRow> rows)
{
    std::ranges::sort(rows,
                      [this](const SessionRow &a, const SessionRow &b) { return goesBefore(a.info, a.place, b.info, b.place); });
    std::vector<std::pair<int, std::vector<SessionRow>>> blocks;
    for (SessionRow &row : rows) {
        const auto place = placeFor(row.info);
        if (!place) {
            ++m_unseen;
            continue;
        }
        if (blocks.empty() || blocks.back().first != *place)
            blocks.emplace_back(*place, std::vector<SessionRow>());
        blocks.back().second.push_back(std::move(row));
    }
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) // from the end, so that the places stay true
        insertRows(block->first, std::move(block->second));
}

void SessionModel::glowAll(SessionRow &row)
{
    row.glow = ~0u;
    row.glowSince = m_store->now();
    m_glow.start();
}

void SessionModel::bury(int row, const SessionEvent &event)
{
    m_rows.bury(row, event);
    SessionRow &ghost = *m_rows.at(row);
    ghost.endedAt = m_store->now();
    ghost.stays = !m_filter.isEmpty() && m_filter.state == SessionFilter::Any;
    glowAll(ghost);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void SessionModel::reload(const SessionKey &key)
{
    if (m_reloads >= ReloadsInFlight)
        return; // the row stays stale: the next tick brings it
    ++m_reloads;
    m_store->load(key).then(this, [this, key, life = m_life](const Result<SessionRecord> &record) {
        if (life != m_life)
            return;
        --m_reloads;
        const int row = rowOf(key);
        if (row < 0 || m_rows.at(row)->isGhost())
            return;
        if ((!record && (record.error() == Error::NotFound || record.error() == Error::Replaced))
            || (record && record->key != key)) { // ended or rotated
            takeEnding(key);
        } else if (record && isPaged() && !m_filter.concerns(record->key, record->user)) {
            removeRows(row, 1); // it has become another user's
            recount();
        } else if (record && m_filter.moves() && !matches(*record) && !m_selected.contains(key)) {
            m_found.remove(key);
            removeRows(row, 1); // it was used
        } else if (record) {
            replaceInfo(row, *record);
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    });
}

/// The loaded session of \a key is not in the store any more, and no event has said why.
void SessionModel::takeEnding(const SessionKey &key)
{
    HistoryQuery query;
    query.key = key;
    query.limit = 1;
    m_store->history(query).then(this, [this, key, life = m_life](const Result<QList<SessionEvent>> &events) {
        const int row = life == m_life ? rowOf(key) : -1;
        if (row < 0 || m_rows.at(row)->isGhost() || !events)
            return;
        const SessionInfo &info = m_rows.at(row)->info;
        const SessionEvent *last = events->isEmpty() ? nullptr : &events->first();
        if (last && last->type == SessionEvent::Rotated && last->oldKey == key) {
            handleEvent(*last);
        } else if (last && last->type != SessionEvent::Created && last->type != SessionEvent::Rotated) {
            bury(row, *last);
        } else { // it has expired, perhaps by a deadline that was just set, and nobody has swept it yet
            const TimePoint now = m_store->now();
            bury(row, {.type = SessionEvent::Expired,
                       .key = key,
                       .oldKey = {},
                       .user = info.user,
                       .at = std::min(info.expiresAt, now),
                       .version = info.version,
                       .reason = info.isExpired(now) ? info.expiryReason() : u"fixed"_s});
        }
        recount();
        Q_EMIT statusChanged();
    });
}

SessionRow SessionModel::newRow(const SessionInfo &info) const
{
    SessionRow row;
    row.info = info;
    row.place = orderTime(info);
    return row;
}

/// What the rows are sorted by; those of a user by their creation.
TimePoint SessionModel::orderTime(const SessionInfo &info) const
{
    switch (m_query.order) {
    case SessionQuery::ByExpiry:
        return info.expiresAt;
    case SessionQuery::ByLastSeen:
        return info.lastSeenAt;
    case SessionQuery::ByCreated:
    case SessionQuery::ByUser:
        break;
    }
    return info.createdAt;
}

/// \a aTime and \a bTime are the times by which they were sorted in.
bool SessionModel::goesBefore(const SessionInfo &a, TimePoint aTime, const SessionInfo &b, TimePoint bTime) const
{
    const QString none;
    const bool byUser = m_query.order == SessionQuery::ByUser;
    const auto left = std::tie(byUser ? a.user : none, aTime, a.key), right = std::tie(byUser ? b.user : none, bTime, b.key);
    return m_query.descending ? right < left : left < right;
}

/// Where \a info belongs, if both neighbours are loaded (or there is none): touched rows keep their places, so the order is that
/// of the moment each row was loaded.
std::optional<int> SessionModel::placeFor(const SessionInfo &info) const
{
    // Ghosts that the history brought have no place among the living.
    const auto isBehind = [&](const SessionRow &known) {
        return known.place == TimePoint() || goesBefore(info, orderTime(info), known.info, known.place);
    };
    if (m_rows.loaded() == m_rows.count()) {
        const auto rows = std::views::iota(0, m_rows.count());
        return int(std::ranges::partition_point(rows, [&](int row) { return !isBehind(*m_rows.at(row)); }) - rows.begin());
    }
    std::optional<int> place;
    int previous = -1;
    bool before = true;
    m_rows.forEach([&](int row, const SessionRow &known) {
        if (place)
            return;
        const bool next = isBehind(known);
        if (next && row == previous + 1 && before)
            place = row;
        before = !next;
        previous = row;
    });
    if (!place && before && previous == m_rows.count() - 1)
        place = m_rows.count();
    return place;
}

void SessionModel::take(const SessionInfo &info)
{
    const int row = rowOf(info.key);
    if (row < 0 || m_rows.at(row)->isGhost() || m_rows.at(row)->info.version > info.version) // an asked-for rotation keeps the version
        return;
    replaceInfo(row, info);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void SessionModel::replaceInfo(int row, const SessionInfo &info)
{
    SessionRow &known = *m_rows.at(row);
    const TimePoint now = m_store->now();
    const SessionRow before = known;
    known.info = info;
    known.stale = false;
    known.misplaced = false;
    const bool setAside = m_filter.state == SessionFilter::Quarantined;
    quint32 changed = 0;
    for (const int column : {State, User, LastSeen, Size, Attributes, Flags}) {
        if (SessionCells(before, now, setAside).value(column) != SessionCells(known, now, setAside).value(column))
            changed |= 1u << column;
    }
    if (before.info.expiry != info.expiry)
        changed |= 1u << ExpiresIn;
    if (before.info.key != info.key || before.info.idIssuedAt != info.idIssuedAt)
        changed |= 1u << Key;
    if (before.info.version != info.version)
        changed |= 1u << Attributes;
    if (changed) {
        known.glow = changed;
        known.glowSince = now;
        m_glow.start();
    }
}

/// Once a second: countdowns go on, ghosts leave, and what did not come is tried again.
void SessionModel::tick()
{
    dropGhosts();
    checkDeadlines();
    if (m_filter.moves())
        searchAgain();
    if (m_status == Status::Ready && m_store->now() - m_countedAt >= CountInterval)
        recount();
    if (m_rows.count() == 0)
        return;
    const int first = std::clamp(m_firstVisible, 0, m_rows.count() - 1);
    const int last = std::clamp(m_lastVisible, first, m_rows.count() - 1);
    Q_EMIT dataChanged(index(first, State), index(last, AbsoluteLeft));
    std::vector<SessionKey> stale;
    std::as_const(m_rows).forEach(
        [&stale](int, const SessionRow &known) {
            if (known.stale && !known.isGhost())
                stale.push_back(known.info.key);
        },
        first, last);
    for (const SessionKey &key : stale)
        reload(key);
    loadVisible();
}

/// The store counts sessions no more once their deadline has passed, and tells of their end when it sweeps.
void SessionModel::checkDeadlines()
{
    const TimePoint now = m_store->now();
    std::vector<int> unseen;
    m_rows.forEach([&](int row, SessionRow &known) {
        if (known.isGhost() || !known.info.isExpired(now) || m_filter.state == SessionFilter::Quarantined)
            return;
        if (isVisible(row) || !isPaged())
            known.stale = true;
        else
            unseen.push_back(row);
    });
    for (const int row : unseen)
        m_rows.forget(row);
    if (!unseen.empty())
        recount();
}

void SessionModel::dropGhosts()
{
    const TimePoint now = m_store->now();
    const std::vector<int> ghosts = m_rows.ghosts();
    // Those that stay are too many some day; those that came last are of interest.
    std::optional<TimePoint> oldest;
    if (ghosts.size() > MostGhosts) {
        std::vector<TimePoint> ends;
        for (const int row : ghosts)
            ends.push_back(m_rows.at(row)->ending->at);
        std::ranges::nth_element(ends, ends.end() - MostGhosts);
        oldest = *(ends.end() - MostGhosts);
    }
    const auto leaves = [&](int row) {
        const SessionRow *ghost = m_rows.at(row);
        if (m_selected.contains(ghost->info.key) || (isVisible(row) && row <= m_heldRow))
            return false;
        return (oldest && ghost->ending->at < *oldest) || (!ghost->stays && now - ghost->endedAt >= GhostTime);
    };
    for (size_t i = ghosts.size(); i-- > 0;) {
        if (!leaves(ghosts[i]))
            continue;
        const int last = ghosts[i];
        while (i > 0 && ghosts[i - 1] == ghosts[i] - 1 && leaves(ghosts[i - 1]))
            --i;
        removeRows(ghosts[i], last - ghosts[i] + 1);
    }
}

void SessionModel::fade()
{
    const TimePoint now = m_store->now();
    bool glows = false;
    m_rows.forEach([&](int row, SessionRow &known) {
        if (!known.glow)
            return;
        if (now - known.glowSince > SessionCells::GlowTime)
            known.glow = 0;
        if (!isVisible(row))
            return;
        glows = glows || known.glow;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1), {GlowRole});
    });
    if (!glows)
        m_glow.stop();
}

void SessionModel::insertRows(int row, std::vector<SessionRow> values)
{
    if (values.empty())
        return;
    beginInsertRows({}, row, row + int(values.size()) - 1);
    m_rows.insert(row, std::move(values));
    endInsertRows();
}

void SessionModel::removeRows(int row, int count)
{
    beginRemoveRows({}, row, row + count - 1);
    m_rows.remove(row, count);
    endRemoveRows();
}

/// Makes the table \a count living rows long. Rows come and go at the end, before the ghosts that stay there.
void SessionModel::setLivingRows(qint64 count)
{
    const int wanted = int(std::min<qint64>(count, std::numeric_limits<int>::max() / 2));
    const auto isGhost = [this](int row) { return std::ranges::binary_search(m_rows.ghosts(), row); };
    int end = m_rows.count(); // behind the last living row
    const auto passGhosts = [&] {
        while (end > 0 && isGhost(end - 1))
            --end;
    };
    passGhosts();
    if (const int more = wanted - m_rows.living(); more > 0) {
        beginInsertRows({}, end, end + more - 1);
        m_rows.insertUnknown(end, more);
        endInsertRows();
    }
    while (m_rows.living() > wanted) {
        const auto ghost = std::ranges::lower_bound(m_rows.ghosts(), end);
        const int border = ghost == m_rows.ghosts().begin() ? 0 : *std::prev(ghost) + 1;
        const int first = std::max(border, end - (m_rows.living() - wanted));
        removeRows(first, end - first);
        end = first;
        passGhosts();
    }
}

int SessionModel::rowOf(const SessionKey &key) const
{
    int found = -1;
    m_rows.forEach([&](int row, const SessionRow &known) {
        if (found < 0 && known.info.key == key)
            found = row;
    });
    return found;
}

QList<int> SessionModel::rowsOf(const QSet<SessionKey> &keys) const
{
    QList<int> rows;
    m_rows.forEach([&](int row, const SessionRow &known) {
        if (keys.contains(known.info.key))
            rows << row;
    });
    return rows;
}

QList<SessionKey> SessionModel::loadedKeys() const
{
    QList<SessionKey> keys;
    m_rows.forEach([&keys](int, const SessionRow &row) {
        if (!row.isGhost())
            keys << row.info.key;
    });
    return keys;
}

QVariant SessionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SessionRow *row = m_rows.at(index.row());
    if (!row)
        return role == Qt::DisplayRole && index.column() == Key ? QVariant(u"…"_s) : QVariant();
    return SessionCells(*row, m_store->now(), m_filter.state == SessionFilter::Quarantined).data(index.column(), role);
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
    return orientation == Qt::Horizontal ? SessionCells::header(section, role) : QVariant();
}

} // namespace Sojourn::Inspector
