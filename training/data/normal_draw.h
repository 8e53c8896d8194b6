// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/philox.h"

#include <cmath>
#include <numbers>

namespace mocoscope::training {

/// A number of the standard normal distribution, by Box and Muller. Takes two uniform ones.
[[nodiscard]] inline double drawNormal(RandomStream& random)
{
    const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
    return radius * std::cos(2 * std::numbers::pi * random.uniform());
}

} // namespace mocoscope::training
