// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace mocoscope::training {

/// Files below a folder or in an archive. Immutable: every call is thread-safe.
class FileStore
{
public:
    virtual ~FileStore() = default;
    /// Relative, with '/' between folders, never leaving the store; sorted bytewise.
    [[nodiscard]] virtual std::span<const std::string> names() const = 0;
    /// Reads a whole file; the vector's memory is used again.
    [[nodiscard]] virtual Result<void> read(std::size_t file,
                                            std::vector<std::uint8_t>& bytes) const = 0;

protected:
    FileStore() = default;
    FileStore(const FileStore&) = default;
    FileStore& operator=(const FileStore&) = default;
};

/// No file larger than this is read into memory.
constexpr std::int64_t maxFileBytes = std::int64_t {1} << 30;

/// Lists a folder and all below it. Hidden files and folders are left out; links are followed, each
/// folder is visited once.
[[nodiscard]] Result<std::shared_ptr<const FileStore>>
openFolder(const std::filesystem::path& folder, const std::stop_token& stop,
           const ListingProgress& progress);

/// Reads the table of contents of an uncompressed tar archive, whose files are then read in place.
/// Links and special files are left out; names that leave the archive are an error.
[[nodiscard]] Result<std::shared_ptr<const FileStore>> openTar(const std::filesystem::path& archive,
                                                               const std::stop_token& stop,
                                                               const ListingProgress& progress);

} // namespace mocoscope::training
