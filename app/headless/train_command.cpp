// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/dry_run.h"
#include "app/headless/follow_run.h"
#include "app/headless/run_store.h"
#include "app/headless/training_run.h"
#include "training/api/config_json.h"

namespace mocoscope::headless {

namespace {

using storage::Database;

/// A preset's own values need no remark.
void tellUnused(const ChosenConfiguration& chosen, std::ostream& err)
{
    const auto preset = training::findPreset(chosen.preset);
    tellUnusedOptions(chosen.config, preset ? preset->config : training::TrainingConfig {}, err);
}

int startRun(const TrainArguments& arguments, const ChosenConfiguration& chosen,
             const Program& program)
{
    const auto process = training::launchedProcess();
    if (!process) {
        return report(program.console, process.error());
    }
    StopSignals signals; // before the recorder's thread
    if (!*process) { // otherwise the others would wait for this one
        if (const auto checked = checkStart(chosen.config, program); !checked) {
            return report(program.console, checked.error());
        }
    }
    if (isFollower(*process)) {
        return followRun(chosen.config, **process, signals, program);
    }
    const auto recorder
        = startRecorder(databasePath(arguments.store), program.console, signals.control());
    if (!recorder) {
        return report(program.console, recorder.error());
    }
    const auto stored = (*recorder)
                            ->submit([&](Database& opened) {
                                return storeRun(opened,
                                                {.name = chosen.name,
                                                 .preset = chosen.preset,
                                                 .configJson = training::toJson(chosen.config),
                                                 .parent = std::nullopt},
                                                !arguments.name.empty());
                            })
                            .get();
    if (!stored) {
        return report(program.console, stored.error());
    }
    PreparedRun prepared = prepareRun(*stored, chosen.config, arguments.store,
                                      arguments.json || !program.console.outIsTerminal);
    tellUnused(chosen, program.console.err);
    prepared.request.process = *process;
    return trainToEnd(prepared, **recorder, signals, program);
}

} // namespace

int run(const TrainArguments& arguments, const Program& program)
{
    const auto chosen = chooseConfiguration(arguments, program.console);
    if (!chosen) {
        return report(program.console, chosen.error());
    }
    if (arguments.dryRun) {
        tellUnused(*chosen, program.console.err);
        return dryRun(chosen->config, arguments.json, program);
    }
    return startRun(arguments, *chosen, program);
}

} // namespace mocoscope::headless
