// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"

#include <functional>
#include <string>

namespace mocoscope::training {

/// Something outside the run that is in its way and may go away by itself: a disk that is full, a
/// folder that is not mounted. Thread: trainer.
class Obstacle
{
public:
    Obstacle(const RunRequest& request, EventSink& events, RunControl& control)
        : m_retryInterval(request.retryInterval)
        , m_events(events)
        , m_control(control)
    {
    }

    /// Does `attempt`. While it fails for such a reason the run is paused and says why; it is tried
    /// again from time to time, and when the user resumes. Other errors, and the last one after a
    /// stop, are returned. `step` and `kind` are of the incident that is told once.
    [[nodiscard]] Result<void> overcome(const std::function<Result<void>()>& attempt,
                                        std::int64_t step, const std::string& kind);

private:
    std::chrono::milliseconds m_retryInterval;
    EventSink& m_events;
    RunControl& m_control;
};

} // namespace mocoscope::training
