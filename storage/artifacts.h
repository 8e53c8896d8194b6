// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/clock.h"
#include "storage/database.h"
#include "storage/run_record.h"
#include "training/api/feature_pictures.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace mocoscope::storage {

/// `<database without .db>-runs/<uuid>/artifacts`; empty as runFolder() is.
[[nodiscard]] std::filesystem::path artifactFolder(const std::filesystem::path& database,
                                                   const std::string& uuid);

/// Takes the place of what was recorded of the same file. Nothing happens when the run is gone.
[[nodiscard]] Result<void> recordArtifacts(Database& database, RunId run,
                                           const std::vector<training::Artifact>& artifacts,
                                           const Clock& clock = systemTime);

/// By step, then kind.
[[nodiscard]] Result<std::vector<training::Artifact>> artifactsOf(Database& database, RunId run);

/// Where artifacts of a run may be: its own folder, which need not exist, then those in which
/// others were recorded: a history that was merged into this one left them there.
[[nodiscard]] std::vector<std::filesystem::path>
artifactFolders(const std::vector<training::Artifact>& recorded,
                const std::filesystem::path& ownFolder);

/// A step of a run whose features can be looked at.
struct PictureStep
{
    training::CheckpointFile checkpoint;
    bool hasCheckpoint = false; ///< it exists; otherwise only what was made of it does
    bool hasPicture = false; ///< was computed already
    std::optional<double> epoch;
    std::optional<double> accuracy; ///< kNN top-1 as measured last before, %
};

/// The oldest first: checkpoints that exist, and those of which pictures are left.
[[nodiscard]] Result<std::vector<PictureStep>> pictureSteps(Database& database,
                                                            const RunRecord& run);

} // namespace mocoscope::storage
