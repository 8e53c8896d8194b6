// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"

#include <memory>

namespace mocoscope::training {

/// The trainer of the real engine. Cheap to make; all work is done in run().
[[nodiscard]] std::unique_ptr<Trainer> makeTorchTrainer();

} // namespace mocoscope::training
