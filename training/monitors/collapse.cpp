// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/monitors/collapse.h"

#include <cmath>

namespace mocoscope::training {

using torch::Tensor;

namespace {

Tensor unitRows(const Tensor& features)
{
    return torch::nn::functional::normalize(features.to(torch::kFloat32),
                                            torch::nn::functional::NormalizeFuncOptions().dim(1));
}

/// Of at most 2,048 rows, spread evenly: pairs grow with the square.
double uniformityOf(const Tensor& unit)
{
    constexpr std::int64_t most = 2048;
    const std::int64_t rows = unit.size(0);
    const Tensor some = rows <= most
        ? unit
        : unit.index_select(0, torch::arange(most).mul(rows).div(most, "floor").to(unit.device()));
    const Tensor distances = torch::pdist(some.to(torch::kFloat64));
    return torch::exp(-2 * distances.square()).mean().log().item<double>();
}

double deadShareOf(const Tensor& features)
{
    constexpr double negligible = 0.01;
    const Tensor deviations = features.to(torch::kFloat64).std(0);
    const double usual = deviations.square().mean().sqrt().item<double>();
    return deviations.le(negligible * usual).to(torch::kFloat64).mean().item<double>();
}

} // namespace

CollapseSigns collapseSigns(const Tensor& features)
{
    const torch::NoGradGuard noGradient;
    const Tensor x = features.to(torch::kFloat32);
    CollapseSigns signs;
    if (!x.isfinite().all().item<bool>()) {
        // A gap in the curves; the decomposition would throw.
        signs.featureDeviation = signs.effectiveRank = std::nan("");
        signs.uniformity = signs.deadShare = std::nan("");
        return signs;
    }
    const Tensor unit = unitRows(x);
    signs.featureDeviation
        = unit.std(0).mean().item<double>() * std::sqrt(static_cast<double>(x.size(1)));
    signs.uniformity = uniformityOf(unit);
    signs.deadShare = deadShareOf(x);
    // Eigenvalues of the D × D scatter matrix are the squared singular values, at N·D² instead of
    // a decomposition of [N, D].
    const Tensor centred = (x - x.mean(0)).to(torch::kFloat64);
    const Tensor singular
        = std::get<0>(torch::linalg_eigh(centred.t().mm(centred))).clamp_min(0).sqrt();
    const double sum = singular.sum().item<double>();
    if (sum == 0) { // all features are the same
        signs.effectiveRank = 1;
        return signs;
    }
    const Tensor shares = singular / sum;
    signs.effectiveRank = torch::exp(-torch::xlogy(shares, shares).sum()).item<double>();
    return signs;
}

double alignment(const Tensor& view1, const Tensor& view2)
{
    const torch::NoGradGuard noGradient;
    return (unitRows(view1) - unitRows(view2)).square().sum(1).mean().item<double>();
}

} // namespace mocoscope::training
