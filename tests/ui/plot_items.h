// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/parallel_plot.h"
#include "ui/plot/scatter_plot.h"
#include "ui/plot/value_axis.h"

#include <limits>
#include <vector>

// What the tests of plots of items have in common.
namespace mocoscope::testing {

using ui::ValueAxis;

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

inline ValueAxis axisOf(const QString& title, std::vector<double> values)
{
    return {title, std::move(values), {}, false, {}};
}

/// Four items on three axes, the second one without a value of the last item.
inline void fill(ui::ParallelPlot& plot, int colour = 1)
{
    ValueAxis method {QStringLiteral("Framework"),
                      {0, 0, 1, 1},
                      {QStringLiteral("moco_v3"), QStringLiteral("byol")},
                      false,
                      {}};
    plot.setItems(
        {std::move(method), axisOf(QStringLiteral("Accuracy"), {10, 20, 30, missing}),
         axisOf(QStringLiteral("Loss"), {4, 3, 2, 1})},
        {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")},
        colour);
}

} // namespace mocoscope::testing
