// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/metric_recorder.h"
#include "tests/storage/recorder_fixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <functional>
#include <stdexcept>
#include <thread>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using namespace mocoscope::testing;

class TestMetricRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flushesAtOnce_data();
    void flushesAtOnce();
    void flushesWhenTheIntervalIsOver();
    void whatSettledIsCommitted();
    void postedWorkComesAfterEarlierSamples();
    void postedWorkTellsItsRun();
    void exceptionsOfPostedWorkAreTold();
    void callbacksMayPost();
    void recordsSeveralRunsAtOnce();
    void twoRecordersShareAFile();
    void writesWhatIsLeftWhenDestroyed();
    void forgetsAbandonedQueues();
    void aDeletedRunDoesNotStopTheOthers();
};

Q_DECLARE_METATYPE(TrainingEvent)

void TestMetricRecorder::flushesAtOnce_data()
{
    QTest::addColumn<TrainingEvent>("event");
    QTest::newRow("many samples") << TrainingEvent(
        MetricBatch {1, 0, 0, std::vector<MetricValue>(1000, MetricValue {0, 1.0})});
    QTest::newRow("state") << TrainingEvent(StateChanged {RunState::Paused, ""});
    QTest::newRow("facts") << TrainingEvent(RunFacts {});
    QTest::newRow("incident") << TrainingEvent(Incident {1, "non_finite", "", ""});
    QTest::newRow("checkpoint") << TrainingEvent(CheckpointSaved {1, "c", "", 1, {}});
    QTest::newRow("failed") << TrainingEvent(Failed {});
    QTest::newRow("finished") << TrainingEvent(Finished {});
}

/// The interval is an hour: only the event itself can make the recorder write.
void TestMetricRecorder::flushesAtOnce()
{
    QFETCH(TrainingEvent, event);
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    fixture.log.waitForCommits(run);
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    queue->publish(lossAt(0));
    queue->publish(event);
    fixture.log.waitForCommits(run, 1);
    QCOMPARE(fixture.curve(run, "train/loss").steps.front(), 0);
}

void TestMetricRecorder::flushesWhenTheIntervalIsOver()
{
    MetricRecorder::Options options;
    options.flushInterval = std::chrono::milliseconds(5);
    RecorderFixture fixture(options);
    const RunId run = fixture.makeRun();
    fixture.log.waitForCommits(run);
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    queue->publish(lossAt(0));
    fixture.log.waitForCommits(run, 1);
    QCOMPARE(fixture.curve(run, "train/loss").steps, stepsUpTo(1));
}

/// The interval is an hour: only the trainer's wait can make the recorder write.
void TestMetricRecorder::whatSettledIsCommitted()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    for (std::int64_t step = 0; step < 20; ++step) {
        queue->publish(lossAt(step));
        QElapsedTimer clock;
        clock.start();
        queue->settle();
        QVERIFY(clock.elapsed() < EventQueue::settlePatience.count());
        QCOMPARE(fixture.curve(run, "train/loss").steps, stepsUpTo(step + 1));
    }
    queue->settle(); // nothing new
    queue->publish(lossAt(20));
    queue->close();
    queue->settle(); // nobody waits for what nobody can add to
}

void TestMetricRecorder::postedWorkComesAfterEarlierSamples()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    for (std::int64_t step = 0; step < 100; ++step) {
        queue->publish(lossAt(step));
        auto seen = fixture.recorder->submit([run](Database& database) {
            return CurveQuery(database).curve(run, "train/loss").value().steps.size();
        });
        QCOMPARE(seen.get(), static_cast<std::size_t>(step + 1));
    }
}

void TestMetricRecorder::postedWorkTellsItsRun()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const RunId other = fixture.makeRun();
    fixture.log.waitForCommits(other);
    const int before = fixture.log.commits(run);
    fixture.recorder->post(
        [run](Database& database) { (void)RunRepository(database).setTags(run, {"t"}); });
    fixture.log.waitForCommits(run, before);
    QVERIFY(fixture.recorder->flush());
    QCOMPARE(fixture.log.commits(run), before + 1);
    QCOMPARE(fixture.log.commits(other), 1);
}

void TestMetricRecorder::exceptionsOfPostedWorkAreTold()
{
    RecorderFixture fixture;
    fixture.recorder->post([](Database&) { throw std::runtime_error("oh"); });
    fixture.log.waitForFailures();
    QCOMPARE(fixture.log.failures()[0].detail, std::string("oh"));
    auto result
        = fixture.recorder->submit([](Database&) -> int { throw std::runtime_error("no"); });
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, result.get());
    QVERIFY(fixture.recorder->flush());
}

void TestMetricRecorder::callbacksMayPost()
{
    RecorderFixture fixture;
    std::promise<void> nested;
    auto done = nested.get_future();
    fixture.recorder->post(
        [&](Database&) { fixture.recorder->post([&](Database&) { nested.set_value(); }); });
    done.get();
}

void TestMetricRecorder::recordsSeveralRunsAtOnce()
{
    MetricRecorder::Options options;
    options.flushInterval = std::chrono::milliseconds(1);
    options.flushSamples = 64;
    RecorderFixture fixture(options);
    constexpr std::int64_t steps = 500;
    std::array<RunId, 4> runs {};
    std::vector<std::jthread> trainers;
    for (RunId& run : runs) {
        run = fixture.makeRun();
        trainers.emplace_back([queue = fixture.recorder->record(run)] {
            queue->publish(StateChanged {RunState::Running, ""});
            queue->publish(lossAndAccuracy());
            for (std::int64_t step = 0; step < steps; ++step)
                queue->publish(lossAt(step));
            queue->publish(Finished {steps, false});
            queue->close();
        });
    }
    for (std::jthread& trainer : trainers)
        trainer.join();
    QVERIFY(fixture.recorder->flush());
    for (const RunId run : runs) {
        QCOMPARE(fixture.curve(run, "train/loss").steps, stepsUpTo(steps));
        QCOMPARE(fixture.read(run).state, RunState::Finished);
        QCOMPARE(fixture.read(run).lastStep, steps - 1);
    }
    QVERIFY(fixture.log.failures().empty());
}

/// As a window and a headless run do.
void TestMetricRecorder::twoRecordersShareAFile()
{
    RecorderFixture fixture;
    auto other = MetricRecorder::start(fixture.temp.file(), {}, {}, {}).value();
    const RunId mine = fixture.makeRun();
    const RunId theirs = fixture.makeRun();
    const auto record = [](MetricRecorder& recorder, RunId run) {
        const auto queue = recorder.record(run);
        queue->publish(lossAndAccuracy());
        for (std::int64_t step = 0; step < 2000; ++step) {
            queue->publish(lossAt(step));
            if (step % 10 == 0)
                (void)recorder.flush();
        }
    };
    {
        const std::jthread first(record, std::ref(*fixture.recorder), mine);
        const std::jthread second(record, std::ref(*other), theirs);
    }
    while (!fixture.recorder->flush() || !other->flush()) { } // they may find the file locked
    for (const RunId run : {mine, theirs})
        QCOMPARE(fixture.curve(run, "train/loss").steps, stepsUpTo(2000));
}

void TestMetricRecorder::writesWhatIsLeftWhenDestroyed()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    queue->publish(lossAt(0));
    fixture.recorder->post(
        [run](Database& database) { (void)RunRepository(database).setNotes(run, "last words"); });
    queue->publish(lossAt(1));
    fixture.recorder.reset();
    QCOMPARE(fixture.curve(run, "train/loss").steps, stepsUpTo(2));
    QCOMPARE(fixture.read(run).notes, std::string("last words"));
    queue->publish(lossAt(2)); // to nobody, but allowed
}

void TestMetricRecorder::forgetsAbandonedQueues()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    std::weak_ptr<EventQueue> watched;
    {
        const auto queue = fixture.recorder->record(run);
        watched = queue;
        queue->publish(lossAndAccuracy());
        queue->publish(lossAt(0));
    }
    QVERIFY(fixture.recorder->flush());
    QVERIFY(fixture.recorder->flush()); // what was pending is let go before this one
    QVERIFY(watched.expired());
    QCOMPARE(fixture.curve(run, "train/loss").steps, stepsUpTo(1));
}

void TestMetricRecorder::aDeletedRunDoesNotStopTheOthers()
{
    RecorderFixture fixture;
    const RunId gone = fixture.makeRun();
    const RunId kept = fixture.makeRun();
    const auto lost = fixture.recorder->record(gone);
    const auto recorded = fixture.recorder->record(kept);
    fixture.recorder->post([gone](Database& database) {
        RunRepository runs(database);
        (void)runs.moveToTrash(std::array {gone});
        (void)runs.purgeTrash();
    });
    for (std::int64_t step = 0; step < 3; ++step) {
        for (const auto& queue : {lost, recorded}) {
            queue->publish(lossAndAccuracy());
            queue->publish(lossAt(step));
        }
        QVERIFY(fixture.recorder->flush());
    }
    QCOMPARE(fixture.log.failures().size(), 1U);
    QCOMPARE(fixture.log.failures()[0].code, ErrorCode::NotFound);
    QCOMPARE(fixture.curve(kept, "train/loss").steps, stepsUpTo(3));
}

QTEST_GUILESS_MAIN(TestMetricRecorder)
#include "test_metric_recorder.moc"
