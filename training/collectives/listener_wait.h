// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace mocoscope::training {

/// Waits until somebody listens at an address, a tenth of a second at a time between attempts.
/// Returns why nobody could be reached last, once the time is over or `isStopped` says so; empty:
/// somebody listens. Looking up a name may take longer by itself.
[[nodiscard]] std::string awaitListener(const std::string& host, std::uint16_t port,
                                        std::chrono::steady_clock::time_point deadline,
                                        const std::function<bool()>& isStopped);

} // namespace mocoscope::training
