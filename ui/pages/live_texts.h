// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <QString>

#include <cstdint>

namespace mocoscope::ui {

/// What a run does, in a line.
[[nodiscard]] QString describeRun(const training::TrainingConfig& config, const QString& preset,
                                  const QString& device, std::int64_t trainableParameters);

/// Why the accuracy plot is empty, and what to do about it.
[[nodiscard]] QString accuracyHint(const training::TrainingConfig& config, bool isUnlabelled);

} // namespace mocoscope::ui
