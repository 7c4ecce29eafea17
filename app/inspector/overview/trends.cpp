// SPDX-License-Identifier: MIT
#include "trends.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr qsizetype MostSamples = 24h / Trends::Step, MostKeys = 100'000;
static constexpr int MostAsked = 20; // at once
static constexpr qint64 CountPause = 50; ///< times as long as a count took, before the next

Trends::Trends(OpenStore *store) : m_store(store)
{
    connect(store->reader().get(), &SessionStore::sessionEvent, this, &Trends::handleEvent);
    connect(&m_timer, &QTimer::timeout, this, &Trends::sample);
    m_conflicts = store->reader()->counters().read().conflicts;
    m_timer.start(Step);
    count();
}

/// A login gives a session a user and a fresh id. A fresh id of a session that had a user before is none.
void Trends::handleEvent(const SessionEvent &event)
{
    if (event.type == SessionEvent::Expired)
        ++m_next.expiries;
    if (!event.user.isEmpty() && event.type == SessionEvent::Created && event.by.isEmpty()) // an import is none
        ++m_next.logins;
    else if (!event.user.isEmpty() && event.type == SessionEvent::Rotated && event.oldKey) {
        if (const auto known = m_hadUser.constFind(*event.oldKey); known == m_hadUser.cend())
            askForUser(*event.oldKey);
        else if (!*known)
            ++m_next.logins;
    }
    if (event.oldKey)
        m_hadUser.remove(*event.oldKey);
    if (event.isEnd()) {
        m_hadUser.remove(event.key);
        return;
    }
    if (m_hadUser.size() >= MostKeys)
        m_hadUser.clear();
    m_hadUser.insert(event.key, !event.user.isEmpty());
}

/// Of a session that is older than this the history tells whether it had a user under \a key; where it does not, it counts for
/// nothing.
void Trends::askForUser(const SessionKey &key)
{
    if (m_asking >= MostAsked)
        return;
    ++m_asking;
    HistoryQuery query;
    query.key = key;
    query.limit = 10;
    m_store->reader()->history(query).then(this, [this, key](const Result<QList<SessionEvent>> &events) {
        --m_asking;
        if (!events)
            return;
        const auto before = std::ranges::find(*events, key, &SessionEvent::key); // the newest that gave it this key
        if (before != events->end() && before->user.isEmpty())
            ++m_next.logins;
    });
}

/// Counting a large store takes a while: it is done the more seldom the longer it takes.
void Trends::count()
{
    if (m_counting || (m_sinceCount.isValid() && m_sinceCount.elapsed() < m_countCost * CountPause))
        return;
    m_counting = true;
    QElapsedTimer timer;
    timer.start();
    m_store->reader()->count().then(this, [this, timer](const Result<qint64> &count) {
        m_counting = false;
        m_countCost = timer.elapsed();
        m_sinceCount.start();
        m_sessions = count ? *count : -1;
    });
}

void Trends::sample()
{
    const bool answers = m_store->state() == OpenStore::State::Connected;
    const quint64 conflicts = m_store->reader()->counters().read().conflicts;
    m_next.at = now();
    m_next.sessions = answers ? m_sessions : -1;
    m_next.latency = answers ? m_store->roundTrip().count() : -1;
    m_next.conflicts = qint64(conflicts - std::exchange(m_conflicts, conflicts));
    m_samples << std::exchange(m_next, {});
    if (m_samples.size() > MostSamples)
        m_samples.removeFirst();
    count();
    Q_EMIT sampled();
}

QByteArray Trends::toCsv(TimePoint from, TimePoint until) const
{
    QByteArray table = "time,sessions,logins,expiries,conflicts,latency_us\n";
    const auto number = [](qint64 value) { return value < 0 ? QByteArray() : QByteArray::number(value); };
    for (const Sample &sample : m_samples) {
        if (sample.at < from || sample.at > until)
            continue;
        table += toDateTime(sample.at).toString(Qt::ISODateWithMs).toLatin1() + ',' + number(sample.sessions) + ','
               + number(sample.logins) + ',' + number(sample.expiries) + ',' + number(sample.conflicts) + ','
               + number(sample.latency) + '\n';
    }
    return table;
}

} // namespace Sojourn::Inspector
