// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

namespace mocoscope::training {

/// decodeImage() for JPEG. Only the rows and blocks that the plan needs are transformed; they are
/// the same bytes as in the whole image. CMYK is converted as PIL does it, Adobe's inversion
/// assumed.
[[nodiscard]] Result<void> decodeJpeg(const PartPlanner& plan, DecodedPart& part);

} // namespace mocoscope::training
