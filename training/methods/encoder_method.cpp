// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/encoder_method.h"

namespace mocoscope::training {

namespace {

constexpr std::string_view basePrefix = "base_encoder.";

torch::Generator generatorOf(const TrainingConfig& config)
{
    return at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(config.train.seed));
}

/// One view after the other: the statistics of BN are those of one view.
TwoViews applyTo(const TwoViews& views, Head& head, Precision precision)
{
    TwoViews outputs;
    if (views.first.defined()) {
        outputs.first = head->forward(views.first, precision);
    }
    if (views.second.defined()) {
        outputs.second = head->forward(views.second, precision);
    }
    return outputs;
}

} // namespace

EncoderMethod::EncoderMethod(const TrainingConfig& config)
    : m_generator(generatorOf(config))
    , m_base(register_module("base_encoder", makeBackbone(config.model, m_generator)))
    , m_shape(methodShape(config.method, m_base->featureWidth()))
{
    m_projector = m_base->register_module("head", Head(m_shape.projector, m_generator));
    if (m_shape.predictor.layers > 0) {
        m_predictor = Head(m_shape.predictor, m_generator);
    }
    if (m_shape.hasMomentumEncoder) {
        addMomentumEncoder(config.model);
    }
    if (m_predictor) { // after the encoders, as the authors' files have it
        register_module("predictor", m_predictor);
    }
}

void EncoderMethod::addMomentumEncoder(const ModelConfig& model)
{
    // It starts as a copy, so what it draws is thrown away.
    m_momentum = register_module("momentum_encoder", makeBackbone(model, m_generator));
    m_momentumProjector = m_momentum->register_module("head", Head(m_shape.projector, m_generator));
    const torch::NoGradGuard noGradient;
    m_baseParameters = m_base->parameters();
    m_momentumParameters = m_momentum->parameters();
    for (std::size_t i = 0; i < m_baseParameters.size(); ++i) {
        m_momentumParameters[i].set_requires_grad(false);
        m_momentumParameters[i].copy_(m_baseParameters[i]);
    }
}

UsedViews EncoderMethod::queryViews() const
{
    return {true, !m_shape.isOneDirection};
}

UsedViews EncoderMethod::keyViews() const
{
    return {!m_shape.isOneDirection, true};
}

void EncoderMethod::updateMomentumEncoder(double momentum)
{
    if (!m_momentum) {
        return;
    }
    const torch::NoGradGuard noGradient;
    // θ_k + (1 − m)·(θ_q − θ_k), in one pass over the weights
    at::_foreach_lerp_(m_momentumParameters, m_baseParameters, 1 - momentum);
}

TwoViews EncoderMethod::queries(const TwoViews& features, Precision precision,
                                const LayerObserver& observe)
{
    const TwoViews projected = applyTo(features, m_projector, precision);
    observeViews(observe, "projector", projected);
    if (!m_predictor) {
        return projected;
    }
    TwoViews predicted = applyTo(projected, m_predictor, precision);
    observeViews(observe, "predictor", predicted);
    return predicted;
}

TwoViews EncoderMethod::keys(const TwoViews& features, Precision precision)
{
    const torch::NoGradGuard noGradient;
    return applyTo(features, m_momentumProjector, precision);
}

std::string EncoderMethod::layerOf(const std::string& parameter) const
{
    if (parameter.starts_with("predictor.")) {
        return "predictor";
    }
    if (!parameter.starts_with(basePrefix)) {
        return {};
    }
    const std::string name = parameter.substr(basePrefix.size());
    return name.starts_with("head.") ? "projector" : m_base->layerOf(name);
}

std::vector<std::string> EncoderMethod::layerNames()
{
    std::vector<std::string> names = m_base->layerNames();
    names.emplace_back("projector");
    if (m_predictor) {
        names.emplace_back("predictor");
    }
    return names;
}

} // namespace mocoscope::training
