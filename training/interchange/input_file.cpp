// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/input_file.h"

namespace mocoscope::training {

InputFile::InputFile(std::filesystem::path file, std::uint64_t size)
    : m_path(std::move(file))
    , m_size(size)
    , m_stream(m_path, std::ios::binary)
{
}

Result<InputFile> InputFile::open(const std::filesystem::path& file)
{
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(file, error);
    if (error) {
        return failure(ErrorCode::NotFound, "cannot open " + file.string(), error.message());
    }
    InputFile opened(file, size);
    if (!opened.m_stream) {
        return failure(ErrorCode::Unreadable, "cannot open " + file.string(), "it may not be read");
    }
    return opened;
}

bool InputFile::read(std::uint64_t offset, void* to, std::uint64_t count)
{
    if (!contains(offset, count)) {
        return false;
    }
    m_stream.clear();
    m_stream.seekg(static_cast<std::streamoff>(offset));
    m_stream.read(static_cast<char*>(to), static_cast<std::streamsize>(count));
    return static_cast<bool>(m_stream);
}

std::vector<std::uint8_t> InputFile::bytes(std::uint64_t offset, std::uint64_t count)
{
    if (!contains(offset, count)) {
        return {};
    }
    std::vector<std::uint8_t> result(count);
    return read(offset, result.data(), count) ? result : std::vector<std::uint8_t> {};
}

tl::unexpected<Error> InputFile::unreadable(std::string reason) const
{
    return failure(ErrorCode::Unreadable, "cannot read " + m_path.string(), std::move(reason));
}

} // namespace mocoscope::training
