// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/augment_operators.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>
#include <vector>

namespace mocoscope::training {
namespace {

using Table = std::array<std::uint8_t, 256>;
using Histogram = std::array<std::int64_t, 256>;

constexpr std::array<std::size_t, 3> channels {0, 1, 2};

std::span<std::uint8_t> planeOf(PlanarImage& image, std::size_t channel)
{
    return {image.plane(channel), image.pixels()};
}

std::uint8_t toByte(int value)
{
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

void look(std::span<std::uint8_t> values, const Table& table)
{
    for (std::uint8_t& value : values) {
        value = table[value];
    }
}

template <typename Function> void mapValues(PlanarImage& image, Function function)
{
    Table table {};
    for (int value = 0; value < 256; ++value) {
        table[static_cast<std::size_t>(value)] = toByte(function(value));
    }
    for (const std::size_t channel : channels) {
        look(planeOf(image, channel), table);
    }
}

Histogram histogramOf(std::span<const std::uint8_t> values)
{
    Histogram counts {};
    for (const std::uint8_t value : values) {
        ++counts[value];
    }
    return counts;
}

Table stretched(std::span<const std::uint8_t> values)
{
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    Table table {};
    std::iota(table.begin(), table.end(), std::uint8_t {0});
    if (*high <= *low) {
        return table;
    }
    const double scale = 255.0 / (*high - *low);
    const double offset = -*low * scale;
    for (int value = 0; value < 256; ++value) {
        table[static_cast<std::size_t>(value)] = toByte(static_cast<int>(value * scale + offset));
    }
    return table;
}

Table equalized(const Histogram& counts)
{
    Table table {};
    std::iota(table.begin(), table.end(), std::uint8_t {0});
    const auto last = std::find_if(counts.rbegin(), counts.rend(), [](auto n) { return n > 0; });
    const std::int64_t all = std::accumulate(counts.begin(), counts.end(), std::int64_t {0});
    const std::int64_t step = last == counts.rend() ? 0 : (all - *last) / 255;
    if (step == 0) { // one value only, or too few pixels
        return table;
    }
    std::int64_t sum = step / 2;
    for (std::size_t value = 0; value < 256; ++value) {
        table[value] = toByte(static_cast<int>(sum / step));
        sum += counts[value];
    }
    return table;
}

/// PIL's SMOOTH: the pixel weighs 5, its neighbours 1, of 13. Pixels at the border stay.
std::uint8_t smoothed(const std::uint8_t* at, std::ptrdiff_t width)
{
    constexpr float side = 1.0F / 13.0F;
    constexpr float centre = 5.0F / 13.0F;
    // From the last row to the first, as PIL sums up.
    const auto row = [](const std::uint8_t* p, float middle) {
        return static_cast<float>(p[-1]) * side + static_cast<float>(p[0]) * middle
            + static_cast<float>(p[1]) * side;
    };
    const float sum = row(at + width, side) + row(at, centre) + row(at - width, side);
    return toByte(static_cast<int>(sum + 0.5F));
}

std::uint8_t blended(std::uint8_t base, std::uint8_t value, float factor)
{
    const float mixed = static_cast<float>(base)
        + factor * static_cast<float>(static_cast<int>(value) - static_cast<int>(base));
    return mixed <= 0  ? std::uint8_t {0}
        : mixed >= 255 ? std::uint8_t {255}
                       : static_cast<std::uint8_t>(mixed);
}

/// One value of a plane between four pixels; coordinates are inside the image.
std::uint8_t between(const std::uint8_t* plane, int width, int height, double x, double y)
{
    const double left = std::floor(x - 0.5);
    const double top = std::floor(y - 0.5);
    const double right = x - 0.5 - left;
    const double down = y - 0.5 - top;
    const int column = static_cast<int>(left);
    const int row = static_cast<int>(top);
    const auto along = [&](int line) {
        const std::uint8_t* pixels
            = plane + std::ptrdiff_t {std::clamp(line, 0, height - 1)} * width;
        const double first = pixels[std::clamp(column, 0, width - 1)];
        const double second = pixels[std::clamp(column + 1, 0, width - 1)];
        return first + (second - first) * right;
    };
    const double upper = along(row);
    const double lower = row + 1 < height ? along(row + 1) : upper;
    return static_cast<std::uint8_t>(upper + (lower - upper) * down);
}

} // namespace

void autoContrast(PlanarImage& image)
{
    for (const std::size_t channel : channels) {
        look(planeOf(image, channel), stretched(planeOf(image, channel)));
    }
}

void equalize(PlanarImage& image)
{
    for (const std::size_t channel : channels) {
        look(planeOf(image, channel), equalized(histogramOf(planeOf(image, channel))));
    }
}

void invert(PlanarImage& image)
{
    mapValues(image, [](int value) { return 255 - value; });
}

void posterize(PlanarImage& image, int bits)
{
    const int mask = ~((1 << (8 - bits)) - 1);
    mapValues(image, [mask](int value) { return value & mask; });
}

void solarizeFrom(PlanarImage& image, int threshold)
{
    mapValues(image, [threshold](int value) { return value < threshold ? value : 255 - value; });
}

void solarizeAdd(PlanarImage& image, int addition)
{
    mapValues(image, [addition](int value) {
        return value < 128 ? std::min(255, value + addition) : value;
    });
}

void adjustSharpness(PlanarImage& image, double factor)
{
    const int width = image.width();
    const int height = image.height();
    std::vector<std::uint8_t> original(image.pixels());
    for (const std::size_t channel : channels) {
        const auto plane = planeOf(image, channel);
        std::copy(plane.begin(), plane.end(), original.begin());
        for (int y = 1; y + 1 < height; ++y) {
            for (int x = 1; x + 1 < width; ++x) {
                const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(width)
                    + static_cast<std::size_t>(x);
                plane[at] = blended(smoothed(original.data() + at, width), original[at],
                                    static_cast<float>(factor));
            }
        }
    }
}

AffineMap shearAcross(double factor)
{
    return {1, factor, 0, 0, 1, 0};
}

AffineMap shearDown(double factor)
{
    return {1, 0, 0, factor, 1, 0};
}

AffineMap translation(double x, double y)
{
    return {1, 0, x, 0, 1, y};
}

AffineMap rotation(double degrees, int width, int height)
{
    const double angle = -degrees * std::numbers::pi / 180;
    const double centreX = width / 2.0;
    const double centreY = height / 2.0;
    AffineMap map {std::cos(angle), std::sin(angle), 0, -std::sin(angle), std::cos(angle), 0};
    map.c = centreX - map.a * centreX - map.b * centreY;
    map.f = centreY - map.d * centreX - map.e * centreY;
    return map;
}

void applyAffine(PlanarImage& image, const AffineMap& map, const std::array<std::uint8_t, 3>& fill)
{
    const int width = image.width();
    const int height = image.height();
    const PlanarImage source = image;
    std::size_t at = 0;
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column, ++at) {
            const double x = map.a * (column + 0.5) + map.b * (row + 0.5) + map.c;
            const double y = map.d * (column + 0.5) + map.e * (row + 0.5) + map.f;
            const bool isInside = x >= 0 && x < width && y >= 0 && y < height;
            for (const std::size_t channel : channels) {
                image.plane(channel)[at] = isInside
                    ? between(source.plane(channel), width, height, x, y)
                    : fill[channel];
            }
        }
    }
}

} // namespace mocoscope::training
