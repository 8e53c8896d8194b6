// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <csignal>
#include <cstdint>
#include <functional>
#include <thread>

namespace mocoscope::headless {

enum class StopLevel : std::uint8_t
{
    None,
    Stop, ///< Ctrl-C once, SIGTERM, the terminal was closed: checkpoint and end
    Abort, ///< Ctrl-C twice: end now
    Kill, ///< Ctrl-C a third time: do not even wait for that
};

/// The level after `signal` arrived. Schedulers repeat SIGTERM, so only Ctrl-C goes beyond Stop.
[[nodiscard]] StopLevel nextLevel(StopLevel level, int signal);

/// Turns SIGINT, SIGTERM and SIGHUP into calls of a function. The signals are blocked in the thread
/// that makes the watch and so in all threads that are started afterwards; a thread of its own
/// waits for them, thus the function may lock and allocate. SIGHUP stays ignored under nohup.
class SignalWatch
{
public:
    /// Called on the watch's thread each time that the level rises.
    explicit SignalWatch(std::function<void(StopLevel)> onStop);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    void wait();
    std::function<void(StopLevel)> m_onStop;
    sigset_t m_signals {};
    sigset_t m_maskBefore {};
    std::atomic<bool> m_done = false;
    std::thread m_thread;
};

} // namespace mocoscope::headless
