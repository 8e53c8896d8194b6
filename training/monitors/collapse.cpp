// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/monitors/collapse.h"

#include <cmath>

namespace mocoscope::training {

CollapseSigns collapseSigns(const torch::Tensor& features)
{
    const torch::NoGradGuard noGradient;
    const torch::Tensor x = features.to(torch::kFloat32);
    const torch::Tensor unit
        = torch::nn::functional::normalize(x, torch::nn::functional::NormalizeFuncOptions().dim(1));
    CollapseSigns signs;
    if (!x.isfinite().all().item<bool>()) {
        // A gap in the curves; the decomposition would throw.
        signs.featureDeviation = signs.effectiveRank = std::nan("");
        return signs;
    }
    signs.featureDeviation
        = unit.std(0).mean().item<double>() * std::sqrt(static_cast<double>(x.size(1)));
    // Eigenvalues of the D × D scatter matrix are the squared singular values, at N·D² instead of
    // a decomposition of [N, D].
    const torch::Tensor centred = (x - x.mean(0)).to(torch::kFloat64);
    const torch::Tensor singular
        = std::get<0>(torch::linalg_eigh(centred.t().mm(centred))).clamp_min(0).sqrt();
    const double sum = singular.sum().item<double>();
    if (sum == 0) { // all features are the same
        signs.effectiveRank = 1;
        return signs;
    }
    const torch::Tensor shares = singular / sum;
    signs.effectiveRank = torch::exp(-torch::xlogy(shares, shares).sum()).item<double>();
    return signs;
}

} // namespace mocoscope::training
