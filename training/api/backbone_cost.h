// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <cstdint>

namespace mocoscope::training {

/// What a backbone takes, counted from its layers; the images are those of the configuration.
struct BackboneCost
{
    std::int64_t parameters = 0; ///< what can learn: fixed position embeddings are not counted
    std::int64_t stemParameters = 0; ///< of those, what model.freeze_patch_embed holds still
    double flops = 0; ///< multiply-adds of one image, forward
    /// What autograd keeps of one image in one view until its backward pass, with fused attention.
    double activationBytes = 0;
};

/// `elementBytes`: 4 for fp32, 2 for bf16. The configuration is valid.
[[nodiscard]] BackboneCost backboneCost(const ModelConfig& config, double elementBytes);

} // namespace mocoscope::training
