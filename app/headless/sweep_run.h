// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/command_line.h"
#include "app/headless/program.h"
#include "storage/sweep_repository.h"

#include <functional>

namespace mocoscope::headless {

/// Makes or finds the sweep in the history, on the recorder thread.
using FindSweep = std::function<storage::Result<storage::SweepRecord>(storage::Database&)>;

/// Trains the runs of a sweep that wait, one after another, until none is left or the user stops
/// it. A run that fails does not keep the others from being trained. Returns the exit code.
[[nodiscard]] int trainSweep(const SweepArguments& arguments, const FindSweep& findSweep,
                             const Program& program);

} // namespace mocoscope::headless
