// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/train_step.h"

#include "training/engine/normalise.h"

#include <algorithm>
#include <limits>

namespace mocoscope::training {

using torch::Tensor;

namespace {

/// `map` of the views that are used, the first before the second; the others stay undefined.
template <typename Map> TwoViews onUsedViews(UsedViews used, const TwoViews& views, const Map& map)
{
    TwoViews mapped;
    if (used.first) {
        mapped.first = map(views.first);
    }
    if (used.second) {
        mapped.second = map(views.second);
    }
    return mapped;
}

void divideGradients(const std::vector<Tensor>& parameters, double divisor)
{
    std::vector<Tensor> gradients;
    for (const Tensor& parameter : parameters) {
        if (parameter.grad().defined()) {
            gradients.push_back(parameter.grad());
        }
    }
    const torch::NoGradGuard noGradient;
    at::_foreach_mul_(gradients, 1 / divisor);
}

} // namespace

TrainStep::TrainStep(Method& method, Precision precision, std::int64_t microBatch,
                     GradientAverage* average)
    : m_method(method)
    , m_precision(precision)
    , m_microBatch(microBatch)
    , m_average(average)
{
}

Tensor TrainStep::run(const TwoViews& views, double momentum, double lossScale)
{
    m_lossScale = lossScale;
    m_method.updateMomentumEncoder(momentum);
    const bool isWhole = m_microBatch == 0 || m_microBatch >= views.first.size(0);
    const Tensor loss = isWhole ? runWhole(views) : runInMicroBatches(views);
    if (m_average != nullptr) {
        m_average->finish();
    }
    if (lossScale != 1) {
        divideGradients(m_method.parameters(), lossScale);
    }
    return loss;
}

Tensor TrainStep::carryBack(const Tensor& loss) const
{
    (m_lossScale == 1 ? loss : loss * m_lossScale).backward();
    return loss.detach();
}

/// Whether the gradients of the next backward pass are complete after it.
void TrainStep::setFinal(bool isFinal)
{
    if (m_average != nullptr) {
        m_average->setFinal(isFinal);
    }
}

/// Without gradient and in micro-batches, so that memory stays small.
Tensor TrainStep::features(Backbone& backbone, const Tensor& view)
{
    const torch::NoGradGuard noGradient;
    if (m_microBatch == 0 || m_microBatch >= view.size(0)) {
        return backbone.forward(normalised(view), m_precision);
    }
    std::vector<Tensor> parts;
    for (const Tensor& part : view.split(m_microBatch)) {
        parts.push_back(backbone.forward(normalised(part), m_precision));
    }
    return torch::cat(parts);
}

TwoViews TrainStep::keyFeatures(const TwoViews& views)
{
    Backbone* backbone = m_method.momentumBackbone();
    if (backbone == nullptr) {
        return {};
    }
    return onUsedViews(m_method.keyViews(), views,
                       [&](const Tensor& view) { return features(*backbone, view); });
}

Tensor TrainStep::runWhole(const TwoViews& views)
{
    // Keys first: nothing of the query's graph is alive then.
    const TwoViews keys = keyFeatures(views);
    Backbone& backbone = m_method.backbone();
    const TwoViews queries = onUsedViews(m_method.queryViews(), views, [&](const Tensor& view) {
        return backbone.forward(normalised(view), m_precision);
    });
    const Tensor loss = m_method.loss(queries, keys, m_precision, {});
    setFinal(true);
    return carryBack(loss);
}

/// Loss and heads see the features of the whole batch; the backbone is run once for the features
/// and once more, part by part, to carry their gradient on. Exact, since nothing in the backbone
/// mixes images. Source: Gao et al. 2021 (gradient cache).
Tensor TrainStep::runInMicroBatches(const TwoViews& views)
{
    const TwoViews keys = keyFeatures(views);
    Backbone& backbone = m_method.backbone();
    const TwoViews leaves = onUsedViews(m_method.queryViews(), views, [&](const Tensor& view) {
        return features(backbone, view).requires_grad_();
    });
    const Tensor loss = m_method.loss(leaves, keys, m_precision, {});
    setFinal(true); // of the heads
    const Tensor value = carryBack(loss);
    if (leaves.first.defined()) {
        carryOn(views.first, leaves.first.grad(), !leaves.second.defined());
    }
    if (leaves.second.defined()) {
        carryOn(views.second, leaves.second.grad(), true);
    }
    return value;
}

/// Runs the backbone backward from the gradient of its features, part by part.
void TrainStep::carryOn(const Tensor& view, const Tensor& gradient, bool isLast)
{
    const auto images = view.split(m_microBatch);
    const auto gradients = gradient.split(m_microBatch);
    for (std::size_t i = 0; i < images.size(); ++i) {
        setFinal(isLast && i + 1 == images.size());
        m_method.backbone().forward(normalised(images[i]), m_precision).backward(gradients[i]);
    }
}

std::string TrainStep::firstNonFiniteLayer(const TwoViews& images)
{
    const torch::NoGradGuard noGradient;
    const TwoViews views {normalised(images.first), normalised(images.second)};
    std::vector<std::string> layers;
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    const LayerObserver observe = [&](const std::string& layer, const Tensor& output) {
        const auto position = static_cast<std::int64_t>(layers.size());
        layers.push_back(layer);
        first = output.isfinite().all().item<bool>() ? first : std::min(first, position);
    };
    observeViews(observe, "views", views);
    Backbone& backbone = m_method.backbone();
    const TwoViews queries = onUsedViews(m_method.queryViews(), views, [&](const Tensor& view) {
        return backbone.forward(view, m_precision, observe);
    });
    const TwoViews keys = keyFeatures(views);
    observeViews(observe, "momentum_encoder", keys);
    (void)m_method.loss(queries, keys, m_precision, observe);
    layers.emplace_back("loss");
    first = std::min(first, static_cast<std::int64_t>(layers.size()) - 1);
    const Tensor firsts
        = gatherRows(torch::full({1}, first, torch::TensorOptions().dtype(torch::kInt64))
                         .to(views.first.device()),
                     m_method.replicas());
    return layers[static_cast<std::size_t>(firsts.min().item<std::int64_t>())];
}

} // namespace mocoscope::training
