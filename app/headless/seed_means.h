// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/run_comparison.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace mocoscope::headless {

using storage::ComparedRun;
using storage::Figure;
using storage::SeedGroup;

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
