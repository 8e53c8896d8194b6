// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_layer_style.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mocoscope::ui {
namespace {

/// Nine stops of viridis (S. van der Walt, N. Smith; CC0).
constexpr std::array<QRgb, 9> viridis {0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21918c,
                                       0xff28ae80, 0xff5ec962, 0xffaddc30, 0xfffde725};

} // namespace

QColor depthColour(double depth, bool dark)
{
    const double from = dark ? 0.30 : 0.0;
    const double to = dark ? 1.0 : 0.78;
    const double place = (from + (to - from) * std::clamp(depth, 0.0, 1.0)) * (viridis.size() - 1);
    const auto left = std::min(static_cast<std::size_t>(place), viridis.size() - 2);
    return mixed(QColor(viridis[left + 1]), QColor(viridis[left]),
                 place - static_cast<double>(left));
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
