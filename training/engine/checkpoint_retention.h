// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::training {

/// How good the weights of a checkpoint were when it was written.
struct CheckpointScore
{
    std::optional<double> accuracy; ///< %, as measured last; of kNN, of an evaluation its own
    std::optional<double> loss; ///< mean since the checkpoint before
};

/// In the metadata of a checkpoint's file.
void addTo(std::map<std::string, std::string>& metadata, const CheckpointScore& score);
[[nodiscard]] CheckpointScore scoreIn(const std::map<std::string, std::string>& metadata);

struct ScoredCheckpoint
{
    std::filesystem::path path;
    std::int64_t step = 0;
    CheckpointScore score;
};

/// The best of them: the highest accuracy where any has one, else the lowest loss; the newest of
/// equals. Nullptr when none has a score.
[[nodiscard]] const ScoredCheckpoint* bestOf(const std::vector<ScoredCheckpoint>& checkpoints);

/// Deletes the checkpoints of `folder` that are neither among the newest nor the best, and what a
/// killed process left half written; returns their paths. Called when a new one is safely on the
/// disk, so that at each moment those that are to be kept exist. A file that cannot be read neither
/// counts nor is touched.
[[nodiscard]] std::vector<std::string> removeOldCheckpoints(const std::filesystem::path& folder,
                                                            std::int64_t keepLast);

} // namespace mocoscope::training
