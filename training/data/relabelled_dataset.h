// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

namespace mocoscope::training {

/// The test images with the labels that the training images have for classes of the same name. An
/// error when either is unlabelled or a class is not among those trained on.
[[nodiscard]] Result<std::shared_ptr<const Dataset>>
withLabelsOf(const Dataset& train, const std::shared_ptr<const Dataset>& test);

} // namespace mocoscope::training
