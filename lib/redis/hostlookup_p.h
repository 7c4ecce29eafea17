// SPDX-License-Identifier: MIT
#pragma once

#include <QtNetwork/QHostInfo>

#include <chrono>
#include <functional>
#include <memory>

namespace Sojourn {

/// Looks a host name up in another thread. Unlike QHostInfo::lookupHost() it can also be waited for without an event loop.
class HostLookup
{
public:
    HostLookup() = default;
    ~HostLookup();
    Q_DISABLE_COPY_MOVE(HostLookup)

    /// Calls \a done in the thread of \a receiver, which must outlive this object. Forgets a lookup that was under way, or joins
    /// it if it is for the same host.
    void start(const QString &host, QObject *receiver, std::function<void()> done);
    /// \return whether it is finished.
    bool wait(std::chrono::milliseconds timeout);
    /// The answer, once, or nothing.
    std::optional<QHostInfo> take();

private:
    void forget();

    struct State;
    std::shared_ptr<State> m_state; // what is wanted
    std::shared_ptr<State> m_started; // what may still be under way
};

} // namespace Sojourn
