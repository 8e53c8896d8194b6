// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/archive_cache.h"

#include "training/data/file_descriptor.h"
#include "training/data/file_store.h"
#include "training/data/read_exactly.h"

#include <algorithm>
#include <archive.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <thread>

namespace mocoscope::training {
namespace {

namespace fs = std::filesystem;

using Archive = std::unique_ptr<archive, int (*)(archive*)>;

/// FNV-1a: names a file in the cache, nothing depends on its strength.
std::string hashOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char letter : text) {
        hash = (hash ^ static_cast<std::uint8_t>(letter)) * 0x100000001b3ULL;
    }
    std::array<char, 17> digits {};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
    return digits.data();
}

fs::path cacheFolder()
{
    const char* cache = std::getenv("XDG_CACHE_HOME");
    if (cache != nullptr && *cache == '/') {
        return fs::path(cache) / "mocoscope";
    }
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr ? home : "/tmp") / ".cache" / "mocoscope";
}

struct CacheEntry
{
    std::string family; ///< the same for all versions of one archive
    fs::path file;
};

Result<CacheEntry> entryFor(const fs::path& archive)
{
    std::error_code error;
    const fs::path absolute = fs::canonical(archive, error);
    const auto bytes = error ? 0 : fs::file_size(absolute, error);
    const auto time = error ? fs::file_time_type() : fs::last_write_time(absolute, error);
    if (error) {
        return failure(ErrorCode::Unreadable, "cannot read the archive " + archive.string(),
                       error.message());
    }
    const std::string version
        = std::to_string(bytes) + " " + std::to_string(time.time_since_epoch().count());
    CacheEntry entry;
    entry.family = hashOf(absolute.string()) + "-";
    entry.file = cacheFolder() / (entry.family + hashOf(version) + ".tar");
    return entry;
}

/// The file that is written to while unpacking. A crash leaves it behind; the next attempt, which
/// takes the lock, begins it anew.
struct PartialFile
{
    fs::path path;
    FileDescriptor descriptor;

    void discard() const
    {
        std::error_code ignored;
        fs::remove(path, ignored);
    }
};

tl::unexpected<Error> cannotWrite(const fs::path& path, int reason)
{
    return failure(ErrorCode::Unwritable, "cannot unpack to " + path.string(),
                   systemReason(reason)
                       + "; make room there, or set XDG_CACHE_HOME to a folder on a larger disk");
}

/// Waits while another process unpacks the same archive.
Result<PartialFile> lockPartial(const fs::path& target, const std::stop_token& stop)
{
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    PartialFile partial {fs::path(target).concat(".part"), FileDescriptor()};
    partial.descriptor
        = FileDescriptor(::open(partial.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!partial.descriptor.isOpen()) {
        return cannotWrite(partial.path, errno);
    }
    while (::flock(partial.descriptor.number(), LOCK_EX | LOCK_NB) != 0) {
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "unpacking was cancelled");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return partial;
}

Result<void> writeAll(const PartialFile& partial, std::span<const char> bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(partial.descriptor.number(), bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return cannotWrite(partial.path, errno);
        }
        bytes = bytes.subspan(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return {};
}

/// Room that is left to others: an archive can unpack to far more than it seems.
Result<void> checkRoom(const PartialFile& partial)
{
    constexpr std::uintmax_t spareBytes = 256U << 20;
    std::error_code error;
    const fs::space_info space = fs::space(partial.path.parent_path(), error);
    return !error && space.available < spareBytes ? cannotWrite(partial.path, ENOSPC)
                                                  : Result<void>();
}

Result<void> unpack(const fs::path& archive, const PartialFile& partial,
                    const std::stop_token& stop, const ListingProgress& progress)
{
    const Archive reader(archive_read_new(), archive_read_free);
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_bzip2(reader.get());
    archive_read_support_filter_xz(reader.get());
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_format_raw(reader.get());
    const auto damaged = [&] {
        const char* reason = archive_error_string(reader.get());
        return failure(ErrorCode::Unreadable, "cannot unpack the archive " + archive.string(),
                       reason != nullptr ? reason : "it is damaged");
    };
    constexpr std::size_t chunkBytes = 1 << 20;
    archive_entry* entry = nullptr;
    if (archive_read_open_filename(reader.get(), archive.c_str(), chunkBytes) != ARCHIVE_OK
        || archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK) {
        return damaged();
    }
    std::error_code ignored;
    const auto total = static_cast<std::int64_t>(fs::file_size(archive, ignored));
    std::vector<char> chunk(chunkBytes);
    while (!stop.stop_requested()) {
        const la_ssize_t count = archive_read_data(reader.get(), chunk.data(), chunk.size());
        if (count < 0) {
            return damaged();
        }
        if (count == 0) {
            return {};
        }
        auto written = checkRoom(partial).and_then([&] {
            return writeAll(partial, {chunk.data(), static_cast<std::size_t>(count)});
        });
        if (!written) {
            return written;
        }
        if (progress) {
            progress(archive_filter_bytes(reader.get(), -1), total);
        }
    }
    return failure(ErrorCode::Cancelled, "unpacking " + archive.string() + " was cancelled");
}

void removeEarlierVersions(const CacheEntry& entry)
{
    std::error_code ignored;
    for (const auto& file : fs::directory_iterator(entry.file.parent_path(), ignored)) {
        const std::string name = file.path().filename().string();
        if (name.starts_with(entry.family) && file.path() != entry.file) {
            fs::remove(file.path(), ignored);
        }
    }
}

Result<void> fillEntry(const CacheEntry& entry, const fs::path& archive, const PartialFile& partial,
                       const std::stop_token& stop, const ListingProgress& progress)
{
    if (::ftruncate(partial.descriptor.number(), 0) != 0) {
        return cannotWrite(partial.path, errno);
    }
    auto unpacked = unpack(archive, partial, stop, progress).and_then([&] {
        // Only what can be read as a tar archive is kept.
        return openTar(partial.path, stop, {}).map([](const auto&) {}).map_error([&](Error error) {
            error.message = "cannot read the archive " + archive.string();
            return error;
        });
    });
    if (unpacked && ::fsync(partial.descriptor.number()) != 0) {
        unpacked = cannotWrite(partial.path, errno);
    }
    if (unpacked && std::rename(partial.path.c_str(), entry.file.c_str()) != 0) {
        unpacked = cannotWrite(entry.file, errno);
    }
    if (!unpacked) {
        partial.discard();
    }
    return unpacked;
}

} // namespace

bool isCompressedTar(const fs::path& path)
{
    constexpr std::array<std::string_view, 8> endings {".tar.gz", ".tgz", ".tar.bz2", ".tbz2",
                                                       ".tar.xz", ".txz", ".tar.zst", ".tzst"};
    const std::string name = path.filename().string();
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return name.ends_with(ending); });
}

Result<fs::path> unpackedArchive(const fs::path& archive, const std::stop_token& stop,
                                 const ListingProgress& progress)
{
    const auto entry = entryFor(archive);
    if (!entry) {
        return tl::unexpected(entry.error());
    }
    if (fs::exists(entry->file)) {
        return entry->file;
    }
    const auto partial = lockPartial(entry->file, stop);
    if (!partial) {
        return tl::unexpected(partial.error());
    }
    if (fs::exists(entry->file)) { // another process was faster
        partial->discard();
        return entry->file;
    }
    return fillEntry(*entry, archive, *partial, stop, progress).map([&] {
        removeEarlierVersions(*entry);
        return entry->file;
    });
}

} // namespace mocoscope::training
