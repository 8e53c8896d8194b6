// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/canvas_scene.h"

namespace mocoscope::ui {

/// Colour of a layer by its depth, 0 (first) to 1 (last), on a scale whose lightness grows evenly,
/// cut so that each end stands out from the background.
[[nodiscard]] QColor depthColour(double depth, bool dark);

/// The patch projection, where spikes begin, has a colour off the scale and a stronger line.
[[nodiscard]] SeriesStyle layerStyle(const QString& layer, int index, int count, bool dark);

} // namespace mocoscope::ui
