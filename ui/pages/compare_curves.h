// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"
#include "ui/plot/curve_data.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::ui {

/// A run whose curves are laid over those of others.
struct OverlaidRun
{
    storage::RunRecord record;
    QString distinction; ///< what sets it apart, for the read-out
    std::optional<training::TrainingConfig> config {}; ///< empty: could not be read
};

class CompareModel;
/// Those of a comparison.
[[nodiscard]] std::vector<OverlaidRun> overlaidRuns(const CompareModel& compared);

/// What a plot of a metric is headed with, gradients of layers too.
[[nodiscard]] QString plotTitle(const std::string& metric);

/// Runs that share a colour, and whose mean may be drawn in place of each.
struct CurveGroup
{
    QString title;
    std::vector<std::size_t> runs; ///< indices; the first one stands for all
};

/// What runs can be grouped by besides the key of any option.
inline constexpr auto groupByRun = ""; ///< each on its own
inline constexpr auto groupBySeeds = "seeds"; ///< finished runs that differ in nothing but the seed

/// In the order of their first runs. By an option: one group for each of its values; runs whose
/// options are not known share one.
[[nodiscard]] std::vector<CurveGroup> groupsOf(const std::vector<OverlaidRun>& runs,
                                               const std::string& key);

/// Mean of curves at the steps that all of them have, and one standard deviation of the sample
/// below and above it. NaN where one of the values is.
struct MeanCurve
{
    std::shared_ptr<CurveData> mean = std::make_shared<CurveData>();
    std::shared_ptr<CurveData> low = std::make_shared<CurveData>();
    std::shared_ptr<CurveData> high = std::make_shared<CurveData>();
};
/// Of two or more.
[[nodiscard]] MeanCurve meanOf(const std::vector<const CurveData*>& curves);

enum class Better : std::uint8_t
{
    Unknown,
    Lower,
    Higher
};
/// What is good of a metric: a low loss, a high accuracy or effective rank.
[[nodiscard]] Better betterOf(const std::string& metric);
/// At each step the best value up to it; NaN does not count, and comes as long as nothing else
/// came. `better` is known.
[[nodiscard]] std::shared_ptr<CurveData> bestSoFar(const CurveData& curve, Better better);

} // namespace mocoscope::ui
