// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"
#include "training/engine/feature_source.h"
#include "training/engine/metric_board.h"
#include "training/evaluation/knn.h"
#include "training/monitors/collapse.h"

#include <optional>

namespace mocoscope::training {

/// What the frozen features are worth now.
struct EvaluationResult
{
    std::optional<KnnAccuracy> accuracy; ///< empty: no labels or no test images
    std::optional<CollapseSigns> signs; ///< empty: fewer than two images
    std::optional<double> alignment; ///< of two views of some training images; likewise
};

/// As `eval/…` of a run's metrics.
void appendValues(const EvaluationResult& result, const MetricBoard& board,
                  std::vector<MetricValue>& values);

/// The weighted kNN vote on frozen features of un-augmented images. Changes nothing. Thread:
/// trainer.
class EvaluationPass
{
public:
    /// All outlive this.
    EvaluationPass(FeatureSource source, const DatasetPair& data);

    [[nodiscard]] Result<EvaluationResult> run();

private:
    [[nodiscard]] Result<void> measureCollapse(const torch::Tensor& bank, EvaluationResult& result);

    FeatureSource m_source;
    const DatasetPair& m_data;
};

} // namespace mocoscope::training
