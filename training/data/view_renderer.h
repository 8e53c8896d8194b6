// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"
#include "training/data/resample.h"
#include "training/data/view_operators.h"
#include "training/data/view_parameters.h"

#include <array>
#include <span>

namespace mocoscope::training {

/// What has to be decoded for these crops, each to become size × size pixels.
/// Deviation: where every crop shrinks to less than half, a JPEG is decoded at 1/2, 1/4 or 1/8 of
/// its size by its own transform, which differs slightly from filtering all of its pixels.
[[nodiscard]] PartRequest partForCrops(std::span<const PixelRect> crops, int size,
                                       bool exactDecode);

/// Makes views out of decoded pixels. Holds scratch memory: one per thread.
class ViewRenderer
{
public:
    /// The result stays valid until the next call, and may be changed. The flip is left to
    /// writeNormalised().
    PlanarImage& render(const DecodedPart& part, const ViewParameters& view, int size);
    /// The whole image with its shorter side made `shortSide`, of which the central size × size.
    const PlanarImage& renderCentre(const DecodedPart& part, int shortSide, int size);

private:
    void jitter(const ViewParameters& view);

    Resampler m_resampler;
    GaussianBlur m_blur;
    PlanarImage m_image;
};

} // namespace mocoscope::training
