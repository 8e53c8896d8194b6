// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/curve_query.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"

#include <QTest>

#include <chrono>
#include <cmath>
#include <future>

using namespace mocoscope::storage;
using mocoscope::testing::TempDatabase;

namespace {

/// Two runs; the first has a curve with gaps, the second one value.
struct Store
{
    TempDatabase temp;
    Database database = temp.open();
    RunId first = RunRepository(database).create({"a", "", "{}", {}}).value().id;
    RunId second = RunRepository(database).create({"b", "", "{}", {}}).value().id;
    CurveQuery query {database};

    Store()
    {
        const auto filled = database.execute(
            "INSERT INTO metric_name (id, name, unit) VALUES (1, 'grad/l2/blocks.10', ''),"
            " (2, 'grad/l2/blocks.9', ''), (3, 'train/images_per_s', '1/s'), (4, 'train/loss', ''),"
            " (5, 'only/of_b', '');"
            "INSERT INTO metric_row VALUES (1, 4, 0, 3.0), (1, 4, 1, NULL), (1, 4, 2, 1.0),"
            " (1, 4, 3, 9e999), (1, 4, 5, 2.0), (1, 4, 4, -9e999), (1, 1, 0, 1), (1, 2, 0, 1),"
            " (1, 3, 0, 80), (1, 3, 1, NULL), (2, 5, 7, 0.5);"
            "INSERT INTO step_time VALUES (1, 1, 2500, 0.5), (1, 0, 500, 0.25), (2, 0, 9, 9)");
        if (!filled)
            qFatal("%s", toText(filled.error()).c_str());
    }
};

using Steps = std::vector<std::int64_t>;

} // namespace

class TestCurveQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreThoseOfTheRunInOrder();
    void aCurveHasGapsWhereItIsNotFinite();
    void aCurveContinuesAfterAStep();
    void unknownThingsGiveEmptyCurves();
    void summariesLeaveOutWhatIsNotFinite();
    void stepTimesInSeconds();
    void interruptCancels();
};

void TestCurveQuery::namesAreThoseOfTheRunInOrder()
{
    Store store;
    QCOMPARE(store.query.metricNames(store.first).value(),
             (std::vector<std::string> {"train/loss", "train/images_per_s", "grad/l2/blocks.9",
                                        "grad/l2/blocks.10"}));
    QCOMPARE(store.query.metricNames(store.second).value(),
             (std::vector<std::string> {"only/of_b"}));
    QVERIFY(store.query.metricNames({99}).value().empty());
}

void TestCurveQuery::aCurveHasGapsWhereItIsNotFinite()
{
    Store store;
    const Curve curve = store.query.curve(store.first, "train/loss").value();
    QCOMPARE(curve.metric, std::string("train/loss"));
    QCOMPARE(curve.steps, (Steps {0, 1, 2, 3, 4, 5}));
    QCOMPARE(curve.values.size(), curve.steps.size());
    QCOMPARE(curve.values[0], 3.0);
    for (const std::size_t gap : {1U, 3U, 4U})
        QVERIFY(std::isnan(curve.values[gap]));
    QCOMPARE(curve.values[5], 2.0);
}

void TestCurveQuery::aCurveContinuesAfterAStep()
{
    Store store;
    QCOMPARE(store.query.curve(store.first, "train/loss", 3).value().steps, (Steps {4, 5}));
    QVERIFY(store.query.curve(store.first, "train/loss", 5).value().steps.empty());
    QCOMPARE(store.query.stepTimes(store.first, 0).value().steps, (Steps {1}));
}

void TestCurveQuery::unknownThingsGiveEmptyCurves()
{
    Store store;
    QVERIFY(store.query.curve(store.first, "no/such").value().steps.empty());
    QVERIFY(store.query.curve({99}, "train/loss").value().steps.empty());
    QVERIFY(store.query.summaries({99}).value().empty());
}

void TestCurveQuery::summariesLeaveOutWhatIsNotFinite()
{
    Store store;
    const auto summaries = store.query.summaries(store.first).value();
    QCOMPARE(summaries.size(), 4U);
    const MetricSummary& loss = summaries[0];
    QCOMPARE(loss.name, std::string("train/loss"));
    QCOMPARE(loss.count, 6);
    QCOMPARE(loss.lastStep, 5);
    QCOMPARE(loss.last.value(), 2.0);
    QCOMPARE(loss.minimum.value(), 1.0);
    QCOMPARE(loss.minimumStep, 2);
    QCOMPARE(loss.maximum.value(), 3.0);
    QCOMPARE(loss.maximumStep, 0);
    const MetricSummary& rate = summaries[1];
    QCOMPARE(rate.unit, std::string("1/s"));
    QVERIFY(!rate.last);
    QCOMPARE(rate.maximum.value(), 80.0);
}

void TestCurveQuery::stepTimesInSeconds()
{
    Store store;
    const StepTimes times = store.query.stepTimes(store.first).value();
    QCOMPARE(times.steps, (Steps {0, 1}));
    QCOMPARE(times.epochs, (std::vector<double> {0.25, 0.5}));
    QCOMPARE(times.seconds, (std::vector<double> {0.5, 2.5}));
}

void TestCurveQuery::interruptCancels()
{
    Store store;
    QVERIFY(store.database.execute(
        "WITH RECURSIVE n (x) AS (SELECT 10 UNION ALL SELECT x + 1 FROM n WHERE x < 200000)"
        "INSERT INTO metric_row SELECT 1, 4, x, x FROM n"));
    auto reading = std::async(std::launch::async, [&] {
        for (;;) // whatever the machine's speed, one of them is interrupted
            if (const auto read = store.query.summaries(store.first); !read)
                return read.error().code;
    });
    while (reading.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready)
        store.database.interrupt();
    QCOMPARE(reading.get(), ErrorCode::Cancelled);
    QCOMPARE(store.query.summaries(store.first).value()[0].lastStep, 200000);
}

QTEST_GUILESS_MAIN(TestCurveQuery)
#include "test_curve_query.moc"
