// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/view_operators.h"

#include "training/data/pixel_kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace mocoscope::training {
namespace {

constexpr int blurPasses = 3;

/// The radius, with a fraction, of three boxes that together are about as wide as the Gaussian.
/// Single precision as in PIL. Source: Gwosdek et al., "Theoretical foundations of Gaussian
/// convolution by extended box filtering", 2011.
float boxRadius(float sigma)
{
    const float variance = sigma * sigma / blurPasses;
    const auto length = static_cast<float>(std::sqrt(12.0 * static_cast<double>(variance) + 1.0));
    const auto whole = static_cast<float>(std::floor((static_cast<double>(length) - 1.0) / 2.0));
    float fraction = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
    fraction /= 6 * (variance - (whole + 1) * (whole + 1));
    return whole + fraction;
}

BlurBox makeBox(float radius)
{
    constexpr std::uint32_t one = 1U << 24;
    BlurBox box {};
    box.radius = static_cast<int>(radius);
    box.near = static_cast<std::uint32_t>(static_cast<float>(one) / (radius * 2 + 1));
    box.far = (one - static_cast<std::uint32_t>(box.radius * 2 + 1) * box.near) / 2;
    return box;
}

/// All passes along one row. `scratch` holds two rows with `margin` pixels on each side.
void blurAlong(std::uint8_t* row, std::size_t count, const BlurBox& box, std::uint8_t* scratch)
{
    const auto margin = static_cast<std::size_t>(box.radius) + 1;
    const std::size_t pitch = count + 2 * margin;
    std::uint8_t* in = scratch + margin;
    std::uint8_t* out = in + pitch;
    std::memcpy(in, row, count);
    for (int pass = 0; pass < blurPasses; ++pass) {
        std::memset(in - margin, in[0], margin);
        std::memset(in + count, in[count - 1], margin);
        pixelKernels().blurRow(in, box, count, pass + 1 == blurPasses ? row : out);
        std::swap(in, out);
    }
}

using NormaliseTables = std::array<std::array<float, 256>, 3>;

const NormaliseTables& normaliseTables()
{
    static const NormaliseTables tables = [] {
        NormaliseTables made {};
        for (std::size_t channel = 0; channel < 3; ++channel) {
            for (std::size_t value = 0; value < 256; ++value) {
                made[channel][value] = (static_cast<float>(value) / 255.0F - imageNetMean[channel])
                    / imageNetDeviation[channel];
            }
        }
        return made;
    }();
    return tables;
}

} // namespace

void adjustBrightness(PlanarImage& image, double factor)
{
    pixelKernels().blendConstant(image.plane(0), 3 * image.pixels(), 0.0F,
                                 static_cast<float>(factor));
}

void adjustContrast(PlanarImage& image, double factor)
{
    const std::uint64_t sum
        = pixelKernels().greySum(image.plane(0), image.plane(1), image.plane(2), image.pixels());
    const double mean = static_cast<double>(sum) / static_cast<double>(image.pixels());
    pixelKernels().blendConstant(image.plane(0), 3 * image.pixels(),
                                 static_cast<float>(static_cast<int>(mean + 0.5)),
                                 static_cast<float>(factor));
}

void adjustSaturation(PlanarImage& image, double factor)
{
    pixelKernels().blendGrey(image.plane(0), image.plane(1), image.plane(2), image.pixels(),
                             static_cast<float>(factor));
}

void adjustHue(PlanarImage& image, double shift)
{
    pixelKernels().shiftHue(image.plane(0), image.plane(1), image.plane(2), image.pixels(),
                            static_cast<std::uint8_t>(static_cast<int>(shift * 255)));
}

void makeGrey(PlanarImage& image)
{
    pixelKernels().makeGrey(image.plane(0), image.plane(1), image.plane(2), image.pixels());
}

void solarize(PlanarImage& image)
{
    pixelKernels().solarize(image.plane(0), 3 * image.pixels());
}

void GaussianBlur::apply(PlanarImage& image, double sigma)
{
    const float radius = boxRadius(static_cast<float>(sigma));
    if (sigma <= 0 || image.pixels() == 0 || radius == 0) {
        return;
    }
    const BlurBox box = makeBox(radius);
    const auto width = static_cast<std::size_t>(image.width());
    const int height = image.height();
    const int reach = box.radius + 1;
    m_rows.resize(2 * (width + 2 * static_cast<std::size_t>(reach)));
    m_plane.resize(std::max(m_plane.size(), image.pixels()));
    m_neighbours.resize(static_cast<std::size_t>(2 * reach + 1));

    for (std::size_t channel = 0; channel < 3; ++channel) {
        std::uint8_t* in = image.plane(channel);
        for (int y = 0; y < height; ++y) {
            blurAlong(in + static_cast<std::size_t>(y) * width, width, box, m_rows.data());
        }
        std::uint8_t* out = m_plane.data();
        for (int pass = 0; pass < blurPasses; ++pass) {
            for (int y = 0; y < height; ++y) {
                for (int d = -reach; d <= reach; ++d) {
                    const auto row = static_cast<std::size_t>(std::clamp(y + d, 0, height - 1));
                    m_neighbours[static_cast<std::size_t>(d + reach)] = in + row * width;
                }
                pixelKernels().blurColumn(m_neighbours.data(), box, width,
                                          out + static_cast<std::size_t>(y) * width);
            }
            std::swap(in, out);
        }
        // An odd number of passes ends in the scratch plane.
        std::memcpy(image.plane(channel), in, image.pixels());
    }
}

void writeNormalised(const PlanarImage& image, bool mirrored, float* out)
{
    const auto width = static_cast<std::size_t>(image.width());
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const float* table = normaliseTables()[channel].data();
        float* target = out + channel * image.pixels();
        if (!mirrored) {
            pixelKernels().lookUp(image.plane(channel), image.pixels(), table, false, target);
            continue;
        }
        for (std::size_t at = 0; at < image.pixels(); at += width) {
            pixelKernels().lookUp(image.plane(channel) + at, width, table, true, target + at);
        }
    }
}

void writePlanes(const PlanarImage& image, bool mirrored, std::uint8_t* out)
{
    const std::uint8_t* in = image.plane(0);
    const std::size_t bytes = 3 * image.pixels();
    if (!mirrored) {
        std::copy_n(in, bytes, out);
        return;
    }
    const auto width = static_cast<std::size_t>(image.width());
    for (std::size_t at = 0; at < bytes; at += width) {
        std::reverse_copy(in + at, in + at + width, out + at);
    }
}

void writeRgb(const PlanarImage& image, bool mirrored, std::uint8_t* out)
{
    const auto width = static_cast<std::size_t>(image.width());
    for (std::size_t i = 0; i < image.pixels(); ++i) {
        const std::size_t column = i % width;
        const std::size_t from = mirrored ? i - column + (width - 1 - column) : i;
        for (std::size_t channel = 0; channel < 3; ++channel) {
            out[3 * i + channel] = image.plane(channel)[from];
        }
    }
}

} // namespace mocoscope::training
