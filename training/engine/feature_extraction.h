// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"
#include "training/data/dataset.h"
#include "training/models/backbone.h"

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace mocoscope::training {

struct LabelledFeatures
{
    torch::Tensor vectors; ///< [N, W] fp32, CPU
    torch::Tensor labels; ///< [N] int64; -1: unlabelled
};

struct FeatureOptions
{
    Precision precision = Precision::Fp32;
    torch::Device device = torch::kCPU; ///< where the backbone is
    std::int64_t limit = 0; ///< images at most, spread evenly over the data set; 0: all
};

/// Called before each batch with the number of images that are done. False: stop, the answer is
/// Cancelled then.
using FeatureProgress = std::function<bool(std::int64_t done)>;

/// Features of un-augmented images in the order of the data set; those that cannot be read are left
/// out. BN uses its running statistics and moves none. Sizes, batches and workers are those of
/// `config`. Thread: the backbone's.
[[nodiscard]] Result<LabelledFeatures>
extractFeatures(Backbone& backbone, const std::shared_ptr<const Dataset>& dataset,
                const TrainingConfig& config, const FeatureOptions& options,
                const FeatureProgress& progress);

/// Features of two random views of the same images, [N, W] fp32 each, CPU: at most `limit` images
/// and one batch of an evaluation. The images and their views are the same at each call, so that
/// what is measured on them can be compared over a run. Empty for an empty data set.
[[nodiscard]] Result<std::pair<torch::Tensor, torch::Tensor>>
extractViewFeatures(Backbone& backbone, const std::shared_ptr<const Dataset>& dataset,
                    const TrainingConfig& config, const FeatureOptions& options);

} // namespace mocoscope::training
