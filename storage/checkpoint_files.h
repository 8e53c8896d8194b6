// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"
#include "training/api/trainer.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace mocoscope::storage {

/// `<database without .db>-runs/<uuid>`: what a run keeps outside the database. Empty when that is
/// no uuid: the file may come from anywhere, and the folder of a run must not lead elsewhere.
[[nodiscard]] std::filesystem::path runFolder(const std::filesystem::path& database,
                                              const std::string& uuid);
/// In its folder; empty likewise.
[[nodiscard]] std::filesystem::path checkpointFolder(const std::filesystem::path& database,
                                                     const std::string& uuid);

/// The N of `step-N.safetensors`; a file gets this name when it is complete.
[[nodiscard]] std::optional<std::int64_t> checkpointStep(const std::filesystem::path& file);

/// All checkpoints of a run, the newest first: those that were recorded, whether they still exist
/// or not, and those of its folder that were saved just before the process was killed, so that
/// their rows are missing. A history that was moved together with its folders finds them there.
[[nodiscard]] std::vector<training::CheckpointFile>
checkpointFiles(const std::vector<CheckpointRecord>& recorded, const std::filesystem::path& folder);

/// Those of a run of this history.
[[nodiscard]] Result<std::vector<training::CheckpointFile>> checkpointsOf(Database& database,
                                                                          const RunRecord& run);

/// The newest of them that exists.
[[nodiscard]] std::optional<training::CheckpointFile>
newestExisting(const std::vector<training::CheckpointFile>& files);

/// The one of this step, if it exists.
[[nodiscard]] std::optional<training::CheckpointFile>
existingAtStep(const std::vector<training::CheckpointFile>& files, std::int64_t step);

} // namespace mocoscope::storage
