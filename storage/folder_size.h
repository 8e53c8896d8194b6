// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace mocoscope::storage {

/// Bytes of all regular files below `folder`; 0 when there is none. Links are not followed.
[[nodiscard]] std::int64_t folderBytes(const std::filesystem::path& folder);

} // namespace mocoscope::storage
