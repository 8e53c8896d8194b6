// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

#include <filesystem>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// Copies the whole history to `target` as it is at one moment, also while runs are recorded, which
/// never wait for it. `target` has either what it had or all of the copy. An older backup, which
/// may be open elsewhere, is brought up to date; a history that has none of these runs is refused.
/// Checkpoints, which lie outside the database, are not copied.
[[nodiscard]] Result<void> backUp(Database& database, const std::filesystem::path& target);

/// What merge() has done.
struct MergedHistory
{
    int added = 0; ///< runs
    int known = 0; ///< runs that were here before, in the trash too
    std::vector<std::string> unfinished; ///< names of runs that wait or are on there: left out
};

/// Takes in the runs of another history, with curves, events, tags and sweeps, all or none. A run
/// that is known by its uuid stays as it is here. `other` is read from a copy: it may be of an
/// older version, in use, or on a disk that nobody may write to. Rows of checkpoints go on naming
/// the files where they lie.
[[nodiscard]] Result<MergedHistory> merge(Database& database, const std::filesystem::path& other);

} // namespace mocoscope::storage
