// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include "outcome.h"

#include <atomic>
#include <csignal>
#include <cstdlib>

using namespace std::chrono_literals;

namespace {

std::atomic<bool> g_stopsSoftly = false;
std::atomic<bool> g_stopped = false;

void onSignal(int)
{
    if (!g_stopsSoftly || g_stopped.exchange(true))
        std::_Exit(Interrupted);
}

} // namespace

void Interrupt::install()
{
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

Interrupt::Interrupt()
{
    g_stopsSoftly = true;
    m_timer.callOnTimeout([this] {
        if (g_stopped)
            m_stop.requestStop();
    });
    m_timer.start(50ms);
}

Interrupt::~Interrupt()
{
    g_stopsSoftly = false;
}
