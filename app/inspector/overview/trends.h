// SPDX-License-Identifier: MIT
#pragma once

#include "store/openstore.h"

#include <QtCore/QHash>

namespace Sojourn::Inspector {

/// What became of a store while it was open: a sample every two seconds, for a day at most.
class Trends final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds Step{2000};

    struct Sample
    {
        TimePoint at{};
        qint64 sessions = -1; ///< not known
        qint64 logins = 0;
        qint64 expiries = 0;
        qint64 conflicts = 0;
        qint64 latency = -1; ///< microseconds; not known while the store does not answer
    };

    explicit Trends(OpenStore *store);

    [[nodiscard]] const QList<Sample> &samples() const { return m_samples; }
    [[nodiscard]] TimePoint now() const { return m_store->reader()->now(); }
    /// Those between the two times as a table, times in UTC.
    [[nodiscard]] QByteArray toCsv(TimePoint from = TimePoint::min(), TimePoint until = TimePoint::max()) const;
    /// Takes a sample, as it happens every two seconds.
    void sample();

Q_SIGNALS:
    void sampled();

private:
    void handleEvent(const SessionEvent &event);
    void askForUser(const SessionKey &key);
    void count();

    OpenStore *m_store; ///< outlives this
    QList<Sample> m_samples;
    Sample m_next;
    QHash<SessionKey, bool> m_hadUser; ///< whether the session of a key had a user, as events told
    int m_asking = 0; ///< for what no event told
    quint64 m_conflicts = 0;     ///< counted by the store until the last sample
    qint64 m_sessions = -1;
    bool m_counting = false;
    QElapsedTimer m_sinceCount;
    qint64 m_countCost = 0; ///< milliseconds of the last count
    QTimer m_timer;
};

} // namespace Sojourn::Inspector
