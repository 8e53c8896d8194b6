// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/obstacle.h"

namespace mocoscope::training {

void waitWhilePaused(const std::string& reason, EventSink& events, RunControl& control,
                     RunClock& clock, const std::function<void()>& wait)
{
    const auto from = RunClock::Clock::now();
    events.publish(StateChanged {RunState::Paused, reason});
    if (wait) {
        wait();
    } else {
        control.waitWhilePaused();
    }
    if (!control.isStopRequested()) {
        events.publish(StateChanged {RunState::Running, {}});
    }
    clock.addPause(RunClock::Clock::now() - from);
    clock.skip();
}

bool Obstacle::isWorthWaiting(const Error& error) const
{
    const bool mayGoAway = error.code == ErrorCode::Unwritable || error.code == ErrorCode::NotFound;
    return mayGoAway && !m_control.isStopRequested();
}

void Obstacle::tell(const Error& error, std::int64_t step, const std::string& kind)
{
    const std::string reason = toText(error);
    m_events.publish(Incident {step, kind, {}, reason + ". The run waits until that is mended."});
    m_events.publish(StateChanged {
        RunState::Paused, reason + ". Tried again every few seconds, and when you resume."});
}

void Obstacle::waitForTheNextAttempt()
{
    m_control.requestPause();
    m_control.waitWhilePaused(m_retryInterval);
}

void Obstacle::goOn(bool isOvercome)
{
    m_control.requestResume();
    if (isOvercome) {
        m_events.publish(StateChanged {RunState::Running, {}});
    }
}

} // namespace mocoscope::training
