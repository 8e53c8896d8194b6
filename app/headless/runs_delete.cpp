// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/run_store.h"
#include "storage/folder_size.h"

#include <string>
#include <system_error>

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::RunId;
using storage::RunRecord;
using storage::RunRepository;
using training::ErrorCode;
using training::failure;

namespace fs = std::filesystem;

struct DoomedRun
{
    RunRecord run;
    fs::path folder; ///< may not exist
    std::int64_t bytes = 0;
};

Result<std::vector<DoomedRun>> findDoomed(Database& database, const std::vector<std::string>& texts)
{
    return findRuns(database, texts).map([&](const std::vector<RunRecord>& runs) {
        std::vector<DoomedRun> doomed;
        for (const RunRecord& run : runs) {
            const fs::path folder = runFolder(database.file(), run.uuid);
            doomed.push_back({run, folder, folder.empty() ? 0 : storage::folderBytes(folder)});
        }
        return doomed;
    });
}

std::string described(const std::vector<DoomedRun>& doomed)
{
    std::string text;
    std::int64_t bytes = 0;
    for (const DoomedRun& each : doomed) {
        text += "  run " + std::to_string(each.run.id.value) + " '" + printable(each.run.name)
            + "', " + std::to_string(each.run.stepsDone) + " steps, " + formatBytes(each.bytes)
            + " of files\n";
        bytes += each.bytes;
    }
    return text + "this frees " + formatBytes(bytes) + " of files\n";
}

/// True when the user agrees. Without a terminal there is nobody to ask.
Result<bool> isConfirmed(const std::vector<DoomedRun>& doomed, const Console& console)
{
    if (!console.inIsTerminal) {
        return failure(ErrorCode::BadArgument, "deleting has to be confirmed",
                       "pass --yes where nobody can answer");
    }
    console.err << "delete for good?\n" << described(doomed) << "[y/N] " << std::flush;
    std::string answer;
    std::getline(console.in, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

bool isInside(const fs::path& file, const fs::path& folder)
{
    const fs::path relative = file.lexically_normal().lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

/// Rows first, files afterwards: a crash in between leaves files without a run, never a run that
/// points to nothing. Files elsewhere, which a history from another place may name, are left.
Result<void> deleteRuns(Database& database, const std::vector<DoomedRun>& doomed)
{
    RunRepository runs(database);
    std::vector<RunId> ids;
    for (const DoomedRun& each : doomed) {
        ids.push_back(each.run.id);
    }
    const auto purged = runs.moveToTrash(ids).and_then([&] { return runs.purgeTrash(); });
    if (!purged) {
        return tl::unexpected(purged.error());
    }
    std::error_code error;
    const fs::path folders = runFolder(database.file(), doomed[0].run.uuid).parent_path();
    for (const std::string& path : *purged) {
        if (!folders.empty() && isInside(path, folders)) {
            std::error_code ignored;
            fs::remove(path, ignored); // no folder: that may be of other runs
        }
    }
    for (const DoomedRun& each : doomed) {
        if (!each.folder.empty() && fs::remove_all(each.folder, error), error) {
            return failure(ErrorCode::Unwritable,
                           "the run is deleted, its folder '" + each.folder.string() + "' is not",
                           error.message());
        }
    }
    return {};
}

} // namespace

int run(const DeleteArguments& arguments, const Program& program)
{
    const Console& console = program.console;
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(console, database.error());
    }
    const auto doomed = findDoomed(*database, arguments.runs);
    if (!doomed) {
        return report(console, doomed.error());
    }
    const auto confirmed = arguments.yes ? Result<bool>(true) : isConfirmed(*doomed, console);
    if (!confirmed) {
        return report(console, confirmed.error());
    }
    if (!*confirmed) {
        console.err << "nothing was deleted\n" << std::flush;
        return Done;
    }
    const auto deleted = deleteRuns(*database, *doomed);
    if (!deleted) {
        return report(console, deleted.error());
    }
    console.out << "deleted:\n" << described(*doomed) << std::flush;
    return Done;
}

} // namespace mocoscope::headless
