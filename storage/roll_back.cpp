// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/roll_back.h"

#include "storage/checkpoint_files.h"
#include "storage/run_repository.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/fork.h"

namespace mocoscope::storage {

namespace {

using training::CheckpointFile;
using training::TrainingConfig;

Result<CheckpointFile> checkpointAt(Database& database, const RunRecord& run, std::int64_t step)
{
    return checkpointsOf(database, run).and_then([&](const auto& files) -> Result<CheckpointFile> {
        if (const auto file = existingAtStep(files, step)) {
            return *file;
        }
        return training::failure(ErrorCode::NotFound, "\"" + run.name + "\" cannot be rolled back",
                                 "Its checkpoint of step " + std::to_string(step) + " is gone.");
    });
}

Result<TrainingConfig> nextConfig(const RunRecord& run, const TrainingConfig& config)
{
    TrainingConfig next = training::rolledBack(config);
    const auto violations = training::validate(next);
    if (violations.empty()) {
        return next;
    }
    const training::Violation& first = violations.front();
    return training::failure(ErrorCode::BadConfiguration,
                             "\"" + run.name + "\" cannot be rolled back",
                             first.key + " = " + first.value + ": " + first.reason);
}

} // namespace

Result<RolledBackRun> forkRolledBack(Database& database, RunId parent, const TrainingConfig& config,
                                     std::int64_t step)
{
    RunRepository runs(database);
    return runs.find(parent).and_then([&](const RunRecord& run) {
        return nextConfig(run, config).and_then([&](const TrainingConfig& next) {
            return checkpointAt(database, run, step)
                .and_then([&](const CheckpointFile& file) {
                    return runs.create({.name = training::rolledBackName(run.name),
                                        .preset = run.preset,
                                        .configJson = training::toJson(next),
                                        .parent = parent,
                                        .forkedFrom = file});
                })
                .and_then([&](const RunRecord& made) {
                    return checkpointsOf(database, made).map([&](const auto& files) {
                        return RolledBackRun {made, next, files};
                    });
                });
        });
    });
}

} // namespace mocoscope::storage
