// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/checkpoint_files.h"
#include "storage/database.h"
#include "storage/run_record.h"
#include "training/api/training_config.h"

#include <filesystem>
#include <string>
#include <vector>

namespace mocoscope::ui {

/// A run that can go on, and from where.
struct ResumableRun
{
    storage::RunRecord run;
    training::TrainingConfig config;
    /// The newest first; empty: there is none, it starts from its first step.
    std::vector<training::CheckpointFile> checkpoints;
};

/// Empty when the run can be resumed as far as its record tells, else why not.
[[nodiscard]] std::string reasonNotToResume(const storage::RunRecord& run);

/// Reads the run and finds its checkpoints. On the connection's thread.
[[nodiscard]] storage::Result<ResumableRun> loadResumableRun(storage::Database& database,
                                                             storage::RunId id);

/// The newest one that exists; empty: the run has none. On the connection's thread.
[[nodiscard]] storage::Result<std::filesystem::path>
newestCheckpoint(storage::Database& database, const storage::RunRecord& run);

} // namespace mocoscope::ui
