// SPDX-License-Identifier: GPL-3.0-or-later
// Values that are packed are the same values: for curves, for a resumed run, for SQL, in a copy.
#include "recorder_fixture.h"
#include "storage/event_writer.h"
#include "storage/history_copy.h"
#include "storage/metric_pack.h"
#include "storage/run_import.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

using namespace mocoscope::storage;
using namespace mocoscope::training;
using namespace mocoscope::testing;

namespace {

std::int64_t numberOf(Database& database, const std::string& sql)
{
    Statement row(database, sql);
    row.step();
    return row.integer(0);
}

/// Flushed as often as training does.
void play(RecorderFixture& fixture, RunId run, const std::vector<MetricBatch>& batches)
{
    const auto queue = fixture.recorder->record(run);
    queue->publish(lossAndAccuracy());
    for (const MetricBatch& batch : batches) {
        queue->publish(batch);
        if (batch.step % 100 == 99)
            QVERIFY(fixture.recorder->flush());
    }
    queue->publish(Finished {batches.back().step, false});
    queue->close();
    QVERIFY(fixture.recorder->flush());
}

std::vector<MetricBatch> lossesUpTo(std::int64_t steps)
{
    std::vector<MetricBatch> batches;
    for (std::int64_t step = 0; step < steps; ++step)
        batches.push_back(lossAt(step));
    return batches;
}

void compareWithLosses(const Curve& curve, std::int64_t first, std::int64_t count)
{
    QCOMPARE(curve.steps.size(), static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < curve.steps.size(); ++i) {
        QCOMPARE(curve.steps[i], first + static_cast<std::int64_t>(i));
        QCOMPARE(curve.values[i], 1 / (1 + static_cast<double>(curve.steps[i])));
    }
}

} // namespace

class TestMetricPack final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongCurveIsPackedAndReadBack()
    {
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        play(fixture, run, lossesUpTo(3000));
        QCOMPARE(numberOf(fixture.reader, "SELECT count(*) FROM metric_row"), 16 + 3000 % 16);
        QCOMPARE(numberOf(fixture.reader, "SELECT count(*) FROM metric_pack"), 3000 / 16 - 1);
        compareWithLosses(fixture.curve(run, "train/loss"), 0, 3000);
        const auto names = CurveQuery(fixture.reader).metricNames(run).value();
        QCOMPARE(names, std::vector<std::string> {"train/loss"});
        const MetricSummary summary = CurveQuery(fixture.reader).summaries(run).value().front();
        QCOMPARE(summary.count, 3000);
        QCOMPARE(summary.maximumStep, 0);
        QCOMPARE(summary.minimumStep, 2999);
        QCOMPARE(summary.lastStep, 2999);
        QCOMPARE(fixture.read(run).lastLoss.value(), 1.0 / 3000);
    }

    void laterStepsBeginWithinAPack_data()
    {
        QTest::addColumn<qint64>("after");
        for (const qint64 after : {-1, 0, 14, 15, 16, 1000, 1967, 1999, 5000})
            QTest::addRow("%lld", after) << after;
    }
    void laterStepsBeginWithinAPack()
    {
        QFETCH(qint64, after);
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        play(fixture, run, lossesUpTo(2000));
        const Curve curve = CurveQuery(fixture.reader).curve(run, "train/loss", after).value();
        compareWithLosses(curve, after + 1, std::max<qint64>(0, 1999 - after));
    }

    void whatIsNotANumberStaysSo()
    {
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        auto batches = lossesUpTo(1000);
        batches[20].values[0].value = std::numeric_limits<double>::quiet_NaN();
        batches[21].values[0].value = -std::numeric_limits<double>::infinity();
        play(fixture, run, batches);
        const Curve curve = fixture.curve(run, "train/loss");
        QVERIFY(std::isnan(curve.values[20]) && std::isnan(curve.values[21]));
        QCOMPARE(curve.values[22], 1.0 / 23);
        QCOMPARE(numberOf(fixture.reader,
                          "SELECT count(*) FROM metric_point WHERE step = 20 AND value IS NULL"),
                 1);
        QCOMPARE(numberOf(fixture.reader,
                          "SELECT count(*) FROM metric_point WHERE step = 21 AND value = -9e999"),
                 1);
    }

    void sqlSeesEveryValueOnce()
    {
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        play(fixture, run, lossesUpTo(1500));
        QCOMPARE(numberOf(fixture.reader,
                          "SELECT count(*) FROM metric_point WHERE run_id = 1"
                          " AND metric = 'train/loss' AND abs(value - 1.0 / (1 + step)) < 1e-12"
                          " AND seconds = step / 2.0 AND epoch = step / 4.0"),
                 1500);
        QCOMPARE(numberOf(fixture.reader, "SELECT count(DISTINCT step) FROM metric_point"), 1500);
    }

    /// From a checkpoint in the middle of what is packed, with other values, and not to the end.
    void aResumedRunReplacesWhatItRepeats()
    {
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        play(fixture, run, lossesUpTo(2000));
        std::vector<MetricBatch> again;
        for (std::int64_t step = 1003; step < 1700; ++step)
            again.push_back({step, 0, 0, {{0, -static_cast<double>(step)}}});
        play(fixture, run, again);
        const Curve curve = fixture.curve(run, "train/loss");
        QCOMPARE(curve.steps, stepsUpTo(2000));
        for (std::size_t step = 0; step < 2000; ++step) {
            const auto number = static_cast<double>(step);
            const bool isRepeated = step >= 1003 && step < 1700;
            QCOMPARE(curve.values[step], isRepeated ? -number : 1 / (1 + number));
        }
        QCOMPARE(numberOf(fixture.reader, "SELECT count(*) FROM metric_point"), 2000);
        QVERIFY(numberOf(fixture.reader, "SELECT count(*) FROM metric_row") < 60);
    }

    void aRolledBackWriteLeavesNoTwins()
    {
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        play(fixture, run, lossesUpTo(1000));
        fixture.recorder.reset();
        Database database = fixture.temp.open();
        EventWriter writer(database);
        RecordedStream stream {
            run, nullptr, lossAndAccuracy().metrics, {}, {}, 0,
        };
        {
            const Transaction transaction(database);
            writer.write(stream, lossAt(500), 0);
        }
        stream.forgetRows();
        Transaction transaction(database);
        writer.write(stream, lossAt(500), 0);
        transaction.commit();
        compareWithLosses(CurveQuery(database).curve(run, "train/loss").value(), 0, 1000);
    }

    void unevenStepsAreKept()
    {
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        std::vector<MetricBatch> batches;
        Steps steps;
        for (std::int64_t i = 0, step = 0; i < 2000; ++i) {
            steps.push_back(step);
            batches.push_back(lossAt(step));
            step += i < 500 ? 1 : i < 1000 ? 1 + i * i % 7 : i < 1500 ? 5 : 5000;
        }
        play(fixture, run, batches);
        const Curve curve = fixture.curve(run, "train/loss");
        QCOMPARE(curve.steps, steps);
        for (std::size_t i = 0; i < steps.size(); ++i)
            QCOMPARE(curve.values[i], 1 / (1 + static_cast<double>(steps[i])));
        QVERIFY(numberOf(fixture.reader, "SELECT count(*) FROM metric_pack WHERE stride = 5") > 20);
    }

    /// The last accuracy and the best one are looked for among the rows.
    void evaluationsAreNotPacked()
    {
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        std::vector<MetricBatch> batches;
        for (std::int64_t step = 0; step < 1000; ++step)
            batches.push_back({step, 0, 0, {{1, static_cast<double>(1000 - step)}}});
        play(fixture, run, batches);
        QCOMPARE(numberOf(fixture.reader, "SELECT count(*) FROM metric_pack"), 0);
        QCOMPARE(fixture.read(run).bestKnnTop1.value(), 1000.0);
    }

    void anotherHistoryIsTakenInWithItsPacks()
    {
        RecorderFixture here;
        play(here, here.makeRun(), {{0, 0, 0, {{1, 50.0}}}}); // their names have other numbers
        RecorderFixture there;
        play(there, there.makeRun("theirs"), lossesUpTo(1000));
        there.recorder.reset();
        here.recorder.reset();
        Database database = here.temp.open();
        QCOMPARE(merge(database, there.temp.file()).value().added, 1);
        const RunRecord run = RunRepository(database).find("theirs").value();
        compareWithLosses(CurveQuery(database).curve(run.id, "train/loss").value(), 0, 1000);
        const std::vector<RunId> doomed {run.id};
        QVERIFY(RunRepository(database).moveToTrash(doomed));
        QVERIFY(RunRepository(database).purgeTrash());
        QCOMPARE(numberOf(database, "SELECT count(*) FROM metric_pack"), 0);
    }

    void importedCurvesArePacked()
    {
        TempDatabase temp;
        Database database = temp.open();
        ImportedRun imported;
        imported.name = "theirs";
        Curve& curve = imported.curves.emplace_back();
        curve.metric = "train/loss";
        for (std::int64_t step = 0; step < 5000; ++step) {
            curve.steps.push_back(step);
            curve.values.push_back(1 / (1 + static_cast<double>(step)));
        }
        const RunId run = storeImportedRuns(database, {imported}, 0).value().front();
        QVERIFY(numberOf(database, "SELECT count(*) FROM metric_row") < 32);
        compareWithLosses(CurveQuery(database).curve(run, "train/loss").value(), 0, 5000);
    }

    /// Whenever one looks, no step is missing and none is there twice.
    void readersNeverSeeAValueOnItsWay()
    {
        RecorderFixture fixture;
        const RunId run = fixture.makeRun();
        std::atomic<bool> isOver = false;
        std::atomic<int> wrong = 0;
        std::thread looking([&] {
            Database database = fixture.temp.open(Database::Access::ReadOnly);
            while (!isOver) {
                const auto curve = CurveQuery(database).curve(run, "train/loss");
                if (!curve
                    || curve->steps != stepsUpTo(static_cast<std::int64_t>(curve->steps.size())))
                    ++wrong;
            }
        });
        play(fixture, run, lossesUpTo(6000));
        isOver = true;
        looking.join();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestMetricPack)
#include "test_metric_pack.moc"
