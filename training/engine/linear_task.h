// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/labelled_loader.h"
#include "training/engine/evaluation_setup.h"
#include "training/engine/supervised_task.h"
#include "training/evaluation/linear_probe.h"

#include <atomic>
#include <memory>
#include <optional>

namespace mocoscope::training {

/// Linear probing: the backbone stays as it is, a classifier for each learning rate learns from its
/// features. The loss that is told is the lowest of the classifiers', at that one's rate; accuracy
/// is that of the best on the test images, and of each.
/// Source: MoCo v3, main_lincls.py; the sweep side by side is ours.
class LinearTask final : public SupervisedTask
{
public:
    /// All outlive this.
    LinearTask(const TrainingConfig& config, EvaluationSetup& setup, EventSink& events,
               const RunControl& control);

    [[nodiscard]] std::vector<MetricDescription> evaluationMetrics() const override;
    [[nodiscard]] std::vector<std::string> layers() const override { return {}; }
    [[nodiscard]] torch::nn::Module& model() override { return *m_probe; }
    [[nodiscard]] Optimizer& optimizer() override { return *m_optimizer; }
    [[nodiscard]] Result<void> start(std::int64_t step) override;
    [[nodiscard]] Result<SupervisedStep> computeStep(std::int64_t step) override;
    [[nodiscard]] Result<std::vector<NamedValue>> evaluate() override;

private:
    struct Batch
    {
        torch::Tensor features; ///< [N, W] fp32 on the device
        torch::Tensor labels; ///< [N] int64 on the device
        double waitSeconds = 0;
    };
    [[nodiscard]] Result<void> computeFeatures();
    void startLoader(std::int64_t step);
    [[nodiscard]] Batch knownBatch(std::int64_t step);
    [[nodiscard]] Result<Batch> augmentedBatch();
    [[nodiscard]] FeatureSource source();

    const TrainingConfig& m_config;
    EvaluationSetup& m_setup;
    EventSink& m_events;
    const RunControl& m_control;
    std::vector<double> m_rates;
    LinearProbe m_probe;
    std::unique_ptr<Optimizer> m_optimizer;
    LabelledFeatures m_train; ///< only without augmentation; on the device
    LabelledFeatures m_test; ///< on the device
    std::atomic<std::int64_t> m_step {0}; ///< also for the loader's threads
    std::optional<LabelledLoader> m_loader; ///< only with augmentation
    std::int64_t m_orderEpoch = -1; ///< of m_order
    torch::Tensor m_order; ///< rows of m_train, as this epoch goes through them
};

} // namespace mocoscope::training
