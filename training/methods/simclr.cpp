// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/simclr.h"

#include "training/methods/unit_rows.h"

#include <limits>

namespace mocoscope::training {

using torch::Tensor;

SimClr::SimClr(const TrainingConfig& config)
    : EncoderMethod(config)
    , m_temperature(config.method.temperature)
{
}

Tensor SimClr::loss(const TwoViews& query, const TwoViews& /*key*/, Precision precision,
                    const LayerObserver& observe)
{
    const TwoViews z = queries(query, precision, observe);
    return ntXentLoss(z.first, z.second, m_temperature, replicas());
}

Tensor ntXentLoss(const Tensor& z1, const Tensor& z2, double temperature, Collectives* replicas)
{
    const Tensor z = unitRows(torch::cat({z1, z2})); // [2N, D]
    Tensor candidates = z; // [2M, D], the first views of all replicas before the second
    if (replicas != nullptr) {
        const auto views = z.chunk(2);
        candidates = torch::cat({gatherRowsWithGradient(views[0], replicas),
                                 gatherRowsWithGradient(views[1], replicas)});
    }
    const auto indices = torch::TensorOptions().dtype(torch::kInt64).device(z.device());
    const std::int64_t images = candidates.size(0) / 2; // M
    const Tensor own
        = torch::arange(z1.size(0), indices) + rankOf(replicas) * z1.size(0); // of view 1
    const Tensor self = torch::cat({own, own + images}).unsqueeze(1); // [2N, 1]
    const Tensor isSelf = self == torch::arange(2 * images, indices);
    const Tensor logits = (at::mm(z, candidates.t()) / temperature)
                              .masked_fill(isSelf, -std::numeric_limits<double>::infinity());
    // The other view of the same image.
    return torch::nn::functional::cross_entropy(logits, torch::cat({own + images, own}));
}

} // namespace mocoscope::training
