// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

#include <cstdint>
#include <span>

namespace mocoscope::training {

/// The orientation tag, 1 … 8, of an APP1 segment's content; 1 (upright) where there is none.
[[nodiscard]] int exifOrientation(std::span<const std::uint8_t> segment);

/// Orientations of 5 and more lie on their side.
[[nodiscard]] constexpr bool swapsSides(int orientation)
{
    return orientation >= 5;
}

/// Turns a part that holds a whole image upright.
void turnUpright(DecodedPart& part, int orientation);

} // namespace mocoscope::training
