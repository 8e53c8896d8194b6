// SPDX-License-Identifier: GPL-3.0-or-later
// What has to stand before a run can start: the recorder, the folder, the request.
#include "app/headless/format.h"
#include "app/headless/run_store.h"
#include "app/headless/training_run.h"
#include "storage/run_repository.h"

#include <utility>

namespace mocoscope::headless {

storage::Result<std::unique_ptr<storage::MetricRecorder>>
startRecorder(const std::filesystem::path& database, const Console& console)
{
    // Called every second while writing fails; a person needs to hear each reason once.
    auto tellOnce = [&err = console.err, told = std::string()](const training::Error& error,
                                                               std::size_t waiting) mutable {
        const std::string text = toText(error);
        if (text != std::exchange(told, text)) {
            err << "mocoscope-train: " + text + " (" + std::to_string(waiting)
                    + " values wait in memory; writing is tried again)\n"
                << std::flush;
        }
    };
    auto recorder
        = storage::MetricRecorder::start(database, {}, std::move(tellOnce), [](storage::RunId) {});
    if (!recorder) {
        return recorder;
    }
    const auto recovered = (*recorder)
                               ->submit([](storage::Database& opened) {
                                   return storage::RunRepository(opened).recoverInterrupted();
                               })
                               .get();
    if (!recovered) {
        return tl::unexpected(recovered.error());
    }
    return recorder;
}

PreparedRun prepareRun(const storage::RunRecord& run, const training::TrainingConfig& config,
                       const std::filesystem::path& store, bool json)
{
    const std::filesystem::path database = databasePath(store);
    PreparedRun prepared;
    prepared.heading = {.id = run.id,
                        .uuid = run.uuid,
                        .name = run.name,
                        .store = std::filesystem::absolute(database),
                        .checkpoints = checkpointFolder(database, run.uuid)};
    prepared.request = {.config = config,
                        .checkpointFolder = prepared.heading.checkpoints,
                        .resumeFrom = {},
                        .nonFinite = training::NonFinitePolicy::Fail};
    prepared.arguments = " " + std::to_string(run.id.value)
        + (store.empty() ? "" : " --store " + shellWord(store.string()));
    prepared.json = json;
    return prepared;
}

} // namespace mocoscope::headless
