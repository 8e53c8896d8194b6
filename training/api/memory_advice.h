// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <string>

namespace mocoscope::training {

/// What to set where the memory of a device ran out: the option, the value that may fit, and what
/// that changes. At most half of what was tried; by the estimate (CostEstimate) a step of it takes
/// no more than four fifths of `deviceBytes`, the whole memory of the device; 0: not known.
[[nodiscard]] std::string smallerBatchAdvice(const TrainingConfig& config, double deviceBytes);

} // namespace mocoscope::training
