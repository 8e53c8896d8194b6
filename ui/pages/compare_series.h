// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_curves.h"
#include "ui/plot/curve_plot.h"

#include <optional>
#include <string>
#include <vector>

namespace mocoscope::ui {

class CompareStore;

/// How curves of runs are laid over each other.
struct SeriesChoice
{
    std::string grouping = groupByRun; ///< as groupsOf() takes it
    bool means = false; ///< mean ± deviation of each group in place of its runs
    bool best = false; ///< the best value so far, where it is known what is better
};

/// The groups of runs that a choice makes.
[[nodiscard]] std::vector<CurveGroup> groupsOf(const CompareStore& store,
                                               const SeriesChoice& choice);
/// What a plot of `metric` shows of some of these groups: a curve for each run that has values, or
/// for each group. A group looks the same whichever others are shown; `groups` are indices.
[[nodiscard]] std::vector<SeriesSpec> seriesOf(const CompareStore& store, const std::string& metric,
                                               const SeriesChoice& choice,
                                               const std::vector<CurveGroup>& all,
                                               const std::vector<std::size_t>& groups);
/// Of all groups.
[[nodiscard]] std::vector<SeriesSpec> seriesOf(const CompareStore& store, const std::string& metric,
                                               const SeriesChoice& choice);

} // namespace mocoscope::ui
