// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <memory>

namespace mocoscope::training {

/// Draws with the code that training uses. Remembers the data set of the last call.
[[nodiscard]] std::unique_ptr<ViewPreview> makeViewPreview();

} // namespace mocoscope::training
