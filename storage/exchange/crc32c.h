// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace mocoscope::storage {

/// CRC-32C (Castagnoli) of bytes, as TensorFlow's record files store it: turned by 15 bits and
/// added to a constant, because a sum over data that hold their own sum is weak.
/// Source: tensorflow/core/lib/hash/crc32c.h.
[[nodiscard]] std::uint32_t maskedCrc32c(std::string_view bytes);

/// Without the mask.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

} // namespace mocoscope::storage
