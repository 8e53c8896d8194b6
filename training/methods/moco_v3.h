// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/methods/method.h"
#include "training/models/heads.h"

namespace mocoscope::training {

/// MoCo v3: symmetric InfoNCE between a predicted query and the key of a momentum encoder.
/// Parameter names are the authors': base_encoder., momentum_encoder., predictor.
/// Source: Chen, Xie, He 2021, algorithm 1.
class MocoV3 final : public Method
{
public:
    explicit MocoV3(const TrainingConfig& config);

    [[nodiscard]] Backbone& backbone() override { return *m_base; }
    [[nodiscard]] Backbone* momentumBackbone() override { return m_momentum.get(); }
    void updateMomentumEncoder(double momentum) override;
    [[nodiscard]] torch::Tensor loss(const TwoViews& query, const TwoViews& key,
                                     Precision precision, const LayerObserver& observe) override;
    [[nodiscard]] std::string layerOf(const std::string& parameter) const override;
    [[nodiscard]] std::vector<std::string> layerNames() override;

    /// Predicted queries of features, in the order in which the BN buffers move.
    [[nodiscard]] TwoViews queries(const TwoViews& features, Precision precision,
                                   const LayerObserver& observe = {});
    /// Keys of the momentum encoder's features.
    [[nodiscard]] TwoViews keys(const TwoViews& features, Precision precision);

private:
    std::shared_ptr<Backbone> m_base;
    std::shared_ptr<Backbone> m_momentum;
    Head m_baseHead;
    Head m_momentumHead;
    Head m_predictor;
    double m_temperature;
    /// Parameters of the momentum encoder and of the base encoder, pairwise.
    std::vector<torch::Tensor> m_momentumParameters;
    std::vector<torch::Tensor> m_baseParameters;
};

} // namespace mocoscope::training
