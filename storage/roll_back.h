// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"
#include "training/api/training_config.h"

#include <vector>

namespace mocoscope::storage {

/// A run that was just stored, and what it goes on from.
struct RolledBackRun
{
    RunRecord run;
    training::TrainingConfig config;
    std::vector<training::CheckpointFile> checkpoints;
};

/// Stores the fork by which `parent`, which trained with `config`, goes on from its checkpoint of
/// `step` after a roll-back. On the connection's thread. Errors: the checkpoint is gone, the
/// smaller learning rate is out of range, the history cannot be written.
[[nodiscard]] Result<RolledBackRun> forkRolledBack(Database& database, RunId parent,
                                                   const training::TrainingConfig& config,
                                                   std::int64_t step);

} // namespace mocoscope::storage
