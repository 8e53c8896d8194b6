// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/evaluation/feature_space.h"

#include <algorithm>
#include <limits>

namespace mocoscope::training {

using torch::Tensor;

Tensor unitRows(const Tensor& features)
{
    namespace F = torch::nn::functional;
    return F::normalize(features.to(torch::kFloat32), F::NormalizeFuncOptions().dim(1));
}

Neighbours nearestNeighbours(const Tensor& features, std::int64_t count)
{
    const torch::NoGradGuard noGradient;
    const Tensor unit = unitRows(features);
    Tensor cosines = unit.mm(unit.t());
    cosines.fill_diagonal_(-std::numeric_limits<float>::infinity());
    const std::int64_t most = std::max<std::int64_t>(0, std::min(count, unit.size(0) - 1));
    // Sorted rather than topk: equal ones, of a collapsed network, stay in the order of the images.
    auto [sorted, images] = cosines.sort(/*stable=*/true, 1, /*descending=*/true);
    return {images.slice(1, 0, most).contiguous(), sorted.slice(1, 0, most).contiguous()};
}

PlaneProjection projectOntoPlane(const Tensor& x)
{
    const torch::NoGradGuard noGradient;
    const Tensor wide = x.to(torch::kCPU, torch::kFloat64);
    const Tensor centred = wide - wide.mean(0, /*keepdim=*/true);
    // Of the W × W scatter matrix, as collapseSigns() does it; eigenvalues come in rising order.
    const auto [values, vectors] = torch::linalg_eigh(centred.t().mm(centred));
    const std::int64_t width = x.size(1);
    Tensor directions = torch::zeros({2, width}, torch::kFloat64);
    const std::int64_t found = std::min<std::int64_t>(2, width);
    for (std::int64_t i = 0; i < found; ++i) {
        const Tensor direction = vectors.select(1, width - 1 - i);
        const bool isFlipped = direction[direction.abs().argmax()].item<double>() < 0;
        directions[i].copy_(isFlipped ? -direction : direction);
    }
    const double all = values.clamp_min(0).sum().item<double>();
    const double plane = values.slice(0, width - found).clamp_min(0).sum().item<double>();
    return {centred.mm(directions.t()), directions, all > 0 ? plane / all : 0};
}

Tensor alignedPoints(const Tensor& points, const Tensor& reference)
{
    const torch::NoGradGuard noGradient;
    // The rotation R that makes |P·R - Q| smallest is U·Vᵀ of the decomposition of Pᵀ·Q.
    // Source: Schönemann 1966.
    const auto [u, scales, vt]
        = torch::linalg_svd(points.t().mm(reference.to(points.scalar_type())), false);
    return points.mm(u.mm(vt));
}

} // namespace mocoscope::training
