// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/optim/optimizer.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace mocoscope::training {

struct NamedValue
{
    std::string metric;
    double value = 0;
};

/// One iteration before its update.
struct SupervisedStep
{
    double loss = 0;
    double rate = 0; ///< as it is recorded
    double optimizerRate = 0; ///< what Optimizer::step() is to be given
    double waitSeconds = 0; ///< for data
    std::int64_t images = 0;
    torch::Tensor magnitudes; ///< of GradientMagnitude, CPU; undefined: there are no layers
    bool isFinite = true;
};

/// Draws the weights of a task's classifier, in a stream of its own: that of the backbone's weights
/// starts with the seed itself.
[[nodiscard]] torch::Generator headGenerator(const TrainingConfig& config, std::uint64_t stream);

/// What linear probing and fine-tuning do each in its own way. Thread: trainer.
class SupervisedTask
{
public:
    virtual ~SupervisedTask() = default;

    /// What evaluate() measures.
    [[nodiscard]] virtual std::vector<MetricDescription> evaluationMetrics() const = 0;
    /// Layers whose gradients are recorded.
    [[nodiscard]] virtual std::vector<std::string> layers() const = 0;
    [[nodiscard]] virtual torch::nn::Module& model() = 0;
    [[nodiscard]] virtual Optimizer& optimizer() = 0;

    /// Once, before iteration `step`. Cancelled after a stop.
    [[nodiscard]] virtual Result<void> start(std::int64_t step) = 0;
    /// Loss and gradients of an iteration.
    [[nodiscard]] virtual Result<SupervisedStep> computeStep(std::int64_t step) = 0;
    /// On the test images. Cancelled after a stop.
    [[nodiscard]] virtual Result<std::vector<NamedValue>> evaluate() = 0;

protected:
    SupervisedTask() = default;
    SupervisedTask(const SupervisedTask&) = default;
    SupervisedTask& operator=(const SupervisedTask&) = default;
};

} // namespace mocoscope::training
