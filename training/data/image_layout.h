// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mocoscope::training {

/// Some of a store's files, sorted by class and then by name.
struct ImageList
{
    std::vector<std::size_t> files;
    std::vector<std::int64_t> labels; ///< -1: in no subfolder
    std::vector<std::string> classNames; ///< the first-level subfolders, sorted; may be empty
};

struct ImageLayout
{
    ImageList train;
    std::optional<ImageList> test;
};

/// Finds splits and classes in the names of files alone. A folder that wraps everything is looked
/// through; `train` and `test` (or `val`) are splits; else all images are for training.
/// Limits keep the first images by name of each class; 0: all.
[[nodiscard]] ImageLayout arrangeImages(std::span<const std::string> names, std::int64_t trainLimit,
                                        std::int64_t testLimit);

/// The folder (with '/' at its end, or empty) in which CIFAR's binary files are.
struct CifarPlace
{
    std::string folder;
    int classes = 10; ///< 10 or 100
};
[[nodiscard]] std::optional<CifarPlace> findCifar(std::span<const std::string> names);

} // namespace mocoscope::training
