// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/dry_run.h"
#include "app/headless/follow_run.h"
#include "app/headless/run_store.h"
#include "app/headless/training_run.h"
#include "training/api/config_json.h"
#include "training/api/presets.h"
#include "training/api/task.h"

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::RunRecord;
using training::ErrorCode;
using training::failure;
using training::TrainingConfig;

/// What is evaluated, before any setting.
struct Subject
{
    TrainingConfig config;
    std::string weights;
    std::string name; ///< of the run, or of the file
    std::optional<storage::RunId> run; ///< whose weights they are
};

/// -1: the newest.
Result<std::filesystem::path> checkpointOf(Database& database, const RunRecord& run,
                                           std::int64_t step)
{
    const auto files = checkpointsOf(database, run);
    if (!files) {
        return tl::unexpected(files.error());
    }
    if (step >= 0) {
        return checkpointAtStep(*files, step).map(&training::CheckpointFile::path);
    }
    const auto newest = storage::newestExisting(*files);
    if (!newest) {
        return failure(ErrorCode::NotFound, "the run has no checkpoint",
                       "one is written when it is paused, stopped or finished; --weights takes any "
                       "other file");
    }
    return newest->path;
}

/// The checkpoint of a run.
Result<Subject> fromRun(Database& database, const EvaluateArguments& arguments)
{
    storage::RunRepository runs(database);
    return findRun(runs, arguments.run).and_then([&](const RunRecord& run) -> Result<Subject> {
        auto config = training::fromJson(run.configJson);
        if (!config) {
            return tl::unexpected(config.error());
        }
        if (!arguments.weights.empty()) {
            return Subject {*config, arguments.weights, run.name, std::nullopt};
        }
        return checkpointOf(database, run, arguments.step)
            .map([&](const std::filesystem::path& file) {
                return Subject {*config, file.string(), run.name, run.id};
            });
    });
}

/// A file, whose model is that of a preset or of a configuration file.
Result<Subject> fromFile(const EvaluateArguments& arguments, std::istream& in)
{
    if (arguments.weights.empty()) {
        return failure(ErrorCode::BadArgument, "evaluate needs something to evaluate",
                       "name a run, or pass --weights FILE with --preset NAME or --config FILE");
    }
    TrainArguments start;
    start.preset = arguments.preset;
    start.configFile = arguments.configFile;
    if (start.preset.empty() && start.configFile.empty()) {
        return failure(ErrorCode::BadArgument, "evaluate needs to know the model of the weights",
                       "pass --preset NAME or --config FILE, or name a run");
    }
    return startingPoint(start, in).map([&](const ChosenConfiguration& chosen) {
        const auto stem = std::filesystem::path(arguments.weights).stem().string();
        return Subject {chosen.config, arguments.weights, stem, std::nullopt};
    });
}

Result<TrainingConfig> configure(const Subject& subject, const EvaluateArguments& arguments)
{
    TrainingConfig config
        = training::evaluationConfig(subject.config, arguments.task, subject.weights);
    if (!arguments.dataPath.empty()) {
        config = training::onOtherData(config, arguments.dataPath);
    }
    return withSettings(std::move(config), arguments.settings, arguments.device);
}

/// A preset that is such an evaluation itself stays known as where the run came from.
std::string presetOf(const EvaluateArguments& arguments)
{
    const auto preset = training::findPreset(arguments.preset);
    return preset && preset->config.task.name == arguments.task ? preset->name : arguments.task;
}

storage::NewRun newRun(const Subject& subject, const TrainingConfig& config,
                       const EvaluateArguments& arguments)
{
    const bool isItsOwn = config.model.initialWeights == subject.weights;
    return {.name = arguments.name.empty() ? subject.name + " " + arguments.task : arguments.name,
            .preset = presetOf(arguments),
            .configJson = training::toJson(config),
            .parent = isItsOwn ? subject.run : std::nullopt};
}

int evaluate(const Result<Subject>& subject, const EvaluateArguments& arguments,
             storage::MetricRecorder& recorder, StopSignals& signals, const Program& program)
{
    const auto config
        = subject.and_then([&](const Subject& found) { return configure(found, arguments); });
    if (!config) {
        return report(program.console, config.error());
    }
    if (arguments.dryRun) {
        return dryRun(*config, arguments.json, program);
    }
    if (const auto checked = checkStart(*config, program); !checked) {
        return report(program.console, checked.error());
    }
    const auto stored = recorder
                            .submit([&](Database& opened) {
                                return storeRun(opened, newRun(*subject, *config, arguments),
                                                !arguments.name.empty());
                            })
                            .get();
    if (!stored) {
        return report(program.console, stored.error());
    }
    return trainToEnd(prepareRun(*stored, *config, arguments.store,
                                 arguments.json || !program.console.outIsTerminal),
                      recorder, signals, program);
}

} // namespace

int run(const EvaluateArguments& arguments, const Program& program)
{
    if (const auto refused = refuseProcesses("evaluate", program)) {
        return *refused;
    }
    StopSignals signals; // before the recorder's thread
    const bool isRun = !arguments.run.empty();
    const Result<Subject> file
        = isRun ? Result<Subject>(Subject {}) : fromFile(arguments, program.console.in);
    if (!file) {
        return report(program.console, file.error());
    }
    const auto recorder = isRun
        ? startRecorderOfExisting(arguments.store, program.console, signals.control())
        : startRecorder(databasePath(arguments.store), program.console, signals.control());
    if (!recorder) {
        return report(program.console, recorder.error());
    }
    const auto subject = isRun
        ? (*recorder)->submit([&](Database& opened) { return fromRun(opened, arguments); }).get()
        : file;
    return evaluate(subject, arguments, **recorder, signals, program);
}

} // namespace mocoscope::headless
