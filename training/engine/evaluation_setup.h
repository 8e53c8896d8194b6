// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/engine/feature_source.h"
#include "training/engine/run_environment.h"
#include "training/models/backbone.h"

#include <memory>

namespace mocoscope::training {

/// What kNN, linear probing and fine-tuning need before they start: labelled images and a backbone
/// with its weights.
struct EvaluationSetup
{
    RunEnvironment environment;
    std::shared_ptr<Backbone> backbone; ///< on the device, everything trainable
    RunFacts facts; ///< without layers
};

/// Errors: images without labels or without test images, weights that do not fit the model. May
/// throw what LibTorch throws.
[[nodiscard]] Result<EvaluationSetup> setUpEvaluation(const RunRequest& request, EventSink& events,
                                                      const RunControl& control);

} // namespace mocoscope::training
