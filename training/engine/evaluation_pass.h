// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"
#include "training/engine/feature_source.h"
#include "training/evaluation/knn.h"
#include "training/monitors/collapse.h"

#include <optional>

namespace mocoscope::training {

/// What the frozen features are worth now.
struct EvaluationResult
{
    std::optional<KnnAccuracy> accuracy; ///< empty: no labels or no test images
    std::optional<CollapseSigns> signs; ///< empty: fewer than two images
};

/// The weighted kNN vote on frozen features of un-augmented images. Changes nothing. Thread:
/// trainer.
class EvaluationPass
{
public:
    /// All outlive this.
    EvaluationPass(FeatureSource source, const DatasetPair& data);

    [[nodiscard]] Result<EvaluationResult> run();

private:
    FeatureSource m_source;
    const DatasetPair& m_data;
};

} // namespace mocoscope::training
