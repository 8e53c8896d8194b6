// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"
#include "training/data/view_parameters.h"

namespace mocoscope::training {

/// Which views of an image are drawn.
struct ViewKey
{
    std::uint64_t seed = 0;
    std::int64_t epoch = 0;
    std::int64_t sample = 0; ///< that the randomness belongs to
};

struct ViewPairParameters
{
    ViewParameters first;
    ViewParameters second;
};

/// Draws both views of image number `index` and decodes what they need, once for both.
[[nodiscard]] Result<ViewPairParameters> decodeForViews(const Dataset& dataset, std::int64_t index,
                                                        const ViewsConfig& config,
                                                        const ViewKey& key, int size,
                                                        bool exactDecode, DecodedPart& part);

} // namespace mocoscope::training
