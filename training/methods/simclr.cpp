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
    return ntXentLoss(z.first, z.second, m_temperature);
}

Tensor ntXentLoss(const Tensor& z1, const Tensor& z2, double temperature)
{
    const std::int64_t images = z1.size(0);
    const Tensor z = unitRows(torch::cat({z1, z2})); // [2N, D]
    const Tensor isSelf
        = torch::eye(2 * images, torch::TensorOptions().dtype(torch::kBool).device(z.device()));
    const Tensor logits = (at::mm(z, z.t()) / temperature)
                              .masked_fill(isSelf, -std::numeric_limits<double>::infinity());
    // The other view of row i is row i + N, and the other way round.
    const Tensor labels
        = torch::arange(2 * images, torch::TensorOptions().dtype(torch::kInt64).device(z.device()))
              .roll(images);
    return torch::nn::functional::cross_entropy(logits, labels);
}

} // namespace mocoscope::training
