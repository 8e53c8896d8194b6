// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/launch.h"
#include "training/api/result.h"
#include "training/collectives/collectives.h"

#include <chrono>
#include <memory>

namespace mocoscope::training {

/// How long processes wait for each other.
struct JoinPatience
{
    std::chrono::milliseconds join = std::chrono::minutes(5); ///< for all to have come
    std::chrono::milliseconds call = std::chrono::hours(3); ///< in a call, as for an evaluation
};

/// Joins the other processes of a run over its TCP store, and checks with a first sum that they
/// understand each other. For tensors on `device`: c10d's NCCL on a GPU, where LibTorch has it,
/// else Gloo, which takes tensors of any device through the CPU's memory. Blocks until all are
/// there. Errors: nobody at the address, not all came in time, the check failed, a build without
/// Gloo.
[[nodiscard]] Result<std::unique_ptr<Collectives>> joinProcesses(const LaunchedProcess& process,
                                                                 const torch::Device& device,
                                                                 const JoinPatience& patience = {});

} // namespace mocoscope::training
