// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/collectives/notice_board.h"

#include <cstdint>
#include <string>

namespace mocoscope::training {

/// Whether each process of a run computes on a GPU of its own, which NCCL needs. `gpu` is the PCI
/// address of this process's, empty where it computes on a CPU; `machine` tells machines apart, not
/// the containers on one. All processes call this, and all get the same answer.
[[nodiscard]] bool hasEachItsGpu(const std::string& machine, const std::string& gpu,
                                 std::int64_t rank, std::int64_t worldSize,
                                 const NoticeBoard& board);

/// The kernel that runs this process, the same in all containers on it; empty: not known.
[[nodiscard]] std::string ownMachine();

} // namespace mocoscope::training
