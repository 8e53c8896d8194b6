// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/stop_signals.h"

#include "app/headless/console.h"

#include <cstdlib>

namespace mocoscope::headless {

StopSignals::StopSignals()
    : m_watch([this](StopLevel level) { raise(level); })
{
}

void StopSignals::raise(StopLevel level)
{
    m_level = level;
    if (level == StopLevel::Stop) {
        m_control.requestStop();
    } else if (level == StopLevel::Abort) {
        m_control.requestAbort();
    } else if (level == StopLevel::Kill) {
        std::_Exit(Interrupted);
    }
}

} // namespace mocoscope::headless
