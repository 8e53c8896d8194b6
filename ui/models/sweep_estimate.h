// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/sweep.h"
#include "ui/models/measured_speed.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace mocoscope::ui {

/// What the runs of a sweep need together.
struct SweepEstimate
{
    std::int64_t runs = 0;
    std::int64_t steps = 0;
    std::int64_t measuredRuns = 0; ///< for which a past run tells the time of a step
    double measuredMs = 0; ///< of those together
};

/// Images to train on at some data; empty: not known yet.
using ImageCount = std::function<std::optional<std::int64_t>(const training::DataConfig&)>;

/// Never guesses: a run whose like has not been trained is not counted among the measured ones.
/// Empty as long as some number of images is not known.
[[nodiscard]] std::optional<SweepEstimate>
estimateSweep(std::span<const training::SweepMember> members, const ImageCount& imageCount,
              MeasuredSpeed& speed, std::span<const storage::RunRecord> runs);

} // namespace mocoscope::ui
