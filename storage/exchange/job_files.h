// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/cluster_job.h"
#include "training/api/result.h"

#include <filesystem>
#include <vector>

namespace mocoscope::storage {

/// Those of the two files that writeJob() would replace.
[[nodiscard]] std::vector<std::filesystem::path> existingFiles(const training::ClusterJob& job);

/// Writes the configuration and then the script beside it, which can be executed. Each is replaced
/// whole or not at all. Errors: the job's violations, a folder that cannot be written to.
[[nodiscard]] training::Result<void> writeJob(const training::ClusterJob& job);

} // namespace mocoscope::storage
