// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/follow_run.h"
#include "app/headless/run_store.h"
#include "app/headless/training_run.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/task.h"

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::RunRecord;
using storage::RunRepository;
using training::ErrorCode;
using training::failure;
using training::RunState;

struct ResumableRun
{
    RunRecord run;
    training::TrainingConfig config;
    std::vector<training::CheckpointFile> checkpoints; ///< empty: from the first step
};

Result<void> checkState(const RunRecord& run)
{
    const std::string name = "run " + std::to_string(run.id.value);
    if (runFolder("runs.db", run.uuid).empty()) {
        return failure(ErrorCode::Unreadable, name + " has no valid uuid in the history",
                       "its checkpoints cannot be found");
    }
    if (run.state == RunState::Finished) {
        return failure(ErrorCode::BadArgument, name + " is finished",
                       "`mocoscope-train train` starts a new one");
    }
    if (run.state == RunState::Running || run.state == RunState::Paused) {
        return failure(ErrorCode::BadArgument, name + " is on in another process",
                       "it can go on here when that one has stopped it");
    }
    return {};
}

Result<training::TrainingConfig> storedConfig(const RunRecord& run, const std::string& device)
{
    return training::fromJson(run.configJson)
        .and_then([&](const training::TrainingConfig& config) {
            return device.empty() ? Result<training::TrainingConfig>(config)
                                  : training::withOption(config, "train.device", device);
        })
        .and_then([](const training::TrainingConfig& config) {
            // An evaluation reads them again: its checkpoints hold what it has learnt itself.
            const auto weights
                = training::isEvaluation(config) ? NamedFiles::Here : NamedFiles::Anywhere;
            return checkConfiguration(config, weights).map([&] { return config; });
        });
}

/// On the recorder thread.
Result<ResumableRun> loadRun(Database& database, const ResumeArguments& arguments)
{
    RunRepository runs(database);
    return findRun(runs, arguments.run).and_then([&](const RunRecord& run) {
        return checkState(run)
            .and_then([&] { return storedConfig(run, arguments.device); })
            .and_then([&](const training::TrainingConfig& config) {
                return checkpointsOf(database, run).map([&](const auto& checkpoints) {
                    return ResumableRun {run, config, checkpoints};
                });
            });
    });
}

/// As one of the processes that follow rank 0, from which it gets the weights: only the
/// configuration is read.
int follow(const ResumeArguments& arguments, const training::LaunchedProcess& process,
           StopSignals& signals, const Program& program)
{
    const auto config = openHistory(arguments.store).and_then([&](Database database) {
        RunRepository runs(database);
        return findRun(runs, arguments.run).and_then([&](const RunRecord& run) {
            return storedConfig(run, arguments.device);
        });
    });
    return config ? followRun(*config, process, signals, program)
                  : report(program.console, config.error());
}

} // namespace

int run(const ResumeArguments& arguments, const Program& program)
{
    const auto process = training::launchedProcess();
    if (!process) {
        return report(program.console, process.error());
    }
    StopSignals signals; // before the recorder's thread
    if (isFollower(*process)) {
        return follow(arguments, **process, signals, program);
    }
    const auto recorder
        = startRecorderOfExisting(arguments.store, program.console, signals.control());
    if (!recorder) {
        return report(program.console, recorder.error());
    }
    const auto found
        = (*recorder)->submit([&](Database& opened) { return loadRun(opened, arguments); }).get();
    if (!found) {
        return report(program.console, found.error());
    }
    PreparedRun prepared = prepareRun(found->run, found->config, arguments.store,
                                      arguments.json || !program.console.outIsTerminal);
    prepared.request.resumeFrom = found->checkpoints;
    prepared.request.process = *process;
    if (found->checkpoints.empty()) {
        program.console.err << "mocoscope-train: the run has no checkpoint yet and starts from "
                               "its first step\n"
                            << std::flush;
    }
    return trainToEnd(prepared, **recorder, signals, program);
}

} // namespace mocoscope::headless
