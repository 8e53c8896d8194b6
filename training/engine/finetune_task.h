// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/labelled_loader.h"
#include "training/engine/evaluation_setup.h"
#include "training/engine/supervised_task.h"
#include "training/evaluation/classifier.h"
#include "training/monitors/gradient_magnitude.h"

#include <atomic>
#include <memory>
#include <optional>

namespace mocoscope::training {

/// End-to-end fine-tuning: backbone and a linear classifier learn together from labels.
/// Source: DeiT (Touvron et al. 2021), with layer decay as an option. Deviations: no repeated
/// augmentation, bilinear instead of bicubic crops.
class FinetuneTask final : public SupervisedTask
{
public:
    /// All outlive this.
    FinetuneTask(const TrainingConfig& config, EvaluationSetup& setup, EventSink& events,
                 const RunControl& control);

    [[nodiscard]] std::vector<MetricDescription> evaluationMetrics() const override;
    [[nodiscard]] std::vector<std::string> layers() const override;
    [[nodiscard]] torch::nn::Module& model() override { return *m_model; }
    [[nodiscard]] Optimizer& optimizer() override { return *m_optimizer; }
    [[nodiscard]] Result<void> start(std::int64_t step) override;
    [[nodiscard]] Result<SupervisedStep> computeStep(std::int64_t step) override;
    [[nodiscard]] Result<std::vector<NamedValue>> evaluate() override;

private:
    /// Adds to the gradients; in parts of train.micro_batch images. Returns the loss.
    [[nodiscard]] double backward(const torch::Tensor& images, const torch::Tensor& targets);

    const TrainingConfig& m_config;
    EvaluationSetup& m_setup;
    EventSink& m_events;
    const RunControl& m_control;
    std::shared_ptr<Classifier> m_model;
    std::unique_ptr<Optimizer> m_optimizer;
    std::unique_ptr<GradientMagnitude> m_gradients;
    torch::Generator m_dropGenerator; ///< set anew for each step
    std::atomic<std::int64_t> m_step {0}; ///< also for the loader's threads
    LabelledLoader m_loader;
};

} // namespace mocoscope::training
