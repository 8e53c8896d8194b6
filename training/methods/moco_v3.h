// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/methods/encoder_method.h"

namespace mocoscope::training {

/// MoCo v3: symmetric InfoNCE between a predicted query and the key of a momentum encoder.
/// Source: Chen, Xie, He 2021, algorithm 1.
class MocoV3 final : public EncoderMethod
{
public:
    explicit MocoV3(const TrainingConfig& config);

    [[nodiscard]] torch::Tensor loss(const TwoViews& query, const TwoViews& key,
                                     Precision precision, const LayerObserver& observe) override;

private:
    double m_temperature;
};

} // namespace mocoscope::training
