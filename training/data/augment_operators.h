// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/planar_image.h"

#include <array>

namespace mocoscope::training {

/// Operations of RandAugment that views do not need, each as PIL computes it on an RGB image, byte
/// for byte. All work in place.

/// Stretches each channel so that its darkest value becomes 0 and its brightest 255.
void autoContrast(PlanarImage& image);
/// Makes the values of each channel as frequent as each other.
void equalize(PlanarImage& image);
void invert(PlanarImage& image);
/// Keeps this many upper bits of each value, 0 … 8.
void posterize(PlanarImage& image, int bits);
/// Inverts values of `threshold` and more, 0 … 256.
void solarizeFrom(PlanarImage& image, int threshold);
/// Adds to the values below 128, up to 255.
void solarizeAdd(PlanarImage& image, int addition);
/// Towards (factor < 1) or away from the image smoothed by PIL's SMOOTH filter.
void adjustSharpness(PlanarImage& image, double factor);

/// Output pixel (x, y) comes from (a·x + b·y + c, d·x + e·y + f) of the input, both counted at
/// pixel centres. What comes from outside gets the fill colour.
struct AffineMap
{
    double a = 1, b = 0, c = 0, d = 0, e = 1, f = 0;
};
[[nodiscard]] AffineMap shearAcross(double factor);
[[nodiscard]] AffineMap shearDown(double factor);
[[nodiscard]] AffineMap translation(double x, double y);
/// Around the centre, counter-clockwise.
[[nodiscard]] AffineMap rotation(double degrees, int width, int height);
/// Bilinear.
void applyAffine(PlanarImage& image, const AffineMap& map, const std::array<std::uint8_t, 3>& fill);

} // namespace mocoscope::training
