// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

namespace mocoscope::training {

/// Drawn shapes and patterns of ten classes, 32 × 32: 2,000 to train on and 500 to test with. The
/// same bytes on every machine: all arithmetic is in integers. Limits as in DataConfig.
[[nodiscard]] DatasetPair makeDemoDatasets(std::int64_t trainLimit, std::int64_t testLimit);

} // namespace mocoscope::training
