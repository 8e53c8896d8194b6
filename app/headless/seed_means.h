// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/comparison.h"
#include "training/api/seed_groups.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace mocoscope::headless {

/// Finished runs that differ in nothing but the seed.
struct SeedGroup
{
    std::string title; ///< the setting in its sweep, else the name of its first run
    std::vector<std::size_t> runs; ///< indices into the compared runs
};

/// In the order of their first runs. Runs that are not finished are left out: their last values
/// are those of another step.
[[nodiscard]] std::vector<SeedGroup> seedGroups(const std::vector<ComparedRun>& runs);
[[nodiscard]] std::optional<training::Spread> spreadOf(const Figure& figure,
                                                       const SeedGroup& group);

/// A line for each group, a column for each loss and accuracy: `62.1 ± 0.8 (3)`. What the study
/// reports stands in columns of its own.
void printMeans(const std::vector<ComparedRun>& runs, const std::vector<SeedGroup>& groups,
                const std::vector<Figure>& figures, std::ostream& out);
/// One object for each group, with all figures.
[[nodiscard]] nlohmann::ordered_json meansJson(const std::vector<ComparedRun>& runs,
                                               const std::vector<SeedGroup>& groups,
                                               const std::vector<Figure>& figures);

/// What the study reports beside each run, where it corresponds to one of its settings; nothing
/// where none does.
void printStudy(const std::vector<ComparedRun>& runs, std::ostream& out);
/// A line for each kind of published value, with one entry a run.
[[nodiscard]] nlohmann::ordered_json studyJson(const std::vector<ComparedRun>& runs);

} // namespace mocoscope::headless
