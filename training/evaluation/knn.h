// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// Votes of the k nearest bank images for each class, [M, classes] fp32: a neighbour weighs
/// exp(cosine / τ). bank [N, D] and queries [M, D] need not be normalised; bankLabels [N] int64.
/// k is lowered to N where the bank is smaller. Works in chunks, so memory is bounded.
/// Source: Wu et al. 2018.
[[nodiscard]] torch::Tensor knnVotes(const torch::Tensor& bank, const torch::Tensor& bankLabels,
                                     const torch::Tensor& queries, std::int64_t classes,
                                     std::int64_t k, double temperature);

/// Shares from 0 to 1 of the queries whose label is first, or among the first five.
struct KnnAccuracy
{
    double top1 = 0;
    double top5 = 0;
};
[[nodiscard]] KnnAccuracy knnAccuracy(const torch::Tensor& votes, const torch::Tensor& labels);

} // namespace mocoscope::training
