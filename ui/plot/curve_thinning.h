// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/curve_data.h"
#include "ui/plot/timeline.h"

#include <QPointF>
#include <QPolygonF>

#include <cstddef>
#include <vector>

namespace mocoscope::ui {

/// How samples map to places on the paper: pixels, y downwards.
struct PlotFrame
{
    AxisUnit unit = AxisUnit::Step;
    double xMinimum = 0; ///< in `unit`
    double xMaximum = 1;
    double yMinimum = 0;
    double yMaximum = 1;
    bool yLogarithmic = false;
    double left = 0; ///< pixels
    double top = 0;
    double width = 1;
    double height = 1;
    double columnWidth = 1; ///< pixels; a device pixel on a screen
    double flatness = 0.4; ///< pixels; a column that spans less is drawn as a point

    [[nodiscard]] double pixelX(double position) const;
    /// NaN where a logarithmic axis has no place for the value.
    [[nodiscard]] double pixelY(double value) const;
    [[nodiscard]] double positionAt(double pixelX) const;
};

/// What is drawn of a curve: stretches without gaps.
using Strokes = std::vector<QPolygonF>;

/// The strokes of a curve in a frame: with at most two points a pixel column, the
/// smallest and the largest value in it, so that no sample that stands out is hidden. The
/// cost depends on the columns, not on the samples. `timeline` may be null for steps.
[[nodiscard]] Strokes thinned(const CurveData& data, const Timeline* timeline,
                              const PlotFrame& frame);

/// First and one-past-last index of the samples in view, with one more on either side if there is.
struct IndexRange
{
    std::size_t first = 0;
    std::size_t last = 0;
};
[[nodiscard]] IndexRange visibleIndices(const CurveData& data, const Timeline* timeline,
                                        const PlotFrame& frame);

} // namespace mocoscope::ui
