// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"
#include "training/api/result.h"
#include "training/api/training_config.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::training {

/// What starts the processes of a run, one a replica.
enum class JobLauncher : std::uint8_t
{
    Torchrun, ///< on one machine
    Slurm, ///< on one or several
};
/// `torchrun`, `slurm`.
[[nodiscard]] std::string toText(JobLauncher launcher);
[[nodiscard]] std::optional<JobLauncher> jobLauncherFromText(std::string_view text);

/// A run that a launcher is to start: what stands in its script, and what the run trains with.
struct ClusterJob
{
    JobLauncher launcher = JobLauncher::Torchrun;
    std::int64_t machines = 1; ///< Slurm's nodes
    std::int64_t processes = 1; ///< on each machine, one a GPU
    std::int64_t cores = 8; ///< of each process; Slurm only
    std::string timeLimit = "24:00:00"; ///< as Slurm writes it; Slurm only
    std::string name; ///< of the run
    std::filesystem::path store; ///< the run history
    std::string program = "mocoscope-train";
    std::filesystem::path script; ///< the file; the configuration lies beside it
    TrainingConfig config;
};

/// A job for this configuration, by torchrun: as many processes as it names devices, else as this
/// machine has GPUs, if it is to use any.
[[nodiscard]] ClusterJob proposedJob(const TrainingConfig& config, std::int64_t gpus);

/// Processes on all machines.
[[nodiscard]] std::int64_t processCount(const ClusterJob& job);

/// Why this configuration cannot be a job of several processes at all; empty: it can.
[[nodiscard]] std::string reasonNoJob(const TrainingConfig& config);

/// All that is wrong, empty where the job can be written. Keys are those of the configuration, or
/// `machines`, `processes`, `cores`, `time`, `name`, `store`, `program`, `script`.
[[nodiscard]] std::vector<Violation> violations(const ClusterJob& job);

/// What each process is given: its own device instead of a list of them, and absolute paths, since
/// a job starts in another folder.
[[nodiscard]] TrainingConfig jobConfiguration(const ClusterJob& job);
/// `big.json` beside `big.sh`; absolute, since Slurm runs a copy of the script elsewhere.
[[nodiscard]] std::filesystem::path configurationFile(const ClusterJob& job);

/// The text of the script: packaging/cluster's template with this job's numbers and arguments.
/// Given arguments, it starts mocoscope-train with those instead. Errors: violations().
[[nodiscard]] Result<std::string> jobScript(const ClusterJob& job);

/// What a person types: starts the job; goes on with it after a stop; opens its history in a
/// window.
struct JobCommands
{
    std::string start;
    std::string resume;
    std::string watch;
};
[[nodiscard]] JobCommands jobCommands(const ClusterJob& job);

} // namespace mocoscope::training
