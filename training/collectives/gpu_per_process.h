// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/collectives/notice_board.h"

#include <cstdint>
#include <string>

namespace mocoscope::training {

/// Whether each process of a run computes on a GPU of its own, which NCCL needs. `gpu` is the PCI
/// address of this process's, empty where it computes on a CPU; `machine` tells machines apart, as
/// bootId() does. All processes call this, and all get the same answer.
[[nodiscard]] bool hasEachItsGpu(const std::string& machine, const std::string& gpu,
                                 std::int64_t rank, std::int64_t worldSize,
                                 const NoticeBoard& board);

} // namespace mocoscope::training
