// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/evaluation/classifier.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace mocoscope::training {

using torch::Tensor;

namespace {

constexpr const char* backbonePrefix = "base_encoder.";

OptimizerConfig adamWConfig(double weightDecay)
{
    OptimizerConfig config;
    config.name = "adamw";
    config.weightDecay = weightDecay;
    config.decayExclusions = "vectors_and_tokens";
    return config;
}

class LayerwiseAdamW final : public Optimizer
{
public:
    LayerwiseAdamW(const NamedTensors& parameters, const std::vector<double>& rateShares,
                   double weightDecay)
        : Optimizer(parameters, adamWConfig(weightDecay))
        , m_mean(addState("exp_avg"))
        , m_square(addState("exp_avg_sq"))
    {
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            if (parameters[i].second.requires_grad()) {
                m_rateShares.push_back(rateShares[i]);
            }
        }
    }

private:
    void update(const Slice& slice, double learningRate) override
    {
        std::map<std::pair<double, double>, Slice> groups; // by share and decay
        for (std::size_t i = 0; i < slice.parameters.size(); ++i) {
            const std::size_t index = slice.indices[i];
            Slice& group = groups[{m_rateShares[index], weightDecay(index)}];
            group.parameters.push_back(slice.parameters[i]);
            group.gradients.push_back(slice.gradients[i]);
            group.indices.push_back(index);
        }
        for (const auto& [group, own] : groups) {
            updateGroup(own, group.first * learningRate, group.second);
        }
    }

    void updateGroup(const Slice& slice, double learningRate, double decay)
    {
        const auto count = torch::full({}, static_cast<double>(updates()),
                                       torch::TensorOptions()
                                           .dtype(torch::kFloat32)
                                           .device(slice.parameters.front().device()));
        const std::vector<Tensor> counts(slice.parameters.size(), count);
        auto means = pick(m_mean, slice.indices);
        auto squares = pick(m_square, slice.indices);
        at::_fused_adamw_(slice.parameters, slice.gradients, means, squares, {}, counts,
                          learningRate, config().beta1, config().beta2, decay, config().epsilon,
                          /*amsgrad=*/false, /*maximize=*/false);
    }

    std::vector<double> m_rateShares; ///< of the parameters that are kept
    std::vector<Tensor>& m_mean;
    std::vector<Tensor>& m_square;
};

} // namespace

Classifier::Classifier(std::shared_ptr<Backbone> backbone, std::int64_t classes,
                       const torch::Generator& generator)
    : m_backbone(register_module("base_encoder", std::move(backbone)))
    , m_head(register_module("head", torch::nn::Linear(m_backbone->featureWidth(), classes)))
{
    const torch::NoGradGuard noGradient;
    m_head->weight.normal_(0, 0.02, generator);
    m_head->bias.zero_();
}

Tensor Classifier::forward(const Tensor& images, Precision precision, const LayerObserver& observe)
{
    const Tensor logits = classify(m_backbone->forward(images, precision, observe));
    if (observe) {
        observe("head", logits);
    }
    return logits;
}

Tensor Classifier::classify(const Tensor& features)
{
    return m_head->forward(features);
}

std::vector<std::string> Classifier::layerNames() const
{
    std::vector<std::string> names = m_backbone->layerNames();
    names.emplace_back("head");
    return names;
}

std::string Classifier::layerOf(const std::string& parameter) const
{
    if (parameter.starts_with("head.")) {
        return "head";
    }
    return m_backbone->layerOf(parameter.substr(std::string_view(backbonePrefix).size()));
}

double rateShareOf(const std::string& parameter, const Classifier& classifier, double decay)
{
    const std::vector<std::string> layers = classifier.layerNames();
    // BEiT's numbers: the final norm has the head's, where there is one; else the head its own.
    const bool hasNorm = std::find(layers.begin(), layers.end(), "norm") != layers.end();
    const auto last = static_cast<std::ptrdiff_t>(layers.size()) - (hasNorm ? 2 : 1);
    const auto found = std::find(layers.begin(), layers.end(), classifier.layerOf(parameter));
    const std::ptrdiff_t depth = found == layers.end() ? 0 : std::min(found - layers.begin(), last);
    return std::pow(decay, static_cast<double>(last - depth));
}

std::unique_ptr<Optimizer> makeLayerwiseAdamW(const Optimizer::NamedTensors& parameters,
                                              const std::vector<double>& rateShares,
                                              double weightDecay)
{
    return std::make_unique<LayerwiseAdamW>(parameters, rateShares, weightDecay);
}

double finetuneRate(const FinetuneConfig& config, std::int64_t step, std::int64_t stepsPerEpoch)
{
    const double peak = config.lr * static_cast<double>(config.batchSize) / 512;
    const double start = std::min(1e-6, peak);
    const double floor = std::min(1e-5, peak);
    const double epoch = static_cast<double>(step) / static_cast<double>(stepsPerEpoch);
    if (epoch < config.warmupEpochs) {
        return start + (peak - start) * epoch / config.warmupEpochs;
    }
    const double rest = static_cast<double>(config.epochs) - config.warmupEpochs;
    const double done = rest > 0 ? (epoch - config.warmupEpochs) / rest : 0;
    return floor + (peak - floor) * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

} // namespace mocoscope::training
