// SPDX-License-Identifier: MIT
#include "metrics.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

Metrics &Metrics::operator+=(const Metrics &other)
{
    std::ranges::transform(events, other.events, events.begin(), std::plus());
    std::ranges::transform(latency, other.latency, latency.begin(), std::plus());
    rejectedIds += other.rejectedIds;
    storeErrors += other.storeErrors;
    conflicts += other.conflicts;
    latencyMicroseconds += other.latencyMicroseconds;
    return *this;
}

QJsonObject Metrics::toJson() const
{
    QJsonObject json;
    for (int type = 0; type < SessionEvent::TypeCount; ++type)
        json.insert(SessionEvent::name(static_cast<SessionEvent::Type>(type)), static_cast<qint64>(events[type]));
    json.insert("rejectedIds"_L1, static_cast<qint64>(rejectedIds));
    json.insert("storeErrors"_L1, static_cast<qint64>(storeErrors));
    json.insert("conflicts"_L1, static_cast<qint64>(conflicts));
    return json;
}

QByteArray Metrics::toPrometheus(const QByteArray &labels) const
{
    const auto series = [&labels](const char *name, const QByteArray &own = {}) {
        const QByteArray all = own.isEmpty() || labels.isEmpty() ? own + labels : own + ',' + labels;
        return all.isEmpty() ? QByteArray(name) : name + ('{' + all) + '}';
    };
    QByteArray text = "# HELP sojourn_events_total What happened to sessions.\n# TYPE sojourn_events_total counter\n";
    for (int type = 0; type < SessionEvent::TypeCount; ++type) {
        const QLatin1StringView name = SessionEvent::name(static_cast<SessionEvent::Type>(type));
        text += series("sojourn_events_total", "event=\"" + QByteArray(name.data(), name.size()) + '"') + ' '
              + QByteArray::number(events[type]) + '\n';
    }
    const auto counter = [&](const char *name, const char *help, quint64 value) {
        text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + " counter\n" + series(name) + ' '
              + QByteArray::number(value) + '\n';
    };
    counter("sojourn_rejected_ids_total", "Cookies that named no living session.", rejectedIds);
    counter("sojourn_store_errors_total", "Store operations that failed.", storeErrors);
    counter("sojourn_conflicts_total", "Changes that were dropped.", conflicts);

    text += "# HELP sojourn_store_seconds Duration of store operations.\n# TYPE sojourn_store_seconds histogram\n";
    quint64 count = 0;
    for (size_t i = 0; i < latency.size(); ++i) {
        count += latency[i];
        const QByteArray bound = i < LatencyBounds.size() ? QByteArray::number(static_cast<double>(LatencyBounds[i]) / 1e6)
                                                          : "+Inf";
        text += series("sojourn_store_seconds_bucket", "le=\"" + bound + '"') + ' ' + QByteArray::number(count) + '\n';
    }
    text += series("sojourn_store_seconds_sum") + ' ' + QByteArray::number(static_cast<double>(latencyMicroseconds) / 1e6) + '\n';
    text += series("sojourn_store_seconds_count") + ' ' + QByteArray::number(count) + '\n';
    return text;
}

void Counters::countOperation(std::chrono::nanoseconds duration, const Error *error)
{
    const quint64 untimed = m_untimed.exchange(0, std::memory_order_relaxed);
    const qint64 last = m_lastDuration.exchange(duration.count(), std::memory_order_relaxed);
    if (untimed > 0) {
        add(m_latency[bucketOf(last)], untimed);
        add(m_latencySum, untimed * static_cast<quint64>(last));
    }
    add(m_latency[bucketOf(duration.count())]);
    add(m_latencySum, static_cast<quint64>(duration.count()));
    if (error)
        countError(*error);
}

void Counters::countLikeTheLast(const Error *error)
{
    add(m_untimed);
    if (error)
        countError(*error);
}

size_t Counters::bucketOf(qint64 nanoseconds)
{
    return static_cast<size_t>(std::ranges::lower_bound(Metrics::LatencyBounds, nanoseconds / 1000)
                               - Metrics::LatencyBounds.begin());
}

void Counters::countError(const Error &error)
{
    switch (error.code) {
    case Error::Unavailable:
    case Error::Timeout:
    case Error::ReadOnly:
    case Error::Corrupt:
        add(m_storeErrors);
        break;
    case Error::Conflict:
        add(m_conflicts);
        break;
    default:
        break;
    }
}

Metrics Counters::read() const
{
    Metrics metrics;
    for (size_t i = 0; i < m_events.size(); ++i)
        metrics.events[i] = m_events[i];
    for (size_t i = 0; i < m_latency.size(); ++i)
        metrics.latency[i] = m_latency[i];
    metrics.rejectedIds = m_rejectedIds;
    metrics.storeErrors = m_storeErrors;
    metrics.conflicts = m_conflicts;
    const quint64 untimed = m_untimed;
    const qint64 last = m_lastDuration;
    metrics.latency[bucketOf(last)] += untimed;
    metrics.latencyMicroseconds = (m_latencySum + untimed * static_cast<quint64>(last)) / 1000;
    return metrics;
}

} // namespace Sojourn
