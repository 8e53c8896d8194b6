// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

namespace mocoscope::training {

/// A file that is read at places which it names itself: nothing beyond its end is asked for, and
/// nothing is allocated for what it does not have.
class InputFile
{
public:
    [[nodiscard]] static Result<InputFile> open(const std::filesystem::path& file);

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// Whether `count` bytes at `offset` are inside the file.
    [[nodiscard]] bool contains(std::uint64_t offset, std::uint64_t count) const
    {
        return offset <= m_size && count <= m_size - offset;
    }
    /// False when the file has not as much or cannot be read.
    [[nodiscard]] bool read(std::uint64_t offset, void* to, std::uint64_t count);
    /// Empty when the file has not as much or cannot be read.
    [[nodiscard]] std::vector<std::uint8_t> bytes(std::uint64_t offset, std::uint64_t count);
    /// `cannot read <path>`, with the reason.
    [[nodiscard]] tl::unexpected<Error> unreadable(std::string reason) const;

private:
    InputFile(std::filesystem::path file, std::uint64_t size);

    std::filesystem::path m_path;
    std::uint64_t m_size;
    std::ifstream m_stream;
};

/// An unsigned little-endian number of 1 to 8 bytes.
template <typename Number> [[nodiscard]] Number littleEndian(const std::uint8_t* bytes)
{
    Number value = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;) {
        value = static_cast<Number>((static_cast<std::uint64_t>(value) << 8U) | bytes[i]);
    }
    return value;
}

} // namespace mocoscope::training
