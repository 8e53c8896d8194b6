// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <cstdint>
#include <span>

namespace mocoscope::training {

/// Fills `bytes` from `offset` on; the reason of a failure is the error's message.
[[nodiscard]] Result<void> readExactly(int file, std::int64_t offset,
                                       std::span<std::uint8_t> bytes);

/// "No such file or directory" and the like, of errno.
[[nodiscard]] std::string systemReason(int number);

} // namespace mocoscope::training
