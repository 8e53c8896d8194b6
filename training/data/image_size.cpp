// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes from the headers of image files, so that absurd ones are refused before memory is taken.
#include "training/data/image_decoder.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace mocoscope::training {
namespace {

using File = std::span<const std::uint8_t>;

bool hasAt(File file, std::size_t at, std::string_view text)
{
    return at + text.size() <= file.size()
        && std::memcmp(file.data() + at, text.data(), text.size()) == 0;
}

/// Little endian; 0 beyond the end.
std::uint32_t little(File file, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) {
        value = (value << 8) | (at + i < file.size() ? file[at + i] : 0U);
    }
    return value;
}

std::uint32_t big(File file, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value = (value << 8) | (at + i < file.size() ? file[at + i] : 0U);
    }
    return value;
}

/// A size too large for an int is too large for us whatever it is.
ImageSize sizeOf(std::uint32_t width, std::uint32_t height)
{
    constexpr std::uint32_t most = std::numeric_limits<int>::max();
    return {static_cast<int>(std::min(width, most)), static_cast<int>(std::min(height, most))};
}

std::optional<ImageSize> webpSize(File file)
{
    if (hasAt(file, 12, "VP8X")) {
        return sizeOf(little(file, 24, 3) + 1, little(file, 27, 3) + 1);
    }
    if (hasAt(file, 12, "VP8L")) {
        const std::uint32_t bits = little(file, 21, 4);
        return sizeOf((bits & 0x3FFFU) + 1, ((bits >> 14) & 0x3FFFU) + 1);
    }
    if (hasAt(file, 12, "VP8 ")) {
        return sizeOf(little(file, 26, 2) & 0x3FFFU, little(file, 28, 2) & 0x3FFFU);
    }
    return std::nullopt;
}

std::optional<ImageSize> tiffSize(File file)
{
    const auto number = file[0] == 'M' ? big : little;
    const std::size_t directory = number(file, 4, 4);
    const std::uint32_t entries = number(file, directory, 2);
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + std::size_t {12} * i;
        const std::uint32_t tag = number(file, entry, 2);
        constexpr std::uint32_t shortType = 3;
        const std::size_t bytes = number(file, entry + 2, 2) == shortType ? 2 : 4;
        if (tag == 256) {
            width = number(file, entry + 8, bytes);
        } else if (tag == 257) {
            height = number(file, entry + 8, bytes);
        }
    }
    return sizeOf(width, height);
}

/// Chunks of length, name, content and checksum, up to the one that ends the image.
bool isPngCutOff(File file)
{
    constexpr std::size_t signatureBytes = 8;
    constexpr std::size_t frameBytes = 12;
    std::size_t at = signatureBytes;
    while (at + frameBytes <= file.size()) {
        if (hasAt(file, at + 4, "IEND")) {
            return false;
        }
        at += frameBytes + big(file, at, 4);
    }
    return true;
}

/// Only the kind without compression has a size that is known beforehand.
bool isBmpCutOff(File file)
{
    constexpr std::uint32_t uncompressed = 0;
    const auto size = peekImageSize(file);
    if (little(file, 14, 4) < 40 || little(file, 30, 4) != uncompressed || !size) {
        return false;
    }
    const std::uint64_t rowBits
        = std::uint64_t {little(file, 28, 2)} * static_cast<std::uint64_t>(size->width);
    const std::uint64_t rowBytes = (rowBits + 31) / 32 * 4;
    return little(file, 10, 4) + rowBytes * static_cast<std::uint64_t>(size->height) > file.size();
}

} // namespace

bool isCutOff(File file)
{
    constexpr std::size_t riffBytes = 8;
    if (hasAt(file, 1, "PNG")) {
        return isPngCutOff(file);
    }
    if (hasAt(file, 0, "RIFF")) {
        return riffBytes + little(file, 4, 4) > file.size();
    }
    return hasAt(file, 0, "BM") && isBmpCutOff(file);
}

std::optional<ImageSize> peekImageSize(File file)
{
    if (hasAt(file, 0, "\x89PNG\r\n\x1a\n")) {
        return sizeOf(big(file, 16, 4), big(file, 20, 4));
    }
    if (hasAt(file, 0, "RIFF") && hasAt(file, 8, "WEBP")) {
        return webpSize(file);
    }
    if (hasAt(file, 0, "BM")) {
        // The height is negative where rows go from top to bottom.
        const auto height = static_cast<std::int32_t>(little(file, 22, 4));
        return sizeOf(little(file, 18, 4),
                      static_cast<std::uint32_t>(std::abs(std::int64_t {height})));
    }
    if (hasAt(file, 0, std::string_view("II*\0", 4))
        || hasAt(file, 0, std::string_view("MM\0*", 4))) {
        return tiffSize(file);
    }
    return std::nullopt;
}

} // namespace mocoscope::training
