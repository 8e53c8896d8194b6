// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/artifacts.h"

#include "storage/checkpoint_files.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <algorithm>
#include <map>
#include <system_error>

namespace mocoscope::storage {

namespace fs = std::filesystem;
using training::Artifact;

namespace {

constexpr const char* sqlInsertArtifact
    = "INSERT OR REPLACE INTO artifact (run_id, path, kind, step, sha256, bytes, created_at)"
      " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM run WHERE id = ?1)";

bool existsIn(const std::vector<fs::path>& folders, const fs::path& name)
{
    return std::ranges::any_of(folders, [&](const fs::path& folder) {
        std::error_code ignored;
        return fs::is_regular_file(folder / name, ignored);
    });
}

/// Epochs and accuracies at the steps of one run.
class StepFacts
{
public:
    StepFacts(Database& database, RunId run)
        : m_run(run)
        , m_epoch(database,
                  "SELECT epoch FROM step_time WHERE run_id = ?1 AND step <= ?2"
                  " ORDER BY step DESC LIMIT 1")
        , m_accuracy(database,
                     "SELECT value FROM metric_row WHERE run_id = ?1 AND step <= ?2 AND name_id ="
                     " (SELECT id FROM metric_name WHERE name = 'eval/knn_top1')"
                     " ORDER BY step DESC LIMIT 1")
    {
    }
    void addTo(PictureStep& step)
    {
        step.epoch = valueAt(m_epoch, step.checkpoint.step);
        step.accuracy = valueAt(m_accuracy, step.checkpoint.step);
    }

private:
    std::optional<double> valueAt(Statement& statement, std::int64_t step) const
    {
        statement.bind(m_run, step);
        const auto value = statement.step() ? statement.finiteReal(0) : std::nullopt;
        statement.reset();
        return value;
    }

    RunId m_run;
    Statement m_epoch;
    Statement m_accuracy;
};

} // namespace

fs::path artifactFolder(const fs::path& database, const std::string& uuid)
{
    const fs::path folder = runFolder(database, uuid);
    return folder.empty() ? folder : folder / "artifacts";
}

Result<void> recordArtifacts(Database& database, RunId run, const std::vector<Artifact>& artifacts,
                             const Clock& clock)
{
    return guarded([&] {
        Transaction transaction(database);
        Statement insert(database, sqlInsertArtifact);
        for (const Artifact& each : artifacts)
            insert.run(run, std::string_view(each.path.native()), each.kind, each.step, each.sha256,
                       each.bytes, clock());
        transaction.commit();
    });
}

Result<std::vector<Artifact>> artifactsOf(Database& database, RunId run)
{
    return guarded([&] {
        std::vector<Artifact> artifacts;
        Statement rows(database,
                       "SELECT kind, step, path, sha256, bytes FROM artifact WHERE run_id = ?1"
                       " ORDER BY step, kind, path");
        rows.bind(run);
        while (rows.step())
            artifacts.push_back(
                {rows.text(0), rows.integer(1), rows.text(2), rows.text(3), rows.integer(4)});
        return artifacts;
    });
}

std::vector<fs::path> artifactFolders(const std::vector<Artifact>& recorded,
                                      const fs::path& ownFolder)
{
    std::vector<fs::path> folders;
    if (!ownFolder.empty())
        folders.push_back(ownFolder);
    for (const Artifact& each : recorded)
        if (const fs::path folder = each.path.parent_path();
            !folder.empty() && std::ranges::find(folders, folder) == folders.end())
            folders.push_back(folder);
    return folders;
}

Result<std::vector<PictureStep>> pictureSteps(Database& database, const RunRecord& run)
{
    const auto files = checkpointsOf(database, run);
    const auto artifacts = files ? artifactsOf(database, run.id) : tl::unexpected(files.error());
    if (!artifacts)
        return tl::unexpected(artifacts.error());
    const auto folders = artifactFolders(*artifacts, artifactFolder(database.file(), run.uuid));
    std::map<std::int64_t, PictureStep> steps;
    for (const training::CheckpointFile& file : *files) {
        std::error_code ignored;
        if (fs::is_regular_file(file.path, ignored))
            steps.insert({file.step, {file, true, false, {}, {}}});
    }
    for (const Artifact& each : *artifacts)
        if (each.kind == "features" && existsIn(folders, each.path.filename())) {
            const training::CheckpointFile gone {{}, each.step, {}};
            steps.insert({each.step, {gone, false, false, {}, {}}});
            steps[each.step].hasPicture = true;
        }
    return guarded([&] {
        StepFacts facts(database, run.id);
        std::vector<PictureStep> all;
        for (auto& [step, each] : steps) {
            facts.addTo(each);
            all.push_back(std::move(each));
        }
        return all;
    });
}

} // namespace mocoscope::storage
