// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/view_pair.h"

#include "training/data/view_renderer.h"

#include <array>

namespace mocoscope::training {

Result<ViewPairParameters> decodeForViews(const Dataset& dataset, std::int64_t index,
                                          const ViewsConfig& config, const ViewKey& key, int size,
                                          bool exactDecode, DecodedPart& part)
{
    ViewPairParameters views;
    const auto draw = [&](int width, int height, RandomUse use) {
        const RandomStream random(key.seed, key.epoch, key.sample, use);
        return drawView(config, width, height, random, use);
    };
    const auto plan = [&](int width, int height) {
        views.first = draw(width, height, RandomUse::View1);
        views.second = draw(width, height, RandomUse::View2);
        return partForCrops(std::array {views.first.crop, views.second.crop}, size, exactDecode);
    };
    // By reference: a copy would have to be allocated for every image.
    return dataset.decodePart(index, std::ref(plan), part).map([&] { return views; });
}

} // namespace mocoscope::training
