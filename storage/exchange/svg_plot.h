// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <string>
#include <vector>

namespace mocoscope::storage {

/// A curve of a plot; `curve` outlives the call.
struct PlottedCurve
{
    const Curve* curve = nullptr;
    std::string style; ///< class of the path: its colour and dashes
    std::string hint; ///< what is shown when the pointer rests on it
};

/// Curves over their steps as an inline SVG of 760 × 300 units, with axes. Each column of pixels
/// shows the smallest and the largest of *all* its values, so that no spike is hidden; a value that
/// is not finite is a gap. Colours are left to the page: `axis` and `grid` are classes as well.
/// Empty when there is nothing to show.
[[nodiscard]] std::string svgPlot(const std::string& title,
                                  const std::vector<PlottedCurve>& curves);

} // namespace mocoscope::storage
