// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"

namespace mocoscope::training {

/// A whole run whose task is not pretraining: kNN, linear probing or fine-tuning, by its
/// configuration. May throw what LibTorch throws.
[[nodiscard]] Result<Finished> runEvaluation(const RunRequest& request, EventSink& events,
                                             RunControl& control);

} // namespace mocoscope::training
