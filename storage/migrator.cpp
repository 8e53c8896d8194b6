// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrator.h"

#include "embedded/schema_texts.h"
#include "storage/page_copy.h"
#include "storage/process_identity.h"
#include "storage/run_rows.h"
#include "storage/sqlite_error.h"
#include "storage/statement.h"

#include <cassert>
#include <charconv>
#include <sqlite3.h>
#include <string>

namespace mocoscope::storage {

namespace {

int readVersion(Database& database)
{
    Statement statement(database, "PRAGMA user_version");
    statement.step();
    return static_cast<int>(statement.integer(0));
}

/// A consistent copy even while others write.
void copyTo(const std::filesystem::path& target, Database& source)
{
    const PageCopy copy = copyPages(source.handle(), target);
    if (copy.code != SQLITE_OK)
        fail(ErrorCode::Unwritable,
             "The copy " + target.string()
                 + ", made before the run history is changed to a new "
                   "version, cannot be written",
             copy.message
                 + ". Free some space, or make the folder writable; "
                   "the run history is unchanged.");
}

/// The whole file is looked through, which takes a while in a long history.
void refuseDanglingRows(Database& database, int version)
{
    Statement dangling(database, "PRAGMA foreign_key_check");
    if (dangling.step())
        fail(ErrorCode::Internal,
             "Version " + std::to_string(version) + " of the run history "
                 + database.file().string() + " would have rows without their run",
             "The run history stays at version " + std::to_string(version - 1)
                 + ". This is a defect of the program; please report it.");
}

void apply(Database& database, const Migration& migration, bool isLast)
{
    Transaction transaction(database);
    if (readVersion(database) >= migration.version)
        return; // another program was quicker
    executeOrThrow(database, std::string(migration.sql).c_str());
    if (isLast)
        refuseDanglingRows(database, migration.version);
    executeOrThrow(database,
                   ("PRAGMA user_version = " + std::to_string(migration.version)).c_str());
    transaction.commit();
}

/// A process of an older version would go on writing as it knows the tables, and lose what it has.
void refuseWhileRecorded(Database& database)
{
    for (const RunOwner& owner : ownersOfActiveRuns(database)) {
        if (owner.state != training::RunState::Created
            && livenessOf(owner.process) == Liveness::Alive)
            fail(ErrorCode::Unwritable,
                 "The run history " + database.file().string()
                     + " is of an older version of Mocoscope, and its run '" + owner.name
                     + "' is on in process " + std::to_string(owner.process.pid),
                 "Stop that run, or wait for its end; then the history is brought up to date.");
    }
}

void migrateOrThrow(Database& database, std::span<const Migration> migrations, MigratedFile file)
{
    const int found = readVersion(database);
    if (file == MigratedFile::History && found > 0 && !migrations.empty()
        && found < migrations.back().version) {
        refuseWhileRecorded(database);
        std::filesystem::path copy = database.file();
        copy += ".v" + std::to_string(found) + ".bak";
        copyTo(copy, database);
    }
    for (const Migration& migration : migrations)
        if (migration.version > found)
            apply(database, migration, &migration == &migrations.back());
}

} // namespace

std::vector<Migration> builtInMigrations()
{
    std::vector<Migration> migrations;
    for (const embedded::TextFile& file : embedded::schema_texts()) {
        int version = 0;
        std::from_chars(file.name.data(), file.name.data() + file.name.size(), version);
        migrations.push_back({version, file.text});
        assert(version == static_cast<int>(migrations.size()) && "resources/schema has a gap");
    }
    return migrations;
}

Result<int> migrate(Database& database, std::span<const Migration> migrations, MigratedFile file)
{
    return guarded([&] {
        // A migration may rebuild a table that others refer to; the check comes before the last
        // commit. Has no effect inside a transaction, hence here.
        executeOrThrow(database, "PRAGMA foreign_keys = OFF");
        auto migrated = guarded([&] { migrateOrThrow(database, migrations, file); });
        executeOrThrow(database, "PRAGMA foreign_keys = ON");
        if (!migrated)
            throw StorageFailure(migrated.error());
        return readVersion(database);
    });
}

Result<int> schemaVersionOf(Database& database)
{
    return guarded([&] { return readVersion(database); });
}

} // namespace mocoscope::storage
