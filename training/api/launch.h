// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace mocoscope::training {

/// This process as one replica of a run that a launcher has started in several processes.
struct LaunchedProcess
{
    std::string launcher; ///< "torchrun", "Slurm", "MPI": whose variables these are
    std::int64_t rank = 0; ///< 0 … worldSize − 1; 0 records the run
    std::int64_t worldSize = 1;
    std::int64_t localRank = 0; ///< among the processes on this machine
    std::int64_t localSize = 1; ///< processes on this machine
    std::string host; ///< where rank 0, or the launcher, holds the store
    std::uint16_t port = 0;
    bool isStoreServed = false; ///< the launcher has started the store
    std::string storePrefix; ///< of keys, so that a restart meets nothing old
};

/// A variable of the environment; empty: it is not set.
using Environment = std::function<std::string(const char* name)>;
[[nodiscard]] std::string processEnvironment(const char* name);

/// Of the kernel that runs this process, the same in all containers on a machine, another after
/// each start of it; empty: not known.
[[nodiscard]] std::string bootId();

/// Reads RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE (torchrun), or Slurm's or MPI's
/// counterparts; MASTER_ADDR and MASTER_PORT with all of them. Nothing: this process is alone.
/// Errors: a variable that is missing or is no number in its range.
[[nodiscard]] Result<std::optional<LaunchedProcess>> launchedProcess(const Environment& environment
                                                                     = processEnvironment);

} // namespace mocoscope::training
