// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/job_files.h"

#include "storage/exchange/output_file.h"
#include "training/api/config_json.h"

#include <system_error>

namespace mocoscope::storage {

namespace fs = std::filesystem;
using training::ClusterJob;
using training::Result;

namespace {

Result<void> makeExecutable(const fs::path& file)
{
    std::error_code error;
    const fs::perms mayRead = fs::status(file, error).permissions();
    fs::perms mayRun = fs::perms::owner_exec; // and whoever may read it
    if ((mayRead & fs::perms::group_read) != fs::perms::none) {
        mayRun |= fs::perms::group_exec;
    }
    if ((mayRead & fs::perms::others_read) != fs::perms::none) {
        mayRun |= fs::perms::others_exec;
    }
    fs::permissions(file, mayRun, fs::perm_options::add, error);
    if (error) {
        return training::failure(training::ErrorCode::Unwritable,
                                 "cannot make '" + file.string() + "' executable", error.message());
    }
    return {};
}

} // namespace

std::vector<fs::path> existingFiles(const ClusterJob& job)
{
    std::vector<fs::path> existing;
    for (const fs::path& file : {job.script, configurationFile(job)}) {
        std::error_code error;
        if (fs::exists(file, error)) {
            existing.push_back(file);
        }
    }
    return existing;
}

Result<void> writeJob(const ClusterJob& job)
{
    const auto text = jobScript(job);
    if (!text) {
        return tl::unexpected(text.error());
    }
    const auto config = training::toJson(jobConfiguration(job));
    return writeFile(configurationFile(job), [&](std::ostream& out) { out << config << '\n'; })
        .and_then([&] { return writeFile(job.script, [&](std::ostream& out) { out << *text; }); })
        .and_then([&] { return makeExecutable(job.script); });
}

} // namespace mocoscope::storage
