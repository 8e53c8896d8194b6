// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <filesystem>
#include <memory>

struct sqlite3;

namespace mocoscope::storage {

using training::Error;
using training::ErrorCode;
using training::Result;

/// `$XDG_DATA_HOME/mocoscope/runs.db`, by default under ~/.local/share. The folder may not exist.
[[nodiscard]] std::filesystem::path defaultDatabasePath();

/// One SQLite connection; belongs to one thread. Move-only.
class Database
{
public:
    enum class Access : std::uint8_t
    {
        ReadWrite, ///< made when missing, migrated to this version (after a copy of the file)
        ReadOnly, ///< never changes the file; also used for files of a newer version
    };

    /// WAL, synchronous NORMAL, busy timeout 5 s, foreign keys on. Errors name the file, the reason
    /// and the way out: no such folder, not a database, read-only, newer version, locked.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, Access access);

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    [[nodiscard]] sqlite3* handle() const { return m_handle; }
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    /// Runs several statements without results.
    [[nodiscard]] Result<void> execute(const char* sql);
    /// Makes a running statement of this connection return SQLITE_INTERRUPT. From any thread.
    void interrupt();

private:
    Database(sqlite3* handle, std::filesystem::path file);
    sqlite3* m_handle = nullptr;
    std::filesystem::path m_file;
};

} // namespace mocoscope::storage
