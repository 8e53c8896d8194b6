// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// Signs of collapsed features that need no loss and no labels.
struct CollapseSigns
{
    /// Mean over dimensions of the deviation of L2-normalised features, times √D: 1 for features
    /// spread evenly over the sphere, 0 when all images look the same. Source: Chen, He 2021
    /// (SimSiam).
    double featureDeviation = 0;
    /// exp of the entropy of the singular values' shares, of the centred features; from 1 to D.
    /// Source: Roy, Vetterli 2007.
    double effectiveRank = 0;
};

/// features [N, D] of any float type and device, N > 1.
[[nodiscard]] CollapseSigns collapseSigns(const torch::Tensor& features);

} // namespace mocoscope::training
