// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/history_copy.h"

#include "storage/page_copy.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <system_error>
#include <unistd.h>

namespace mocoscope::storage {

namespace fs = std::filesystem;

namespace {

/// A file that is gone at the end, with what SQLite puts beside it, unless it was kept.
class TemporaryFile
{
public:
    explicit TemporaryFile(fs::path file)
        : m_file(std::move(file))
    {
    }
    ~TemporaryFile()
    {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
            std::error_code ignored;
            fs::remove(m_file.string() + suffix, ignored);
        }
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_file; }

private:
    fs::path m_file;
};

void copyOrThrow(sqlite3* source, const fs::path& sourceFile, const fs::path& target)
{
    const PageCopy copy = copyPages(source, target);
    if (copy.code != SQLITE_OK)
        throw StorageFailure(
            describe(copy.code, copy.message.c_str(), copy.isOfSource ? sourceFile : target));
}

fs::path besides(const fs::path& file, const char* purpose)
{
    return file.string() + "." + purpose + "-" + std::to_string(getpid());
}

void refuseItself(const fs::path& source, const fs::path& target)
{
    std::error_code ignored;
    if (fs::equivalent(source, target, ignored))
        fail(ErrorCode::BadArgument, "'" + target.string() + "' is the run history itself",
             "Name another file.");
    if (fs::is_directory(target, ignored))
        fail(ErrorCode::BadArgument, "'" + target.string() + "' is a folder",
             "Name a file in it, for example " + (target / "runs.db").string() + ".");
}

/// The uuids of its runs; empty where the file is no history. One that cannot be read may be one.
std::optional<std::vector<std::string>> runsIn(const fs::path& file)
{
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return std::nullopt;
    sqlite3* opened = nullptr;
    sqlite3_open_v2(file.string().c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, ConnectionCloser> connection(opened);
    sqlite3_busy_timeout(opened, patienceMs);
    sqlite3_stmt* prepared = nullptr;
    int code = sqlite3_prepare_v2(opened, "SELECT uuid FROM run", -1, &prepared, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> rows(prepared,
                                                                          &sqlite3_finalize);
    if (code == SQLITE_NOTADB || code == SQLITE_ERROR) // of something else, or without the table
        return std::nullopt;
    std::vector<std::string> uuids;
    if (code == SQLITE_OK)
        while ((code = sqlite3_step(rows.get())) == SQLITE_ROW)
            if (const auto* uuid = sqlite3_column_text(rows.get(), 0))
                uuids.emplace_back(reinterpret_cast<const char*>(uuid));
    if (code != SQLITE_DONE)
        throw StorageFailure(describe(code, sqlite3_errmsg(opened), file));
    return uuids;
}

/// An older backup has runs that are here, too; a history that has none of them is somebody's work.
void refuseAnotherHistory(Database& database, const std::vector<std::string>& uuids,
                          const fs::path& target)
{
    const bool isKnown = std::ranges::any_of(uuids, [&](const std::string& uuid) {
        return Statement(database, "SELECT 1 FROM run WHERE uuid = ?1").bind(uuid).step();
    });
    if (!uuids.empty() && !isKnown)
        fail(ErrorCode::BadArgument, "'" + target.string() + "' is another run history",
             "None of its runs is in this one. Name another file, or remove that one first.");
}

} // namespace

Result<void> backUp(Database& database, const fs::path& target)
{
    return guarded([&] {
        refuseItself(database.file(), target);
        if (const auto there = runsIn(target)) {
            refuseAnotherHistory(database, *there, target);
            // Into the file that is there: whoever has it open goes on with what is new, where a
            // file in its place would be read with what the old one left in its journal.
            copyOrThrow(database.handle(), database.file(), target);
            return;
        }
        const TemporaryFile copy(besides(target, "part"));
        copyOrThrow(database.handle(), database.file(), copy.path());
        std::error_code error;
        fs::rename(copy.path(), target, error);
        if (error)
            fail(ErrorCode::Unwritable, "'" + target.string() + "' cannot be written",
                 error.message());
    });
}

namespace {

/// The other history as this version would have it, attached as `other` for as long as it lives.
class Attached
{
public:
    Attached(Database& database, const fs::path& file)
        : m_database(database)
    {
        Statement(database, "ATTACH ?1 AS other").run(std::string_view(file.native()));
    }
    ~Attached() { static_cast<void>(m_database.execute("DETACH other")); }
    Attached(const Attached&) = delete;
    Attached& operator=(const Attached&) = delete;

private:
    Database& m_database;
};

/// `file` is copied and brought up to date there; it may be older, and only be read.
void makeCurrentCopy(const fs::path& file, const fs::path& copy)
{
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        fail(ErrorCode::NotFound, "there is no run history '" + file.string() + "'",
             "Check the name.");
    {
        sqlite3* opened = nullptr;
        const int code
            = sqlite3_open_v2(file.string().c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
        const std::unique_ptr<sqlite3, ConnectionCloser> source(opened);
        if (code != SQLITE_OK)
            throw StorageFailure(describe(code, sqlite3_errmsg(opened), file));
        sqlite3_busy_timeout(opened, patienceMs);
        copyOrThrow(opened, file, copy);
    }
    const auto current = Database::open(copy, Database::Access::OwnCopy);
    if (!current) {
        Error error = current.error();
        error.message = "'" + file.string() + "' cannot be taken in: " + error.message;
        throw StorageFailure(error);
    }
}

/// `a, b, c` of a table but for those columns that are filled in another way.
std::string columnsOf(Database& database, const std::string& table, const std::string& except)
{
    Statement columns(database,
                      "SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_info(?1)"
                      " WHERE instr(?2, ' ' || name || ' ') = 0");
    columns.bind(table, " " + except + " ").step();
    return columns.text(0);
}

std::int64_t countOf(Database& database, const char* sql)
{
    Statement count(database, sql);
    count.step();
    return count.integer(0);
}

void prepareMaps(Database& database)
{
    executeOrThrow(database, R"(
        CREATE TEMP TABLE taken AS
            SELECT run.id AS old, run.uuid AS uuid FROM other.run
            WHERE run.state NOT IN ('created', 'running', 'paused') AND run.trashed_at IS NULL
              AND run.uuid NOT IN (SELECT uuid FROM main.run);
        INSERT OR IGNORE INTO main.metric_name (name, unit) SELECT name, unit FROM other.metric_name;
        INSERT OR IGNORE INTO main.process (host, boot_id, pid_namespace, pid, start_ticks)
            SELECT host, boot_id, pid_namespace, pid, start_ticks FROM other.process
            WHERE id IN (SELECT process_id FROM other.run WHERE id IN (SELECT old FROM taken));
        -- A sweep of the same name, time and plan is the same one; of the same name alone, another.
        CREATE TEMP TABLE taken_sweep AS
            SELECT sweep.id AS old, iif(EXISTS (SELECT 1 FROM main.sweep AS here
                WHERE here.name = sweep.name
                  AND (here.created_at, here.plan_json) <> (sweep.created_at, sweep.plan_json)),
                sweep.name || ' (' || sweep.created_at || ')', sweep.name) AS name
            FROM other.sweep
            WHERE id IN (SELECT sweep_id FROM other.run WHERE id IN (SELECT old FROM taken));
        INSERT OR IGNORE INTO main.sweep (name, created_at, plan_json)
            SELECT taken_sweep.name, created_at, plan_json
            FROM taken_sweep JOIN other.sweep ON sweep.id = old)");
}

void copyRuns(Database& database)
{
    const std::string columns = columnsOf(database, "run", "id parent_run process_id sweep_id");
    executeOrThrow(
        database,
        ("INSERT INTO main.run (" + columns + ", process_id, sweep_id) SELECT " + columns + R"(,
            (SELECT here.id FROM main.process AS here JOIN other.process AS there
             USING (host, boot_id, pid_namespace, pid, start_ticks) WHERE there.id = process_id),
            (SELECT here.id FROM main.sweep AS here JOIN taken_sweep USING (name) WHERE old = sweep_id)
          FROM other.run WHERE id IN (SELECT old FROM taken) ORDER BY id;
          CREATE TEMP TABLE new_id AS
            SELECT taken.old AS old, here.id AS id
            FROM taken JOIN main.run AS here ON here.uuid = taken.uuid;
          CREATE UNIQUE INDEX temp.new_id_old ON new_id (old);
          UPDATE main.run SET parent_run = (
              SELECT parent.id FROM other.run AS there
              JOIN other.run AS older ON older.id = there.parent_run
              JOIN main.run AS parent ON parent.uuid = older.uuid
              WHERE there.uuid = main.run.uuid)
          WHERE id IN (SELECT id FROM new_id))")
            .c_str());
}

/// All tables whose rows belong to a run, those that later versions add as well.
void copyRowsOfRuns(Database& database)
{
    std::vector<std::string> tables;
    {
        Statement rows(database,
                       "SELECT entry.name FROM main.sqlite_schema AS entry WHERE type = 'table' AND"
                       " EXISTS (SELECT 1 FROM pragma_table_info(entry.name) AS field"
                       " WHERE field.name = 'run_id') ORDER BY entry.name");
        while (rows.step())
            tables.push_back(rows.text(0));
    }
    for (const std::string& table : tables) {
        const std::string columns = columnsOf(database, table, "id run_id name_id");
        const bool hasName = table == "metric_row" || table == "metric_pack";
        executeOrThrow(database,
                       ("INSERT INTO main." + table + " (run_id, " + (hasName ? "name_id, " : "")
                        + columns + ") SELECT new_id.id, "
                        + (hasName ? "(SELECT here.id FROM main.metric_name AS here JOIN"
                                     " other.metric_name AS there USING (name)"
                                     " WHERE there.id = name_id), "
                                   : "")
                        + columns + " FROM other." + table
                        + " AS theirs JOIN new_id ON new_id.old = theirs.run_id")
                           .c_str());
    }
}

MergedHistory takeIn(Database& database)
{
    MergedHistory merged;
    Transaction transaction(database);
    merged.known = static_cast<int>(countOf(
        database, "SELECT count(*) FROM other.run WHERE uuid IN (SELECT uuid FROM main.run)"));
    {
        Statement unfinished(database,
                             "SELECT name FROM other.run WHERE trashed_at IS NULL"
                             " AND state IN ('created', 'running', 'paused')"
                             " AND uuid NOT IN (SELECT uuid FROM main.run) ORDER BY id");
        while (unfinished.step())
            merged.unfinished.push_back(unfinished.text(0));
    }
    prepareMaps(database);
    copyRuns(database);
    copyRowsOfRuns(database);
    merged.added = static_cast<int>(countOf(database, "SELECT count(*) FROM taken"));
    executeOrThrow(database,
                   "DROP TABLE temp.taken; DROP TABLE temp.taken_sweep; DROP TABLE temp.new_id");
    transaction.commit();
    return merged;
}

} // namespace

Result<MergedHistory> merge(Database& database, const fs::path& other)
{
    return guarded([&] {
        refuseItself(database.file(), other);
        const TemporaryFile copy(besides(database.file(), "merge"));
        makeCurrentCopy(other, copy.path());
        const Attached attached(database, copy.path());
        return takeIn(database);
    });
}

} // namespace mocoscope::storage
