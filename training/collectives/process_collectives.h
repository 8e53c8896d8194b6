// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/launch.h"
#include "training/api/result.h"
#include "training/collectives/collectives.h"

#include <chrono>
#include <functional>
#include <memory>

namespace mocoscope::training {

/// How long processes wait for each other.
struct JoinPatience
{
    std::chrono::milliseconds join = std::chrono::minutes(5); ///< for all to have come
    std::chrono::milliseconds call = std::chrono::hours(3); ///< in a call, as for an evaluation
};

/// What happens while the others are waited for, on the thread that waits.
struct JoinWatch
{
    /// Asked several times a second; true: gives up, and lets the others know.
    std::function<bool()> isStopped = [] { return false; };
    /// So many of all processes are there.
    std::function<void(std::int64_t come)> onCome = [](std::int64_t) {};
};

/// Where a process computes.
struct ProcessDevice
{
    torch::Device device;
    std::string busId {}; ///< of a GPU: its PCI address, "0000:3b:00.0"
};

/// Joins the other processes of a run over its TCP store, and checks with a first sum that they
/// understand each other. c10d's NCCL on GPUs, where LibTorch has it and each process a GPU of its
/// own; else Gloo, which takes tensors of any device through the CPU's memory. Blocks until all are
/// there, or `watch` says stop. Errors: nobody at the address, not all came in time, one was
/// stopped, the check failed, a build without Gloo.
[[nodiscard]] Result<std::unique_ptr<Collectives>> joinProcesses(const LaunchedProcess& process,
                                                                 const ProcessDevice& own,
                                                                 const JoinPatience& patience = {},
                                                                 const JoinWatch& watch = {});

} // namespace mocoscope::training
