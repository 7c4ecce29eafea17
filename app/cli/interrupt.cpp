// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include "terminal.h"

#include <atomic>
#include <csignal>

using namespace std::chrono_literals;

namespace {

std::atomic<bool> g_stopsSoftly = false;
std::atomic<bool> g_stopped = false;

void onSignal(int)
{
    if (!g_stopsSoftly || g_stopped.exchange(true))
        Terminal::endNow(Interrupted);
}

} // namespace

void Interrupt::install()
{
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
#ifdef SIGHUP
    if (std::signal(SIGHUP, onSignal) == SIG_IGN) // the terminal is closed
        std::signal(SIGHUP, SIG_IGN);             // which nohup wants to be outlived
#endif
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
