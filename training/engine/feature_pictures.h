// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/feature_pictures.h"

#include <memory>

namespace mocoscope::training {

/// Reads checkpoints of this program, whose configuration says what model and images they are of.
/// Remembers the data set and the sample of the last call.
[[nodiscard]] std::unique_ptr<FeaturePictures> makeFeaturePictures();

} // namespace mocoscope::training
