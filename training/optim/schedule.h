// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"

#include <cstdint>

namespace mocoscope::training {

/// Learning rate of an iteration, from the epoch fraction e = step / stepsPerEpoch: linear warm-up
/// from 0, then by optimizer.schedule half a cosine to 0 at the last epoch, constant, or times the
/// factor at each of the step epochs, which count from the start of the run. Scaled by batch / 256.
/// Source: MoCo v3, main_moco.py; for the steps MoCo v1.
[[nodiscard]] double learningRate(const TrainingConfig& config, std::int64_t step,
                                  std::int64_t stepsPerEpoch);

/// Momentum of the momentum encoder: constant, or along half a cosine to 1.
[[nodiscard]] double encoderMomentum(const TrainingConfig& config, std::int64_t step,
                                     std::int64_t stepsPerEpoch);

} // namespace mocoscope::training
