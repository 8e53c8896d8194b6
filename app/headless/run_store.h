// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/checkpoint_files.h"
#include "storage/database.h"
#include "storage/run_record.h"
#include "storage/run_repository.h"

#include <filesystem>
#include <string>
#include <vector>

namespace mocoscope::headless {

/// `store` unless it is empty.
[[nodiscard]] std::filesystem::path databasePath(const std::filesystem::path& store);

/// Opens an existing history to look at it. Runs whose process died are marked as interrupted
/// first where the file can be written; otherwise it is opened for reading. A missing file is an
/// error.
[[nodiscard]] storage::Result<storage::Database> openHistory(const std::filesystem::path& store);

/// As RunRepository::find(); when there is no such run the error names those that are near.
[[nodiscard]] storage::Result<storage::RunRecord> findRun(storage::RunRepository& runs,
                                                          const std::string& text);

using storage::checkpointFolder;
using storage::checkpointsOf;
using storage::runFolder;

/// Each of them once, in the order in which they were named first.
[[nodiscard]] storage::Result<std::vector<storage::RunRecord>>
findRuns(storage::Database& database, const std::vector<std::string>& texts);

/// The one of this step; the error names the steps that there are.
[[nodiscard]] storage::Result<training::CheckpointFile>
checkpointAtStep(const std::vector<training::CheckpointFile>& files, std::int64_t step);

} // namespace mocoscope::headless
