// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/colour_map.h"

#include "ui/plot/plot_theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace mocoscope::ui {
namespace {

/// Nine stops; between them it is interpolated.
constexpr std::array<QRgb, 9> viridis {0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21918c,
                                       0xff28ae80, 0xff5ec962, 0xffaddc30, 0xfffde725};

} // namespace

QColor mapColour(double place)
{
    const double at = std::clamp(place, 0.0, 1.0) * (viridis.size() - 1);
    const auto left = std::min(static_cast<std::size_t>(at), viridis.size() - 2);
    return mixed(QColor(viridis[left + 1]), QColor(viridis[left]), at - static_cast<double>(left));
}

double ColourScale::place(double value) const
{
    if (!(value > 0)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return std::clamp(std::log(value / minimum) / std::log(maximum / minimum), 0.0, 1.0);
}

} // namespace mocoscope::ui
