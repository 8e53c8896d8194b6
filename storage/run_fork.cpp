// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_fork.h"

#include "storage/checkpoint_files.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <algorithm>
#include <system_error>

namespace mocoscope::storage {

namespace fs = std::filesystem;

namespace {

/// Whole or not at all under its name.
void copyTo(const fs::path& from, const fs::path& to)
{
    const fs::path partial = to.string() + ".partial";
    std::error_code problem;
    fs::copy_file(from, partial, fs::copy_options::overwrite_existing, problem);
    if (!problem)
        fs::rename(partial, to, problem);
    if (problem) {
        std::error_code ignored;
        fs::remove(partial, ignored);
        fail(ErrorCode::Unwritable, "The checkpoint " + from.string() + " cannot be copied",
             to.string() + ": " + problem.message());
    }
}

void linkOrCopy(const fs::path& from, const fs::path& to)
{
    std::error_code problem;
    fs::create_directories(to.parent_path(), problem);
    if (problem)
        fail(ErrorCode::Unwritable, "The folder " + to.parent_path().string() + " cannot be made",
             problem.message());
    fs::create_hard_link(from, to, problem);
    if (problem)
        copyTo(from, to);
}

} // namespace

void adoptCheckpoint(Database& database, RunId run, const std::string& uuid, const NewRun& made,
                     UtcMilliseconds now)
{
    const training::CheckpointFile& from = *made.forkedFrom;
    const fs::path to = checkpointFolder(database.file(), uuid) / from.path.filename();
    linkOrCopy(from.path, to);
    std::error_code ignored;
    const auto bytes = static_cast<std::int64_t>(fs::file_size(to, ignored));
    Statement(database,
              "INSERT INTO checkpoint (run_id, path, step, sha256, bytes, saved_at)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .run(run, to.string(), from.step, from.sha256, bytes, now);
    const std::string parent = made.parent ? " of run " + std::to_string(made.parent->value) : "";
    Statement(database,
              "INSERT INTO event (run_id, step, at, kind, message)"
              " VALUES (?1, ?2, ?3, 'forked', ?4)")
        .run(run, from.step, now,
             "Goes on from step " + std::to_string(from.step) + parent
                 + ", with options of its own");
}

std::vector<Ancestor> ancestryOf(const RunRecord& run,
                                 const std::function<std::optional<RunRecord>(RunId)>& find)
{
    std::vector<Ancestor> ancestry;
    std::optional<RunRecord> younger = run;
    while (younger && younger->parent) {
        const RunId id = *younger->parent;
        const bool isLoop
            = id == run.id || std::ranges::find(ancestry, id, &Ancestor::id) != ancestry.end();
        if (isLoop) // in a file from elsewhere
            break;
        const auto parent = find(id);
        ancestry.push_back({id, parent ? parent->name : std::string(), younger->forkStep});
        younger = parent;
    }
    return ancestry;
}

} // namespace mocoscope::storage
