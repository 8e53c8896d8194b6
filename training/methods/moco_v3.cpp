// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/moco_v3.h"

#include "training/methods/contrastive_loss.h"

namespace mocoscope::training {

namespace {

HeadShape projectorShape(const MethodConfig& config, std::int64_t width)
{
    return {width, config.projectorHidden, config.outputDim, config.projectorLayers, true};
}

HeadShape predictorShape(const MethodConfig& config)
{
    return {config.outputDim, config.predictorHidden, config.outputDim, config.predictorLayers,
            true};
}

torch::Generator generatorOf(const TrainingConfig& config)
{
    return at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(config.train.seed));
}

} // namespace

MocoV3::MocoV3(const TrainingConfig& config)
    : m_baseHead(nullptr)
    , m_momentumHead(nullptr)
    , m_predictor(nullptr)
    , m_temperature(config.method.temperature)
{
    const torch::Generator generator = generatorOf(config);
    m_base = register_module("base_encoder", makeBackbone(config.model, generator));
    const HeadShape projector = projectorShape(config.method, m_base->featureWidth());
    m_baseHead = m_base->register_module("head", Head(projector, generator));
    m_predictor = Head(predictorShape(config.method), generator);
    // The momentum encoder starts as a copy, so what it draws is thrown away.
    m_momentum = register_module("momentum_encoder", makeBackbone(config.model, generator));
    m_momentumHead = m_momentum->register_module("head", Head(projector, generator));
    register_module("predictor", m_predictor);

    const torch::NoGradGuard noGradient;
    m_baseParameters = m_base->parameters();
    m_momentumParameters = m_momentum->parameters();
    for (std::size_t i = 0; i < m_baseParameters.size(); ++i) {
        m_momentumParameters[i].set_requires_grad(false);
        m_momentumParameters[i].copy_(m_baseParameters[i]);
    }
}

void MocoV3::updateMomentumEncoder(double momentum)
{
    const torch::NoGradGuard noGradient;
    // θ_k + (1 − m)·(θ_q − θ_k), in one pass over the weights
    at::_foreach_lerp_(m_momentumParameters, m_baseParameters, 1 - momentum);
}

TwoViews MocoV3::queries(const TwoViews& features, Precision precision,
                         const LayerObserver& observe)
{
    // One view after the other: the statistics of BN are those of one view.
    const auto z1 = m_baseHead->forward(features.first, precision);
    const auto z2 = m_baseHead->forward(features.second, precision);
    const auto q1 = m_predictor->forward(z1, precision);
    const auto q2 = m_predictor->forward(z2, precision);
    if (observe) {
        observe("projector", torch::stack({z1, z2}));
        observe("predictor", torch::stack({q1, q2}));
    }
    return {q1, q2};
}

TwoViews MocoV3::keys(const TwoViews& features, Precision precision)
{
    const torch::NoGradGuard noGradient;
    const auto k1 = m_momentumHead->forward(features.first, precision);
    const auto k2 = m_momentumHead->forward(features.second, precision);
    return {k1, k2};
}

torch::Tensor MocoV3::loss(const TwoViews& query, const TwoViews& key, Precision precision,
                           const LayerObserver& observe)
{
    const TwoViews q = queries(query, precision, observe);
    const TwoViews k = keys(key, precision);
    return contrastiveLoss(q.first, k.second, m_temperature)
        + contrastiveLoss(q.second, k.first, m_temperature);
}

std::string MocoV3::layerOf(const std::string& parameter) const
{
    const std::string base = "base_encoder.";
    if (parameter.starts_with("predictor.")) {
        return "predictor";
    }
    if (!parameter.starts_with(base)) {
        return {};
    }
    const std::string name = parameter.substr(base.size());
    return name.starts_with("head.") ? "projector" : m_base->layerOf(name);
}

std::vector<std::string> MocoV3::layerNames()
{
    std::vector<std::string> names = m_base->layerNames();
    names.emplace_back("projector");
    names.emplace_back("predictor");
    return names;
}

} // namespace mocoscope::training
