// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"

#include <memory>

namespace mocoscope::training {

/// The devices that LibTorch sees.
[[nodiscard]] std::unique_ptr<DeviceCatalog> makeDeviceCatalog();

} // namespace mocoscope::training
