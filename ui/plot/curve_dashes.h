// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/curve_thinning.h"

class QPen;

namespace mocoscope::ui {

/// The dashes that `pen` makes of strokes, between two places: the next sample may be millions of
/// pixels away. A stroke of a single point stays a dot.
[[nodiscard]] Strokes dashed(const Strokes& strokes, const QPen& pen, double left, double right);

} // namespace mocoscope::ui
