// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/recorder_fixture.h"

#include <QTest>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

constexpr std::int64_t steps = 5000;

void publishSteps(EventQueue& queue, std::int64_t first, std::int64_t end)
{
    for (std::int64_t step = first; step < end; ++step)
        queue.publish(lossAt(step));
}

/// On the recorder's own connection.
void set(MetricRecorder& recorder, const char* sql)
{
    QVERIFY(recorder.submit([sql](Database& database) { return database.execute(sql); }).get());
}

/// Every step once, in order, with its value.
void verifyCurve(const Curve& curve, std::int64_t count)
{
    QCOMPARE(curve.steps.size(), static_cast<std::size_t>(count));
    for (std::int64_t step = 0; step < count; ++step) {
        QCOMPARE(curve.steps[static_cast<std::size_t>(step)], step);
        QCOMPARE(curve.values[static_cast<std::size_t>(step)], 1 / (1 + static_cast<double>(step)));
    }
}

} // namespace

class TestRecorderFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEverythingWhileItCannotWrite_data();
    void keepsEverythingWhileItCannotWrite();
    void keepsEverythingWhileAnotherProgramHoldsTheLock();
    void tellsWhenRunsShouldWait();
    void aHistoryThatWasMovedIsMissed();
    void triesAgainByItself();
    void postedWorkMeetsTheSameError();
    void closingWaitsForTheDisk();
    void closingGivesUpInTheEnd();
    void aBadFileIsToldAtTheStart();
};

void TestRecorderFailures::keepsEverythingWhileItCannotWrite_data()
{
    QTest::addColumn<QByteArray>("break_");
    QTest::addColumn<QByteArray>("mend");
    QTest::addColumn<QString>("word");
    QTest::newRow("disk full") << QByteArray("PRAGMA max_page_count = 1")
                               << QByteArray("PRAGMA max_page_count = 1073741823")
                               << "disk is full";
    QTest::newRow("read-only") << QByteArray("PRAGMA query_only = ON")
                               << QByteArray("PRAGMA query_only = OFF") << "read-only";
}

void TestRecorderFailures::keepsEverythingWhileItCannotWrite()
{
    QFETCH(QByteArray, break_);
    QFETCH(QByteArray, mend);
    QFETCH(QString, word);
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    set(*fixture.recorder, break_.constData()); // the limit becomes the present size
    queue->publish(lossAndAccuracy());
    publishSteps(*queue, 0, steps / 2);
    const auto failed = fixture.recorder->flush();
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::Unwritable);
    const QString text = QString::fromStdString(toText(failed.error()));
    QVERIFY2(text.contains(word), qPrintable(text));
    QCOMPARE(fixture.log.waiting().back(), static_cast<std::size_t>(steps / 2));

    publishSteps(*queue, steps / 2, steps); // the trainer goes on meanwhile
    QVERIFY(!fixture.recorder->flush());
    QCOMPARE(fixture.log.waiting().back(), static_cast<std::size_t>(steps));
    QVERIFY(fixture.curve(run, "train/loss").steps.empty());

    set(*fixture.recorder, mend.constData());
    QVERIFY(fixture.recorder->flush());
    verifyCurve(fixture.curve(run, "train/loss"), steps);
    QCOMPARE(fixture.read(run).lastStep, steps - 1);
}

void TestRecorderFailures::keepsEverythingWhileAnotherProgramHoldsTheLock()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    Database other = fixture.temp.open();
    QVERIFY(other.execute("BEGIN IMMEDIATE"));
    queue->publish(lossAndAccuracy());
    publishSteps(*queue, 0, 10);
    const auto failed = fixture.recorder->flush();
    QVERIFY(!failed);
    QVERIFY(failed.error().message.find("locked") != std::string::npos);
    QVERIFY(other.execute("ROLLBACK"));
    QVERIFY(fixture.recorder->flush());
    verifyCurve(fixture.curve(run, "train/loss"), 10);
}

void TestRecorderFailures::tellsWhenRunsShouldWait()
{
    std::vector<std::string> told;
    auto options = RecorderFixture::patient();
    options.onBlocked = [&told](const Error& error) { told.push_back(error.message); };
    options.onUnblocked = [&told] { told.emplace_back("again"); };
    RecorderFixture fixture(options);
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    QVERIFY(fixture.recorder->flush());
    set(*fixture.recorder, "PRAGMA query_only = ON");
    for (std::int64_t step = 0; step < 3; ++step) { // once, however often it is tried
        queue->publish(lossAt(step));
        QVERIFY(!fixture.recorder->flush());
    }
    set(*fixture.recorder, "PRAGMA query_only = OFF");
    QVERIFY(fixture.recorder->flush());
    queue->publish(lossAt(3));
    QVERIFY(fixture.recorder->flush());
    fixture.recorder.reset(); // joins the thread that tells
    QCOMPARE(told.size(), 2U);
    QVERIFY2(told[0].find("read-only") != std::string::npos, told[0].c_str());
    QCOMPARE(told[1], std::string("again"));
}

/// Writing on into a file without a name would lose everything without a word.
void TestRecorderFailures::aHistoryThatWasMovedIsMissed()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    publishSteps(*queue, 0, 10);
    QVERIFY(fixture.recorder->flush());
    const auto away = fixture.temp.folder() / "away.db";
    std::filesystem::rename(fixture.temp.file(), away);
    publishSteps(*queue, 10, 20);
    const auto failed = fixture.recorder->flush();
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::Unwritable);
    QVERIFY(failed.error().message.find("no longer there") != std::string::npos);
    std::filesystem::create_symlink(fixture.temp.file(), fixture.temp.file()); // leads nowhere
    const auto unreached = fixture.recorder->flush();
    QVERIFY(!unreached);
    QVERIFY(unreached.error().message.find("cannot be reached") != std::string::npos);
    std::filesystem::remove(fixture.temp.file());
    std::filesystem::rename(away, fixture.temp.file());
    QVERIFY(fixture.recorder->flush());
    verifyCurve(fixture.curve(run, "train/loss"), 20);
}

void TestRecorderFailures::triesAgainByItself()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    fixture.log.waitForCommits(run);
    const auto queue = fixture.recorder->record(run);
    Database other = fixture.temp.open();
    QVERIFY(other.execute("BEGIN IMMEDIATE"));
    queue->publish(lossAndAccuracy());
    publishSteps(*queue, 0, 10);
    queue->publish(Finished {10, false});
    fixture.log.waitForFailures(2); // more than one attempt
    QVERIFY(other.execute("ROLLBACK"));
    fixture.log.waitForCommits(run, 1);
    verifyCurve(fixture.curve(run, "train/loss"), 10);
    QCOMPARE(fixture.read(run).state, RunState::Finished);
}

void TestRecorderFailures::postedWorkMeetsTheSameError()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun("old");
    set(*fixture.recorder, "PRAGMA query_only = ON");
    auto renamed = fixture.recorder->submit(
        [run](Database& database) { return RunRepository(database).rename(run, "new"); });
    QCOMPARE(renamed.get().error().code, ErrorCode::Unwritable);
    QCOMPARE(fixture.read(run).name, std::string("old"));
}

/// The disk is mended between two attempts of the destructor.
void TestRecorderFailures::closingWaitsForTheDisk()
{
    const TempDatabase temp;
    Database other = temp.open();
    const RunId run = RunRepository(other).create({"run", "", "{}", {}}).value().id;
    QVERIFY(other.execute("BEGIN IMMEDIATE"));
    auto recorder = MetricRecorder::start(
                        temp.file(), RecorderFixture::patient(),
                        [&](const Error&, std::size_t) { (void)other.execute("ROLLBACK"); }, {})
                        .value();
    const auto queue = recorder->record(run);
    queue->publish(lossAndAccuracy());
    publishSteps(*queue, 0, 10);
    recorder.reset();
    verifyCurve(CurveQuery(other).curve(run, "train/loss").value(), 10);
}

void TestRecorderFailures::closingGivesUpInTheEnd()
{
    auto options = RecorderFixture::patient();
    options.closingPatience = std::chrono::milliseconds(30);
    RecorderFixture fixture(options);
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    Database other = fixture.temp.open();
    QVERIFY(other.execute("BEGIN IMMEDIATE"));
    publishSteps(*queue, 0, 10);
    fixture.recorder.reset();
    QCOMPARE(fixture.log.waiting().back(), 10U);
    QVERIFY(fixture.log.failures().back().message.find("lost") != std::string::npos);
}

void TestRecorderFailures::aBadFileIsToldAtTheStart()
{
    const TempDatabase temp;
    const auto started = MetricRecorder::start(temp.folder(), {}, {}, {});
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::BadArgument);
}

QTEST_GUILESS_MAIN(TestRecorderFailures)
#include "test_recorder_failures.moc"
