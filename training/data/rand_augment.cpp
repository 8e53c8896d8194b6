// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/rand_augment.h"

#include "training/data/augment_operators.h"
#include "training/data/normal_draw.h"
#include "training/data/view_operators.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mocoscope::training {
namespace {

/// ImageNet's mean colour.
constexpr std::array<std::uint8_t, 3> meanColour {124, 116, 104};

double share(double level)
{
    return level / 10;
}

/// Of colour, contrast, brightness, sharpness: the stronger, the farther from 1.
double enhancement(double level, double sign)
{
    return std::max(0.1, 1 + sign * 0.9 * share(level));
}

constexpr std::array<AugmentOperation, 15> operations {{
    {"auto_contrast", [](PlanarImage& image, double, double) { autoContrast(image); }},
    {"equalize", [](PlanarImage& image, double, double) { equalize(image); }},
    {"invert", [](PlanarImage& image, double, double) { invert(image); }},
    {"rotate",
     [](PlanarImage& image, double level, double sign) {
         applyAffine(image, rotation(sign * 30 * share(level), image.width(), image.height()),
                     meanColour);
     }},
    {"posterize",
     [](PlanarImage& image, double level, double) {
         posterize(image, 4 - static_cast<int>(4 * share(level)));
     }},
    {"solarize",
     [](PlanarImage& image, double level, double) {
         solarizeFrom(image, 256 - std::min(256, static_cast<int>(256 * share(level))));
     }},
    {"solarize_add",
     [](PlanarImage& image, double level, double) {
         solarizeAdd(image, std::min(128, static_cast<int>(110 * share(level))));
     }},
    {"colour",
     [](PlanarImage& image, double level, double sign) {
         adjustSaturation(image, enhancement(level, sign));
     }},
    {"contrast",
     [](PlanarImage& image, double level, double sign) {
         adjustContrast(image, enhancement(level, sign));
     }},
    {"brightness",
     [](PlanarImage& image, double level, double sign) {
         adjustBrightness(image, enhancement(level, sign));
     }},
    {"sharpness",
     [](PlanarImage& image, double level, double sign) {
         adjustSharpness(image, enhancement(level, sign));
     }},
    {"shear_x",
     [](PlanarImage& image, double level, double sign) {
         applyAffine(image, shearAcross(sign * 0.3 * share(level)), meanColour);
     }},
    {"shear_y",
     [](PlanarImage& image, double level, double sign) {
         applyAffine(image, shearDown(sign * 0.3 * share(level)), meanColour);
     }},
    {"translate_x",
     [](PlanarImage& image, double level, double sign) {
         applyAffine(image, translation(sign * 0.45 * share(level) * image.width(), 0), meanColour);
     }},
    {"translate_y",
     [](PlanarImage& image, double level, double sign) {
         applyAffine(image, translation(0, sign * 0.45 * share(level) * image.height()),
                     meanColour);
     }},
}};

} // namespace

std::span<const AugmentOperation> augmentOperations()
{
    return operations;
}

void randAugment(PlanarImage& image, std::int64_t count, double magnitude, RandomStream random)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const auto chosen
            = static_cast<std::size_t>(random.below(static_cast<std::int64_t>(operations.size())));
        const bool isDone = random.uniform() < 0.5;
        const double level = std::clamp(magnitude + 0.5 * drawNormal(random), 0.0, 10.0);
        const double sign = random.uniform() < 0.5 ? -1 : 1;
        if (isDone) {
            operations[chosen].apply(image, level, sign);
        }
    }
}

void eraseRectangle(float* image, std::int64_t size, RandomStream random)
{
    const double area = static_cast<double>(size * size);
    const double steepest = std::log(1 / 0.3);
    for (int attempt = 0; attempt < 10; ++attempt) {
        const double wanted = area * random.uniform(0.02, 1.0 / 3);
        const double ratio = std::exp(random.uniform(-steepest, steepest));
        const auto height = static_cast<std::int64_t>(std::nearbyint(std::sqrt(wanted * ratio)));
        const auto width = static_cast<std::int64_t>(std::nearbyint(std::sqrt(wanted / ratio)));
        if (width >= size || height >= size) {
            continue;
        }
        const std::int64_t top = random.below(size - height + 1);
        const std::int64_t left = random.below(size - width + 1);
        for (std::int64_t row = 0; row < 3 * height; ++row) {
            const std::int64_t channel = row / height;
            float* at = image + (channel * size + top + row % height) * size + left;
            std::generate(at, at + width, [&] { return static_cast<float>(drawNormal(random)); });
        }
        return;
    }
}

} // namespace mocoscope::training
