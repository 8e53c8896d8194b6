// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/dry_run.h"
#include "app/headless/run_store.h"
#include "app/headless/training_run.h"
#include "training/api/config_json.h"

#include <algorithm>

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::RunRecord;
using storage::RunRepository;

bool isTaken(const std::vector<RunRecord>& runs, const std::string& name)
{
    return std::any_of(runs.begin(), runs.end(),
                       [&](const RunRecord& run) { return run.name == name; });
}

/// `demo`, `demo-2`, `demo-3`: names that were not given are made unique, so that they find a run.
std::string freeName(const std::vector<RunRecord>& runs, const std::string& name)
{
    std::string free = name;
    for (int number = 2; isTaken(runs, free); ++number) {
        free = name + "-" + std::to_string(number);
    }
    return free;
}

/// On the recorder thread.
Result<RunRecord> storeRun(Database& database, const ChosenConfiguration& chosen, bool isNameGiven)
{
    RunRepository runs(database);
    return runs.list().and_then([&](const std::vector<RunRecord>& known) {
        return runs.create({.name = isNameGiven ? chosen.name : freeName(known, chosen.name),
                            .preset = chosen.preset,
                            .configJson = training::toJson(chosen.config),
                            .parent = std::nullopt});
    });
}

int startRun(const TrainArguments& arguments, const ChosenConfiguration& chosen,
             const Program& program)
{
    StopSignals signals; // before the recorder's thread
    const auto recorder = startRecorder(databasePath(arguments.store), program.console);
    if (!recorder) {
        return report(program.console, recorder.error());
    }
    const auto stored = (*recorder)
                            ->submit([&](Database& opened) {
                                return storeRun(opened, chosen, !arguments.name.empty());
                            })
                            .get();
    if (!stored) {
        return report(program.console, stored.error());
    }
    return trainToEnd(prepareRun(*stored, chosen.config, arguments.store,
                                 arguments.json || !program.console.outIsTerminal),
                      **recorder, signals, program);
}

} // namespace

int run(const TrainArguments& arguments, const Program& program)
{
    const auto chosen = chooseConfiguration(arguments, program.console);
    if (!chosen) {
        return report(program.console, chosen.error());
    }
    return arguments.dryRun ? dryRun(chosen->config, arguments.json, program)
                            : startRun(arguments, *chosen, program);
}

} // namespace mocoscope::headless
