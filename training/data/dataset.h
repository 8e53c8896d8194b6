// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace mocoscope::training {

/// 8-bit RGB, rows without padding: rgb.size() == width · height · 3.
struct DecodedImage
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
};

/// In pixels; right and bottom are exclusive.
struct PixelRect
{
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    bool operator==(const PixelRect&) const = default;
};

/// What is needed of an image, in pixels of the stored image, upright.
struct PartRequest
{
    PixelRect rect;
    int reduction = 1; ///< 1, 2, 4 or 8: the file may be decoded at that fraction of its size
};

/// Called once the size is known, before anything is decoded.
using PartPlanner = std::function<PartRequest(int width, int height)>;

/// A part of an image. Meant to be used again for the next image: its memory only grows.
struct DecodedPart
{
    int fullWidth = 0; ///< of the stored image, upright
    int fullHeight = 0;
    int reduction = 1; ///< one pixel here stands for reduction × reduction stored ones
    PixelRect rect; ///< what `rgb` holds, in pixels of the reduced image; covers the request
    std::vector<std::uint8_t> rgb; ///< rows of rect.width · 3 bytes, may be longer than needed
    std::vector<std::uint8_t> encoded; ///< scratch: the file's bytes
};

/// Images in a fixed order: files by class, then by name. Immutable: every call is thread-safe.
class Dataset
{
public:
    virtual ~Dataset() = default;
    [[nodiscard]] virtual std::int64_t size() const = 0;
    /// Index into classNames(), -1: unlabelled. A data set with classes may have unlabelled images.
    [[nodiscard]] virtual std::int64_t label(std::int64_t index) const = 0;
    [[nodiscard]] virtual std::string name(std::int64_t index) const = 0;
    /// In the order of the labels, for folders sorted by name; empty: unlabelled.
    [[nodiscard]] virtual std::span<const std::string> classNames() const = 0;

    /// `minSide` 0: the stored size. Otherwise a JPEG may come at 1/2, 1/4 or 1/8 of its size, as
    /// long as both sides stay at least `minSide`.
    [[nodiscard]] virtual Result<DecodedImage> decode(std::int64_t index, int minSide) const = 0;
    /// As decode(), but only what `plan` asks for. The part may be larger and less reduced.
    [[nodiscard]] virtual Result<void> decodePart(std::int64_t index, const PartPlanner& plan,
                                                  DecodedPart& part) const = 0;

protected:
    Dataset() = default;
    Dataset(const Dataset&) = default;
    Dataset& operator=(const Dataset&) = default;
};

struct DatasetPair
{
    std::shared_ptr<const Dataset> train;
    std::shared_ptr<const Dataset> test; ///< null: none
    std::string kind; ///< "folder", "tar archive", "CIFAR-10 binary", "embedded demo"
};

/// Units of `done` and `total` are files or bytes; total 0: not known. May be called often.
using ListingProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// Lists what `config` names and decodes nothing. A compressed archive is unpacked into the cache
/// the first time. Errors name the path, the reason and the way out; Cancelled after a stop.
[[nodiscard]] Result<DatasetPair> openDatasets(const DataConfig& config, std::stop_token stop,
                                               const ListingProgress& progress);

} // namespace mocoscope::training
