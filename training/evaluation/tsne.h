// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <torch/torch.h>

#include <functional>
#include <stop_token>

namespace mocoscope::training {

// Exact t-SNE. Source: van der Maaten, Hinton 2008; the constants that the paper leaves open are
// those of scikit-learn. Everything is fp64 on the CPU, without random numbers.

struct TsneOptions
{
    double perplexity = 30; ///< how many neighbours of each row count, about
    std::int64_t iterations = 1000; ///< of the descent, at most; 250 of them exaggerate
};

/// Rows of length 2: where the others of a table lie.
struct TsneLayout
{
    torch::Tensor points; ///< [N, 2] fp64, their mean is the origin
    double divergence = 0; ///< Kullback-Leibler, of the layout's probabilities from the table's
    double perplexity = 0; ///< that was taken
};

/// Iterations that are done and their number.
using TsneProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// The perplexity that `rows` rows have: three times as many others are wanted. At least 1.
[[nodiscard]] double perplexityFor(std::int64_t rows, double wanted);

/// [N, N] fp64, between the rows of x [N, W], each by its differences: no rounding is left over.
[[nodiscard]] torch::Tensor squaredDistances(const torch::Tensor& x);

/// p_ij [N, N], symmetric with a sum of 1 and zeros on the diagonal: for each row a Gaussian whose
/// entropy is the logarithm of `perplexity`, which lies below N - 1.
[[nodiscard]] torch::Tensor jointProbabilities(const torch::Tensor& squaredDistances,
                                               double perplexity);

/// Σ p_ij log(p_ij / q_ij), where q_ij is by Student's t of the distances between `points` [N, 2].
[[nodiscard]] double tsneDivergence(const torch::Tensor& joint, const torch::Tensor& points);

/// [N, 2]: of that divergence by the points.
[[nodiscard]] torch::Tensor tsneGradient(const torch::Tensor& joint, const torch::Tensor& points);

/// `points` [N, 2] about their mean, so that their deviation along the direction in which they
/// vary most is 1e-4; zeros stay zeros.
[[nodiscard]] torch::Tensor tsneStart(const torch::Tensor& points);

/// Lays the rows of x [N, W] out, beginning from tsneStart() of `start` [N, 2], which PCA or
/// another layout gives. The same numbers each time on one machine. Costs N² a step: BadArgument
/// above 4,000 rows. Cancelled after a stop. Progress now and then. The descent takes one
/// thread: it leaves the other cores to a run that is on.
[[nodiscard]] Result<TsneLayout> layOutByTsne(const torch::Tensor& x, const torch::Tensor& start,
                                              const TsneOptions& options,
                                              const TsneProgress& progress,
                                              const std::stop_token& stop);

} // namespace mocoscope::training
