// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/trainer.h"
#include "training/engine/checkpoint_retention.h"
#include "training/engine/loss_scale.h"
#include "training/optim/optimizer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace mocoscope::training {

/// Where a run stands, beside its tensors. Random numbers are keyed by seed, epoch and sample, so
/// the step is all that the loader needs.
struct TrainingPosition
{
    std::int64_t step = 0; ///< updates done
    std::int64_t wallMs = 0; ///< training time so far
    CheckpointScore score {};
    LossScale::State lossScale {};
    std::string device {}; ///< what trained so far, as people read it; empty: not known
    std::string spikes {}; ///< SpikeWatch::save(); empty: not known
};

/// Writes `step-000000123.safetensors` into `folder`: all that is trained (both encoders and heads,
/// or a classifier) with its buffers, optimizer state and position; when it is safely on the disk,
/// older checkpoints of the folder are deleted as `config` says.
[[nodiscard]] Result<CheckpointSaved> saveCheckpoint(const std::filesystem::path& folder,
                                                     torch::nn::Module& model,
                                                     const Optimizer& optimizer,
                                                     const TrainingConfig& config,
                                                     const TrainingPosition& position);

/// Restores what saveCheckpoint() wrote. A file whose sum is not the recorded one is refused as
/// Unreadable. Nothing is changed unless every tensor fits.
[[nodiscard]] Result<TrainingPosition>
loadCheckpoint(const CheckpointFile& file, torch::nn::Module& model, Optimizer& optimizer);

/// Restores the first checkpoint of the request that is whole, and tells an incident for each one
/// before it that is damaged or gone. Damaged ones in the run's own folder are set aside as
/// `….damaged`. An error when none can be used, or when one does not fit the model.
[[nodiscard]] Result<TrainingPosition> restoreCheckpoint(const RunRequest& request,
                                                         torch::nn::Module& model,
                                                         Optimizer& optimizer, EventSink& events);

} // namespace mocoscope::training
