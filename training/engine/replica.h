// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/collectives/collectives.h"
#include "training/engine/checkpoint.h"
#include "training/engine/gradient_average.h"
#include "training/engine/loss_scale.h"
#include "training/engine/train_step.h"
#include "training/monitors/gradient_magnitude.h"
#include "training/optim/optimizer.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::training {

/// What a step depends on beside the weights.
struct StepInput
{
    TwoViews views; ///< of the replica's rows, on any device
    double momentum = 0; ///< of the momentum encoder
    double rate = 0; ///< of the optimizer
    double epoch = 0; ///< at the start of the step, with its fraction
};

/// A step as plain numbers, read back from the device. Those of the whole batch, the same in all
/// replicas.
struct StepValues
{
    double loss = 0;
    torch::Tensor magnitudes; ///< of GradientMagnitude, CPU
    bool isFinite = true;
    bool isOverflow = false; ///< of fp16: the step was undone and the loss scale reduced
    double lossScale = 1; ///< of the step
};

/// A model on a device with what trains it, alone or as one of several that stay equal. Thread: its
/// own, see ReplicaCrew; all replicas make the same calls in the same order.
class Replica
{
public:
    /// Weights drawn from the seed. `replicas` null: alone.
    Replica(const TrainingConfig& config, const torch::Device& device,
            std::unique_ptr<Collectives> replicas);

    [[nodiscard]] const torch::Device& device() const { return m_device; }
    [[nodiscard]] Collectives* replicas() const { return m_replicas.get(); }
    [[nodiscard]] Method& method() const { return *m_method; }
    [[nodiscard]] Optimizer& optimizer() const { return *m_optimizer; }
    [[nodiscard]] const GradientMagnitude& gradients() const { return *m_gradients; }
    [[nodiscard]] LossScale& lossScale() { return m_lossScale; }
    [[nodiscard]] const LossScale& lossScale() const { return m_lossScale; }

    /// Takes over weights, buffers, optimizer and position of the first replica.
    [[nodiscard]] TrainingPosition followFirst(const TrainingPosition& own);
    /// Momentum encoder, loss, gradients and, where these are finite, the update.
    [[nodiscard]] StepValues step(const StepInput& input);
    /// After a step that was not finite: where that begins. BN buffers move.
    [[nodiscard]] std::string firstNonFiniteLayer(const TwoViews& views);
    /// After a step that was not finite: as if it had not been.
    void undoStep();

private:
    [[nodiscard]] TwoViews onDevice(const TwoViews& views) const;
    [[nodiscard]] StepValues readBack(torch::Tensor loss) const;
    void keepUnsettled();

    torch::Device m_device;
    LossScale m_lossScale;
    std::unique_ptr<Collectives> m_replicas;
    std::shared_ptr<Method> m_method;
    std::unique_ptr<Optimizer> m_optimizer;
    std::unique_ptr<GradientMagnitude> m_gradients;
    std::unique_ptr<GradientAverage> m_average; ///< null: alone
    std::unique_ptr<TrainStep> m_trainStep;
    /// What a step changes before its loss is known (momentum encoder, BN buffers), kept from
    /// before, so that a step that fails leaves no trace. Live, kept.
    std::vector<std::pair<torch::Tensor, torch::Tensor>> m_unsettled;
};

} // namespace mocoscope::training
