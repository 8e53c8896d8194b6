// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace mocoscope::storage {

/// How SQLite keeps a history whole while it is written.
enum class Journal : std::uint8_t
{
    WriteAhead, ///< readers and writer do not wait for each other; on one machine only
    Rollback, ///< they wait milliseconds; needs no more of a file system than locks
};

/// Of one that other machines may have mounted as well. `type` as statfs(2) tells it.
[[nodiscard]] bool isNetworkFileSystem(std::uint64_t type);

/// The write-ahead log is shared through memory, which does not reach other machines: a history on
/// a network file system has a rollback journal. MOCOSCOPE_JOURNAL (`wal`, `rollback`) knows
/// better.
[[nodiscard]] Journal journalFor(const std::filesystem::path& file);

} // namespace mocoscope::storage
