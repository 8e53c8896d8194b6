// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace mocoscope::testing {

using Bytes = std::vector<std::uint8_t>;

/// A picture with soft colours and an edge, so that every pixel of a wrong place shows.
[[nodiscard]] training::DecodedImage makePicture(int width, int height);

struct JpegOptions
{
    int quality = 90;
    int sampling = 2; ///< of the colours in both directions: 1 is full resolution
    bool progressive = false;
    bool grey = false;
    bool cmyk = false; ///< inverted, with Adobe's marker
    int orientation = 0; ///< 0: no EXIF segment
};
[[nodiscard]] Bytes makeJpeg(const training::DecodedImage& image, const JpegOptions& options = {});

/// By OpenCV; `ending` is ".png", ".webp", ".bmp" or ".tif".
[[nodiscard]] Bytes makeOther(const training::DecodedImage& image, const std::string& ending);
enum class Variant
{
    Grey,
    Grey16,
    Colour16,
    Alpha
};
[[nodiscard]] Bytes makeVariant(const training::DecodedImage& image, const std::string& ending,
                                Variant variant);

void writeFile(const std::filesystem::path& path, const Bytes& bytes);

/// An uncompressed tar archive; a name ending in '/' is a folder.
[[nodiscard]] Bytes makeTar(const std::vector<std::pair<std::string, Bytes>>& files);
/// A member that is a symbolic link.
[[nodiscard]] Bytes makeTarWithLink(const std::string& name, const std::string& target);
[[nodiscard]] Bytes gzipped(const Bytes& bytes);

} // namespace mocoscope::testing
