// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"

#include <vector>

namespace mocoscope::training {

/// Options of another framework, optimizer or schedule than the configuration's: values that are
/// neither the default nor those of `reference` (what it was made from), and that nothing looks at.
/// No reason not to start. In the schema's order, each with why. Of pretraining alone: an
/// evaluation carries the options of what it evaluates.
[[nodiscard]] std::vector<Violation> unusedOptions(const TrainingConfig& config,
                                                   const TrainingConfig& reference);

} // namespace mocoscope::training
