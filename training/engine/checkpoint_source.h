// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"
#include "training/api/training_config.h"
#include "training/interchange/weight_names.h"
#include "training/models/backbone.h"

#include <filesystem>
#include <memory>

namespace mocoscope::training {

/// A checkpoint as far as it is read by what does not train.
struct CheckpointSource
{
    TrainingConfig config;
    std::int64_t step = 0;
    SortedWeights weights;
};

/// Everything but the state of the optimizer.
[[nodiscard]] Result<CheckpointSource>
readCheckpointSource(const std::filesystem::path& checkpoint);

/// Moves the weights of one encoder out of it. The error says that the method has no such encoder.
[[nodiscard]] Result<SortedWeights::Named> takeEncoder(CheckpointSource& source, Encoder encoder);

/// A backbone with the weights of an encoder, which are moved out of `source`.
[[nodiscard]] Result<std::shared_ptr<Backbone>>
backboneOf(CheckpointSource& source, Encoder encoder, const torch::Device& device);

/// The words for what LibTorch throws, of a `work` ("the export"); called inside a catch block.
[[nodiscard]] tl::unexpected<Error> thrownError(const std::string& work);

} // namespace mocoscope::training
