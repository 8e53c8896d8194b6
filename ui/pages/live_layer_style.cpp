// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_layer_style.h"

#include "ui/plot/colour_map.h"

#include <algorithm>

namespace mocoscope::ui {

QColor depthColour(double depth, bool dark)
{
    const double from = dark ? 0.30 : 0.0;
    const double to = dark ? 1.0 : 0.78;
    return mapColour(from + (to - from) * std::clamp(depth, 0.0, 1.0));
}

SeriesStyle layerStyle(const QString& layer, int index, int count, bool dark)
{
    if (layer == QLatin1String("patch_embed")) {
        return {dark ? QColor(0xff, 0x5c, 0x8d) : QColor(0xd8, 0x1b, 0x60), Qt::SolidLine, 2.0};
    }
    return {depthColour(count > 1 ? static_cast<double>(index) / (count - 1) : 0.5, dark),
            Qt::SolidLine, 1.3};
}

} // namespace mocoscope::ui
