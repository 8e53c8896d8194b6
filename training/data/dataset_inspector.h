// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <memory>

namespace mocoscope::training {

[[nodiscard]] std::unique_ptr<DatasetInspector> makeDatasetInspector();

} // namespace mocoscope::training
