// SPDX-License-Identifier: MIT
#include "rowloader.h"

#include <algorithm>
#include <ranges>

using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int RowsKept = 6000;
static constexpr auto IdleTime = 120ms;
static constexpr auto CountInterval = 2s; // deadlines pass without an event

RowLoader::RowLoader(SessionRows &rows, const EventBatch &waiting) : m_rows(rows), m_waiting(waiting)
{
    m_idle.setSingleShot(true);
    m_idle.setInterval(IdleTime);
    connect(&m_idle, &QTimer::timeout, this, &RowLoader::loadAround);
}

void RowLoader::reset()
{
    m_loading = false;
    m_counting = false;
    m_countAgain = false;
}

void RowLoader::begin()
{
    if (m_rows.filter().state == SessionFilter::Ended)
        loadHistory();
    else if (m_rows.isPaged())
        loadPage(0, PageSize);
    else if (m_rows.filter().showsEnded())
        loadHistory();
    if (!m_rows.filter().isEmpty() || m_rows.isSortedHere())
        recount();
}

void RowLoader::reloadAll()
{
    m_rows.setUnseen(0);
    m_rows.forEach([](int, SessionRow &row) { row.misplaced = true; });
    recount();
    loadVisible();
}

void RowLoader::show(int first, int last)
{
    m_rows.setVisible(first, last);
    loadVisible();
    m_idle.start();
}

void RowLoader::recountNowAndThen()
{
    if (m_rows.isReady() && m_rows.store().now() - m_countedAt >= CountInterval)
        recount();
}

void RowLoader::recountIfDue()
{
    if (m_countAgain)
        recount();
}

/// Asks the store how many sessions there are, in all and of the filter.
void RowLoader::recount()
{
    if (m_counting) {
        m_countAgain = true;
        return;
    }
    m_counting = true;
    m_countAgain = false;
    m_countedAt = m_rows.store().now();
    const auto done = [this] {
        m_counting = false;
        m_rows.tellStatus();
        if (m_countAgain)
            recount();
    };
    m_rows.store().count().then(this, [this, done, life = m_rows.life()](const Result<qint64> &total) {
        if (life != m_rows.life())
            return;
        if (total)
            m_total = *total;
        if (m_rows.filter().isEmpty() || !m_rows.isPaged()) {
            if (total && m_rows.filter().isEmpty() && m_rows.isPaged())
                takeCount(*total);
            return done();
        }
        SessionQuery query = m_rows.query();
        query.limit = 0;
        m_rows.store().list(query).then(this, [this, done, life](const Result<SessionPage> &page) {
            if (life != m_rows.life())
                return;
            if (page)
                takeCount(page->total);
            done();
        });
    });
}

void RowLoader::takeCount(qint64 count)
{
    // An event that waits may be in this count already. Its row goes or comes in a moment, and then the store is asked again;
    // until then a row that is seen must not go for it.
    const bool mayBeAhead = m_waiting.changesCount() && m_rows.at(m_rows.count() - 1);
    if (!m_rows.isReady() || (mayBeAhead && m_rows.store().now() - m_takenAt < 1s))
        return;
    m_takenAt = m_rows.store().now();
    m_rows.setLivingRows(count + m_rows.expiredRows());
}

void RowLoader::loadVisible()
{
    loadMissing(m_rows.firstVisible(), m_rows.lastVisible());
}

/// While nothing else is to do: what a page up or down would show.
void RowLoader::loadAround()
{
    const int around = m_rows.lastVisible() - m_rows.firstVisible() + 1;
    if (!loadMissing(m_rows.firstVisible(), m_rows.lastVisible()))
        loadMissing(m_rows.firstVisible() - around, m_rows.lastVisible() + around);
}

/// Asks for what is missing of the rows from \a first to \a last, and some around it. One page is asked for at a time: the next
/// is for what is in view then, so that a pulled scroll bar leaves no queue behind.
bool RowLoader::loadMissing(int first, int last)
{
    if (!m_rows.isPaged() || !m_rows.isReady())
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

void RowLoader::loadPage(qint64 offset, int limit)
{
    m_loading = true;
    m_pageAskedAt = m_rows.store().now();
    SessionQuery query = m_rows.query();
    query.offset = offset;
    query.limit = limit;
    m_rows.store().list(query).then(this, [this, offset, life = m_rows.life()](const Result<SessionPage> &answer) {
        if (life != m_rows.life())
            return;
        if (answer) {
            takePage(offset, *answer, life);
        } else {
            m_loading = false;
            m_rows.fail(answer.error());
        }
    });
}

void RowLoader::takePage(qint64 offset, const SessionPage &page, int life)
{
    const bool first = !m_rows.isReady();
    m_rows.setReady();
    m_countedAt = m_rows.store().now();
    // What a page says may be older than an event that is still waiting: the event is applied to it afterwards. But who has ended
    // by such an event and is not on the page becomes a ghost now, before others take the row.
    QHash<SessionKey, int> places;
    for (const SessionRecord &record : page.records)
        places.insert(record.key, -1);
    std::vector<std::pair<int, SessionEvent>> ended;
    std::as_const(m_rows).forEach([&](int at, const SessionRow &known) {
        if (const SessionEvent *event = known.isGhost() ? nullptr : m_waiting.ending(known.info.key);
            event && !places.contains(known.info.key))
            ended.emplace_back(at, *event);
    });
    for (const auto &[at, event] : ended)
        m_rows.bury(at, event);
    // Ghosts of sessions that have been brought back since go: these are on the page, and it is newer than their end.
    const std::vector<int> ghosts = m_rows.ghosts();
    for (const int ghost : ghosts | std::views::reverse) {
        const SessionRow &row = *m_rows.at(ghost);
        if (places.contains(row.info.key) && row.endedAt < m_pageAskedAt && row.ending->at < m_pageAskedAt)
            m_rows.remove(ghost, 1);
    }
    m_rows.setLivingRows(page.total + m_rows.expiredRows());

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
        m_rows.tellChanged(at);
    }

    int from = m_rows.count(), until = -1;
    for (const SessionRecord &record : page.records) {
        const int at = places.value(record.key);
        if (at >= m_rows.count())
            break;
        if (const SessionRow *known = m_rows.at(at); known && known->info.key == record.key) {
            m_rows.replace(at, record);
            m_rows.at(at)->place = m_rows.sortValue(*m_rows.at(at));
        } else {
            m_rows.set(at, m_rows.newRow(record));
        }
        from = std::min(from, at);
        until = at;
    }
    m_rows.setLivingRows(page.total + m_rows.expiredRows()); // some of them may have been replaced
    if (until >= 0) {
        m_rows.tellChanged(from, until);
        m_rows.tellReplaced();
    }
    m_rows.trim(RowsKept, m_rows.firstVisible());
    m_rows.tellStatus();
    if (life != m_rows.life()) // a slot started over
        return;
    Q_EMIT loaded();
    if (first && m_rows.filter().showsEnded())
        loadHistory();
    m_loading = false; // and not before: whoever shows rows that appear asks for them
    if (!page.records.isEmpty())
        loadVisible();
}

/// The sessions of the filter that have ended, from the history of the store, behind the living.
void RowLoader::loadHistory()
{
    HistoryQuery query;
    query.user = m_rows.filter().user;
    query.limit = m_rows.filter().state == SessionFilter::Ended || m_rows.filter().around ? 1000 : 200;
    m_rows.store().history(query).then(this, [this, life = m_rows.life()](const Result<QList<SessionEvent>> &events) {
        if (life != m_rows.life())
            return;
        if (!events) {
            if (m_rows.filter().state == SessionFilter::Ended)
                m_rows.fail(events.error());
            return;
        }
        if (m_rows.filter().state == SessionFilter::Ended || m_rows.isPaged())
            m_rows.setReady(); // else when the search has found something
        QSet<SessionKey> known;
        std::as_const(m_rows).forEach([&known](int, const SessionRow &row) { known.insert(row.info.key); });
        QHash<SessionKey, TimePoint> created;
        for (const SessionEvent &event : *events) {
            if (event.type == SessionEvent::Created)
                created.insert(event.key, event.at);
        }
        std::vector<SessionRow> ghosts;
        for (const SessionEvent &event : *events) {
            const SessionKey key = event.type == SessionEvent::Rotated && event.oldKey ? *event.oldKey : event.key;
            if (event.type == SessionEvent::Created)
                known.insert(key); // whatever ended a session of this key before: it was there again
            if (known.contains(key) || !m_rows.filter().showsEnded(key, event, created.value(key)))
                continue;
            known.insert(key);
            ghosts.push_back(m_rows.ghostOf(key, event));
            ghosts.back().info.createdAt = created.value(key);
        }
        m_rows.insert(m_rows.count(), std::move(ghosts));
        m_rows.tellStatus();
        if (life == m_rows.life())
            Q_EMIT loaded();
    });
}

} // namespace Sojourn::Inspector
