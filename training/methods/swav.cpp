// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/methods/swav.h"

#include "training/methods/unit_rows.h"

#include <cmath>

namespace mocoscope::training {

using torch::Tensor;

Swav::Swav(const TrainingConfig& config)
    : EncoderMethod(config)
    , m_options {config.method.temperature, config.method.sinkhornEpsilon,
                 config.method.sinkhornIterations}
    , m_frozenEpochs(config.method.freezePrototypesEpochs)
    , m_prototypes(
          torch::nn::LinearOptions(shape().projector.output, shape().prototypes).bias(false))
{
    register_module("prototypes", m_prototypes);
    const double bound = 1.0 / std::sqrt(double(shape().projector.output));
    const torch::NoGradGuard noGradient;
    m_prototypes->weight.uniform_(-bound, bound, generator());
    normalisePrototypes();
}

Tensor Swav::loss(const TwoViews& query, const TwoViews& /*key*/, Precision precision,
                  const LayerObserver& observe)
{
    const TwoViews z = queries(query, precision, observe);
    const TwoViews scores {m_prototypes->forward(unitRows(z.first)),
                           m_prototypes->forward(unitRows(z.second))};
    observeViews(observe, "prototypes", scores);
    return swappedPredictionLoss(scores, m_options, replicas());
}

void Swav::beforeUpdate(double epoch)
{
    if (epoch < m_frozenEpochs) {
        // The optimizers leave alone what has no gradient; a gradient of 0 would still decay it.
        m_prototypes->weight.mutable_grad().reset();
    }
}

void Swav::afterUpdate()
{
    normalisePrototypes();
}

void Swav::normalisePrototypes()
{
    const torch::NoGradGuard noGradient;
    m_prototypes->weight.copy_(unitRows(m_prototypes->weight));
}

std::string Swav::layerOf(const std::string& parameter) const
{
    return parameter.starts_with("prototypes.") ? "prototypes" : EncoderMethod::layerOf(parameter);
}

std::vector<std::string> Swav::layerNames()
{
    std::vector<std::string> names = EncoderMethod::layerNames();
    names.emplace_back("prototypes");
    return names;
}

Tensor sinkhornCodes(const Tensor& scores, double epsilon, std::int64_t iterations)
{
    const torch::NoGradGuard noGradient;
    Tensor codes = scores.to(torch::kFloat32) / epsilon; // logarithms, [N, K]
    for (std::int64_t i = 0; i < iterations; ++i) {
        codes = codes - codes.logsumexp(0, /*keepdim=*/true); // each prototype the same share
        codes = codes.log_softmax(1); // each image a whole one
    }
    return codes.exp();
}

Tensor swappedPredictionLoss(const TwoViews& scores, const SwavOptions& options,
                             Collectives* replicas)
{
    const auto predict = [&](const Tensor& from, const Tensor& target) {
        const Tensor all = sinkhornCodes(gatherRows(target, replicas), options.sinkhornEpsilon,
                                         options.sinkhornIterations);
        const Tensor codes = all.narrow(0, rankOf(replicas) * from.size(0), from.size(0));
        return -(codes * (from / options.temperature).log_softmax(1)).sum(1).mean();
    };
    return (predict(scores.first, scores.second) + predict(scores.second, scores.first)) / 2;
}

} // namespace mocoscope::training
