// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <chrono>
#include <cstdint>

namespace mocoscope::training {

/// Whether a period of `every` epochs ends at `step`. Periods are rounded to whole steps, of at
/// least one; 0: never.
[[nodiscard]] bool isPeriodEnd(std::int64_t step, double every, std::int64_t stepsPerEpoch);

/// Whether a checkpoint is to be written, by the time since the last one or by epochs.
[[nodiscard]] bool isCheckpointDue(const CheckpointConfig& config,
                                   std::chrono::duration<double> sinceLast, std::int64_t step,
                                   std::int64_t stepsPerEpoch);

} // namespace mocoscope::training
