// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/engine/run_clock.h"

#include <functional>
#include <string>
#include <type_traits>

namespace mocoscope::training {

/// Waits while the run is paused, by `wait` where that is given; tells both states and leaves the
/// time out. Thread: trainer.
void waitWhilePaused(const std::string& reason, EventSink& events, RunControl& control,
                     RunClock& clock, const std::function<void()>& wait = {});

/// Something outside the run that is in its way and may go away by itself: a disk that is full, a
/// folder that is not mounted. Thread: trainer.
class Obstacle
{
public:
    /// All outlive this.
    Obstacle(const RunRequest& request, EventSink& events, RunControl& control, RunClock& clock)
        : m_retryInterval(request.retryInterval)
        , m_events(events)
        , m_control(control)
        , m_clock(clock)
    {
    }

    /// Does `attempt`, which returns a Result. While it fails for such a reason the run is paused
    /// and says why; it is tried again from time to time, and when the user resumes. Other errors,
    /// and the last one after a stop, are returned. `step` and `kind` are of the incident that is
    /// told once. What the failures took belongs to no step.
    template <typename Attempt>
    [[nodiscard]] std::invoke_result_t<Attempt&> overcome(Attempt attempt, std::int64_t step,
                                                          const std::string& kind)
    {
        const auto from = RunClock::Clock::now();
        auto done = attempt();
        if (done) {
            return done;
        }
        if (isWorthWaiting(done.error())) {
            tell(done.error(), step, kind);
            while (!done && isWorthWaiting(done.error())) {
                waitForTheNextAttempt();
                done = attempt();
            }
            goOn(done.has_value());
        }
        m_clock.addPause(RunClock::Clock::now() - from);
        m_clock.skip();
        return done;
    }

private:
    [[nodiscard]] bool isWorthWaiting(const Error& error) const;
    void tell(const Error& error, std::int64_t step, const std::string& kind);
    void waitForTheNextAttempt();
    void goOn(bool isOvercome);

    std::chrono::milliseconds m_retryInterval;
    EventSink& m_events;
    RunControl& m_control;
    RunClock& m_clock;
};

} // namespace mocoscope::training
