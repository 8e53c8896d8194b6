// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/philox.h"
#include "training/data/planar_image.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace mocoscope::training {

/// One kind of operation of RandAugment.
struct AugmentOperation
{
    std::string_view name; ///< `shear_x`
    /// `level` is 0 (nothing, for most) … 10; `sign` is 1 or -1, for those that go both ways.
    void (*apply)(PlanarImage& image, double level, double sign);
};
[[nodiscard]] std::span<const AugmentOperation> augmentOperations();

/// `operations` times: one of augmentOperations(), done with probability 1/2, at a level drawn from
/// a normal distribution around `magnitude` (deviation 1/2) and cut to 0 … 10.
/// Source: Cubuk et al. 2020, as timm's rand-m9-mstd0.5-inc1, which DeiT uses. Deviation: always
/// bilinear, where timm picks bilinear or bicubic at random.
void randAugment(PlanarImage& image, std::int64_t operations, double magnitude,
                 RandomStream random);

/// Replaces a rectangle of a normalised image [3, size, size] by normal noise: 2 % to a third of
/// the area, sides 0.3 … 1/0.3 to each other. Source: Zhong et al. 2020, as timm's `pixel` mode.
void eraseRectangle(float* image, std::int64_t size, RandomStream random);

} // namespace mocoscope::training
