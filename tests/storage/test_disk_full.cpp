// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that fills up under a run, and has space again later.
#include "storage/statement.h"
#include "tests/storage/recorder_fixture.h"
#include "tests/support/failing_vfs.h"

#include <QTest>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

constexpr std::int64_t steps = 20'000; // a megabyte

void publishSteps(EventQueue& queue, std::int64_t first, std::int64_t end)
{
    for (std::int64_t step = first; step < end; ++step)
        queue.publish(lossAt(step));
}

std::string textOf(Database& database, const char* sql)
{
    Statement statement(database, sql);
    statement.step();
    return statement.text(0);
}

} // namespace

class TestDiskFull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsWaitedFor_data()
    {
        QTest::addColumn<bool>("isLog");
        QTest::newRow("while metrics are written") << true;
        QTest::newRow("while the log is copied into the database") << false;
    }
    void aFullDiskIsWaitedFor()
    {
        QFETCH(bool, isLog);
        FailingVfs disk;
        std::atomic<int> blocked = 0;
        std::atomic<int> unblocked = 0;
        auto options = RecorderFixture::patient();
        options.onBlocked = [&](const Error&) { ++blocked; };
        options.onUnblocked = [&] { ++unblocked; };
        RecorderFixture fixture(options);
        const RunId run = fixture.makeRun();
        const auto queue = fixture.recorder->record(run);
        auto often = fixture.recorder->submit(
            [](Database& database) { return database.execute("PRAGMA wal_autocheckpoint = 20"); });
        QVERIFY(often.get()); // the log is copied each 20 pages
        queue->publish(lossAndAccuracy());
        publishSteps(*queue, 0, 10);
        QVERIFY(fixture.recorder->flush());

        (isLog ? disk.isFullForLog : disk.isFullForDatabase) = true;
        publishSteps(*queue, 10, steps);
        const auto flushed = fixture.recorder->flush();
        QVERIFY(disk.refusedWrites > 0);
        // The log takes what the database has no space for: nothing waits.
        QCOMPARE(flushed.has_value(), !isLog);
        QCOMPARE(blocked.load(), isLog ? 1 : 0);
        if (isLog) {
            QVERIFY(flushed.error().message.find("the disk is full") != std::string::npos);
            QCOMPARE(fixture.curve(run, "train/loss").steps.size(), 10U);
        }

        disk.isFullForLog = disk.isFullForDatabase = false;
        publishSteps(*queue, steps, steps + 10);
        QVERIFY(fixture.recorder->flush());
        QCOMPARE(unblocked.load(), blocked.load());
        QCOMPARE(fixture.curve(run, "train/loss").steps, stepsUpTo(steps + 10));
        fixture.recorder.reset();
        Database database = fixture.temp.open();
        QCOMPARE(textOf(database, "PRAGMA wal_checkpoint(TRUNCATE)"), std::string("0"));
        QCOMPARE(textOf(database, "PRAGMA integrity_check"), std::string("ok"));
    }
};

QTEST_GUILESS_MAIN(TestDiskFull)
#include "test_disk_full.moc"
