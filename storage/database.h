// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <chrono>
#include <filesystem>

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
        OwnCopy, ///< the same for a file that nobody else knows: without that copy
        ReadOnly, ///< never changes the file; also used for files of a newer version
    };

    /// WAL (elsewhere than on one machine's disk as journalFor() says), foreign keys on. ReadWrite
    /// makes missing parent folders. Errors name the file, the reason and the way out: not found,
    /// not a database, read-only, locked (for longer than `busyTimeout`), and ErrorCode::Newer for
    /// writing to a file of a newer version.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, Access access,
                                               std::chrono::milliseconds busyTimeout
                                               = std::chrono::seconds(5));

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    [[nodiscard]] sqlite3* handle() const { return m_handle; }
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    /// PRAGMA user_version as it was found or migrated to.
    [[nodiscard]] int schemaVersion() const { return m_schemaVersion; }
    /// Runs several statements without results.
    [[nodiscard]] Result<void> execute(const char* sql);
    /// Throws when the file is no longer where it was opened, or cannot be reached there: what is
    /// written now would go into a file that nobody finds.
    void refuseMoved();
    /// Makes a running statement of this connection return SQLITE_INTERRUPT. From any thread.
    void interrupt();

private:
    Database(sqlite3* handle, std::filesystem::path file);
    /// Opens without looking inside; throws. `name` is a path or a file: URI.
    static Database connect(const std::string& name, int flags, const std::filesystem::path& file,
                            std::chrono::milliseconds busyTimeout);
    static Database openForReading(const std::filesystem::path& file,
                                   std::chrono::milliseconds busyTimeout);
    static Database openForWriting(const std::filesystem::path& file, Access access,
                                   std::chrono::milliseconds busyTimeout);

    sqlite3* m_handle = nullptr;
    std::filesystem::path m_file;
    int m_schemaVersion = 0;
};

} // namespace mocoscope::storage
