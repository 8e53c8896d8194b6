// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/method_shape.h"
#include "training/methods/method.h"
#include "training/models/heads.h"

namespace mocoscope::training {

/// All of a framework but its loss: a backbone with projection head (`base_encoder.`), and where
/// methodShape() says so a prediction head (`predictor.`) and a momentum encoder
/// (`momentum_encoder.`), which starts as a copy and has no gradient. The names are those of MoCo
/// v3's authors for all frameworks, so that a backbone is loaded and exported in one way.
class EncoderMethod : public Method
{
public:
    [[nodiscard]] Backbone& backbone() final { return *m_base; }
    [[nodiscard]] Backbone* momentumBackbone() final { return m_momentum.get(); }
    [[nodiscard]] UsedViews queryViews() const final;
    [[nodiscard]] UsedViews keyViews() const final;
    void updateMomentumEncoder(double momentum) final;
    /// Of the backbone, projector and, where there is one, predictor.
    [[nodiscard]] std::string layerOf(const std::string& parameter) const override;
    [[nodiscard]] std::vector<std::string> layerNames() override;

    /// Projections of the features that are there, predicted where there is a prediction head; in
    /// the order in which the BN buffers move.
    [[nodiscard]] TwoViews queries(const TwoViews& features, Precision precision,
                                   const LayerObserver& observe = {});
    /// Projections of the momentum encoder's features, without gradient.
    [[nodiscard]] TwoViews keys(const TwoViews& features, Precision precision);

protected:
    /// Draws the weights of all parts from the seed.
    explicit EncoderMethod(const TrainingConfig& config);

    [[nodiscard]] const MethodShape& shape() const { return m_shape; }
    /// Goes on where the weights of the encoders were drawn.
    [[nodiscard]] const torch::Generator& generator() const { return m_generator; }

private:
    void addMomentumEncoder(const ModelConfig& model);

    torch::Generator m_generator;
    std::shared_ptr<Backbone> m_base;
    MethodShape m_shape;
    Head m_projector {nullptr};
    Head m_predictor {nullptr}; ///< null: none
    std::shared_ptr<Backbone> m_momentum; ///< null: none
    Head m_momentumProjector {nullptr};
    /// Parameters of the momentum encoder and of the base encoder, pairwise.
    std::vector<torch::Tensor> m_momentumParameters;
    std::vector<torch::Tensor> m_baseParameters;
};

} // namespace mocoscope::training
