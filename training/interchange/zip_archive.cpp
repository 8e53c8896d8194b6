// SPDX-License-Identifier: GPL-3.0-or-later
// Source of the layout: PKWARE's APPNOTE.TXT, 4.3.
#include "training/interchange/zip_archive.h"

#include <algorithm>
#include <optional>
#include <span>

namespace mocoscope::training {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t entrySignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t largeEndSignature = 0x06064b50;
constexpr std::uint32_t largeLocatorSignature = 0x07064b50;
constexpr std::uint64_t localBytes = 30, entryBytes = 46, endBytes = 22, largeEndBytes = 56,
                        largeLocatorBytes = 20;
constexpr std::uint64_t maxCommentBytes = 0xffff;
constexpr std::uint64_t maxDirectoryBytes = 64U << 20U;
constexpr std::uint32_t inExtraField = 0xffffffff; ///< the value itself did not fit into 32 bits

std::uint16_t two(Bytes bytes, std::size_t at)
{
    return littleEndian<std::uint16_t>(&bytes[at]);
}
std::uint32_t four(Bytes bytes, std::size_t at)
{
    return littleEndian<std::uint32_t>(&bytes[at]);
}
std::uint64_t eight(Bytes bytes, std::size_t at)
{
    return littleEndian<std::uint64_t>(&bytes[at]);
}

/// The sizes and the offset of an entry, with what zip64 keeps in the extra field.
struct Numbers
{
    std::uint64_t bytes = 0;
    std::uint64_t storedBytes = 0;
    std::uint64_t header = 0;
};

/// Empty when the extra field is damaged.
std::optional<Numbers> numbersOf(Bytes entry, Bytes extra)
{
    Numbers numbers {four(entry, 24), four(entry, 20), four(entry, 42)};
    if (std::max({numbers.bytes, numbers.storedBytes, numbers.header}) < inExtraField) {
        return numbers;
    }
    while (extra.size() >= 4) {
        const std::size_t size = two(extra, 2);
        if (size > extra.size() - 4) {
            return std::nullopt;
        }
        Bytes field = extra.subspan(4, size);
        if (two(extra, 0) == 1) { // zip64: only those that did not fit, in this order
            for (std::uint64_t* number : {&numbers.bytes, &numbers.storedBytes, &numbers.header}) {
                if (*number == inExtraField) {
                    if (field.size() < 8) {
                        return std::nullopt;
                    }
                    *number = eight(field, 0);
                    field = field.subspan(8);
                }
            }
            return numbers;
        }
        extra = extra.subspan(4 + size);
    }
    return std::nullopt;
}

} // namespace

Result<ZipArchive> ZipArchive::open(const std::filesystem::path& file)
{
    Result<InputFile> opened = InputFile::open(file);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    ZipArchive archive(std::move(*opened));
    const auto read = archive.findDirectory()
                          .and_then([&](const Directory& directory) {
                              return archive.readDirectory(directory);
                          })
                          .and_then([&] { return archive.checkPlaces(); });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return archive;
}

Result<ZipArchive::Directory> ZipArchive::findDirectory()
{
    const std::uint64_t tailBytes = std::min(m_file.size(), endBytes + maxCommentBytes);
    const std::uint64_t tailOffset = m_file.size() - tailBytes;
    const auto tail = m_file.bytes(tailOffset, tailBytes);
    for (std::size_t at = tail.size() - std::min<std::size_t>(tail.size(), endBytes) + 1;
         tail.size() >= endBytes && at-- > 0;) {
        const bool isEnd = four(tail, at) == endSignature
            && at + endBytes + two(tail, at + 20) == tail.size(); // the comment reaches to the end
        if (!isEnd) {
            continue;
        }
        const Bytes end = Bytes(tail).subspan(at);
        Directory directory {four(end, 16), four(end, 12), two(end, 10)};
        const bool isLarge = directory.offset == inExtraField || directory.bytes == inExtraField
            || directory.entries == 0xffff;
        return isLarge ? findLargeDirectory(tailOffset + at) : Result<Directory>(directory);
    }
    return m_file.unreadable("it is no zip archive, or it is cut off");
}

Result<ZipArchive::Directory> ZipArchive::findLargeDirectory(std::uint64_t endRecord)
{
    const auto damaged = [this] { return m_file.unreadable("its zip64 record is damaged"); };
    if (endRecord < largeLocatorBytes) {
        return damaged();
    }
    const auto locator = m_file.bytes(endRecord - largeLocatorBytes, largeLocatorBytes);
    if (locator.empty() || four(locator, 0) != largeLocatorSignature) {
        return damaged();
    }
    const auto record = m_file.bytes(eight(locator, 8), largeEndBytes);
    if (record.empty() || four(record, 0) != largeEndSignature) {
        return damaged();
    }
    return Directory {eight(record, 48), eight(record, 40), eight(record, 32)};
}

Result<void> ZipArchive::readDirectory(const Directory& directory)
{
    const auto damaged = [this] { return m_file.unreadable("its list of entries is damaged"); };
    if (directory.bytes > maxDirectoryBytes || directory.entries > directory.bytes / entryBytes
        || !m_file.contains(directory.offset, directory.bytes)) {
        return damaged();
    }
    const auto all = m_file.bytes(directory.offset, directory.bytes);
    if (all.size() != directory.bytes) {
        return damaged();
    }
    Bytes rest(all);
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        if (rest.size() < entryBytes || four(rest, 0) != entrySignature) {
            return damaged();
        }
        const std::size_t nameBytes = two(rest, 28);
        const std::size_t extraBytes = two(rest, 30);
        const std::size_t whole = entryBytes + nameBytes + extraBytes + two(rest, 32);
        if (whole > rest.size()) {
            return damaged();
        }
        const Bytes nameText = rest.subspan(entryBytes, nameBytes);
        std::string name(nameText.begin(), nameText.end());
        const auto numbers = numbersOf(rest, rest.subspan(entryBytes + nameBytes, extraBytes));
        const bool isPlain = two(rest, 10) == 0 && (two(rest, 8) & 1U) == 0;
        if (!numbers || !isPlain || numbers->bytes != numbers->storedBytes) {
            return m_file.unreadable("an entry of it is compressed, encrypted or damaged");
        }
        if (auto added = addEntry(std::move(name), numbers->header, numbers->bytes); !added) {
            return added;
        }
        rest = rest.subspan(whole);
    }
    return {};
}

Result<void> ZipArchive::addEntry(std::string name, std::uint64_t header, std::uint64_t bytes)
{
    const auto local = m_file.bytes(header, localBytes);
    if (local.empty() || four(local, 0) != localSignature) {
        return m_file.unreadable("entry '" + name + "' lies outside it");
    }
    const std::uint64_t offset = header + localBytes + two(local, 26) + two(local, 28);
    const auto localName = m_file.bytes(header + localBytes, two(local, 26));
    if (!m_file.contains(offset, bytes)) {
        return m_file.unreadable("entry '" + name + "' lies outside it");
    }
    if (std::string(localName.begin(), localName.end()) != name) {
        return m_file.unreadable("entry '" + name + "' has another name where its data are");
    }
    if (!m_entries.emplace(name, Entry {offset, bytes}).second) {
        return m_file.unreadable("the name '" + name + "' comes twice in it");
    }
    return {};
}

Result<void> ZipArchive::checkPlaces() const
{
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
    for (const auto& [name, entry] : m_entries) {
        places.emplace_back(entry.offset, entry.offset + entry.bytes);
    }
    std::sort(places.begin(), places.end());
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (places[i].first < places[i - 1].second) {
            return m_file.unreadable("entries of it overlap");
        }
    }
    return {};
}

} // namespace mocoscope::training
