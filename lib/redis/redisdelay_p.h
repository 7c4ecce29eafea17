// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/moveonlyfunction.h>

#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <chrono>
#include <map>

namespace Sojourn {

/// Runs things a little later: from the event loop, or while a store is waited for without one.
class RedisDelay : public QObject
{
public:
    using Time = std::chrono::steady_clock::time_point;

    RedisDelay()
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &RedisDelay::runDue);
    }

    void after(std::chrono::milliseconds pause, MoveOnlyFunction<void()> work)
    {
        m_work.emplace(std::chrono::steady_clock::now() + pause, std::move(work));
        arm();
    }
    /// At most \a timeout: how long until there is something to run.
    [[nodiscard]] std::chrono::milliseconds left(std::chrono::milliseconds timeout) const
    {
        using namespace std::chrono;
        if (m_work.empty())
            return timeout;
        return std::clamp(ceil<milliseconds>(m_work.begin()->first - steady_clock::now()), milliseconds(0), timeout);
    }
    void runDue()
    {
        const QPointer<RedisDelay> self = this; // what runs may end it
        const Time now = std::chrono::steady_clock::now();
        while (self && !m_work.empty() && m_work.begin()->first <= now)
            m_work.extract(m_work.begin()).mapped()();
        if (self)
            arm();
    }
    /// Runs all that waits, at once.
    void runAll()
    {
        while (!m_work.empty())
            m_work.extract(m_work.begin()).mapped()();
    }

private:
    void arm()
    {
        if (!m_work.empty())
            m_timer.start(left(std::chrono::hours(1)));
    }

    QTimer m_timer;
    std::multimap<Time, MoveOnlyFunction<void()>> m_work;
};

} // namespace Sojourn
