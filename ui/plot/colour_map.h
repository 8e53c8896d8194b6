// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace mocoscope::ui {

/// Viridis at `place` from 0 (dark violet) to 1 (bright yellow): lightness grows evenly, and
/// colour-blind eyes see the same order. Source: S. van der Walt, N. Smith (CC0).
[[nodiscard]] QColor mapColour(double place);

/// Values on a logarithmic scale of colours.
struct ColourScale
{
    double minimum = 0.5;
    double maximum = 16;
    bool operator==(const ColourScale&) const = default;

    /// 0 … 1, cut off at both ends; NaN where a logarithm has no place for the value.
    [[nodiscard]] double place(double value) const;
};

} // namespace mocoscope::ui
