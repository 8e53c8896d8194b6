// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/demo_dataset.h"

#include "training/data/philox.h"
#include "training/data/raw_dataset.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace mocoscope::training {
namespace {

constexpr int side = 32;
constexpr int subpixels = 4; ///< per pixel and direction, of a coordinate
constexpr std::int64_t trainImageCount = 2000;
constexpr std::int64_t testImageCount = 500;

constexpr std::array<const char*, 10> classes {
    "checkers",           "cross", "diagonal stripes", "disc",     "dots",
    "horizontal stripes", "ring",  "square",           "triangle", "vertical stripes"};

using Colour = std::array<int, 3>;

/// Everything about one picture but its class. Lengths are in subpixels.
struct Sketch
{
    Colour shape {}, ground {}, tint {}; ///< tint: what the ground turns to across the image
    int x = 0, y = 0; ///< centre
    int size = 0; ///< half the extent of a shape
    int period = 0; ///< of a pattern
    int phaseX = 0, phaseY = 0;
    int tiltX = 0, tiltY = 0; ///< direction of the ground's gradient
    int noise = 0; ///< largest deviation of a pixel
    bool mirrored = false;
};

int between(RandomStream& random, int low, int high)
{
    return low + static_cast<int>(random.below(high - low + 1));
}

/// Few colours, which all classes share: by its colours no image can be told from most others, so
/// that what a contrastive loss finds to hold on to is the figure. With any colour whatever the
/// colours are learnt first, and the accuracy of the features falls during the minute that a first
/// run takes.
constexpr std::array<Colour, 4> palette {
    {{40, 60, 110}, {220, 190, 120}, {190, 80, 60}, {90, 150, 110}}};

Colour drawNear(const Colour& colour, int distance, RandomStream& random)
{
    Colour near {};
    for (std::size_t channel = 0; channel < near.size(); ++channel) {
        near[channel] = std::clamp(colour[channel] + between(random, -distance, distance), 0, 255);
    }
    return near;
}

Sketch drawSketch(RandomStream& random)
{
    constexpr int colours = static_cast<int>(palette.size());
    constexpr int sameColour = 16;
    constexpr int shading = 20;
    const int ground = between(random, 0, colours - 1);
    const int shape = (ground + between(random, 1, colours - 1)) % colours;
    Sketch sketch;
    sketch.ground = drawNear(palette[static_cast<std::size_t>(ground)], sameColour, random);
    sketch.shape = drawNear(palette[static_cast<std::size_t>(shape)], sameColour, random);
    sketch.tint = drawNear(sketch.ground, shading, random);
    sketch.size = between(random, 5 * subpixels, 12 * subpixels);
    sketch.x = between(random, 9 * subpixels, 23 * subpixels);
    sketch.y = between(random, 9 * subpixels, 23 * subpixels);
    sketch.period = between(random, 5 * subpixels, 11 * subpixels);
    sketch.phaseX = between(random, 0, 11 * subpixels);
    sketch.phaseY = between(random, 0, 11 * subpixels);
    sketch.tiltX = between(random, -2, 2);
    sketch.tiltY = between(random, -2, 2);
    sketch.noise = between(random, 4, 36);
    sketch.mirrored = random.below(2) == 1;
    return sketch;
}

bool inFirstHalf(int position, int period)
{
    const int within = ((position % period) + period) % period;
    return 2 * within < period;
}

bool inDots(const Sketch& s, int x, int y)
{
    const int dx = (x + s.phaseX) % s.period - s.period / 2;
    const int dy = (y + s.phaseY) % s.period - s.period / 2;
    const int radius = 3 * s.period / 10;
    return dx * dx + dy * dy <= radius * radius;
}

/// Whether a point belongs to the figure of a class. Point in subpixels from the upper left.
bool isInside(std::size_t figure, const Sketch& s, int x, int y)
{
    const int dx = x - s.x;
    const int dy = y - s.y;
    const int squared = dx * dx + dy * dy;
    const int wide = std::max(std::abs(dx), std::abs(dy));
    switch (figure) {
    case 0:
        return inFirstHalf(x + s.phaseX, s.period) != inFirstHalf(y + s.phaseY, s.period);
    case 1:
        return wide <= s.size && std::min(std::abs(dx), std::abs(dy)) <= s.size / 4;
    case 2:
        return inFirstHalf((s.mirrored ? x - y : x + y) + s.phaseX, 3 * s.period / 2);
    case 3:
        return squared <= s.size * s.size;
    case 4:
        return inDots(s, x, y);
    case 5:
        return inFirstHalf(y + s.phaseY, s.period);
    case 6:
        return squared <= s.size * s.size && 9 * squared >= 4 * s.size * s.size;
    case 7:
        return wide <= 7 * s.size / 8;
    case 8: {
        const int down = s.mirrored ? s.size - dy : dy + s.size;
        return down >= 0 && down <= 2 * s.size && 2 * std::abs(dx) <= down;
    }
    default:
        return inFirstHalf(x + s.phaseX, s.period);
    }
}

/// How many of a pixel's 4 × 4 points are inside.
int coverage(std::size_t figure, const Sketch& sketch, int column, int row)
{
    int inside = 0;
    for (int y = 0; y < subpixels; ++y) {
        for (int x = 0; x < subpixels; ++x) {
            inside += isInside(figure, sketch, column * subpixels + x, row * subpixels + y) ? 1 : 0;
        }
    }
    return inside;
}

void paint(std::size_t figure, const Sketch& sketch, RandomStream& random, std::uint8_t* out)
{
    constexpr int points = subpixels * subpixels;
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            const int covered = coverage(figure, sketch, column, row);
            // 0 … 128 from one side of the image to the other, whatever the direction.
            const int across = sketch.tiltX * (2 * column - side) + sketch.tiltY * (2 * row - side);
            const int shade = std::clamp(64 + across / 2, 0, 128);
            const int grain = between(random, -sketch.noise, sketch.noise);
            for (std::size_t channel = 0; channel < 3; ++channel) {
                const int ground
                    = (sketch.ground[channel] * (256 - shade) + sketch.tint[channel] * shade) / 256;
                const int mixed
                    = (sketch.shape[channel] * covered + ground * (points - covered)) / points;
                *out++ = static_cast<std::uint8_t>(std::clamp(mixed + grain, 0, 255));
            }
        }
    }
}

/// `part` 0: train, 1: test; keys the randomness.
std::shared_ptr<const Dataset> makeSplit(std::int64_t count, std::int64_t part, std::int64_t limit)
{
    constexpr std::uint64_t demoSeed = 20211011;
    RawDataset::Images images;
    images.side = side;
    images.classNames.assign(classes.begin(), classes.end());
    const auto all = count / static_cast<std::int64_t>(classes.size());
    const std::int64_t perClass = limit > 0 ? std::min(limit, all) : all;
    constexpr std::size_t imageBytes = std::size_t {side} * side * 3;
    images.rgb.resize(classes.size() * static_cast<std::size_t>(perClass) * imageBytes);
    std::uint8_t* out = images.rgb.data();
    for (std::size_t figure = 0; figure < classes.size(); ++figure) {
        for (std::int64_t i = 0; i < perClass; ++i, out += imageBytes) {
            const auto sample = static_cast<std::int64_t>(figure) * 100000 + i;
            RandomStream random(demoSeed, part, sample, RandomUse::Order);
            const Sketch sketch = drawSketch(random);
            paint(figure, sketch, random, out);
            images.labels.push_back(static_cast<std::int64_t>(figure));
            images.names.push_back(std::string(classes[figure]) + "/" + std::to_string(i));
        }
    }
    return std::make_shared<RawDataset>(std::move(images));
}

} // namespace

DatasetPair makeDemoDatasets(std::int64_t trainLimit, std::int64_t testLimit)
{
    return {makeSplit(trainImageCount, 0, trainLimit), makeSplit(testImageCount, 1, testLimit),
            "embedded demo"};
}

} // namespace mocoscope::training
