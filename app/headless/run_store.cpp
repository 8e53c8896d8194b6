// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/run_store.h"

#include "app/headless/format.h"
#include "app/headless/nearest.h"
#include "training/api/parse_number.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace mocoscope::headless {

using storage::Database;
using storage::ErrorCode;
using storage::Result;
using storage::RunRecord;
using storage::RunRepository;

namespace {

/// `'demo' (run 3), 'demo-2' (run 4)`: the runs that the text could mean, else the newest ones.
std::string nearRuns(const std::vector<RunRecord>& runs, const std::string& text)
{
    std::vector<std::string> names;
    for (const RunRecord& run : runs) {
        names.push_back(run.name);
    }
    const std::vector<std::string> near = nearestWords(text, names, 3);
    std::string described;
    int count = 0;
    for (const RunRecord& run : runs) {
        const bool isNear = std::find(near.begin(), near.end(), run.name) != near.end();
        if ((isNear || near.empty()) && count < 3) {
            described += (count == 0 ? "'" : ", '") + printable(run.name) + "' (run "
                + std::to_string(run.id.value) + ")";
            ++count;
        }
    }
    return (near.empty() ? "the newest runs are " : "near: ") + described;
}

} // namespace

std::filesystem::path databasePath(const std::filesystem::path& store)
{
    return store.empty() ? storage::defaultDatabasePath() : store;
}

Result<Database> openHistory(const std::filesystem::path& store)
{
    const std::filesystem::path file = databasePath(store);
    std::error_code error;
    if (!std::filesystem::exists(file, error) && !error) {
        return training::failure(ErrorCode::NotFound,
                                 "there is no run history '" + file.string() + "'",
                                 "`mocoscope-train train` makes it; --store names another one");
    }
    Result<Database> writable = Database::open(file, Database::Access::ReadWrite);
    if (!writable) {
        Result<Database> readOnly = Database::open(file, Database::Access::ReadOnly);
        return readOnly ? std::move(readOnly) : std::move(writable); // which knows the reason
    }
    const auto recovered = RunRepository(*writable).recoverInterrupted();
    static_cast<void>(recovered); // a busy writer elsewhere: shown as running until the next time
    return writable;
}

Result<RunRecord> findRun(RunRepository& runs, const std::string& text)
{
    Result<RunRecord> found = runs.find(text);
    if (found || found.error().code != ErrorCode::NotFound) {
        return found;
    }
    const auto all = runs.list();
    if (all) {
        found.error().detail = all->empty() ? "the history has no runs yet" : nearRuns(*all, text);
    }
    return found;
}

Result<std::vector<RunRecord>> findRuns(Database& database, const std::vector<std::string>& texts)
{
    RunRepository repository(database);
    std::vector<RunRecord> runs;
    for (const std::string& text : texts) {
        auto run = findRun(repository, text);
        if (!run) {
            return tl::unexpected(run.error());
        }
        const bool isRepeated = std::any_of(
            runs.begin(), runs.end(), [&](const RunRecord& other) { return other.id == run->id; });
        if (!isRepeated) {
            runs.push_back(std::move(*run));
        }
    }
    return runs;
}

Result<training::CheckpointFile>
checkpointAtStep(const std::vector<training::CheckpointFile>& files, std::int64_t step)
{
    if (const auto found = storage::existingAtStep(files, step)) {
        return *found;
    }
    std::string steps;
    for (auto file = files.rbegin(); file != files.rend(); ++file) {
        std::error_code ignored;
        if (std::filesystem::exists(file->path, ignored)) {
            steps += (steps.empty() ? "" : ", ") + std::to_string(file->step);
        }
    }
    return training::failure(ErrorCode::NotFound,
                             "there is no checkpoint of step " + std::to_string(step),
                             steps.empty() ? "the run has none" : "the run has those of " + steps);
}

} // namespace mocoscope::headless
