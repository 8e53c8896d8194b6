// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/ablation.h"
#include "storage/exchange/run_comparison.h"

#include <optional>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// What an ablation can be about: the last and best values of all metrics, and `linear_top1` and
/// `finetune_top1` (`last`), which evaluations found of a run.
[[nodiscard]] std::vector<Figure> ablatedFigures(const std::vector<ComparedRun>& runs);

[[nodiscard]] bool hasValues(const Figure& figure);

/// Linear probing, kNN accuracy or loss (`which`: `last` or `best`), whichever the most runs have,
/// of several such the first. Empty when there is none.
[[nodiscard]] std::optional<Figure> usualFigure(const std::vector<Figure>& all,
                                                const std::string& which);

/// See ablate(); empty when no run is finished.
[[nodiscard]] std::optional<Ablation> ablationOf(const std::vector<ComparedRun>& runs,
                                                 const Figure& figure,
                                                 std::optional<std::size_t> baseline);

} // namespace mocoscope::storage
