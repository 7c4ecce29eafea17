// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sessionevent.h>

#include <array>
#include <atomic>
#include <chrono>

namespace Sojourn {

/// What this process did to its store since it started.
struct SOJOURN_CORE_EXPORT Metrics
{
    /// Upper bounds of the latency buckets in microseconds; the last bucket has none.
    static constexpr std::array<qint64, 9> LatencyBounds = {10, 100, 500, 1000, 5000, 20'000, 100'000, 500'000, 2'000'000};

    std::array<quint64, SessionEvent::TypeCount> events{}; ///< by SessionEvent::Type
    quint64 rejectedIds = 0;  ///< cookies that named no living session: malformed, oversized, unknown, ambiguous
    quint64 storeErrors = 0;  ///< operations that failed with Unavailable, Timeout, ReadOnly or Corrupt
    quint64 conflicts = 0;    ///< changes that were dropped: Error::Conflict, or the record was gone
    std::array<quint64, LatencyBounds.size() + 1> latency{}; ///< operations by duration
    quint64 latencyMicroseconds = 0; ///< sum of all durations

    /// The sum of both, for an application with several stores.
    Metrics &operator+=(const Metrics &other);

    /// One number under each event's name, and rejectedIds, storeErrors, conflicts.
    [[nodiscard]] QJsonObject toJson() const;
    /// The same and the latency histogram in the Prometheus text format, version 0.0.4. \a labels, such as `store="memory"`, are
    /// those of every series.
    [[nodiscard]] QByteArray toPrometheus(const QByteArray &labels = {}) const;
};

/// The live counters behind Metrics. Thread-safe.
class SOJOURN_CORE_EXPORT Counters
{
public:
    /// Something happened to a session.
    void countEvent(SessionEvent::Type type) { add(m_events[type]); }
    /// A cookie held an id that no store knows, or no id.
    void countRejectedId() { add(m_rejectedIds); }
    /// A change met a newer record than it expected.
    void countConflict() { add(m_conflicts); }
    /// An operation that took \a duration and failed with \a error, if it did.
    void countOperation(std::chrono::nanoseconds duration, const Error *error);
    /// Whether the next operation is timed if it finishes at once: one in 16 is, as reading the clock costs a good part of an
    /// operation in memory.
    [[nodiscard]] bool wantsSample()
    {
        const quint32 count = m_operations.load(std::memory_order_relaxed);
        m_operations.store(count + 1, std::memory_order_relaxed);
        return count % 16 == 0;
    }
    /// An operation that ended at once and was not timed: it counts like the last one that was.
    void countLikeTheLast(const Error *error);
    /// What was counted until now.
    [[nodiscard]] Metrics read() const;

private:
    static void add(std::atomic<quint64> &counter, quint64 by = 1) { counter.fetch_add(by, std::memory_order_relaxed); }

    static size_t bucketOf(qint64 nanoseconds);
    void countError(const Error &error);

    std::array<std::atomic<quint64>, SessionEvent::TypeCount> m_events{};
    std::atomic<quint32> m_operations{0};
    std::atomic<qint64> m_lastDuration{0}; // in ns, as the sum
    std::atomic<quint64> m_untimed{0}; // operations since then, to be counted like it
    std::atomic<quint64> m_rejectedIds{0}, m_storeErrors{0}, m_conflicts{0}, m_latencySum{0};
    std::array<std::atomic<quint64>, Metrics::LatencyBounds.size() + 1> m_latency{};
};

/// Times one operation of a store, from before its call.
class OperationTimer
{
public:
    /// Begins; \a counters must outlive the operation.
    explicit OperationTimer(Counters &counters) : m_counters(counters)
    {
        if (counters.wantsSample())
            m_started = Clock::now();
    }
    /// The operation was answered in its own call, with \a error if it failed.
    void endedAtOnce(const Error *error)
    {
        if (m_started == Clock::time_point())
            m_counters.countLikeTheLast(error);
        else
            m_counters.countOperation(Clock::now() - m_started, error);
    }
    /// For an operation that has not finished at once. \return when it started
    [[nodiscard]] std::chrono::steady_clock::time_point started() const
    {
        return m_started == Clock::time_point() ? Clock::now() : m_started;
    }

private:
    using Clock = std::chrono::steady_clock;
    Counters &m_counters;
    Clock::time_point m_started;
};

} // namespace Sojourn
