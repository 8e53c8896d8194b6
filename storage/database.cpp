// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "storage/journal.h"
#include "storage/migrator.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <cstdlib>
#include <sqlite3.h>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace mocoscope::storage {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t applicationId = 0x4d6f636f; // "Moco", set by 001_initial.sql

std::string subject(const fs::path& file)
{
    return "Run history " + file.string() + " ";
}

void refuseFolder(const fs::path& file)
{
    std::error_code ignored;
    if (file.empty())
        fail(ErrorCode::BadArgument, "The name of the run history is empty", "Name a file.");
    if (fs::is_directory(file, ignored))
        fail(ErrorCode::BadArgument, subject(file) + "is a folder",
             "Name a file in it, for example " + (file / "runs.db").string() + ".");
}

void makeParentFolder(const fs::path& file)
{
    const fs::path folder = file.parent_path();
    std::error_code problem;
    if (!folder.empty())
        fs::create_directories(folder, problem);
    if (problem)
        fail(ErrorCode::Unwritable,
             subject(file) + "cannot be made: its folder cannot be made (" + problem.message()
                 + ")",
             "Check the name " + folder.string() + " and the rights of the folders above it.");
}

std::int64_t readPragma(Database& database, const char* sql)
{
    Statement statement(database, sql);
    return statement.step() ? statement.integer(0) : 0;
}

/// A file without any table is new; one with tables must be ours.
bool isNew(Database& database)
{
    if (readPragma(database, "SELECT count(*) FROM sqlite_schema") == 0)
        return true;
    if (readPragma(database, "PRAGMA application_id") != applicationId)
        fail(ErrorCode::Unreadable, subject(database.file()) + "is a database of another program",
             "Choose another file; this one was left as it is.");
    return false;
}

/// Switching needs the file for itself and does not always wait for the busy timeout.
void switchJournal(Database& database, Journal journal, std::chrono::milliseconds busyTimeout)
{
    const char* command = journal == Journal::WriteAhead ? "PRAGMA journal_mode = WAL"
                                                         : "PRAGMA journal_mode = DELETE";
    const auto deadline = std::chrono::steady_clock::now() + busyTimeout;
    for (;;) {
        auto switched = database.execute(command);
        if (switched)
            return;
        if (std::chrono::steady_clock::now() >= deadline)
            throw StorageFailure(switched.error());
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

/// A read-only folder offers no place for the shared memory of WAL. Without a -wal file nobody
/// writes there, and the file can be read as one that never changes.
std::string immutableUri(const fs::path& file)
{
    std::string uri = "file:";
    for (const char letter : file.string()) {
        if (letter == '?' || letter == '#' || letter == '%') {
            constexpr char digits[] = "0123456789abcdef";
            uri += {'%', digits[letter >> 4], digits[letter & 15]};
        } else {
            uri += letter;
        }
    }
    return uri + "?immutable=1";
}

bool isReadable(Database& database)
{
    return schemaVersionOf(database).has_value();
}

bool lacksSharedMemory(Database& database)
{
    if (isReadable(database))
        return false;
    const int reason = sqlite3_errcode(database.handle()) & 0xff; // without the extended part
    const auto hasBeside = [&database](const char* ending) {
        fs::path file = database.file();
        file += ending;
        std::error_code ignored;
        return fs::exists(file, ignored);
    };
    // What a journal still has to say would be passed over.
    return (reason == SQLITE_CANTOPEN || reason == SQLITE_READONLY) && !hasBeside("-wal")
        && !hasBeside("-journal");
}

int newestVersion()
{
    return builtInMigrations().back().version;
}

} // namespace

fs::path defaultDatabasePath()
{
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return fs::path(value ? value : "");
    };
    fs::path data = variable("XDG_DATA_HOME");
    if (!data.is_absolute()) // the XDG specification has relative ones ignored
        data = variable("HOME") / ".local" / "share";
    return data / "mocoscope" / "runs.db";
}

Database Database::connect(const std::string& name, int flags, const fs::path& file,
                           std::chrono::milliseconds busyTimeout)
{
    sqlite3* handle = nullptr;
    // One connection belongs to one thread: SQLite's own mutexes are not needed.
    const int resultCode
        = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(handle, file);
    if (resultCode != SQLITE_OK)
        throw StorageFailure(describe(resultCode, sqlite3_errmsg(handle), file));
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(busyTimeout.count()));
    return database;
}

Database Database::openForReading(const fs::path& file, std::chrono::milliseconds busyTimeout)
{
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        fail(ErrorCode::NotFound, subject(file) + "does not exist",
             "It is made by the first run; or check the name.");
    Database database = connect(file.string(), SQLITE_OPEN_READONLY, file, busyTimeout);
    if (lacksSharedMemory(database)) {
        Database still = connect(immutableUri(file), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, file,
                                 busyTimeout);
        if (isReadable(still))
            database = std::move(still);
    }
    if (isNew(database))
        fail(ErrorCode::NotFound, subject(file) + "is empty", "It is filled by the first run.");
    executeOrThrow(database, "PRAGMA query_only = ON; PRAGMA foreign_keys = ON");
    database.m_schemaVersion = static_cast<int>(readPragma(database, "PRAGMA user_version"));
    if (database.m_schemaVersion < newestVersion())
        fail(ErrorCode::Unreadable, subject(file) + "was written by an older version",
             "Open it once for writing, then it is brought up to date (a copy is kept).");
    return database;
}

Database Database::openForWriting(const fs::path& file, Access access,
                                  std::chrono::milliseconds busyTimeout)
{
    makeParentFolder(file);
    Database database
        = connect(file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, file, busyTimeout);
    const auto found = static_cast<int>(readPragma(database, "PRAGMA user_version"));
    if (sqlite3_db_readonly(database.handle(), "main") == 1) // SQLite opened it all the same
        throw StorageFailure(describe(SQLITE_READONLY, "no right to write", file));
    if (!isNew(database) && found > newestVersion())
        fail(ErrorCode::Newer,
             subject(file) + "was written by a newer version of Mocoscope (schema "
                 + std::to_string(found) + ", this version knows " + std::to_string(newestVersion())
                 + ")",
             "Upgrade Mocoscope, or open it read-only to look at it.");
    const Journal journal = journalFor(file);
    switchJournal(database, journal, busyTimeout);
    // NORMAL: after a power cut the last commits may be missing, the file is never damaged. That
    // holds for the write-ahead log only.
    executeOrThrow(database,
                   journal == Journal::WriteAhead ? "PRAGMA synchronous = NORMAL"
                                                  : "PRAGMA synchronous = FULL");
    executeOrThrow(database, "PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864");
    const auto version
        = migrate(database, builtInMigrations(),
                  access == Access::OwnCopy ? MigratedFile::OwnCopy : MigratedFile::History);
    if (!version)
        throw StorageFailure(version.error());
    database.m_schemaVersion = *version;
    return database;
}

Result<Database> Database::open(const fs::path& file, Access access,
                                std::chrono::milliseconds busyTimeout)
{
    return guarded([&] {
        refuseFolder(file);
        return access == Access::ReadOnly ? openForReading(file, busyTimeout)
                                          : openForWriting(file, access, busyTimeout);
    });
}

Database::Database(sqlite3* handle, fs::path file)
    : m_handle(handle)
    , m_file(std::move(file))
{
}

Database::Database(Database&& other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr))
    , m_file(std::move(other.m_file))
    , m_schemaVersion(other.m_schemaVersion)
{
}

Database& Database::operator=(Database&& other) noexcept
{
    std::swap(m_handle, other.m_handle);
    std::swap(m_file, other.m_file);
    std::swap(m_schemaVersion, other.m_schemaVersion);
    return *this;
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

Result<void> Database::execute(const char* sql)
{
    const int resultCode = sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr);
    if (resultCode != SQLITE_OK)
        return tl::unexpected<Error>(describe(resultCode, sqlite3_errmsg(m_handle), m_file));
    return {};
}

void Database::refuseMoved()
{
    int isMoved = 0;
    sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &isMoved);
    if (isMoved == 0)
        return;
    std::error_code unreachable;
    (void)std::filesystem::exists(m_file, unreachable); // no error where it is not there
    if (unreachable)
        fail(ErrorCode::Unwritable, subject(m_file) + "cannot be reached",
             unreachable.message() + "; it is used again when its file system is back.");
    fail(ErrorCode::Unwritable, subject(m_file) + "is no longer there",
         "It was moved or deleted while it was open; put it back with its -wal file.");
}

void Database::interrupt()
{
    sqlite3_interrupt(m_handle);
}

} // namespace mocoscope::storage
