// SPDX-License-Identifier: MIT
#include "hostlookup_p.h"

#include <QtCore/QThreadPool>

#include <condition_variable>
#include <mutex>

namespace Sojourn {

/// A look-up may hang as long as its server is silent, and cannot be ended: it holds up neither the tasks of the application nor
/// its end, so this pool is never waited for.
static QThreadPool &lookups()
{
    static auto *const pool = [] {
        auto *made = new QThreadPool;
        made->setMaxThreadCount(16);
        return made;
    }();
    return *pool;
}

struct HostLookup::State
{
    const QString host;
    std::mutex mutex;
    std::condition_variable finished;
    bool isRunning = true;
    std::optional<QHostInfo> info;
    QObject *receiver = nullptr; // null once nobody wants the answer
    std::function<void()> done;
};

HostLookup::~HostLookup()
{
    forget();
}

void HostLookup::start(const QString &host, QObject *receiver, std::function<void()> done)
{
    forget();
    if (m_started && m_started->host == host) {
        const std::lock_guard lock(m_started->mutex);
        if (m_started->isRunning) { // one that was forgotten: another one would hang as well
            m_state = m_started;
            m_state->receiver = receiver;
            m_state->done = std::move(done);
            return;
        }
    }
    m_state = m_started = std::make_shared<State>(host);
    m_state->receiver = receiver;
    m_state->done = std::move(done);
    lookups().start([state = m_state] {
        QHostInfo info = QHostInfo::fromName(state->host);
        const std::lock_guard lock(state->mutex);
        state->isRunning = false;
        state->info = std::move(info);
        state->finished.notify_all();
        if (state->receiver)
            QMetaObject::invokeMethod(state->receiver, state->done, Qt::QueuedConnection);
    });
}

bool HostLookup::wait(std::chrono::milliseconds timeout)
{
    if (!m_state)
        return true;
    std::unique_lock lock(m_state->mutex);
    return m_state->finished.wait_for(lock, timeout, [this] { return m_state->info.has_value(); });
}

std::optional<QHostInfo> HostLookup::take()
{
    if (!m_state)
        return std::nullopt;
    std::unique_lock lock(m_state->mutex);
    std::optional<QHostInfo> info = std::move(m_state->info);
    lock.unlock();
    if (info)
        forget();
    return info;
}

void HostLookup::forget()
{
    if (!m_state)
        return;
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->receiver = nullptr;
    }
    m_state.reset();
}

} // namespace Sojourn
