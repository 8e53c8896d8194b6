// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace mocoscope::ui {

/// Distance of the ticks on a linear axis: 1, 2 or 5 times a power of ten, at least `wanted`, which
/// is positive.
[[nodiscard]] double linearStep(double wanted);

/// Distance of the ticks on an axis of time: the next tidy number of seconds, minutes, hours or
/// days that is at least `wanted` seconds.
[[nodiscard]] double durationStep(double wanted);

/// Distance of the ticks on a linear axis: `step`, or less of it (by 2 or 2.5) where a range that
/// lies badly would otherwise hold a single tick, which says nothing of the scale.
[[nodiscard]] double stepOfTwoTicks(double lower, double upper, double step);

/// Distance of the ticks on an axis of steps, which are whole numbers: `step` made whole, or as it
/// is where a range is so short that it would not hold two.
[[nodiscard]] double wholeStep(double lower, double upper, double step);

/// Ticks of a logarithmic axis: powers of ten, with 2 and 5 in between where there are few of them.
struct DecadeTicks
{
    std::vector<double> labelled;
    std::vector<double> between;
};
/// `count`: about how many there is room for. Some may lie outside of the range.
[[nodiscard]] DecadeTicks decadeTicks(double lower, double upper, int count);

} // namespace mocoscope::ui
