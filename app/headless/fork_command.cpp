// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/dry_run.h"
#include "app/headless/run_store.h"
#include "app/headless/training_run.h"
#include "training/api/config_json.h"
#include "training/api/fork.h"

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::RunRecord;
using training::CheckpointFile;
using training::ErrorCode;
using training::failure;
using training::ForkOrigin;
using training::TrainingConfig;

/// A run and the checkpoint of it that the new one goes on from.
struct Fork
{
    RunRecord parent;
    ForkOrigin origin;
    CheckpointFile checkpoint;
};

Result<CheckpointFile> chooseCheckpoint(const std::vector<CheckpointFile>& files, std::int64_t step)
{
    if (step >= 0) {
        return checkpointAtStep(files, step);
    }
    if (const auto newest = storage::newestExisting(files)) {
        return *newest;
    }
    return failure(ErrorCode::NotFound, "the run has no checkpoint to start from",
                   "one is written when it is paused, stopped or finished");
}

/// On the recorder thread.
Result<Fork> findFork(Database& database, const ForkArguments& arguments)
{
    storage::RunRepository runs(database);
    return findRun(runs, arguments.run).and_then([&](const RunRecord& run) -> Result<Fork> {
        const auto config = training::fromJson(run.configJson);
        if (!config) {
            return tl::unexpected(config.error());
        }
        if (const std::string reason = training::reasonNotToFork(*config); !reason.empty()) {
            return failure(ErrorCode::BadArgument,
                           "run " + std::to_string(run.id.value) + " cannot be forked", reason);
        }
        return checkpointsOf(database, run)
            .and_then(
                [&](const auto& files) { return chooseCheckpoint(files, arguments.checkpoint); })
            .map([&](const CheckpointFile& file) {
                return Fork {run, {*config, file.step, run.totalSteps}, file};
            });
    });
}

/// The run's options with the changes, or all reasons against them.
Result<TrainingConfig> configure(const Fork& fork, const ForkArguments& arguments)
{
    return withSettings(fork.origin.config, arguments.settings, arguments.device,
                        NamedFiles::Anywhere)
        .and_then([&](const TrainingConfig& config) -> Result<TrainingConfig> {
            std::string reasons;
            for (const auto& violation : training::forkViolations(fork.origin, config)) {
                reasons += (reasons.empty() ? "" : "\n") + violation.key + " = " + violation.value
                    + ": " + violation.reason;
            }
            return reasons.empty()
                ? Result<TrainingConfig>(config)
                : failure(ErrorCode::BadConfiguration,
                          "the checkpoint cannot be continued with these options", reasons);
        });
}

storage::NewRun newRun(const Fork& fork, const TrainingConfig& config,
                       const ForkArguments& arguments)
{
    return {.name = arguments.name.empty() ? fork.parent.name + " fork" : arguments.name,
            .preset = fork.parent.preset,
            .configJson = training::toJson(config),
            .parent = fork.parent.id,
            .forkedFrom = fork.checkpoint};
}

/// Stores the run with its first checkpoint, and makes it ready to go on from there. On the
/// recorder thread.
Result<PreparedRun> store(Database& database, const Fork& fork, const TrainingConfig& config,
                          const ForkArguments& arguments, bool json)
{
    return storeRun(database, newRun(fork, config, arguments), !arguments.name.empty())
        .and_then([&](const RunRecord& run) {
            return checkpointsOf(database, run).map([&](const auto& checkpoints) {
                PreparedRun prepared = prepareRun(run, config, arguments.store, json);
                prepared.request.resumeFrom = checkpoints;
                return prepared;
            });
        });
}

} // namespace

int run(const ForkArguments& arguments, const Program& program)
{
    StopSignals signals; // before the recorder's thread
    const auto recorder
        = startRecorderOfExisting(arguments.store, program.console, signals.control());
    if (!recorder) {
        return report(program.console, recorder.error());
    }
    const auto fork
        = (*recorder)->submit([&](Database& opened) { return findFork(opened, arguments); }).get();
    const auto config
        = fork.and_then([&](const Fork& found) { return configure(found, arguments); });
    if (!config) {
        return report(program.console, config.error());
    }
    tellUnusedOptions(*config, fork->origin.config, program.console.err);
    if (arguments.dryRun) {
        TrainingConfig started = *config;
        started.model.initialWeights.clear(); // the checkpoint holds what came of them
        return dryRun(started, arguments.json, program);
    }
    const bool json = arguments.json || !program.console.outIsTerminal;
    const auto prepared = (*recorder)
                              ->submit([&](Database& opened) {
                                  return store(opened, *fork, *config, arguments, json);
                              })
                              .get();
    if (!prepared) {
        return report(program.console, prepared.error());
    }
    return trainToEnd(*prepared, **recorder, signals, program);
}

} // namespace mocoscope::headless
