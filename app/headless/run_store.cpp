// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/run_store.h"

#include "app/headless/format.h"
#include "app/headless/nearest.h"

#include <algorithm>
#include <cctype>
#include <system_error>

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

} // namespace

std::filesystem::path databasePath(const std::filesystem::path& store)
{
    return store.empty() ? storage::defaultDatabasePath() : store;
}

Result<Database> openHistory(const std::filesystem::path& store)
{
    const std::filesystem::path file = databasePath(store);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
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
    std::filesystem::path newest;
    std::int64_t newestStep = -1;
    for (const storage::CheckpointRecord& checkpoint : recorded) {
        std::error_code ignored;
        if (checkpoint.step > newestStep && std::filesystem::exists(checkpoint.path, ignored)) {
            newest = checkpoint.path;
            newestStep = checkpoint.step;
        }
    }
    static_cast<void>(folder);
    return newest;
}

} // namespace mocoscope::headless
