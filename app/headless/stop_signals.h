// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/signal_watch.h"
#include "training/api/trainer.h"

#include <atomic>

namespace mocoscope::headless {

/// Hands the user's stop signals to a run. Made before any other thread is started, see
/// SignalWatch. A third Ctrl-C ends the process where it stands: nothing that is kept is harmed by
/// that, but the run is found as interrupted only at the next start.
class StopSignals
{
public:
    StopSignals();
    [[nodiscard]] StopLevel level() const { return m_level; }
    [[nodiscard]] training::RunControl& control() { return m_control; }

private:
    void raise(StopLevel level);
    training::RunControl m_control;
    std::atomic<StopLevel> m_level = StopLevel::None;
    SignalWatch m_watch; ///< last: its thread uses the others
};

} // namespace mocoscope::headless
