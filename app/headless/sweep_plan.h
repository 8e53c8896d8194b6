// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/command_line.h"
#include "app/headless/program.h"
#include "training/api/sweep.h"

#include <vector>

namespace mocoscope::headless {

/// What `sweep` was asked to run, with every run of it.
struct PlannedSweep
{
    training::SweepPlan plan;
    std::vector<training::SweepMember> members;
};

/// The file, or the sweep that is built in where there is no such file; then --name. Everything
/// that is wrong is listed in the error's detail, missing data and weights too. Reads `console.in`
/// for `-`.
[[nodiscard]] training::Result<PlannedSweep> planSweep(const SweepArguments& arguments,
                                                       const Program& program);

/// Looks at the data and says what the runs would be. Stores and trains nothing. Returns the exit
/// code.
[[nodiscard]] int dryRunSweep(const PlannedSweep& planned, bool json, const Program& program);

/// Returns the exit code.
[[nodiscard]] int listBuiltInSweeps(bool json, const Console& console);

} // namespace mocoscope::headless
