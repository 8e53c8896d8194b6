// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history_queries.h"

#include "storage/checkpoint_files.h"
#include "storage/curve_query.h"
#include "storage/run_repository.h"
#include "storage/run_rows.h"
#include "storage/sqlite_error.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace mocoscope::ui {

namespace fs = std::filesystem;
using storage::Database;
using storage::Result;
using storage::RunId;
using storage::RunRecord;
using storage::RunRepository;
using training::ErrorCode;

/// Deletes what is in the trash, with the folders of its runs. On the recorder thread, at the end.
void emptyTrash(Database& database)
{
    RunRepository runs(database);
    const auto trashed = runs.trash();
    if (!trashed || trashed->empty() || !runs.purgeTrash()) {
        return; // it stays in the trash until the next time
    }
    const auto left = runs.trash();
    const auto isLeft = [&](const RunRecord& run) { // it came back, or is on, in another process
        return !left || std::ranges::find(*left, run.id, &RunRecord::id) != left->end()
            || runs.find(run.id).has_value();
    };
    for (const RunRecord& run : *trashed) {
        if (isLeft(run)) {
            continue;
        }
        std::error_code ignored;
        if (const fs::path folder = storage::runFolder(database.file(), run.uuid);
            !folder.empty()) {
            fs::remove_all(folder, ignored);
        }
    }
}

bool isARunLeftOn(Database& database)
{
    try {
        return std::ranges::any_of(
            storage::ownersOfActiveRuns(database), [](const storage::RunOwner& owner) {
                return storage::livenessOf(owner.process) == storage::Liveness::Dead;
            });
    } catch (const storage::StorageFailure&) {
        return false; // what cannot be read is told by those who need it
    }
}

namespace {

Result<RunCurves> readRun(Database& database, RunId id, const std::vector<std::string>& metrics,
                          const std::stop_token& stop)
{
    auto run = RunRepository(database).find(id);
    if (!run) {
        return tl::unexpected(run.error());
    }
    storage::CurveQuery query(database);
    RunCurves all {std::move(*run), {}, {}, {}};
    auto times = query.stepTimes(id);
    auto summaries = query.summaries(id);
    if (!times || !summaries) {
        return tl::unexpected(!times ? times.error() : summaries.error());
    }
    all.times = std::move(*times);
    all.summaries = std::move(*summaries);
    for (const std::string& metric : metrics) {
        if (stop.stop_requested()) {
            return training::failure(ErrorCode::Cancelled, "The request was superseded");
        }
        auto curve = query.curve(id, metric);
        if (!curve) {
            return tl::unexpected(curve.error());
        }
        all.curves.push_back(std::move(*curve));
    }
    return all;
}

} // namespace

Result<std::vector<RunCurves>> readRunCurves(Database& database, const std::vector<RunId>& runs,
                                             const std::vector<std::string>& metrics,
                                             const std::stop_token& stop)
{
    std::vector<RunCurves> all;
    for (const RunId id : runs) {
        auto run = readRun(database, id, metrics, stop);
        if (!run) {
            return tl::unexpected(run.error());
        }
        all.push_back(std::move(*run));
    }
    return all;
}

Result<std::vector<ListedCheckpoint>> listCheckpoints(Database& database, RunId id)
{
    RunRepository runs(database);
    return runs.find(id).and_then([&](const RunRecord& run) {
        return runs.checkpoints(id).map(
            [&](const std::vector<storage::CheckpointRecord>& recorded) {
                std::vector<ListedCheckpoint> all;
                const fs::path folder = storage::checkpointFolder(database.file(), run.uuid);
                for (const auto& file : storage::checkpointFiles(recorded, folder)) {
                    std::error_code isGone;
                    const auto bytes = static_cast<std::int64_t>(fs::file_size(file.path, isGone));
                    if (isGone) {
                        continue;
                    }
                    const auto row
                        = std::ranges::find(recorded, file.step, &storage::CheckpointRecord::step);
                    all.push_back({file, bytes, std::nullopt, std::nullopt});
                    if (row != recorded.end()) {
                        all.back().savedAt = row->savedAt;
                        all.back().accuracy = row->accuracy;
                    }
                }
                return all;
            });
    });
}

Result<RunPictures> listPictures(Database& database, RunId id)
{
    return RunRepository(database).find(id).and_then([&](const RunRecord& run) {
        return storage::artifactsOf(database, id).and_then([&](const auto& artifacts) {
            return storage::pictureSteps(database, run).map([&](auto&& steps) {
                const fs::path own = storage::artifactFolder(database.file(), run.uuid);
                return RunPictures {std::move(steps), storage::artifactFolders(artifacts, own)};
            });
        });
    });
}

} // namespace mocoscope::ui
