// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/resumable_run.h"

#include "storage/run_repository.h"
#include "training/api/config_json.h"

#include <utility>

namespace mocoscope::ui {

namespace fs = std::filesystem;
using training::ErrorCode;
using training::failure;
using training::RunState;

std::string reasonNotToResume(const storage::RunRecord& run)
{
    switch (run.state) {
    case RunState::Finished:
        return "The run has reached its last step.";
    case RunState::Running:
    case RunState::Paused:
        return "The run is on.";
    case RunState::Created:
    case RunState::Stopped:
    case RunState::Failed:
    case RunState::Interrupted:
        break;
    }
    return {};
}

storage::Result<ResumableRun> loadResumableRun(storage::Database& database, storage::RunId id)
{
    storage::RunRepository runs(database);
    auto run = runs.find(id);
    if (!run) {
        return tl::unexpected(run.error());
    }
    if (const std::string reason = reasonNotToResume(*run); !reason.empty()) {
        return failure(ErrorCode::BadArgument, "\"" + run->name + "\" cannot be resumed", reason);
    }
    const auto config = training::fromJson(run->configJson);
    if (!config) {
        return failure(ErrorCode::Unreadable,
                       "The configuration of \"" + run->name + "\" cannot be used",
                       toText(config.error()));
    }
    auto checkpoints = storage::checkpointsOf(database, *run);
    if (!checkpoints) {
        return tl::unexpected(checkpoints.error());
    }
    return ResumableRun {std::move(*run), *config, std::move(*checkpoints)};
}

storage::Result<fs::path> newestCheckpoint(storage::Database& database,
                                           const storage::RunRecord& run)
{
    return storage::checkpointsOf(database, run).map([](const auto& files) {
        const auto newest = storage::newestExisting(files);
        return newest ? newest->path : fs::path();
    });
}

} // namespace mocoscope::ui
