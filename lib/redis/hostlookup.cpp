// SPDX-License-Identifier: MIT
#include "hostlookup_p.h"

#include <QtCore/QThreadPool>

#include <condition_variable>
#include <mutex>

namespace Sojourn {

struct HostLookup::State
{
    std::mutex mutex;
    std::condition_variable finished;
    std::optional<QHostInfo> info;
    QObject *receiver = nullptr; // null once nobody wants the answer
};

HostLookup::~HostLookup()
{
    forget();
}

void HostLookup::start(const QString &host, QObject *receiver, std::function<void()> done)
{
    forget();
    m_state = std::make_shared<State>();
    m_state->receiver = receiver;
    QThreadPool::globalInstance()->start([state = m_state, host, done = std::move(done)] {
        QHostInfo info = QHostInfo::fromName(host);
        const std::lock_guard lock(state->mutex);
        state->info = std::move(info);
        state->finished.notify_all();
        if (state->receiver)
            QMetaObject::invokeMethod(state->receiver, done, Qt::QueuedConnection);
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
