// SPDX-License-Identifier: GPL-3.0-or-later
#include "old_history.h"
#include "storage/migrator.h"
#include "storage/run_repository.h"
#include "storage/statement.h"
#include "tests/support/temp_database.h"

#include <QTest>

using namespace mocoscope::storage;
using mocoscope::testing::TempDatabase;
namespace fs = std::filesystem;

namespace {

/// What this version knows, and two steps that it does not know yet.
std::vector<Migration> extended()
{
    auto migrations = builtInMigrations();
    const int newest = migrations.back().version;
    migrations.push_back(
        {newest + 1, "ALTER TABLE run ADD COLUMN mood TEXT NOT NULL DEFAULT 'good'"});
    migrations.push_back({newest + 2, "CREATE TABLE extra (id INTEGER PRIMARY KEY)"});
    return migrations;
}

fs::path backupOf(const TempDatabase& temp, int version)
{
    return temp.folder() / ("runs.db.v" + std::to_string(version) + ".bak");
}

bool foreignKeysAreOn(Database& database)
{
    return !database.execute("INSERT INTO tag (run_id, name) VALUES (12345, 'x')");
}

} // namespace

class TestMigrator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void builtInOnesStartAtOneWithoutGaps();
    void aNewFileNeedsNoCopy();
    void appliesWhatIsMissingAfterACopy();
    void doesNothingTheSecondTime();
    void aFailingStepLeavesTheFileAsItWas();
    void aStepThatOrphansRowsIsUndone();
    void aLaterStepMayAdoptThem();
    void withoutACopyNothingChanges();
    void waitsForTheEndOfARunThatIsOn();
    void viewsOfOthersSeeEveryValue();
};

void TestMigrator::builtInOnesStartAtOneWithoutGaps()
{
    int version = 0;
    for (const Migration& migration : builtInMigrations()) {
        QCOMPARE(migration.version, ++version);
        QVERIFY(!migration.sql.empty());
    }
    QVERIFY(version >= 1);
}

void TestMigrator::aNewFileNeedsNoCopy()
{
    const TempDatabase temp;
    Database database = temp.open();
    QCOMPARE(schemaVersionOf(database).value(), builtInMigrations().back().version);
    for (const auto& entry : fs::directory_iterator(temp.folder()))
        QVERIFY(entry.path().extension() != ".bak");
}

void TestMigrator::appliesWhatIsMissingAfterACopy()
{
    const TempDatabase temp;
    Database database = temp.open();
    QVERIFY(RunRepository(database).create({"kept", "", "{}", {}}));
    const int old = database.schemaVersion();
    QCOMPARE(migrate(database, extended()).value(), old + 2);
    QVERIFY(database.execute("SELECT mood FROM run; INSERT INTO extra VALUES (1)"));
    QVERIFY(foreignKeysAreOn(database));

    auto copy = Database::open(backupOf(temp, old), Database::Access::ReadOnly);
    QVERIFY(copy);
    QCOMPARE(copy->schemaVersion(), old);
    QCOMPARE(RunRepository(*copy).list().value().front().name, std::string("kept"));
    QVERIFY(!copy->execute("SELECT mood FROM run"));
}

/// An older program goes on writing to the tables that it knows.
void TestMigrator::waitsForTheEndOfARunThatIsOn()
{
    const TempDatabase temp;
    Database database = temp.open();
    RunRepository runs(database);
    const RunId run = runs.create({"busy", "", "{}", {}}).value().id;
    QVERIFY(runs.setState(run, mocoscope::training::RunState::Running, {}));
    const auto refused = migrate(database, extended());
    QVERIFY(!refused);
    QVERIFY2(toText(refused.error()).find("'busy'") != std::string::npos,
             toText(refused.error()).c_str());
    QCOMPARE(schemaVersionOf(database).value(), database.schemaVersion());
    QVERIFY(!fs::exists(backupOf(temp, database.schemaVersion())));
    QVERIFY(runs.setState(run, mocoscope::training::RunState::Stopped, {}));
    QCOMPARE(migrate(database, extended()).value(), extended().back().version);
}

/// Version 4 gave the table another name.
void TestMigrator::viewsOfOthersSeeEveryValue()
{
    const TempDatabase temp;
    QVERIFY(writeVersion3(temp.file(), "CREATE VIEW mine AS SELECT value FROM metric"));
    Database database = temp.open();
    QCOMPARE(database.schemaVersion(), builtInMigrations().back().version);
    QVERIFY(database.execute(
        "INSERT INTO metric_pack VALUES (1, 1, 1, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,"
        " 13, 14, 15)"));
    Statement rows(database, "SELECT count(*), sum(value) FROM mine");
    QVERIFY(rows.step());
    QCOMPARE(rows.integer(0), 17);
    QCOMPARE(rows.real(1), 127.0);
}

void TestMigrator::doesNothingTheSecondTime()
{
    const TempDatabase temp;
    Database database = temp.open();
    const int newest = migrate(database, extended()).value();
    QVERIFY(fs::remove(backupOf(temp, database.schemaVersion())));
    QCOMPARE(migrate(database, extended()).value(), newest);
    QVERIFY(!fs::exists(backupOf(temp, newest)));
}

void TestMigrator::aFailingStepLeavesTheFileAsItWas()
{
    const TempDatabase temp;
    Database database = temp.open();
    auto migrations = builtInMigrations();
    const int old = migrations.back().version;
    migrations.push_back({old + 1, "CREATE TABLE half (a); INSERT INTO nonsense VALUES (1)"});
    QVERIFY(!migrate(database, migrations));
    QCOMPARE(schemaVersionOf(database).value(), old);
    QVERIFY(!database.execute("SELECT * FROM half"));
    QVERIFY(foreignKeysAreOn(database));
    QVERIFY(RunRepository(database).create({"works", "", "{}", {}}));
}

void TestMigrator::aStepThatOrphansRowsIsUndone()
{
    const TempDatabase temp;
    Database database = temp.open();
    RunRepository runs(database);
    const RunId id = runs.create({"a", "", "{}", {}}).value().id;
    QVERIFY(runs.setTags(id, {"t"}));
    auto migrations = builtInMigrations();
    migrations.push_back({migrations.back().version + 1, "DELETE FROM run"});
    QVERIFY(!migrate(database, migrations));
    QCOMPARE(runs.list().value().size(), 1U);
}

/// Rows are looked through once, at the end.
void TestMigrator::aLaterStepMayAdoptThem()
{
    const TempDatabase temp;
    Database database = temp.open();
    const RunId id = RunRepository(database).create({"a", "", "{}", {}}).value().id;
    QVERIFY(RunRepository(database).setTags(id, {"t"}));
    auto migrations = builtInMigrations();
    const int newest = migrations.back().version;
    migrations.push_back({newest + 1, "ALTER TABLE run ADD COLUMN mood TEXT; DELETE FROM run"});
    migrations.push_back({newest + 2, "DELETE FROM tag"});
    QCOMPARE(migrate(database, migrations).value(), newest + 2);
}

void TestMigrator::withoutACopyNothingChanges()
{
    const TempDatabase temp;
    Database database = temp.open();
    const int old = database.schemaVersion();
    fs::create_directory(backupOf(temp, old)); // in the copy's way
    const auto migrated = migrate(database, extended());
    QVERIFY(!migrated);
    QCOMPARE(migrated.error().code, ErrorCode::Unwritable);
    QVERIFY(migrated.error().message.find(".bak") != std::string::npos);
    QCOMPARE(schemaVersionOf(database).value(), old);
}

QTEST_GUILESS_MAIN(TestMigrator)
#include "test_migrator.moc"
