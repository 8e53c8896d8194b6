// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"
#include "training/collectives/collectives.h"
#include "training/models/backbone.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// A pair of tensors, one a view: [N, W] or [N, D]. That of a view which is not used is undefined.
using TwoViews = std::pair<torch::Tensor, torch::Tensor>;

/// The views that an encoder is run on.
struct UsedViews
{
    bool first = true;
    bool second = true;
};

/// A self-supervised framework on top of a backbone. The step is cut at the backbone's features, so
/// that the trunk can run over the whole batch or in micro-batches and the rest is the same:
/// features(views) → loss(features) → backward → beforeUpdate → optimizer → afterUpdate.
/// Adding a framework: its parts in methodShape(), a class beside the others (EncoderMethod has all
/// but the loss), a line in makeMethod(), its options and its tests. Thread: trainer.
class Method : public torch::nn::Module
{
public:
    /// From now on this is one of several replicas, each with its share of a batch: BN, keys and
    /// codes are those of the whole batch, loss() is that of the own rows. Null: alone again.
    /// `replicas` outlives the use.
    void joinReplicas(Collectives* replicas);
    [[nodiscard]] Collectives* replicas() const { return m_replicas; }

    /// The backbone that learns.
    [[nodiscard]] virtual Backbone& backbone() = 0;
    /// The backbone whose features are targets, run without gradient; null where there is none.
    [[nodiscard]] virtual Backbone* momentumBackbone() = 0;
    /// The views that loss() wants features of, from either backbone.
    [[nodiscard]] virtual UsedViews queryViews() const = 0;
    [[nodiscard]] virtual UsedViews keyViews() const = 0;

    /// Moves the momentum encoder, if there is one, towards the weights of before this step's
    /// update.
    virtual void updateMomentumEncoder(double momentum) = 0;

    /// query: features of the learning backbone, key: of the momentum backbone, of the views that
    /// are used, fp32. Returns a scalar. What it changes in buffers is undone where the step turns
    /// out not to be finite; what must last goes into afterUpdate().
    [[nodiscard]] virtual torch::Tensor loss(const TwoViews& query, const TwoViews& key,
                                             Precision precision, const LayerObserver& observe)
        = 0;

    /// Between the backward pass of a finite step and the optimizer: for a framework that holds
    /// back gradients of its own. `epoch` is that at the start of the step, with its fraction.
    virtual void beforeUpdate(double epoch) { (void)epoch; }
    /// After the optimizer of a finite step: for what a framework keeps from step to step.
    virtual void afterUpdate() { }

    /// Name of the gradient layer that a parameter belongs to; empty: none is recorded.
    [[nodiscard]] virtual std::string layerOf(const std::string& parameter) const = 0;
    /// All layers, in depth order.
    [[nodiscard]] virtual std::vector<std::string> layerNames() = 0;

private:
    Collectives* m_replicas = nullptr;
};

/// Tells `observe`, if it is set, a layer's outputs for the views that are there, stacked.
void observeViews(const LayerObserver& observe, const std::string& layer, const TwoViews& outputs);

/// Weights on the CPU, drawn from the seed alone. The configuration is valid.
[[nodiscard]] std::shared_ptr<Method> makeMethod(const TrainingConfig& config);

} // namespace mocoscope::training
