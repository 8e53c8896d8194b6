// SPDX-License-Identifier: GPL-3.0-or-later
// What each event of a trainer becomes in the database.
#include "storage/statement.h"
#include "tests/storage/recorder_fixture.h"

#include <QTest>

#include <array>
#include <cmath>
#include <limits>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using namespace mocoscope::testing;

class TestRecordedEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsAWholeRun();
    void keepsTheSummaryOfARun();
    void countsTheStepsThatAreDone();
    void keepsWhatIsNotFinite();
    void laterDeclarationsContinue();
    void undeclaredMetricsKeepTheirValues();
    void aResumedRunReplacesItsSteps();
    void forgetsRemovedCheckpoints();
    void aFailedRunKeepsItsReason();
    void whatIsKnownOfASpikeGrows();
};

void TestRecordedEvents::recordsAWholeRun()
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

void TestRecordedEvents::countsTheStepsThatAreDone()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    for (int step = 0; step < 40; ++step) {
        queue->publish(lossAt(step)); // step 0 comes before the first update
    }
    QVERIFY(fixture.recorder->flush());
    QCOMPARE(fixture.read(run).lastStep, 39);
    QCOMPARE(fixture.read(run).stepsDone, 40);
    queue->publish(Finished {40, true}); // packs the older values
    QVERIFY(fixture.recorder->flush());
    QCOMPARE(fixture.read(run).stepsDone, 40);
}

void TestRecordedEvents::keepsTheSummaryOfARun()
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
    QCOMPARE(record.stepsDone, 2); // the last one an evaluation after two updates
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

void TestRecordedEvents::keepsWhatIsNotFinite()
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
    Statement stored(fixture.reader,
                     "SELECT count(*) - count(value), sum(value = 9e999),"
                     " sum(value = -9e999) FROM metric");
    QVERIFY(stored.step());
    for (const int column : {0, 1, 2})
        QCOMPARE(stored.integer(column), 1);
}

void TestRecordedEvents::laterDeclarationsContinue()
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

void TestRecordedEvents::undeclaredMetricsKeepTheirValues()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(MetricBatch {0, 0, 0, {{5, 7.0}}});
    QVERIFY(fixture.recorder->flush());
    QCOMPARE(fixture.curve(run, "undeclared/5").values, (std::vector<double> {7.0}));
}

void TestRecordedEvents::aResumedRunReplacesItsSteps()
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

void TestRecordedEvents::forgetsRemovedCheckpoints()
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

void TestRecordedEvents::aFailedRunKeepsItsReason()
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

void TestRecordedEvents::whatIsKnownOfASpikeGrows()
{
    RecorderFixture fixture;
    const RunId run = fixture.makeRun();
    const auto queue = fixture.recorder->record(run);
    queue->publish(Incident {640, "spike", "patch_embed", "began", SpikeFacts {9.5, 1, {}, {}}});
    queue->publish(Incident {640, "unreadable_image", "", "a.jpg", {}});
    queue->publish(Incident {640, "unreadable_image", "", "b.jpg", {}});
    queue->publish(Incident {900, "spike", "blocks.0", "another", SpikeFacts {4, 1, 0, {}}});
    queue->publish(Incident {640, "spike", "patch_embed", "followed", SpikeFacts {14, 9, 5, 2.5}});
    queue->close();
    QVERIFY(fixture.recorder->flush());

    const auto events = RunRepository(fixture.reader).events(run).value();
    QCOMPARE(events.size(), 4U);
    QVERIFY(!events[0].spike && !events[1].spike);
    QCOMPARE(events[2].message, std::string("followed"));
    QVERIFY(events[2].spike == (SpikeFacts {14, 9, 5, 2.5}));
    QVERIFY(events[3].spike == (SpikeFacts {4, 1, 0, {}}));
    QCOMPARE(RunRepository(fixture.reader).find(run)->incidents, 2);
}

QTEST_GUILESS_MAIN(TestRecordedEvents)
#include "test_recorded_events.moc"
