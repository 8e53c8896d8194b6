// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mocoscope::training {

/// No image has more pixels than this; larger ones are refused before memory is taken.
constexpr std::int64_t maxImagePixels = 200'000'000;

/// True for the endings of the formats that are read: JPEG, PNG, WebP, BMP, TIFF; any case.
[[nodiscard]] bool isImageName(std::string_view name);
/// The same as a text for messages: ".jpg, .jpeg, …".
[[nodiscard]] std::string imageEndings();

struct ImageSize
{
    int width = 0;
    int height = 0;
};

/// As the header of a PNG, WebP, BMP or TIFF says; nothing where it is none of these.
[[nodiscard]] std::optional<ImageSize> peekImageSize(std::span<const std::uint8_t> file);

/// True when such a file ends before its own structure says so. Not all damage shows here.
[[nodiscard]] bool isCutOff(std::span<const std::uint8_t> file);

/// Decodes the file in `part.encoded`, whose format is told by its first bytes, not by its name.
/// Grey becomes RGB, alpha is dropped, 16 bits are scaled to 8. Errors have the reason in their
/// message and do not name the file.
/// Deviation: an orientation noted in the file (EXIF) is applied; PIL leaves it to the caller.
[[nodiscard]] Result<void> decodeImage(const PartPlanner& plan, DecodedPart& part);

/// The plan of those who want all of an image, a JPEG at the smallest size that has both sides at
/// least `minSide`; 0: full size.
[[nodiscard]] PartPlanner wholeImage(int minSide);

/// Copies the part, which holds the whole image.
[[nodiscard]] DecodedImage toImage(const DecodedPart& part);

} // namespace mocoscope::training
