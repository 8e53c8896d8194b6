// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/program.h"
#include "app/headless/stop_signals.h"
#include "training/api/launch.h"

#include <optional>

namespace mocoscope::headless {

/// Whether a launcher has started this process as one that only follows: rank 0 records and shows
/// the run.
[[nodiscard]] bool isFollower(const std::optional<training::LaunchedProcess>& process);

/// Trains as one of several processes, on the calling thread. Nothing is recorded, and nothing is
/// shown but the error that ends it. Returns the exit code.
[[nodiscard]] int followRun(const training::TrainingConfig& config,
                            const training::LaunchedProcess& process, StopSignals& signals,
                            const Program& program);

/// Exit code 2, told, where a launcher has started several processes of a command that only one
/// can run; nothing otherwise.
[[nodiscard]] std::optional<int> refuseProcesses(const std::string& command,
                                                 const Program& program);

} // namespace mocoscope::headless
