// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/periods.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {

bool isPeriodEnd(std::int64_t step, double every, std::int64_t stepsPerEpoch)
{
    if (every <= 0) {
        return false;
    }
    const auto period
        = std::max<std::int64_t>(1, std::llround(every * static_cast<double>(stepsPerEpoch)));
    return step % period == 0;
}

bool isCheckpointDue(const CheckpointConfig& config, std::chrono::duration<double> sinceLast,
                     std::int64_t step, std::int64_t stepsPerEpoch)
{
    const bool isTime = config.everyMinutes > 0 && sinceLast.count() >= 60 * config.everyMinutes;
    return isTime || isPeriodEnd(step, config.everyEpochs, stepsPerEpoch);
}

} // namespace mocoscope::training
