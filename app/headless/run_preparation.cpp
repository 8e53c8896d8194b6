// SPDX-License-Identifier: GPL-3.0-or-later
// What has to stand before a run can start: the recorder, the folder, the request.
#include "app/headless/format.h"
#include "app/headless/run_store.h"
#include "app/headless/training_run.h"
#include "storage/run_repository.h"

#include <algorithm>
#include <utility>

namespace mocoscope::headless {

using storage::RunRecord;

namespace {

bool isTaken(const std::vector<RunRecord>& runs, const std::string& name)
{
    return std::any_of(runs.begin(), runs.end(),
                       [&](const RunRecord& run) { return run.name == name; });
}

std::string freeName(const std::vector<RunRecord>& runs, const std::string& name)
{
    std::string free = name;
    for (int number = 2; isTaken(runs, free); ++number) {
        free = name + "-" + std::to_string(number);
    }
    return free;
}

} // namespace

storage::Result<RunRecord> storeRun(storage::Database& database, storage::NewRun run,
                                    bool isNameGiven)
{
    storage::RunRepository runs(database);
    return runs.list().and_then([&](const std::vector<RunRecord>& known) {
        run.name = isNameGiven ? run.name : freeName(known, run.name);
        return runs.create(run);
    });
}

storage::Result<std::unique_ptr<storage::MetricRecorder>>
startRecorder(const std::filesystem::path& database, const Console& console,
              training::RunControl& control)
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
    storage::MetricRecorder::Options options;
    options.onBlocked = [&control](const training::Error& error) {
        control.hold(toText(error) + " The run goes on by itself when that is mended.");
    };
    options.onUnblocked = [&control] { control.release(); };
    auto recorder = storage::MetricRecorder::start(database, std::move(options),
                                                   std::move(tellOnce), [](storage::RunId) {});
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

storage::Result<std::unique_ptr<storage::MetricRecorder>>
startRecorderOfExisting(const std::filesystem::path& store, const Console& console,
                        training::RunControl& control)
{
    const std::filesystem::path database = databasePath(store);
    std::error_code error;
    if (!std::filesystem::exists(database, error) && !error) {
        return tl::unexpected(openHistory(store).error());
    }
    return startRecorder(database, console, control);
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
                        .nonFinite = training::NonFinitePolicy::Fail,
                        .mayRollBack = true};
    prepared.arguments = " " + std::to_string(run.id.value)
        + (store.empty() ? "" : " --store " + shellWord(store.string()));
    prepared.store = store;
    prepared.json = json;
    return prepared;
}

} // namespace mocoscope::headless
