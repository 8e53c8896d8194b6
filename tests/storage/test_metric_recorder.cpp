// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/metric_recorder.h"
#include "tests/storage/recorder_fixture.h"

#include <QTest>

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <thread>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

using Steps = std::vector<std::int64_t>;

Steps stepsUpTo(std::int64_t count)
{
    Steps steps;
    for (std::int64_t step = 0; step < count; ++step)
        steps.push_back(step);
    return steps;
}

} // namespace

class TestMetricRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsAWholeRun();
    void keepsTheSummaryOfARun();
    void keepsWhatIsNotFinite();
    void laterDeclarationsContinue();
    void undeclaredMetricsKeepTheirValues();
    void aResumedRunReplacesItsSteps();
    void forgetsRemovedCheckpoints();
    void aFailedRunKeepsItsReason();
    void flushesAtOnce_data();
    void flushesAtOnce();
    void flushesWhenTheIntervalIsOver();
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

void TestMetricRecorder::recordsAWholeRun()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    RunFacts facts;
    facts.totalSteps = 3;
    facts.device = "CPU, 2 threads";
    facts.software = "mocoscope test";
    queue->publish(StateChanged {RunState::Running, ""});
    queue->publish(facts);
    queue->publish(lossAndAccuracy());
    for (std::int64_t step = 0; step < 3; ++step)
        queue->publish(lossAt(step));
    queue->publish(Incident {1, "non_finite", "blocks.3", "a gradient is NaN"});
    queue->publish(Progress {"saving", 0, 1});
    queue->publish(CheckpointSaved {3, "c3.ckpt", "abc", 42, {}});
    queue->publish(Finished {3, false});
    queue->close();
    QVERIFY(fixture.recorder->flush());

    const RunRecord record = fixture.read(run);
    QCOMPARE(record.state, RunState::Finished);
    QVERIFY(record.startedAt && record.finishedAt);
    QCOMPARE(record.totalSteps, 3);
    QCOMPARE(record.device, facts.device);
    QCOMPARE(record.software, facts.software);
    const Curve curve = fixture.curve(run, "train/loss");
    QCOMPARE(curve.steps, stepsUpTo(3));
    QCOMPARE(curve.values, (std::vector<double> {1.0, 1.0 / 2, 1.0 / 3}));
    const StepTimes times = CurveQuery(fixture.reader).stepTimes(run).value();
    QCOMPARE(times.seconds, (std::vector<double> {0, 0.5, 1}));
    QCOMPARE(times.epochs, (std::vector<double> {0, 0.25, 0.5}));
    RunRepository repository(fixture.reader);
    const auto events = repository.events(run).value();
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events[0].layer, std::string("blocks.3"));
    const auto checkpoints = repository.checkpoints(run).value();
    QCOMPARE(checkpoints.size(), 1U);
    QCOMPARE(checkpoints[0].sha256, std::string("abc"));
    QCOMPARE(checkpoints[0].bytes, 42);
}

void TestMetricRecorder::keepsTheSummaryOfARun()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    queue->publish(lossAt(0));
    queue->publish(MetricBatch {1, 0.25, 700, {{1, 30.0}}});
    queue->publish(lossAt(1));
    queue->publish(MetricBatch {2, 0.5, 1200, {{1, 20.0}}});
    QVERIFY(fixture.recorder->flush());
    RunRecord record = fixture.read(run);
    QCOMPARE(record.lastStep, 2);
    QCOMPARE(record.durationMs, 1200);
    QCOMPARE(record.lastLoss.value(), 0.5);
    QCOMPARE(record.lastKnnTop1.value(), 20.0);
    QCOMPARE(record.bestKnnTop1.value(), 30.0);

    queue->publish(MetricBatch {3, 0.5, 1500, {{0, std::nan("")}, {1, 25.0}}});
    QVERIFY(fixture.recorder->flush());
    record = fixture.read(run);
    QVERIFY(!record.lastLoss);
    QCOMPARE(record.lastKnnTop1.value(), 25.0);
    QCOMPARE(record.bestKnnTop1.value(), 30.0);
}

void TestMetricRecorder::keepsWhatIsNotFinite()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    const double infinity = std::numeric_limits<double>::infinity();
    const std::array values {
        1.0, std::nan(""), infinity, -infinity, std::numeric_limits<double>::denorm_min(), -0.0};
    for (std::size_t step = 0; step < values.size(); ++step)
        queue->publish(MetricBatch {static_cast<std::int64_t>(step), 0, 0, {{0, values[step]}}});
    QVERIFY(fixture.recorder->flush());
    const Curve curve = fixture.curve(run, "train/loss");
    QCOMPARE(curve.steps, stepsUpTo(6));
    QVERIFY(std::isnan(curve.values[1]) && std::isnan(curve.values[2])
            && std::isnan(curve.values[3]));
    QCOMPARE(curve.values[4], std::numeric_limits<double>::denorm_min());
    QVERIFY(!fixture.reader.execute("SELECT no_such_function()"));
    const auto stored = fixture.recorder->submit([](Database& database) {
        // Division by 0 gives NULL; the CHECK fails unless the rows are as they should be.
        return database
            .execute("CREATE TEMP TABLE seen (n INTEGER CHECK (n = 1));"
                     "INSERT INTO seen SELECT count(*) FROM metric WHERE value IS NULL;"
                     "INSERT INTO seen SELECT count(*) FROM metric WHERE value = 9e999;"
                     "INSERT INTO seen SELECT count(*) FROM metric WHERE value = -9e999")
            .has_value();
    });
    QVERIFY(const_cast<std::future<bool>&>(stored).get());
}

void TestMetricRecorder::laterDeclarationsContinue()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    queue->publish(lossAt(0));
    QVERIFY(fixture.recorder->flush());
    queue->publish(MetricsDeclared {{{"grad/l2/norm", "1"}}});
    queue->publish(MetricBatch {1, 0, 0, {{2, 7.0}, {0, 8.0}}});
    QVERIFY(fixture.recorder->flush());
    QCOMPARE(fixture.curve(run, "grad/l2/norm").values, (std::vector<double> {7.0}));
    QCOMPARE(fixture.curve(run, "train/loss").values, (std::vector<double> {1.0, 8.0}));
    const auto summaries = CurveQuery(fixture.reader).summaries(run).value();
    QCOMPARE(summaries.back().unit, std::string("1"));
}

void TestMetricRecorder::undeclaredMetricsKeepTheirValues()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(MetricBatch {0, 0, 0, {{5, 7.0}}});
    QVERIFY(fixture.recorder->flush());
    QCOMPARE(fixture.curve(run, "undeclared/5").values, (std::vector<double> {7.0}));
}

void TestMetricRecorder::aResumedRunReplacesItsSteps()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto first = fixture.recorder->record(run);
    first->publish(lossAndAccuracy());
    for (std::int64_t step = 0; step < 10; ++step)
        first->publish(lossAt(step));
    first->close();
    const auto second = fixture.recorder->record(run);
    second->publish(MetricsDeclared {{{"eval/knn_top1", "%"}, {"train/loss", ""}}});
    for (std::int64_t step = 5; step < 12; ++step)
        second->publish(MetricBatch {step, 1, 9000 + step, {{1, 100.0}}});
    QVERIFY(fixture.recorder->flush());
    const Curve curve = fixture.curve(run, "train/loss");
    QCOMPARE(curve.steps, stepsUpTo(12));
    QCOMPARE(curve.values[4], 1.0 / 5);
    QCOMPARE(curve.values[5], 100.0);
    QCOMPARE(CurveQuery(fixture.reader).stepTimes(run).value().seconds[5], 9.005);
    QCOMPARE(fixture.read(run).lastStep, 11);
}

void TestMetricRecorder::forgetsRemovedCheckpoints()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(CheckpointSaved {1, "c1", "a", 1, {}});
    queue->publish(CheckpointSaved {2, "c2", "b", 1, {}});
    queue->publish(CheckpointSaved {3, "c3", "c", 1, {"c1", "never seen"}});
    queue->publish(CheckpointSaved {3, "c3", "c again", 2, {}});
    QVERIFY(fixture.recorder->flush());
    const auto checkpoints = RunRepository(fixture.reader).checkpoints(run).value();
    QCOMPARE(checkpoints.size(), 2U);
    QCOMPARE(checkpoints[0].path, std::string("c2"));
    QCOMPARE(checkpoints[1].sha256, std::string("c again"));
}

void TestMetricRecorder::aFailedRunKeepsItsReason()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    queue->publish(lossAt(4));
    queue->publish(Failed {{ErrorCode::OutOfMemory, "The device is full", "use a smaller batch"}});
    QVERIFY(fixture.recorder->flush());
    const RunRecord record = fixture.read(run);
    QCOMPARE(record.state, RunState::Failed);
    QCOMPARE(record.stateReason, std::string("The device is full: use a smaller batch"));
    QVERIFY(record.finishedAt);
    const auto events = RunRepository(fixture.reader).events(run).value();
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events[0].kind, std::string("failed"));
    QCOMPARE(events[0].step, 4);
}

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
