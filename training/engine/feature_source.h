// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/engine/feature_extraction.h"

namespace mocoscope::training {

/// A backbone at work in a run, and where it runs. All outlive their users.
struct FeatureSource
{
    Backbone& backbone;
    const TrainingConfig& config;
    torch::Device device;
    EventSink& events; ///< hears of the progress
    const RunControl& control; ///< may stop it
};

/// Which images, and where their progress stands in that of a larger work.
struct ExtractionRange
{
    std::int64_t limit = 0; ///< images at most, spread over the data set; 0: all
    std::int64_t before = 0; ///< images of `total` that are done
    std::int64_t total = 0;
};

/// `auto` is bf16 where the device computes it faster.
[[nodiscard]] Precision precisionOf(const TrainingConfig& config, const torch::Device& device);

/// Features in the run's precision, with the run's progress. Cancelled after a stop.
[[nodiscard]] Result<LabelledFeatures>
extractFeatures(const FeatureSource& source, const std::shared_ptr<const Dataset>& dataset,
                const ExtractionRange& range);

} // namespace mocoscope::training
