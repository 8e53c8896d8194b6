// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/interchange/input_file.h"

#include <cstdint>
#include <map>
#include <string>

namespace mocoscope::training {

/// The files of a zip archive whose contents are stored as they are, which is how torch.save()
/// writes; zip64 where it is large. Compressed or encrypted entries, names that come twice, and
/// entries that lie outside the file or over one another are errors.
/// Deviation: CRCs are not looked at; torch lets its users leave them out.
class ZipArchive
{
public:
    /// Where an entry's bytes are in the file.
    struct Entry
    {
        std::uint64_t offset = 0;
        std::uint64_t bytes = 0;
    };

    /// Reads the list of entries.
    [[nodiscard]] static Result<ZipArchive> open(const std::filesystem::path& file);

    [[nodiscard]] const std::map<std::string, Entry>& entries() const { return m_entries; }
    [[nodiscard]] InputFile& file() { return m_file; }

private:
    explicit ZipArchive(InputFile file)
        : m_file(std::move(file))
    {
    }
    struct Directory
    {
        std::uint64_t offset = 0;
        std::uint64_t bytes = 0;
        std::uint64_t entries = 0;
    };
    [[nodiscard]] Result<Directory> findDirectory();
    [[nodiscard]] Result<Directory> findLargeDirectory(std::uint64_t endRecord);
    [[nodiscard]] Result<void> readDirectory(const Directory& directory);
    [[nodiscard]] Result<void> addEntry(std::string name, std::uint64_t header,
                                        std::uint64_t bytes);
    [[nodiscard]] Result<void> checkPlaces() const;

    InputFile m_file;
    std::map<std::string, Entry> m_entries;
};

} // namespace mocoscope::training
