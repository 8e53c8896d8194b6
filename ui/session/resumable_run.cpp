// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/resumable_run.h"

#include "storage/run_repository.h"
#include "training/api/config_json.h"
#include "training/api/parse_number.h"
#include "ui/session/history_queries.h"

#include <string_view>
#include <system_error>

namespace mocoscope::ui {

namespace fs = std::filesystem;
using training::ErrorCode;
using training::failure;
using training::RunState;

namespace {

struct Newest
{
    std::int64_t step = -1;
    fs::path file;

    void offer(std::int64_t otherStep, const fs::path& otherFile)
    {
        std::error_code ignored;
        if (otherStep > step && fs::is_regular_file(otherFile, ignored)) {
            step = otherStep;
            file = otherFile;
        }
    }
};

/// The N of `step-N.safetensors`; -1 for other names.
std::int64_t stepOf(const fs::path& file)
{
    constexpr std::string_view prefix = "step-";
    const std::string name = file.stem().string();
    std::int64_t step = -1;
    if (!name.starts_with(prefix)) {
        return -1;
    }
    return training::parseNumber(std::string_view(name).substr(prefix.size()), step) ? step : -1;
}

fs::path newestOf(const std::vector<storage::CheckpointRecord>& recorded, const fs::path& folder)
{
    Newest newest;
    for (const storage::CheckpointRecord& checkpoint : recorded) {
        newest.offer(checkpoint.step, checkpoint.path);
    }
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        newest.offer(stepOf(entry->path()), entry->path());
    }
    return newest.file;
}

} // namespace

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

storage::Result<ResumableRun> loadResumableRun(storage::Database& database, storage::RunId id,
                                               const fs::path& file)
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
    const auto checkpoint = newestCheckpoint(database, *run, file);
    if (!checkpoint) {
        return tl::unexpected(checkpoint.error());
    }
    return ResumableRun {std::move(*run), *config, *checkpoint};
}

storage::Result<fs::path> newestCheckpoint(storage::Database& database,
                                           const storage::RunRecord& run, const fs::path& file)
{
    const fs::path folder = runFolderIn(file, run.uuid) / "checkpoints";
    return storage::RunRepository(database).checkpoints(run.id).map(
        [&](const std::vector<storage::CheckpointRecord>& recorded) {
            return newestOf(recorded, folder);
        });
}

} // namespace mocoscope::ui
