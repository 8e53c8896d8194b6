// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"
#include "training/api/training_event.h"
#include "training/optim/optimizer.h"

#include <filesystem>
#include <string>

namespace mocoscope::training {

/// Where a run stands, beside its tensors. Random numbers are keyed by seed, epoch and sample, so
/// the step is all that the loader needs.
struct TrainingPosition
{
    std::int64_t step = 0; ///< updates done
    std::int64_t wallMs = 0; ///< training time so far
};

/// Writes `step-000000123.safetensors` into `folder`: all that is trained (both encoders and heads,
/// or a classifier) with its buffers, optimizer state and position; then deletes all but the newest
/// `keepLast` checkpoints of the folder.
[[nodiscard]] Result<CheckpointSaved>
saveCheckpoint(const std::filesystem::path& folder, std::int64_t keepLast, torch::nn::Module& model,
               const Optimizer& optimizer, const TrainingConfig& config,
               const TrainingPosition& position);

/// Restores what saveCheckpoint() wrote. Nothing is changed unless every tensor fits.
[[nodiscard]] Result<TrainingPosition>
loadCheckpoint(const std::filesystem::path& file, torch::nn::Module& model, Optimizer& optimizer);

} // namespace mocoscope::training
