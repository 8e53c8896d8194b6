// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/program.h"

namespace mocoscope::headless {

/// What can be known before a run is stored without looking at all its data: an error where GPUs
/// are not there that it names, or weights that do not fit.
[[nodiscard]] training::Result<void> checkStart(const training::TrainingConfig& config,
                                                const Program& program);

/// Looks at the data and the device of a valid configuration and says what a run would be. Stores
/// and trains nothing. Returns the exit code.
[[nodiscard]] int dryRun(const training::TrainingConfig& config, bool json, const Program& program);

} // namespace mocoscope::headless
