// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace mocoscope::storage {

/// Tells a process from all others: a pid alone is given away again, and says nothing about other
/// machines or containers.
struct ProcessIdentity
{
    std::string host;
    std::string bootId; ///< of the running kernel; empty: not known
    std::string pidNamespace; ///< `pid:[4026531836]`; containers have their own
    std::int64_t pid = 0;
    std::int64_t startTicks = 0; ///< clock ticks after boot; 0: not known
    bool operator==(const ProcessIdentity&) const = default;
};

[[nodiscard]] ProcessIdentity currentProcess();

enum class Liveness : std::uint8_t
{
    Alive,
    Dead,
    Unknown, ///< on another machine or in another container
};
[[nodiscard]] Liveness livenessOf(const ProcessIdentity& process);

} // namespace mocoscope::storage
