// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/file_descriptor.h"
#include "training/data/file_store.h"
#include "training/data/read_exactly.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <numeric>
#include <string_view>
#include <sys/stat.h>

namespace mocoscope::training {
namespace {

constexpr std::int64_t blockBytes = 512;
using Block = std::array<std::uint8_t, blockBytes>;

struct Member
{
    std::string name;
    std::int64_t offset = 0; ///< of its content
    std::int64_t bytes = 0;
};

class TarStore final : public FileStore
{
public:
    TarStore(FileDescriptor archive, std::vector<Member> members)
        : m_archive(std::move(archive))
        , m_members(std::move(members))
    {
        m_names.reserve(m_members.size());
        for (Member& member : m_members) {
            m_names.push_back(std::move(member.name));
        }
    }
    [[nodiscard]] std::span<const std::string> names() const override { return m_names; }
    [[nodiscard]] Result<void> read(std::size_t file,
                                    std::vector<std::uint8_t>& bytes) const override
    {
        const Member& member = m_members[file];
        if (member.bytes > maxFileBytes) {
            return failure(ErrorCode::Unreadable, "larger than 1 GiB");
        }
        bytes.resize(static_cast<std::size_t>(member.bytes));
        return readExactly(m_archive.number(), member.offset, bytes);
    }

private:
    FileDescriptor m_archive;
    std::vector<Member> m_members; ///< without their names
    std::vector<std::string> m_names;
};

std::string_view textOf(const Block& block, std::size_t at, std::size_t size)
{
    std::string_view text(reinterpret_cast<const char*>(block.data()) + at, size);
    return text.substr(0, text.find('\0'));
}

/// Octal digits, or, when the top bit is set, a binary number; -1: neither.
std::int64_t numberOf(const Block& block, std::size_t at, std::size_t size)
{
    if ((block[at] & 0x80U) != 0) {
        std::int64_t value = block[at] & 0x3FU;
        for (std::size_t i = 1; i < size; ++i) {
            if (value >> 54 != 0) {
                return -1;
            }
            value = (value << 8) | block[at + i];
        }
        return value;
    }
    std::string_view text = textOf(block, at, size);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    text = text.substr(0, text.find(' '));
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
    return (error == std::errc() && end == text.data() + text.size()) || text.empty() ? value : -1;
}

bool hasValidChecksum(const Block& block)
{
    constexpr std::size_t at = 148;
    constexpr std::size_t size = 8;
    std::int64_t sum = std::accumulate(block.begin(), block.end(), std::int64_t {0});
    for (std::size_t i = at; i < at + size; ++i) {
        sum += ' ' - block[i];
    }
    return sum == numberOf(block, at, size);
}

/// Without "./" and doubled slashes; empty when the name would leave the archive.
std::string safeName(std::string_view name)
{
    if (name.starts_with('/')) {
        return {};
    }
    std::string result;
    while (!name.empty()) {
        const std::string_view part = name.substr(0, name.find('/'));
        name.remove_prefix(std::min(part.size() + 1, name.size()));
        if (part == "..") {
            return {};
        }
        if (!part.empty() && part != ".") {
            result += result.empty() ? "" : "/";
            result += part;
        }
    }
    return result;
}

/// Goes from header to header. Knows GNU's long names and the POSIX extension for names and sizes.
class TarReader
{
public:
    TarReader(int file, std::int64_t bytes, const std::stop_token& stop,
              const ListingProgress& progress)
        : m_file(file)
        , m_bytes(bytes)
        , m_stop(stop)
        , m_progress(progress)
    {
    }
    /// The error's message is the reason alone.
    Result<std::vector<Member>> run();

private:
    Result<bool> readMember();
    Result<void> take(const Block& header, std::int64_t content, std::int64_t size);
    [[nodiscard]] Result<std::string> readText(std::int64_t offset, std::int64_t size) const;
    void readExtension(std::string_view text);

    int m_file;
    std::int64_t m_bytes;
    const std::stop_token& m_stop;
    const ListingProgress& m_progress;
    std::int64_t m_position = 0;
    std::string m_longName; ///< of the next member; empty: as in its header
    std::int64_t m_longSize = -1;
    std::vector<Member> m_members;
};

Result<std::string> TarReader::readText(std::int64_t offset, std::int64_t size) const
{
    constexpr std::int64_t most = 1 << 20;
    if (size > most) {
        return failure(ErrorCode::Unreadable, "it has a name of more than a million characters");
    }
    std::string text(static_cast<std::size_t>(size), '\0');
    const std::span bytes(reinterpret_cast<std::uint8_t*>(text.data()), text.size());
    return readExactly(m_file, offset, bytes).map([&] { return text; });
}

/// Lines of "length key=value".
void TarReader::readExtension(std::string_view text)
{
    while (!text.empty()) {
        std::size_t length = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (error != std::errc() || length <= digits + 1 || length > text.size()) {
            return;
        }
        const std::string_view line = text.substr(digits + 1, length - digits - 2);
        if (line.starts_with("path=")) {
            m_longName = line.substr(5);
        } else if (line.starts_with("size=")) {
            std::from_chars(line.data() + 5, line.data() + line.size(), m_longSize);
        }
        text.remove_prefix(length);
    }
}

Result<void> TarReader::take(const Block& header, std::int64_t content, std::int64_t size)
{
    const char type = static_cast<char>(header[156]);
    if (type == 'L' || type == 'x') {
        auto text = readText(content, size);
        if (!text) {
            return tl::unexpected(text.error());
        }
        if (type == 'L') {
            m_longName = text->substr(0, text->find('\0'));
        } else {
            readExtension(*text);
        }
        return {};
    }
    if (type == '0' || type == '\0' || type == '7') {
        const std::string_view prefix = textOf(header, 345, 155);
        const bool isPosix = textOf(header, 257, 5) == "ustar" && header[262] == 0;
        std::string name(textOf(header, 0, 100));
        if (isPosix && !prefix.empty()) {
            name = std::string(prefix) + "/" + name;
        }
        const std::string given = m_longName.empty() ? name : m_longName;
        name = safeName(given);
        if (name.empty() && !given.ends_with('/')) {
            return failure(ErrorCode::Unreadable,
                           "it has a name that leaves the archive: " + given);
        }
        if (!given.ends_with('/')) {
            m_members.push_back({std::move(name), content, size});
        }
    }
    m_longName.clear();
    m_longSize = -1;
    return {};
}

/// False at the end of the archive.
Result<bool> TarReader::readMember()
{
    Block header {};
    if (m_position + blockBytes > m_bytes) {
        return false; // some writers leave out the two empty blocks at the end
    }
    if (auto read = readExactly(m_file, m_position, header); !read) {
        return tl::unexpected(read.error());
    }
    if (std::all_of(header.begin(), header.end(), [](std::uint8_t byte) { return byte == 0; })) {
        return false;
    }
    const std::int64_t content = m_position + blockBytes;
    if (!hasValidChecksum(header)) {
        return failure(ErrorCode::Unreadable,
                       m_position == 0 ? "it is not a tar archive" : "it is damaged");
    }
    const std::int64_t size = m_longSize >= 0 ? m_longSize : numberOf(header, 124, 12);
    if (size < 0 || size > m_bytes - content) {
        return failure(ErrorCode::Unreadable, "it is cut off or damaged");
    }
    m_position = content + (size + blockBytes - 1) / blockBytes * blockBytes;
    return take(header, content, size).map([] { return true; });
}

Result<std::vector<Member>> TarReader::run()
{
    for (std::int64_t count = 0;; ++count) {
        if (m_stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "cancelled");
        }
        if (m_progress && count % 1000 == 0) {
            m_progress(m_position, m_bytes);
        }
        auto more = readMember();
        if (!more) {
            return tl::unexpected(more.error());
        }
        if (!*more) {
            break;
        }
    }
    std::sort(m_members.begin(), m_members.end(),
              [](const Member& a, const Member& b) { return a.name < b.name; });
    return std::move(m_members);
}

} // namespace

Result<std::shared_ptr<const FileStore>> openTar(const std::filesystem::path& archive,
                                                 const std::stop_token& stop,
                                                 const ListingProgress& progress)
{
    FileDescriptor file(::open(archive.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts
    {
    };
    const auto describe = [&](ErrorCode code, const std::string& reason) {
        return failure(code, "cannot read the archive " + archive.string(), reason);
    };
    if (!file.isOpen() || ::fstat(file.number(), &facts) != 0) {
        return describe(ErrorCode::Unreadable, systemReason(errno));
    }
    auto members = TarReader(file.number(), facts.st_size, stop, progress).run();
    if (!members) {
        return describe(members.error().code, members.error().message);
    }
    return std::make_shared<TarStore>(std::move(file), std::move(*members));
}

} // namespace mocoscope::training
