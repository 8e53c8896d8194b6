// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace mocoscope::training {

/// Training time of a run: pauses are left out, earlier sessions counted. Thread: trainer.
class RunClock
{
public:
    using Clock = std::chrono::steady_clock;

    explicit RunClock(std::int64_t earlierMs = 0)
        : m_earlierMs(earlierMs)
    {
    }

    [[nodiscard]] std::int64_t wallMs() const
    {
        const auto active = Clock::now() - m_started - m_paused;
        return m_earlierMs + std::chrono::duration_cast<std::chrono::milliseconds>(active).count();
    }
    /// Since the last call of this or of skip().
    [[nodiscard]] double lapSeconds()
    {
        const Clock::time_point now = Clock::now();
        const double seconds = std::chrono::duration<double>(now - m_lap).count();
        m_lap = now;
        return seconds;
    }
    /// What happened since the last lap belongs to no step.
    void skip() { m_lap = Clock::now(); }
    void addPause(Clock::duration pause) { m_paused += pause; }

private:
    std::int64_t m_earlierMs;
    Clock::time_point m_started = Clock::now();
    Clock::time_point m_lap = m_started;
    Clock::duration m_paused {};
};

} // namespace mocoscope::training
