// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/exchange/ablated_figure.h"
#include "training/api/result.h"

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace mocoscope::headless {

/// `metric` empty: linear probing, kNN accuracy or loss, whichever the most runs have. An error
/// names what there is.
[[nodiscard]] training::Result<storage::Figure>
ablatedFigure(const std::vector<storage::ComparedRun>& runs, const std::string& metric, bool best);

/// The baseline, then a line for each setting that differs from it in one option, then those that
/// differ in more.
void printAblation(const std::vector<storage::ComparedRun>& runs, const storage::Figure& figure,
                   const storage::Ablation& ablation, std::ostream& out);
/// The same as one object.
[[nodiscard]] nlohmann::ordered_json ablationJson(const std::vector<storage::ComparedRun>& runs,
                                                  const storage::Figure& figure,
                                                  const storage::Ablation& ablation);

} // namespace mocoscope::headless
