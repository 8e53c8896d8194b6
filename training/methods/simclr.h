// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/methods/encoder_method.h"

namespace mocoscope::training {

/// SimCLR: each view against the other view of its image and all other views of the batch. No
/// momentum encoder, no prediction head. Source: Chen, Kornblith, Norouzi, Hinton 2020.
class SimClr final : public EncoderMethod
{
public:
    explicit SimClr(const TrainingConfig& config);

    [[nodiscard]] torch::Tensor loss(const TwoViews& query, const TwoViews& key,
                                     Precision precision, const LayerObserver& observe) override;

private:
    double m_temperature;
};

/// NT-Xent of the projections of both views, [N, D] each, not normalised. Returns the mean
/// cross-entropy over the 2N views, each with 2M − 1 candidates, a scalar; M rows of either view
/// are there in all replicas, whose projections have gradients as well.
[[nodiscard]] torch::Tensor ntXentLoss(const torch::Tensor& z1, const torch::Tensor& z2,
                                       double temperature, Collectives* replicas = nullptr);

} // namespace mocoscope::training
