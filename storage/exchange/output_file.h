// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <filesystem>
#include <functional>
#include <ostream>

namespace mocoscope::storage {

/// Writes a file whole or not at all: a temporary file beside it takes its place when everything
/// was written. Devices and pipes (`/dev/stdout`) are written to directly.
[[nodiscard]] training::Result<void> writeFile(const std::filesystem::path& file,
                                               const std::function<void(std::ostream&)>& write);

} // namespace mocoscope::storage
