// SPDX-License-Identifier: GPL-3.0-or-later
// An image file. The first byte says what part of it is asked for.
#include "training/data/image_decoder.h"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace mocoscope::training;
    if (size < 1) {
        return 0;
    }
    const int choice = data[0];
    DecodedPart part;
    part.encoded.assign(data + 1, data + size);
    const auto plan = [choice](int width, int height) -> PartRequest {
        if (std::int64_t {width} * height > (1 << 22)) { // larger ones are slow, not different
            return {{0, 0, 1, 1}, 8};
        }
        const int x = width * (choice & 7) / 16;
        const int y = height * (choice >> 3 & 7) / 16;
        return {{x, y, std::max(1, width / 2), std::max(1, height / 2)}, 1 << (choice >> 6)};
    };
    if (decodeImage(plan, part)) {
        const std::size_t bytes = std::size_t {3} * static_cast<std::size_t>(part.rect.width)
            * static_cast<std::size_t>(part.rect.height);
        if (part.rect.width <= 0 || part.rect.height <= 0 || part.rgb.size() < bytes) {
            std::abort();
        }
    }
    return 0;
}
