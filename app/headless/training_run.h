// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/program.h"
#include "app/headless/run_output.h"
#include "app/headless/stop_signals.h"
#include "storage/metric_recorder.h"

#include <memory>

namespace mocoscope::headless {

/// Opens the history for writing and marks the runs of dead processes as interrupted. What cannot
/// be written later is told on `console.err`, once for each reason, and holds `control` until it
/// can be written again. Both outlive the recorder.
[[nodiscard]] storage::Result<std::unique_ptr<storage::MetricRecorder>>
startRecorder(const std::filesystem::path& database, const Console& console,
              training::RunControl& control);

/// The same of a history that has to be there; the error of one that is not says so, and none is
/// made. `store` is what the user gave, empty for the default.
[[nodiscard]] storage::Result<std::unique_ptr<storage::MetricRecorder>>
startRecorderOfExisting(const std::filesystem::path& store, const Console& console,
                        training::RunControl& control);

/// Stores a new run. A name that was not given is made unique (`demo`, `demo-2`), so that it finds
/// the run. On the recorder thread.
[[nodiscard]] storage::Result<storage::RunRecord> storeRun(storage::Database& database,
                                                           storage::NewRun run, bool isNameGiven);

/// Everything a run needs, stored and ready to start.
struct PreparedRun
{
    RunHeading heading;
    training::RunRequest request;
    std::string arguments; ///< ` 3 --store my.db`: names the run in commands for a person
    std::filesystem::path store; ///< what the user gave, empty for the default
    bool json = false;
};

/// A run from the first step; `store` is what the user gave, empty for the default.
[[nodiscard]] PreparedRun prepareRun(const storage::RunRecord& run,
                                     const training::TrainingConfig& config,
                                     const std::filesystem::path& store, bool json);

/// Trains on a background thread, records, and shows on the calling thread until the run is over,
/// and the forks that go on where it is rolled back. Returns the exit code. When the trainer does
/// not end within seconds after a second Ctrl-C the process ends without it.
[[nodiscard]] int trainToEnd(const PreparedRun& run, storage::MetricRecorder& recorder,
                             StopSignals& signals, const Program& program);

} // namespace mocoscope::headless
