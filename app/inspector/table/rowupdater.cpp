// SPDX-License-Identifier: MIT
#include "rowupdater.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int ReloadsInFlight = 60;
static constexpr int CandidatesInFlight = 40;
static constexpr int MostCandidates = 2000; // more of them at once are not placed one by one
static constexpr auto Throttle = 300ms;
static constexpr auto ArrivalTime = 50ms; // new rows come together

RowUpdater::RowUpdater(SessionRows &rows, RowLoader &loader, SessionSearch &search, EventBatch &waiting)
    : m_rows(rows), m_loader(loader), m_search(search), m_waiting(waiting)
{
    m_throttle.setSingleShot(true);
    m_throttle.setInterval(Throttle);
    connect(&m_throttle, &QTimer::timeout, this, &RowUpdater::applyEvents);
    m_arrival.setSingleShot(true);
    m_arrival.setInterval(ArrivalTime);
    connect(&m_arrival, &QTimer::timeout, this, &RowUpdater::insertArrived);
    m_taking.setSingleShot(true);
    connect(&m_taking, &QTimer::timeout, this, &RowUpdater::applyTaken);
}

void RowUpdater::reset()
{
    m_waiting = {};
    m_eventsMissed = false;
    m_reloads = 0;
    m_candidates.clear();
    m_arrived.clear();
    m_taken.clear();
    m_candidateLoads = 0;
    m_arrival.stop();
}

void RowUpdater::applySoon()
{
    if (!m_waiting.isEmpty() && !m_throttle.isActive())
        m_throttle.start();
}

void RowUpdater::reloadStale(int first, int last)
{
    std::vector<SessionKey> stale;
    std::as_const(m_rows).forEach(
        [&stale](int, const SessionRow &known) {
            if (known.stale && !known.isGhost())
                stale.push_back(known.info.key);
        },
        first, last);
    for (const SessionKey &key : stale)
        reload(key);
}

void RowUpdater::handleEvent(const SessionEvent &event)
{
    if (m_waiting.size() >= MostEvents) { // nobody reads them: the store cannot be reached, or the answer takes long
        m_waiting = {};
        m_eventsMissed = true;
    }
    m_waiting.add(event);
    if (!m_throttle.isActive())
        m_throttle.start();
}

void RowUpdater::applyEvents()
{
    if (!m_rows.isReady() || m_waiting.isEmpty())
        return;
    if (std::exchange(m_eventsMissed, false)) {
        m_waiting = {};
        return Q_EMIT refreshWanted();
    }
    const EventBatch batch = std::exchange(m_waiting, {});
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
            if (known.stale && m_rows.isVisible(row) && !known.isGhost())
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
        else if (known.stale && m_rows.isVisible(row))
            stale.push_back(key);
    });
    for (const auto &[oldKey, newKey] : rotated) {
        m_search.rename(oldKey, newKey);
        m_rows.rename(oldKey, newKey);
    }
    for (auto it = batch.rotated().cbegin(); it != batch.rotated().cend(); ++it) {
        if (m_rows.isSelected(it.key())) // far from what is loaded
            m_rows.rename(it.key(), batch.keyNow(it.key()));
    }
    for (const auto &[row, event] : ended)
        m_rows.bury(row, event);
    for (const int row : doubled)
        m_rows.forget(row);
    if (!doubled.empty()) {
        m_rows.tellReplaced();
        m_loader.loadVisible();
    }
    if (m_rows.filter().state == SessionFilter::Ended) {
        std::vector<SessionRow> ghosts;
        for (const SessionEvent &event : batch.ended()) {
            if (m_rows.filter().concerns(event.key, event.user) && m_rows.rowOf(event.key) < 0)
                ghosts.push_back(m_rows.ghostOf(event.key, event));
        }
        std::ranges::sort(ghosts, std::ranges::greater(), [](const SessionRow &ghost) { return ghost.ending->at; });
        m_rows.insert(0, std::move(ghosts));
        if (const int more = m_rows.count() - SessionRows::MostGhosts; more > 0)
            m_rows.remove(SessionRows::MostGhosts, more); // the oldest
    }
    for (const SessionKey &key : stale)
        reload(key);
    if (m_rows.filter().showsLiving())
        findCandidates(batch, loaded);
    if (m_rows.filter().state == SessionFilter::Quarantined
        && std::ranges::any_of(batch.ended(), [](const SessionEvent &event) { return event.type == SessionEvent::Quarantined; }))
        Q_EMIT refreshWanted();
    else if (batch.changesCount() || m_rows.filter().user)
        m_loader.countLater();
    if (m_candidateLoads == 0 && !m_arrival.isActive()) // otherwise when they are there
        m_loader.recountIfDue();
    m_rows.tellStatus();
}

/// Sessions that are not in the table but may belong there: new ones, and those that have become of the filter.
void RowUpdater::findCandidates(const EventBatch &batch, const QSet<SessionKey> &loaded)
{
    const auto consider = [&](const SessionEvent &event) {
        if (!loaded.contains(event.key) && !batch.ending(event.key) && m_rows.filter().concerns(event.key, event.user))
            m_candidates << event.key;
    };
    for (const SessionEvent &event : batch.created())
        consider(event);
    if (m_rows.filter().user || m_rows.needsSearch()) {
        for (const SessionEvent &event : batch.changed())
            consider(event);
    }
    if (!m_rows.filter().isEmpty()) {
        for (const SessionEvent &event : batch.rotated())
            consider(event);
    }
    if (m_candidates.size() > MostCandidates) {
        m_rows.setUnseen(m_rows.unseen() + int(m_candidates.size()));
        m_candidates.clear();
        m_loader.countLater();
    }
    loadCandidates();
}

void RowUpdater::loadCandidates()
{
    while (m_candidateLoads < CandidatesInFlight && !m_candidates.isEmpty()) {
        ++m_candidateLoads;
        m_rows.store()
            .load(m_candidates.takeFirst())
            .then(this, [this, life = m_rows.life()](const Result<SessionRecord> &record) {
                if (life != m_rows.life())
                    return;
                --m_candidateLoads;
                if (record && m_rows.filter().concerns(record->key, record->user) && m_rows.matches(*record)) {
                    m_arrived.push_back(*record);
                }
                if (!m_arrival.isActive())
                    m_arrival.start();
                loadCandidates();
            });
    }
}

/// Shows the candidates whose places in the order are among loaded rows, and counts the others.
void RowUpdater::insertArrived()
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
            m_rows.replace(known, record);
            m_rows.tellChanged(known);
            continue;
        }
        placed.push_back(m_rows.newRow(record));
        m_rows.glowAll(placed.back());
        if (m_rows.needsSearch())
            m_search.note(record.key);
    }
    m_rows.insertInPlace(std::move(placed));
    if (m_rows.isSortedHere()) {
        for (const SessionKey &dropped : m_rows.dropBehindLimit())
            m_search.forget(dropped);
    }
    m_loader.recountIfDue();
    m_rows.tellStatus();
}

void RowUpdater::reload(const SessionKey &key)
{
    if (m_reloads >= ReloadsInFlight)
        return; // the row stays stale: the next tick brings it
    ++m_reloads;
    m_rows.store().load(key).then(this, [this, key, life = m_rows.life()](const Result<SessionRecord> &record) {
        if (life != m_rows.life())
            return;
        --m_reloads;
        const int row = m_rows.rowOf(key);
        if (row < 0 || m_rows.at(row)->isGhost())
            return;
        if ((!record && record.error().isAbsence()) || (record && record->key != key)) { // ended or rotated
            takeEnding(key);
        } else if (record && m_rows.isPaged() && !m_rows.filter().concerns(record->key, record->user)) {
            m_rows.remove(row, 1); // it has become another user's
            m_loader.recount();
        } else if (record && m_rows.filter().moves() && !m_rows.matches(*record) && !m_rows.isSelected(key)) {
            m_search.forget(key);
            m_rows.remove(row, 1); // it was used
        } else if (record) {
            m_rows.replace(row, *record);
            m_rows.tellChanged(row);
        }
    });
}

/// The loaded session of \a key is not in the store any more, and no event has said why.
void RowUpdater::takeEnding(const SessionKey &key)
{
    HistoryQuery query;
    query.key = key;
    query.limit = 1;
    m_rows.store().history(query).then(this, [this, key, life = m_rows.life()](const Result<QList<SessionEvent>> &events) {
        const int row = life == m_rows.life() ? m_rows.rowOf(key) : -1;
        if (row < 0 || m_rows.at(row)->isGhost() || !events)
            return;
        const SessionInfo &info = m_rows.at(row)->info;
        const SessionEvent *last = events->isEmpty() ? nullptr : &events->first();
        if (last && last->type == SessionEvent::Rotated && last->oldKey == key) {
            handleEvent(*last);
        } else if (last && last->type != SessionEvent::Created && last->type != SessionEvent::Rotated) {
            m_rows.bury(row, *last);
        } else { // it has expired, perhaps by a deadline that was just set, and nobody has swept it yet
            const TimePoint now = m_rows.store().now();
            m_rows.bury(row, {.type = SessionEvent::Expired,
                              .key = key,
                              .oldKey = {},
                              .user = info.user,
                              .at = std::min(info.expiresAt, now),
                              .version = info.version,
                              .reason = info.isExpired(now) ? info.expiryReason() : u"fixed"_s});
        }
        m_loader.recount();
        m_rows.tellStatus();
    });
}

void RowUpdater::take(const SessionRecord &record)
{
    const auto known = m_taken.constFind(record.key);
    if (known == m_taken.cend() || known->version <= record.version)
        m_taken.insert(record.key, record);
    if (!m_taking.isActive())
        m_taking.start();
}

/// Bulk work tells of thousands of sessions: one pass over the rows brings what came since the last.
void RowUpdater::applyTaken()
{
    const auto taken = std::exchange(m_taken, {});
    std::vector<int> rows;
    std::as_const(m_rows).forEach([&](int row, const SessionRow &known) {
        const auto record = taken.constFind(known.info.key);
        if (record != taken.cend() && !known.isGhost() && known.info.version <= record->version) // an asked-for rotation keeps it
            rows.push_back(row);
    });
    for (const int row : rows) {
        m_rows.replace(row, taken.value(m_rows.at(row)->info.key));
        m_rows.tellChanged(row);
    }
}

/// The store counts sessions no more once their deadline has passed, and tells of their end when it sweeps.
void RowUpdater::checkDeadlines()
{
    const TimePoint now = m_rows.store().now();
    std::vector<int> unseen;
    m_rows.forEach([&](int row, SessionRow &known) {
        if (known.isGhost() || !known.info.isExpired(now) || m_rows.filter().state == SessionFilter::Quarantined)
            return;
        if (m_rows.isVisible(row) || !m_rows.isPaged())
            known.stale = true;
        else
            unseen.push_back(row);
    });
    for (const int row : unseen)
        m_rows.forget(row);
    if (!unseen.empty())
        m_loader.recount();
}

} // namespace Sojourn::Inspector
