// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/feature_pictures.h"
#include "training/data/dataset.h"
#include "training/models/backbone.h"

#include <torch/torch.h>

#include <memory>
#include <optional>

namespace mocoscope::training {

/// What one forward pass over a sample of images gives.
struct SamplePass
{
    PictureSample sample;
    torch::Tensor features; ///< [N, W] fp32, CPU
    torch::Tensor attention; ///< [N, heads, T] fp32, CPU; undefined: not asked for
};

struct SamplePassOptions
{
    torch::Device device = torch::kCPU; ///< where the backbone is
    std::int64_t images = 0; ///< at most, spread evenly over the data set
    std::optional<std::int64_t> block; ///< whose attention; the network has it, and a class token
};

/// Un-augmented images in the order of the data set, in fp32; those that cannot be read are left
/// out. May throw what LibTorch throws. Thread: the backbone's.
[[nodiscard]] Result<SamplePass>
passOverSample(Backbone& backbone, const std::shared_ptr<const Dataset>& dataset,
               const TrainingConfig& config, const SamplePassOptions& options,
               const PictureProgress& progress, const std::stop_token& stop);

} // namespace mocoscope::training
