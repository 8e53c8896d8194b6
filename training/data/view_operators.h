// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/planar_image.h"

#include <array>
#include <cstdint>
#include <vector>

namespace mocoscope::training {

/// The steps of a view, each as torchvision's transform of that name computes it on a PIL image,
/// byte for byte. All work in place.
void adjustBrightness(PlanarImage& image, double factor);
/// Around the rounded mean of the image's grey.
void adjustContrast(PlanarImage& image, double factor);
void adjustSaturation(PlanarImage& image, double factor);
/// `shift`: share of the colour circle, -0.5 … 0.5, applied in 8-bit HSV.
void adjustHue(PlanarImage& image, double shift);
void makeGrey(PlanarImage& image);
void solarize(PlanarImage& image);

/// PIL's GaussianBlur: three box blurs of a fractional radius in each direction, each rounded to
/// bytes. Not a true Gaussian.
class GaussianBlur
{
public:
    /// `sigma` in pixels; 0: nothing happens.
    void apply(PlanarImage& image, double sigma);

private:
    std::vector<std::uint8_t> m_rows;
    std::vector<std::uint8_t> m_plane;
    std::vector<const std::uint8_t*> m_neighbours;
};

/// Of ImageNet's pixels, red, green and blue, as shares of 255.
inline constexpr std::array<float, 3> imageNetMean {0.485F, 0.456F, 0.406F};
inline constexpr std::array<float, 3> imageNetDeviation {0.229F, 0.224F, 0.225F};

/// ToTensor and Normalize with ImageNet's mean and deviation: [3, H, W] to `out`, mirrored left to
/// right when asked for.
void writeNormalised(const PlanarImage& image, bool mirrored, float* out);
/// The planes as they are: [3, H, W] to `out`, mirrored likewise.
void writePlanes(const PlanarImage& image, bool mirrored, std::uint8_t* out);
/// RGB triples, mirrored left to right when asked for.
void writeRgb(const PlanarImage& image, bool mirrored, std::uint8_t* out);

} // namespace mocoscope::training
