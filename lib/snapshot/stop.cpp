// SPDX-License-Identifier: MIT
#include "stop.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

namespace Sojourn {

struct Detail::StopState
{
    std::atomic<bool> requested = false;
    std::recursive_mutex mutex; // held during calls: one of them may destroy callbacks, its own included
    std::vector<StopCallback *> callbacks;
};

bool StopToken::isStopRequested() const
{
    return m_state && m_state->requested;
}

StopSource::StopSource() : m_state(std::make_shared<Detail::StopState>()) { }

void StopSource::requestStop()
{
    const auto state = m_state; // a call may destroy this
    const std::scoped_lock lock(state->mutex);
    if (state->requested.exchange(true))
        return;
    while (!state->callbacks.empty()) {
        const auto call = std::move(state->callbacks.back()->m_call);
        state->callbacks.pop_back();
        call();
    }
}

StopCallback::StopCallback(const StopToken &token, std::function<void()> call) : m_state(token.m_state), m_call(std::move(call))
{
    if (!m_state)
        return;
    const std::scoped_lock lock(m_state->mutex);
    if (m_state->requested)
        m_call();
    else
        m_state->callbacks.push_back(this);
}

StopCallback::~StopCallback()
{
    if (!m_state)
        return;
    const std::scoped_lock lock(m_state->mutex);
    std::erase(m_state->callbacks, this);
}

} // namespace Sojourn
