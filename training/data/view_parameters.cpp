// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/view_parameters.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mocoscope::training {
namespace {

constexpr double ratioMin = 3.0 / 4.0;
constexpr double ratioMax = 4.0 / 3.0;

PixelRect centralCrop(int width, int height)
{
    const double ratio = static_cast<double>(width) / height;
    PixelRect crop {0, 0, width, height};
    if (ratio < ratioMin) {
        crop.height = std::max(1, static_cast<int>(std::nearbyint(width / ratioMin)));
    } else if (ratio > ratioMax) {
        crop.width = std::max(1, static_cast<int>(std::nearbyint(height * ratioMax)));
    }
    crop.x = (width - crop.width) / 2;
    crop.y = (height - crop.height) / 2;
    return crop;
}

/// A factor of a colour change of at most `range`, as torchvision's ColorJitter draws it.
double drawFactor(double range, RandomStream& random)
{
    return random.uniform(std::max(0.0, 1.0 - range), 1.0 + range);
}

void drawJitter(const ViewsConfig& config, ViewParameters& view, RandomStream& random)
{
    for (std::size_t left = view.jitterOrder.size(); left > 1; --left) {
        const auto other = static_cast<std::size_t>(random.below(static_cast<std::int64_t>(left)));
        std::swap(view.jitterOrder[left - 1], view.jitterOrder[other]);
    }
    view.brightness = drawFactor(config.brightness, random);
    view.contrast = drawFactor(config.contrast, random);
    view.saturation = drawFactor(config.saturation, random);
    const double hue = random.uniform(-config.hue, config.hue);
    if (config.hue > 0) {
        view.hue = hue;
    }
}

} // namespace

PixelRect drawCrop(double areaMin, double areaMax, int width, int height, RandomStream& random)
{
    const double area = static_cast<double>(width) * height;
    for (int attempt = 0; attempt < 10; ++attempt) {
        const double target = area * random.uniform(areaMin, areaMax);
        const double ratio = std::exp(random.uniform(std::log(ratioMin), std::log(ratioMax)));
        const double cropWidth = std::nearbyint(std::sqrt(target * ratio));
        const double cropHeight = std::nearbyint(std::sqrt(target / ratio));
        if (cropWidth >= 1 && cropWidth <= width && cropHeight >= 1 && cropHeight <= height) {
            PixelRect crop {0, 0, static_cast<int>(cropWidth), static_cast<int>(cropHeight)};
            crop.y = static_cast<int>(random.below(height - crop.height + 1));
            crop.x = static_cast<int>(random.below(width - crop.width + 1));
            return crop;
        }
    }
    return centralCrop(width, height);
}

ViewParameters drawView(const ViewsConfig& config, int width, int height, RandomStream random,
                        RandomUse use)
{
    const bool first = use == RandomUse::View1;
    ViewParameters view;
    view.crop = drawCrop(config.cropMin, config.cropMax, width, height, random);
    // Every number is drawn whether it is used or not: one option does not shift another's draws.
    view.jitter = random.uniform() < config.jitterProbability;
    drawJitter(config, view, random);
    view.grey = random.uniform() < config.greyProbability;
    const bool blur
        = random.uniform() < (first ? config.blurProbability1 : config.blurProbability2);
    const double sigma = random.uniform(config.blurSigmaMin, config.blurSigmaMax);
    view.blurSigma = blur ? sigma : 0;
    view.solarize
        = random.uniform() < (first ? config.solarizeProbability1 : config.solarizeProbability2);
    view.flip = random.uniform() < config.flipProbability;
    return view;
}

} // namespace mocoscope::training
