// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/colour_map.h"
#include "ui/plot/curve_thinning.h"

#include <QString>

#include <memory>
#include <vector>

class QPainter;

namespace mocoscope::ui {

struct PlotTheme;

struct HeatMapRow
{
    QString name;
    std::shared_ptr<const CurveData> data;
};

/// Curves as rows of colour over a common axis. Row i lies between i and i + 1 on the vertical
/// axis: the first one at the bottom.
struct HeatMap
{
    std::vector<HeatMapRow> rows;
    std::shared_ptr<const Timeline> timeline; ///< null: steps only
    ColourScale scale;
};

/// The steps at the borders of the pixel columns of a frame: one more than there are columns.
[[nodiscard]] std::vector<double> columnBorders(const Timeline* timeline, const PlotFrame& frame);
/// The largest value of each column, NaN where it has none: a spike of one step shows however many
/// steps share its column. A sample fills half a step to either side.
[[nodiscard]] std::vector<double> columnMaxima(const CurveData& data,
                                               const std::vector<double>& borders);

// Deviation: no QCPColorMap. It wants an even grid, which epochs and seconds are not, and thins by
// leaving columns out, which hides what is looked for.
void paintHeatMap(QPainter& painter, const HeatMap& map, const PlotFrame& frame,
                  const PlotTheme& theme);

} // namespace mocoscope::ui
