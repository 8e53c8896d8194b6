// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/configuration.h"
#include "app/headless/run_store.h"
#include "storage/exchange/job_files.h"
#include "training/api/cluster_job.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace mocoscope::headless {

namespace {

using training::ClusterJob;
using training::ErrorCode;
using training::failure;
using training::Result;

std::int64_t countGpus(training::DeviceCatalog& catalog)
{
    const auto devices = catalog.devices();
    return std::count_if(devices.begin(), devices.end(),
                         [](const auto& device) { return device.id.starts_with("cuda:"); });
}

ClusterJob makeJob(const JobArguments& arguments, const ChosenConfiguration& chosen,
                   const Program& program)
{
    // Counting them starts CUDA: only where nobody has said how many.
    const std::int64_t gpus
        = arguments.processes == 0 ? countGpus(*program.makeDeviceCatalog()) : 0;
    ClusterJob job = training::proposedJob(chosen.config, gpus);
    job.launcher = *training::jobLauncherFromText(arguments.launcher);
    job.machines = arguments.machines;
    job.processes = arguments.processes == 0 ? job.processes : arguments.processes;
    job.cores = arguments.cores;
    job.timeLimit = arguments.timeLimit;
    job.name = chosen.name;
    job.store = databasePath(arguments.store);
    job.program = arguments.program;
    job.script = arguments.script;
    return job;
}

Result<void> checkTarget(const JobArguments& arguments, const ClusterJob& job)
{
    if (arguments.launcher == "torchrun" && arguments.machines != 1) {
        return failure(ErrorCode::BadArgument, "torchrun's job is for one machine",
                       "leave --machines out, or write a job for slurm");
    }
    const auto existing = storage::existingFiles(job);
    if (!existing.empty() && !arguments.force && !arguments.dryRun) {
        return failure(ErrorCode::BadArgument, "'" + existing.front().string() + "' exists already",
                       "--force replaces the script and its configuration");
    }
    return {};
}

void tell(const ClusterJob& job, bool json, std::ostream& out)
{
    const auto commands = training::jobCommands(job);
    if (json) {
        out << nlohmann::ordered_json({{"type", "job"},
                                       {"script", std::filesystem::absolute(job.script).string()},
                                       {"configuration", configurationFile(job).string()},
                                       {"processes", processCount(job)},
                                       {"start", commands.start},
                                       {"resume", commands.resume},
                                       {"watch", commands.watch}})
                   .dump()
            << '\n';
        return;
    }
    out << "start    " << commands.start << "\nresume   " << commands.resume << "\nwatch    "
        << commands.watch << '\n';
}

} // namespace

int run(const JobArguments& arguments, const Program& program)
{
    const auto chosen = chooseConfiguration(arguments, program.console, NamedFiles::Anywhere);
    if (!chosen) {
        return report(program.console, chosen.error());
    }
    const ClusterJob job = makeJob(arguments, *chosen, program);
    if (const auto checked = checkTarget(arguments, job); !checked) {
        return report(program.console, checked.error());
    }
    if (arguments.dryRun) {
        const auto script = training::jobScript(job);
        if (!script) {
            return report(program.console, script.error());
        }
        program.console.out << *script << std::flush;
        return Done;
    }
    if (const auto written = storage::writeJob(job); !written) {
        return report(program.console, written.error());
    }
    tell(job, arguments.json, program.console.out);
    program.console.out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
