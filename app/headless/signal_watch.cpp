// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/signal_watch.h"

#include <pthread.h>
#include <utility>

namespace mocoscope::headless {

namespace {

bool isIgnored(int signal)
{
    struct sigaction action
    {
    };
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

StopLevel nextLevel(StopLevel level, int signal)
{
    if (level == StopLevel::None) {
        return StopLevel::Stop;
    }
    if (signal != SIGINT) {
        return level;
    }
    return level == StopLevel::Stop ? StopLevel::Abort : StopLevel::Kill;
}

SignalWatch::SignalWatch(std::function<void(StopLevel)> onStop)
    : m_onStop(std::move(onStop))
{
    sigemptyset(&m_signals);
    sigaddset(&m_signals, SIGINT);
    sigaddset(&m_signals, SIGTERM);
    if (!isIgnored(SIGHUP)) {
        sigaddset(&m_signals, SIGHUP);
    }
    pthread_sigmask(SIG_BLOCK, &m_signals, &m_maskBefore);
    m_thread = std::thread([this] { wait(); });
}

SignalWatch::~SignalWatch()
{
    m_done = true;
    pthread_kill(m_thread.native_handle(), SIGTERM); // wakes sigwait() of that thread only
    m_thread.join();
    pthread_sigmask(SIG_SETMASK, &m_maskBefore, nullptr);
}

void SignalWatch::wait()
{
    StopLevel level = StopLevel::None;
    for (;;) {
        int signal = 0;
        if (sigwait(&m_signals, &signal) != 0 || m_done) {
            return;
        }
        const StopLevel next = nextLevel(level, signal);
        if (next != level) {
            level = next;
            m_onStop(level);
        }
    }
}

} // namespace mocoscope::headless
