// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace mocoscope::training {

/// Rows of length 1, fp32; a row of zeros stays one.
[[nodiscard]] torch::Tensor unitRows(const torch::Tensor& features);

/// The nearest others of each row.
struct Neighbours
{
    torch::Tensor images; ///< [N, K] int64, the nearest first; equally near ones in their order
    torch::Tensor cosines; ///< [N, K] fp32
};
/// By the cosine of features [N, W]; a row is not among its own neighbours. K is lowered to N - 1.
[[nodiscard]] Neighbours nearestNeighbours(const torch::Tensor& features, std::int64_t count);

/// Points in the plane in which a set of vectors varies most.
struct PlaneProjection
{
    torch::Tensor points; ///< [N, 2] fp64, their mean is the origin
    torch::Tensor directions; ///< [2, W] fp64, of length 1 and at right angles
    double share = 0; ///< of the variance that the plane has, 0 to 1; 0: there is no variance
};
/// The first two principal components of x [N, W], without scaling. The sign of a direction, which
/// PCA leaves open, is such that its largest element is positive. One dimension, or one vector,
/// leaves zeros in place of what there is not.
[[nodiscard]] PlaneProjection projectOntoPlane(const torch::Tensor& x);

/// `points` [N, 2], turned and mirrored about the origin so that the squared distances to
/// `reference` [N, 2] are as small as they can be; nothing is scaled. Orthogonal Procrustes.
[[nodiscard]] torch::Tensor alignedPoints(const torch::Tensor& points,
                                          const torch::Tensor& reference);

} // namespace mocoscope::training
