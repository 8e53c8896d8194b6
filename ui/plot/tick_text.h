// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/timeline.h"

#include <QString>

namespace mocoscope::ui {

/// A tick of a linear axis: `1.5e-4`, `0.25`, `20k`, `1.5M`. `tickStep` is the distance of the
/// ticks, `largest` the largest absolute value on the axis; together they decide digits and
/// notation, the same for all ticks.
[[nodiscard]] QString tickText(double value, double tickStep, double largest);
/// One digit times a power of ten, on a logarithmic axis.
[[nodiscard]] QString logTickText(double value);
/// `45 s`, `1 min 30 s`, `2 h 15 min`, `3 d 4 h`: as exact as `tickStep` asks for.
[[nodiscard]] QString durationText(double seconds, double tickStep = 1.0);
/// A value in a read-out, four significant digits: `0.07133`, `1.234e-5`, `98 304`.
[[nodiscard]] QString valueText(double value);
/// A number that someone has set, as short as it can be told: `0.0003`, `1e-6`, `4096`.
[[nodiscard]] QString settingText(double value);
/// A step in full, digits in groups of three: `1 234 567`.
[[nodiscard]] QString stepText(double step);
/// `Step`, `Epoch`, `Time`: the title of an axis.
[[nodiscard]] QString axisTitle(AxisUnit unit);

} // namespace mocoscope::ui
