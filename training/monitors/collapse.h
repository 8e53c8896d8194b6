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
    /// Logarithm of the mean of exp(−2‖u − v‖²) over pairs of L2-normalised features of different
    /// images: 0 when all are in one place, near −4 when they are spread evenly. Source: Wang,
    /// Isola 2020.
    double uniformity = 0;
    /// Share of the dimensions whose deviation over images is below a hundredth of the root mean
    /// square over all dimensions; 0 … 1.
    double deadShare = 0;
};

/// features [N, D] of any float type and device, N > 1.
[[nodiscard]] CollapseSigns collapseSigns(const torch::Tensor& features);

/// Mean of ‖u − v‖² over the L2-normalised features of two views of the same images, [N, D] each:
/// 0 when views make no difference, 2 when they have nothing in common. Source: Wang, Isola 2020.
[[nodiscard]] double alignment(const torch::Tensor& view1, const torch::Tensor& view2);

} // namespace mocoscope::training
