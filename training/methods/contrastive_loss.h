// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// InfoNCE of queries q and keys k, [N, D] each, any float type, not normalised; row i of q belongs
/// to row i of k. Returns 2τ · cross-entropy, a scalar. Source: MoCo v3, algorithm 1 (ctr).
[[nodiscard]] torch::Tensor contrastiveLoss(const torch::Tensor& q, const torch::Tensor& k,
                                            double temperature);

} // namespace mocoscope::training
