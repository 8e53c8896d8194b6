// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <memory>

namespace mocoscope::training {

/// As a run itself reads its initial weights.
[[nodiscard]] std::unique_ptr<WeightsInspector> makeWeightsInspector();

} // namespace mocoscope::training
