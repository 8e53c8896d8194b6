// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"

#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::training {

/// The metrics of a run: names in, indices out. Thread: trainer.
class MetricBoard
{
public:
    /// Metrics of every run, then `grad/l2/…` and `grad/max/…` of these layers.
    explicit MetricBoard(const std::vector<std::string>& layers);
    /// These metrics instead of those of every pretraining.
    MetricBoard(std::vector<MetricDescription> metrics, const std::vector<std::string>& layers);

    /// Adds metrics behind the others and returns the index of the first.
    std::uint32_t add(const std::vector<MetricDescription>& metrics);

    [[nodiscard]] const std::vector<MetricDescription>& metrics() const { return m_metrics; }
    [[nodiscard]] MetricValue value(std::string_view name, double value) const;
    /// L2 and largest elements of all layers, in the order in which the layers were given.
    void appendGradients(const float* l2, const float* largest,
                         std::vector<MetricValue>& values) const;

private:
    std::vector<MetricDescription> m_metrics;
    std::uint32_t m_firstGradient = 0;
    std::uint32_t m_layers = 0;
};

/// What an EvaluationPass measures.
[[nodiscard]] std::vector<MetricDescription> evaluationMetrics();

} // namespace mocoscope::training
