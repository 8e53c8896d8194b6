// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/launch.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>

namespace mocoscope::training {

namespace {

/// What a launcher calls its variables.
struct LauncherNames
{
    const char* launcher;
    const char* rank;
    const char* worldSize;
    const char* localRank;
    const char* localSize;
};

// Slurm sets SLURM_PROCID for a batch script as well, the number of a step's tasks only for what
// srun has started.
constexpr std::array launchers {
    LauncherNames {"torchrun", "RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE"},
    LauncherNames {"Slurm", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID",
                   "SLURM_NTASKS_PER_NODE"},
    LauncherNames {"MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE",
                   "OMPI_COMM_WORLD_LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_SIZE"},
    LauncherNames {"MPI", "PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID", "MPI_LOCALNRANKS"},
};

Result<std::int64_t> numberIn(const Environment& environment, const char* name, std::int64_t least,
                              std::int64_t most)
{
    const std::string text = environment(name);
    std::int64_t value = -1;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    const bool isNumber = parsed.ec == std::errc {} && parsed.ptr == end;
    if (!isNumber || value < least || value > most) {
        return failure(ErrorCode::BadConfiguration,
                       "the environment's " + std::string(name) + " = '" + text + "'",
                       "expected a whole number from " + std::to_string(least) + " to "
                           + std::to_string(most) + ", as the launcher sets it");
    }
    return value;
}

/// As above; `other` where it is not set.
Result<std::int64_t> optionalNumber(const Environment& environment, const char* name,
                                    std::int64_t other, std::int64_t least, std::int64_t most)
{
    return environment(name).empty() ? other : numberIn(environment, name, least, most);
}

Result<void> addMeetingPoint(const Environment& environment, LaunchedProcess& process)
{
    process.host = environment("MASTER_ADDR");
    if (process.host.empty() || environment("MASTER_PORT").empty()) {
        return failure(ErrorCode::BadConfiguration,
                       process.launcher + " has started " + std::to_string(process.worldSize)
                           + " processes, but MASTER_ADDR or MASTER_PORT is not set",
                       "set them to the machine of rank 0 and a free port of it; docs/replicas.md "
                       "shows how");
    }
    return numberIn(environment, "MASTER_PORT", 1, 65535).map([&](std::int64_t port) {
        process.port = static_cast<std::uint16_t>(port);
        process.isStoreServed = environment("TORCHELASTIC_USE_AGENT_STORE") == "True";
        process.storePrefix = "mocoscope/" + environment("TORCHELASTIC_RESTART_COUNT");
    });
}

Result<std::optional<LaunchedProcess>> read(const Environment& environment,
                                            const LauncherNames& names)
{
    constexpr std::int64_t most = 1 << 20;
    LaunchedProcess process;
    process.launcher = names.launcher;
    const auto size = numberIn(environment, names.worldSize, 1, most);
    const auto rank = size.and_then(
        [&](std::int64_t count) { return numberIn(environment, names.rank, 0, count - 1); });
    const auto localRank = rank.and_then(
        [&](std::int64_t) { return optionalNumber(environment, names.localRank, 0, 0, most); });
    const auto localSize = localRank.and_then(
        [&](std::int64_t) { return optionalNumber(environment, names.localSize, 1, 1, most); });
    if (!localSize) {
        return tl::unexpected(localSize.error());
    }
    process.worldSize = *size;
    process.rank = *rank;
    process.localRank = *localRank;
    process.localSize = *localSize;
    if (process.worldSize == 1) {
        return std::optional<LaunchedProcess> {};
    }
    return addMeetingPoint(environment, process).map([&] { return std::optional(process); });
}

} // namespace

std::string processEnvironment(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::string bootId()
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    file >> id;
    return id;
}

Result<std::optional<LaunchedProcess>> launchedProcess(const Environment& environment)
{
    for (const LauncherNames& names : launchers) {
        if (!environment(names.rank).empty() && !environment(names.worldSize).empty()) {
            return read(environment, names);
        }
    }
    return std::optional<LaunchedProcess> {};
}

} // namespace mocoscope::training
