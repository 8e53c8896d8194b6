// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/engine/feature_extraction.h"
#include "training/engine/training_setup.h"
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

/// Runs the backbone over un-augmented images. Changes nothing. Thread: trainer.
class EvaluationPass
{
public:
    /// All outlive this.
    EvaluationPass(TrainingSetup& setup, const TrainingConfig& config, Precision precision,
                   EventSink& events, const RunControl& control);

    [[nodiscard]] Result<EvaluationResult> run();

private:
    /// `before` of `total` images are done, for the progress over both parts.
    [[nodiscard]] Result<LabelledFeatures> extract(const std::shared_ptr<const Dataset>& dataset,
                                                   std::int64_t limit, std::int64_t before,
                                                   std::int64_t total);

    TrainingSetup& m_setup;
    const TrainingConfig& m_config;
    Precision m_precision;
    EventSink& m_events;
    const RunControl& m_control;
};

} // namespace mocoscope::training
