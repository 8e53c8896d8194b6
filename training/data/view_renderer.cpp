// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/view_renderer.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::training {
namespace {

PixelRect united(const PixelRect& a, const PixelRect& b)
{
    const int x = std::min(a.x, b.x);
    const int y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x,
            std::max(a.y + a.height, b.y + b.height) - y};
}

/// One side of a crop of the stored image, as a range of pixels of a part of it.
struct PartRange
{
    int first = 0; ///< pixel of the part
    int size = 0;
    double from = 0; ///< relative to `first`
    double to = 0;
};

/// At full size this is the crop itself: as in torchvision, pixels beside it do not count.
PartRange rangeInPart(int cropFirst, int cropSize, int reduction, int partFirst, int partSize)
{
    const double from = static_cast<double>(cropFirst) / reduction - partFirst;
    const double to = static_cast<double>(cropFirst + cropSize) / reduction - partFirst;
    PartRange range;
    range.first = std::clamp(static_cast<int>(std::floor(from)), 0, partSize - 1);
    const int end = std::clamp(static_cast<int>(std::ceil(to)), range.first + 1, partSize);
    range.size = end - range.first;
    range.from = from - range.first;
    range.to = std::min(to - range.first, static_cast<double>(range.size));
    return range;
}

RgbRows rowsFrom(const DecodedPart& part, int x, int y)
{
    const std::ptrdiff_t stride = std::ptrdiff_t {3} * part.rect.width;
    return {part.rgb.data() + y * stride + std::ptrdiff_t {3} * x, stride};
}

} // namespace

PartRequest partForCrops(std::span<const PixelRect> crops, int size, bool exactDecode)
{
    PartRequest request {crops.front(), 8};
    for (const PixelRect& crop : crops) {
        request.rect = united(request.rect, crop);
        while (request.reduction > 1
               && std::min(crop.width, crop.height) < request.reduction * size) {
            request.reduction /= 2;
        }
    }
    if (exactDecode) {
        request.reduction = 1;
    }
    return request;
}

PlanarImage& ViewRenderer::render(const DecodedPart& part, const ViewParameters& view, int size)
{
    const PixelRect& crop = view.crop;
    const PartRange across
        = rangeInPart(crop.x, crop.width, part.reduction, part.rect.x, part.rect.width);
    const PartRange down
        = rangeInPart(crop.y, crop.height, part.reduction, part.rect.y, part.rect.height);
    m_resampler.run(rowsFrom(part, across.first, down.first),
                    {across.size, across.from, across.to, size, 0, size},
                    {down.size, down.from, down.to, size, 0, size}, m_image);
    if (view.jitter) {
        jitter(view);
    }
    if (view.grey) {
        makeGrey(m_image);
    }
    if (view.blurSigma > 0) {
        m_blur.apply(m_image, view.blurSigma);
    }
    if (view.solarize) {
        solarize(m_image);
    }
    return m_image;
}

void ViewRenderer::jitter(const ViewParameters& view)
{
    for (const JitterStep step : view.jitterOrder) {
        if (step == JitterStep::Brightness && view.brightness != 1) {
            adjustBrightness(m_image, view.brightness);
        } else if (step == JitterStep::Contrast && view.contrast != 1) {
            adjustContrast(m_image, view.contrast);
        } else if (step == JitterStep::Saturation && view.saturation != 1) {
            adjustSaturation(m_image, view.saturation);
        } else if (step == JitterStep::Hue && view.hue.has_value()) {
            adjustHue(m_image, *view.hue);
        }
    }
}

const PlanarImage& ViewRenderer::renderCentre(const DecodedPart& part, int shortSide, int size)
{
    const int width = part.fullWidth;
    const int height = part.fullHeight;
    const bool wide = width >= height;
    const auto longSide = static_cast<int>(static_cast<std::int64_t>(shortSide)
                                           * std::max(width, height) / std::min(width, height));
    const int outWidth = wide ? longSide : shortSide;
    const int outHeight = wide ? shortSide : longSide;
    // Rounds half to even, as torchvision's CenterCrop.
    const auto left = static_cast<int>(std::nearbyint((outWidth - size) / 2.0));
    const auto top = static_cast<int>(std::nearbyint((outHeight - size) / 2.0));
    const PartRange across = rangeInPart(0, width, part.reduction, 0, part.rect.width);
    const PartRange down = rangeInPart(0, height, part.reduction, 0, part.rect.height);
    m_resampler.run(rowsFrom(part, 0, 0),
                    {across.size, across.from, across.to, outWidth, left, size},
                    {down.size, down.from, down.to, outHeight, top, size}, m_image);
    return m_image;
}

} // namespace mocoscope::training
