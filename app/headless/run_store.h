// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// Each of them once, in the order in which they were named first.
[[nodiscard]] storage::Result<std::vector<storage::RunRecord>>
findRuns(storage::Database& database, const std::vector<std::string>& texts);

/// `<database without .db>-runs/<uuid>`: what a run keeps outside the database. A uuid that is not
/// one (the file may come from anywhere) gives an empty path.
[[nodiscard]] std::filesystem::path runFolder(const std::filesystem::path& database,
                                              const std::string& uuid);
[[nodiscard]] std::filesystem::path checkpointFolder(const std::filesystem::path& database,
                                                     const std::string& uuid);

/// Its newest checkpoint that exists: as recorded, or one that was saved just before the process
/// was killed, so that its row is missing. Empty when there is none.
[[nodiscard]] std::filesystem::path
newestCheckpoint(const std::vector<storage::CheckpointRecord>& recorded,
                 const std::filesystem::path& folder);

/// Its checkpoint of one step; the error names the steps that there are.
[[nodiscard]] storage::Result<std::filesystem::path>
checkpointAtStep(const std::vector<storage::CheckpointRecord>& recorded,
                 const std::filesystem::path& folder, std::int64_t step);

} // namespace mocoscope::headless
