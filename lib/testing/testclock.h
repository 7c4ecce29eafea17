// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <atomic>

namespace Sojourn {

/// The time of a store, in the hands of a test: it stands still until advance() is called.
///
/// \code
/// auto store = std::make_shared<Sojourn::MemoryStore>();
/// Sojourn::TestClock clock(*store);
/// ...
/// clock.advance(std::chrono::days(15)); // longer than the idle time: everybody is logged out
/// \endcode
///
/// The store keeps it: the clock itself may go first. advance() may be called in any thread. A RedisStore follows it, in place of
/// its server's clock.
class TestClock
{
public:
    /// Begins with the present time.
    explicit TestClock(SessionStore &store) : TestClock(std::make_shared<Time>(systemNow().time_since_epoch().count()))
    {
        store.setClock([time = m_time] { return TimePoint(std::chrono::milliseconds(time->load())); });
    }

    /// Moves the time forward.
    void advance(std::chrono::milliseconds by) { *m_time += by.count(); }
    /// The time that the clock shows.
    [[nodiscard]] TimePoint now() const { return TimePoint(std::chrono::milliseconds(m_time->load())); }

private:
    using Time = std::atomic<qint64>;
    explicit TestClock(std::shared_ptr<Time> time) : m_time(std::move(time)) { }

    const std::shared_ptr<Time> m_time;
};

} // namespace Sojourn
