// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/train_step.h"

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

} // namespace

TrainStep::TrainStep(Method& method, Precision precision, std::int64_t microBatch)
    : m_method(method)
    , m_precision(precision)
    , m_microBatch(microBatch)
{
}

Tensor TrainStep::run(const TwoViews& views, double momentum)
{
    m_method.updateMomentumEncoder(momentum);
    const bool isWhole = m_microBatch == 0 || m_microBatch >= views.first.size(0);
    return isWhole ? runWhole(views) : runInMicroBatches(views);
}

/// Without gradient and in micro-batches, so that memory stays small.
Tensor TrainStep::features(Backbone& backbone, const Tensor& view)
{
    const torch::NoGradGuard noGradient;
    if (m_microBatch == 0 || m_microBatch >= view.size(0)) {
        return backbone.forward(view, m_precision);
    }
    std::vector<Tensor> parts;
    for (const Tensor& part : view.split(m_microBatch)) {
        parts.push_back(backbone.forward(part, m_precision));
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
        return backbone.forward(view, m_precision);
    });
    const Tensor loss = m_method.loss(queries, keys, m_precision, {});
    loss.backward();
    return loss.detach();
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
    loss.backward();
    for (const auto& [view, leaf] :
         {std::pair(views.first, leaves.first), std::pair(views.second, leaves.second)}) {
        if (!leaf.defined()) {
            continue;
        }
        const auto images = view.split(m_microBatch);
        const auto gradients = leaf.grad().split(m_microBatch);
        for (std::size_t i = 0; i < images.size(); ++i) {
            backbone.forward(images[i], m_precision).backward(gradients[i]);
        }
    }
    return loss.detach();
}

std::string TrainStep::firstNonFiniteLayer(const TwoViews& views)
{
    const torch::NoGradGuard noGradient;
    std::string first;
    const LayerObserver observe = [&first](const std::string& layer, const Tensor& output) {
        if (first.empty() && !output.isfinite().all().item<bool>()) {
            first = layer;
        }
    };
    observeViews(observe, "views", views);
    Backbone& backbone = m_method.backbone();
    const TwoViews queries = onUsedViews(m_method.queryViews(), views, [&](const Tensor& view) {
        return backbone.forward(view, m_precision, observe);
    });
    const TwoViews keys = keyFeatures(views);
    observeViews(observe, "momentum_encoder", keys);
    (void)m_method.loss(queries, keys, m_precision, observe);
    return first.empty() ? "loss" : first;
}

} // namespace mocoscope::training
