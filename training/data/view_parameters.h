// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"
#include "training/data/dataset.h"
#include "training/data/philox.h"

#include <array>
#include <cstdint>
#include <optional>

namespace mocoscope::training {

enum class JitterStep : std::uint8_t
{
    Brightness,
    Contrast,
    Saturation,
    Hue
};

/// Everything random about one view. Steps are applied in the order of the members.
struct ViewParameters
{
    PixelRect crop; ///< of the stored image, upright
    bool jitter = false;
    std::array<JitterStep, 4> jitterOrder {JitterStep::Brightness, JitterStep::Contrast,
                                           JitterStep::Saturation, JitterStep::Hue};
    double brightness = 1; ///< factors; 1: unchanged
    double contrast = 1;
    double saturation = 1;
    std::optional<double> hue; ///< share of the colour circle; even 0 rounds to 8-bit HSV
    bool grey = false;
    double blurSigma = 0; ///< pixels; 0: none
    bool solarize = false;
    bool flip = false;
};

/// Draws a view of an image of that size; `use` is View1 or View2.
/// Source: MoCo v3's recipe (BYOL's), with the distributions of torchvision's transforms.
[[nodiscard]] ViewParameters drawView(const ViewsConfig& config, int width, int height,
                                      RandomStream random, RandomUse use);

/// A crop of a random share of the area and aspect ratio 3/4 … 4/3, after torchvision's
/// RandomResizedCrop: ten attempts, then the largest central one.
[[nodiscard]] PixelRect drawCrop(double areaMin, double areaMax, int width, int height,
                                 RandomStream& random);

} // namespace mocoscope::training
