// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journal.h"
#include "storage/run_repository.h"
#include "tests/storage/pragma.h"
#include "tests/support/temp_database.h"

#include <QTest>

using namespace mocoscope::storage;
using mocoscope::testing::pragma;
using mocoscope::testing::TempDatabase;

class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qunsetenv("MOCOSCOPE_JOURNAL"); }
    void cleanup() { qunsetenv("MOCOSCOPE_JOURNAL"); }

    void knowsWhatOtherMachinesMount()
    {
        QVERIFY(isNetworkFileSystem(0x6969)); // NFS
        QVERIFY(isNetworkFileSystem(0x0bd00bd0)); // Lustre
        QVERIFY(!isNetworkFileSystem(0xef53)); // ext4
        QVERIFY(!isNetworkFileSystem(0x01021994)); // tmpfs
    }

    void theUserKnowsBetter()
    {
        QCOMPARE(journalFor("/nowhere/at/all.db"), Journal::WriteAhead);
        qputenv("MOCOSCOPE_JOURNAL", "rollback");
        QCOMPARE(journalFor("runs.db"), Journal::Rollback);
        qputenv("MOCOSCOPE_JOURNAL", "wal");
        QCOMPARE(journalFor("runs.db"), Journal::WriteAhead);
    }

    /// And back, when the file is on a disk of one machine again.
    void aHistoryTakesTheJournalOfItsPlace()
    {
        const TempDatabase temp;
        QCOMPARE(pragma(temp.open(), "PRAGMA journal_mode"), std::string("wal"));
        qputenv("MOCOSCOPE_JOURNAL", "rollback");
        {
            Database writer = temp.open();
            QCOMPARE(pragma(writer, "PRAGMA journal_mode"), std::string("delete"));
            QCOMPARE(pragma(writer, "PRAGMA synchronous"), std::string("2"));
            QVERIFY(RunRepository(writer).create({"kept", "", "{}", {}}));
            Database reader = temp.open(Database::Access::ReadOnly);
            QCOMPARE(pragma(reader, "PRAGMA journal_mode"), std::string("delete"));
            QCOMPARE(RunRepository(reader).list()->size(), 1U);
        }
        qunsetenv("MOCOSCOPE_JOURNAL");
        Database again = temp.open();
        QCOMPARE(pragma(again, "PRAGMA journal_mode"), std::string("wal"));
        QCOMPARE(RunRepository(again).list()->size(), 1U);
    }

    /// Another program keeps the file in its write-ahead log: not switched under its feet.
    void anOpenHistoryIsNotSwitched()
    {
        const TempDatabase temp;
        Database other = temp.open();
        QVERIFY(RunRepository(other).create({"theirs", "", "{}", {}}));
        qputenv("MOCOSCOPE_JOURNAL", "rollback");
        const auto refused = Database::open(temp.file(), Database::Access::ReadWrite,
                                            std::chrono::milliseconds(50));
        QVERIFY(!refused);
        QCOMPARE(pragma(other, "PRAGMA journal_mode"), std::string("wal"));
    }
};

QTEST_GUILESS_MAIN(TestJournal)

#include "test_journal.moc"
