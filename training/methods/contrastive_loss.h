// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// InfoNCE of queries q [N, D] and keys k [M, D], any float type, not normalised; row i of q
/// belongs to row i + firstKey of k. Returns 2τ · cross-entropy, a scalar. Source: MoCo v3,
/// algorithm 1 (ctr).
[[nodiscard]] torch::Tensor contrastiveLoss(const torch::Tensor& q, const torch::Tensor& k,
                                            double temperature, std::int64_t firstKey = 0);

} // namespace mocoscope::training
