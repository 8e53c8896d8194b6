// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/ablation.h"
#include "storage/exchange/run_comparison.h"
#include "training/api/result.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace mocoscope::headless {

/// The figure that an ablation is about: a metric's last or best value, or `linear_top1` and
/// `finetune_top1`, which evaluations found of a run.
struct AblatedFigure
{
    std::string metric;
    std::string which; ///< `last` or `best`
    std::vector<std::optional<double>> values; ///< one a run
};

/// `metric` empty: linear probing, kNN accuracy or loss, whichever the most runs have. An error
/// names what there is.
[[nodiscard]] training::Result<AblatedFigure>
ablatedFigure(const std::vector<storage::ComparedRun>& runs, const std::string& metric, bool best);

/// Empty when no run is finished.
[[nodiscard]] std::optional<storage::Ablation>
ablationOf(const std::vector<storage::ComparedRun>& runs, const AblatedFigure& figure,
           std::optional<std::size_t> baseline);

/// The baseline, then a line for each setting that differs from it in one option, then those that
/// differ in more.
void printAblation(const std::vector<storage::ComparedRun>& runs, const AblatedFigure& figure,
                   const storage::Ablation& ablation, std::ostream& out);
/// The same as one object.
[[nodiscard]] nlohmann::ordered_json ablationJson(const std::vector<storage::ComparedRun>& runs,
                                                  const AblatedFigure& figure,
                                                  const storage::Ablation& ablation);

} // namespace mocoscope::headless
