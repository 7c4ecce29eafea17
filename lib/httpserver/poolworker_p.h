// SPDX-License-Identifier: MIT
#pragma once

#include "httpserverpool.h"

#include <QtCore/QSemaphore>
#include <QtCore/QThread>
#include <QtNetwork/QSslConfiguration>

#include <atomic>

namespace Sojourn {

class PoolListener;

/// A thread of a pool: server, manager and store, and the connections that the pool gave it.
class PoolWorker : public QThread
{
public:
    struct Settings
    {
        HttpServerPool::Setup setup;
        HttpServerPool::StoreFactory makeStore;
        SessionOptions options;
        std::optional<QSslConfiguration> ssl;
    };

    explicit PoolWorker(Settings settings);
    ~PoolWorker() override;

    /// Finished when the thread serves, or knows why it cannot.
    Result<void> startAndWait();
    /// Takes over an accepted socket. From any thread.
    void adopt(qintptr descriptor);
    [[nodiscard]] int connectionCount() const { return m_connections.load(std::memory_order_relaxed); }
    /// Stops serving when its requests have been answered, or after \a timeout. Returns at once.
    void finish(std::chrono::milliseconds timeout);
    /// Waits until that has happened. The store's counters stay until end().
    void waitUntilFinished() { m_finished.acquire(); }
    /// Lets the thread give up its store, and end.
    void end() { m_end.release(); }
    /// Once it has started, until end(). Its counters may be read from any thread.
    [[nodiscard]] const std::shared_ptr<SessionStore> &store() const { return m_store; }

private:
    void run() override;
    void serve();

    const Settings m_settings;
    QSemaphore m_ready, m_finished, m_end;
    Result<void> m_started;
    PoolListener *m_listener = nullptr; // lives in the thread, from startAndWait() until the thread ends
    std::shared_ptr<SessionStore> m_store;
    std::function<void(std::chrono::milliseconds)> m_finish; // called in the thread
    std::atomic<int> m_connections = 0;
};

} // namespace Sojourn
