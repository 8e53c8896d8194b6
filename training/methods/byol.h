// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/methods/encoder_method.h"

namespace mocoscope::training {

/// BYOL: a prediction head guesses the momentum encoder's projection of the other view; nothing
/// pushes images apart. Source: Grill et al. 2020.
class Byol final : public EncoderMethod
{
public:
    explicit Byol(const TrainingConfig& config);

    [[nodiscard]] torch::Tensor loss(const TwoViews& query, const TwoViews& key,
                                     Precision precision, const LayerObserver& observe) override;
};

/// Mean over the rows of ‖p/‖p‖ − k/‖k‖‖² = 2 − 2·cos(p, k), a scalar from 0 to 4. p, k: [N, D].
[[nodiscard]] torch::Tensor regressionLoss(const torch::Tensor& p, const torch::Tensor& k);

} // namespace mocoscope::training
