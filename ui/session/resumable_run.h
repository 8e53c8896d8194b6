// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    std::filesystem::path checkpoint; ///< empty: there is none, it starts from its first step
};

/// Empty when the run can be resumed as far as its record tells, else why not.
[[nodiscard]] std::string reasonNotToResume(const storage::RunRecord& run);

/// Reads the run and looks for its newest checkpoint that exists: one that was recorded, or one in
/// its folder beside `file` that was saved just before the process died. On the connection's
/// thread.
[[nodiscard]] storage::Result<ResumableRun>
loadResumableRun(storage::Database& database, storage::RunId id, const std::filesystem::path& file);

/// The newest checkpoint of a run that exists, found as above; empty: it has none. On the
/// connection's thread.
[[nodiscard]] storage::Result<std::filesystem::path>
newestCheckpoint(storage::Database& database, const storage::RunRecord& run,
                 const std::filesystem::path& file);

} // namespace mocoscope::ui
