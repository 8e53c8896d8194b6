// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/orientation.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace mocoscope::training {
namespace {

/// Numbers in a TIFF structure, which names its byte order itself; 0 beyond the end.
class TiffBytes
{
public:
    explicit TiffBytes(std::span<const std::uint8_t> bytes)
        : m_bytes(bytes)
        , m_bigEndian(bytes.size() > 1 && bytes[0] == 'M')
    {
    }
    [[nodiscard]] std::uint32_t number(std::size_t at, std::size_t count) const
    {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t from = m_bigEndian ? at + i : at + count - 1 - i;
            value = (value << 8) | (from < m_bytes.size() ? m_bytes[from] : 0U);
        }
        return value;
    }

private:
    std::span<const std::uint8_t> m_bytes;
    bool m_bigEndian;
};

} // namespace

int exifOrientation(std::span<const std::uint8_t> segment)
{
    constexpr std::size_t prefixBytes = 6;
    constexpr std::uint32_t orientationTag = 0x0112;
    if (segment.size() < prefixBytes + 8 || std::memcmp(segment.data(), "Exif\0", 6) != 0) {
        return 1;
    }
    const auto bytes = segment.subspan(prefixBytes);
    const TiffBytes tiff(bytes);
    const std::size_t directory = tiff.number(4, 4);
    if (directory + 2 > bytes.size()) {
        return 1;
    }
    const std::uint32_t entries = tiff.number(directory, 2);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + std::size_t {12} * i;
        if (entry + 12 > bytes.size()) {
            return 1;
        }
        if (tiff.number(entry, 2) == orientationTag) {
            const auto value = static_cast<int>(tiff.number(entry + 8, 2));
            return value >= 1 && value <= 8 ? value : 1;
        }
    }
    return 1;
}

void turnUpright(DecodedPart& part, int orientation)
{
    if (orientation == 1) {
        return;
    }
    const int width = part.rect.width;
    const int height = part.rect.height;
    const int newWidth = swapsSides(orientation) ? height : width;
    const int newHeight = swapsSides(orientation) ? width : height;
    // 2 … 4 mirror and turn by half; 5 … 8 swap the axes as well.
    const bool flipX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool flipY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    std::vector<std::uint8_t> turned(part.rgb.size());
    std::uint8_t* out = turned.data();
    for (int y = 0; y < newHeight; ++y) {
        for (int x = 0; x < newWidth; ++x, out += 3) {
            const int alongX = swapsSides(orientation) ? y : x;
            const int alongY = swapsSides(orientation) ? x : y;
            const int fromX = flipX ? width - 1 - alongX : alongX;
            const int fromY = flipY ? height - 1 - alongY : alongY;
            const auto pixel = static_cast<std::size_t>(fromY) * static_cast<std::size_t>(width)
                + static_cast<std::size_t>(fromX);
            std::memcpy(out, part.rgb.data() + 3 * pixel, 3);
        }
    }
    part.rgb.swap(turned);
    part.rect = {0, 0, newWidth, newHeight};
}

} // namespace mocoscope::training
