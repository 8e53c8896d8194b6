// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/obstacle.h"

namespace mocoscope::training {

namespace {

bool mayGoAway(const Error& error)
{
    return error.code == ErrorCode::Unwritable || error.code == ErrorCode::NotFound;
}

} // namespace

Result<void> Obstacle::overcome(const std::function<Result<void>()>& attempt, std::int64_t step,
                                const std::string& kind)
{
    Result<void> done = attempt();
    if (done || !mayGoAway(done.error()) || m_control.isStopRequested()) {
        return done;
    }
    const std::string reason = toText(done.error());
    m_events.publish(Incident {step, kind, {}, reason + ". The run waits until that is mended."});
    m_events.publish(StateChanged {
        RunState::Paused, reason + ". Tried again every few seconds, and when you resume."});
    while (!done && mayGoAway(done.error()) && !m_control.isStopRequested()) {
        m_control.requestPause();
        m_control.waitWhilePaused(m_retryInterval);
        done = attempt();
    }
    m_control.requestResume();
    if (done) {
        m_events.publish(StateChanged {RunState::Running, {}});
    }
    return done;
}

} // namespace mocoscope::training
