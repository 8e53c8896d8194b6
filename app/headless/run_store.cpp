// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/run_store.h"

#include "app/headless/format.h"
#include "app/headless/nearest.h"
#include "training/api/parse_number.h"

#include <algorithm>
#include <cctype>
#include <map>
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

bool isUuid(const std::string& text)
{
    return text.size() == 36 && std::all_of(text.begin(), text.end(), [](unsigned char letter) {
               return std::isxdigit(letter) != 0 || letter == '-';
           });
}

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

/// `step-000000123.safetensors` → 123. A file gets this name when it is complete.
std::optional<std::int64_t> stepOfFile(const std::filesystem::path& file)
{
    const std::string name = file.filename().string();
    constexpr std::string_view prefix = "step-";
    constexpr std::string_view suffix = ".safetensors";
    if (!name.starts_with(prefix) || !name.ends_with(suffix)) {
        return std::nullopt;
    }
    std::int64_t step = -1;
    std::string_view digits = name;
    digits.remove_prefix(prefix.size());
    digits.remove_suffix(suffix.size());
    return training::parseNumber(digits, step) ? std::optional(step) : std::nullopt;
}

/// By step; those that are recorded and those of the folder.
std::map<std::int64_t, std::filesystem::path>
existingCheckpoints(const std::vector<storage::CheckpointRecord>& recorded,
                    const std::filesystem::path& folder)
{
    std::map<std::int64_t, std::filesystem::path> all;
    std::error_code ignored;
    for (const storage::CheckpointRecord& checkpoint : recorded) {
        if (std::filesystem::exists(checkpoint.path, ignored)) {
            all[checkpoint.step] = checkpoint.path;
        }
    }
    for (const auto& file : std::filesystem::directory_iterator(folder, ignored)) {
        if (const auto step = stepOfFile(file.path())) {
            all[*step] = file.path();
        }
    }
    return all;
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
        return Database::open(file, Database::Access::ReadOnly);
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

std::filesystem::path runFolder(const std::filesystem::path& database, const std::string& uuid)
{
    if (!isUuid(uuid)) {
        return {};
    }
    const std::filesystem::path absolute = std::filesystem::absolute(database);
    const auto stem = absolute.extension() == ".db" ? absolute.stem() : absolute.filename();
    return absolute.parent_path() / (stem.string() + "-runs") / uuid;
}

std::filesystem::path checkpointFolder(const std::filesystem::path& database,
                                       const std::string& uuid)
{
    const std::filesystem::path folder = runFolder(database, uuid);
    return folder.empty() ? folder : folder / "checkpoints";
}

std::filesystem::path newestCheckpoint(const std::vector<storage::CheckpointRecord>& recorded,
                                       const std::filesystem::path& folder)
{
    const auto all = existingCheckpoints(recorded, folder);
    return all.empty() ? std::filesystem::path() : all.rbegin()->second;
}

Result<std::filesystem::path>
checkpointAtStep(const std::vector<storage::CheckpointRecord>& recorded,
                 const std::filesystem::path& folder, std::int64_t step)
{
    const auto all = existingCheckpoints(recorded, folder);
    const auto found = all.find(step);
    if (found != all.end()) {
        return found->second;
    }
    std::string steps;
    for (const auto& [known, file] : all) {
        steps += (steps.empty() ? "" : ", ") + std::to_string(known);
    }
    return training::failure(ErrorCode::NotFound,
                             "there is no checkpoint of step " + std::to_string(step),
                             steps.empty() ? "the run has none" : "the run has those of " + steps);
}

} // namespace mocoscope::headless
