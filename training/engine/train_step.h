// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/methods/method.h"

#include <torch/torch.h>

namespace mocoscope::training {

/// Gradients of one step, for the whole batch at once or in exact micro-batches. Thread: trainer.
class TrainStep
{
public:
    /// microBatch 0: the whole batch. Both outlive this.
    TrainStep(Method& method, Precision precision, std::int64_t microBatch);

    /// Moves the momentum encoder, then adds to the gradients of the method's parameters. Views
    /// [N, 3, S, S] fp32 on the model's device. Returns the loss, a scalar without graph.
    [[nodiscard]] torch::Tensor run(const TwoViews& views, double momentum);

    /// The first layer whose output is not finite for these views, in the order of the forward
    /// pass; `loss` when all are finite. Moves no weights; BN buffers do move.
    [[nodiscard]] std::string firstNonFiniteLayer(const TwoViews& views);

private:
    [[nodiscard]] torch::Tensor features(Backbone& backbone, const torch::Tensor& view);
    [[nodiscard]] TwoViews keyFeatures(const TwoViews& views);
    [[nodiscard]] torch::Tensor runWhole(const TwoViews& views);
    [[nodiscard]] torch::Tensor runInMicroBatches(const TwoViews& views);

    Method& m_method;
    Precision m_precision;
    std::int64_t m_microBatch;
};

} // namespace mocoscope::training
