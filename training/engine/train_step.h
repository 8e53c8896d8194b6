// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/engine/gradient_average.h"
#include "training/methods/method.h"

#include <torch/torch.h>

namespace mocoscope::training {

/// Gradients of one step, for the whole batch at once or in exact micro-batches; of a replica, for
/// its rows. Thread: the replica's.
class TrainStep
{
public:
    /// microBatch 0: all rows at once. `average` takes the gradients over all replicas; null: there
    /// is one. All outlive this.
    TrainStep(Method& method, Precision precision, std::int64_t microBatch,
              GradientAverage* average = nullptr);

    /// Moves the momentum encoder, then adds to the gradients of the method's parameters. Views
    /// [N, 3, S, S] on the model's device, as bytes, which become floats part by part, or
    /// normalised in fp32. Returns the loss of these rows, a scalar without
    /// graph. The backward pass carries gradients times `lossScale`, a power of two.
    [[nodiscard]] torch::Tensor run(const TwoViews& views, double momentum, double lossScale = 1);

    /// The first layer whose output is not finite for these views, in the order of the forward
    /// pass, in any replica; `loss` when all are finite. Moves no weights; BN buffers do move.
    [[nodiscard]] std::string firstNonFiniteLayer(const TwoViews& images);

private:
    [[nodiscard]] torch::Tensor features(Backbone& backbone, const torch::Tensor& view);
    [[nodiscard]] TwoViews keyFeatures(const TwoViews& views);
    [[nodiscard]] torch::Tensor runWhole(const TwoViews& views);
    [[nodiscard]] torch::Tensor runInMicroBatches(const TwoViews& views);
    /// The start of the backward pass; returns the loss without graph.
    [[nodiscard]] torch::Tensor carryBack(const torch::Tensor& loss) const;
    void carryOn(const torch::Tensor& view, const torch::Tensor& gradient, bool isLast);
    void setFinal(bool isFinal);

    Method& m_method;
    Precision m_precision;
    std::int64_t m_microBatch;
    GradientAverage* m_average;
    double m_lossScale = 1;
};

} // namespace mocoscope::training
