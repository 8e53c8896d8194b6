// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/collectives/notice_board.h"

#include <cstdint>
#include <optional>
#include <string>

namespace mocoscope::training {

/// How this machine reaches another, as numeric addresses.
struct NetworkRoute
{
    std::string own; ///< of the interface that leads there
    std::string other;
};

/// The way to `host`, one that leaves this machine before one that does not. Asks the kernel and
/// the resolver of names, sends nothing. Nothing: the name is not known, or no way leads there.
[[nodiscard]] std::optional<NetworkRoute> routeTo(const std::string& host, std::uint16_t port);

/// 127.…, ::1: reaches this machine alone.
[[nodiscard]] bool isLoopback(const std::string& address);

/// The address at which the other processes reach this one, where `route` leads to the machine
/// at which all meet. On that machine itself the name often stands for 127.0.1.1, which other
/// machines cannot use: the others tell at which address they see it. Where none of them comes from
/// outside, all are on one machine, and that is 127.0.0.1. All processes call this.
[[nodiscard]] std::string ownAddress(const std::optional<NetworkRoute>& route, std::int64_t rank,
                                     std::int64_t worldSize, const NoticeBoard& board);

} // namespace mocoscope::training
