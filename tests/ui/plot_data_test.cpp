// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_data.h"
#include "ui/plot/timeline.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace mocoscope::ui;

namespace {
const double notANumber = std::numeric_limits<double>::quiet_NaN();

Extent extentByHand(std::span<const double> values, std::size_t first, std::size_t last)
{
    Extent extent;
    for (std::size_t i = first; i < last; ++i) {
        extent.add(values[i]);
    }
    return extent;
}

std::vector<double> noise(std::size_t count, double gapShare, std::mt19937& random)
{
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> chance(0, 1);
    std::vector<double> values(count);
    for (double& value : values) {
        value = chance(random) < gapShare ? notANumber : normal(random);
    }
    return values;
}
} // namespace

class PlotDataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsMatchAPlainVector_data();
    void stepsMatchAPlainVector();
    void truncatedStepsCanGrowAgain();
    void extentsMatchBruteForce_data();
    void extentsMatchBruteForce();
    void truncatedDataForgetTheirExtremes();
    void infinitiesBecomeGaps();
    void nearestSampleIsFound();
    void timelineInterpolatesBothWays();
    void timelineNeverRunsBackwards();
};

void PlotDataTest::stepsMatchAPlainVector_data()
{
    QTest::addColumn<QList<qint64>>("steps");
    QTest::newRow("one") << QList<qint64> {7};
    QTest::newRow("every") << QList<qint64> {0, 1, 2, 3, 4, 5};
    QTest::newRow("every tenth") << QList<qint64> {5, 15, 25, 35};
    QTest::newRow("stride changes") << QList<qint64> {0, 1, 2, 10, 20, 30, 31, 32, 33, 100};
    QTest::newRow("no order") << QList<qint64> {-5, 1, 2, 9, 11, 40, 41, 99};
}

void PlotDataTest::stepsMatchAPlainVector()
{
    QFETCH(const QList<qint64>, steps);
    StepColumn column;
    for (const qint64 step : steps) {
        column.append(step);
    }
    QCOMPARE(column.size(), static_cast<std::size_t>(steps.size()));
    for (qsizetype i = 0; i < steps.size(); ++i) {
        QCOMPARE(column.at(static_cast<std::size_t>(i)), steps[i]);
    }
    for (qint64 wanted = steps.front() - 2; wanted <= steps.back() + 2; ++wanted) {
        const auto expected = std::lower_bound(steps.begin(), steps.end(), wanted) - steps.begin();
        QCOMPARE(column.lowerBound(wanted), static_cast<std::size_t>(expected));
    }
}

void PlotDataTest::truncatedStepsCanGrowAgain()
{
    StepColumn column;
    for (const std::int64_t step : {0, 1, 2, 3, 10, 20}) {
        column.append(step);
    }
    column.truncate(5);
    column.append(11);
    column.append(12);
    QCOMPARE(column.at(4), std::int64_t {10});
    QCOMPARE(column.at(6), std::int64_t {12});
    column.truncate(2);
    column.append(7);
    QCOMPARE(column.at(2), std::int64_t {7});
    QCOMPARE(column.lowerBound(2), std::size_t {2});
}

void PlotDataTest::extentsMatchBruteForce_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("gapShare");
    QTest::newRow("fewer than a block") << 11 << 0.0;
    QTest::newRow("exactly two levels") << 256 << 0.0;
    QTest::newRow("ragged") << 70001 << 0.0;
    QTest::newRow("gaps") << 70001 << 0.3;
    QTest::newRow("gaps only") << 5000 << 1.0;
}

void PlotDataTest::extentsMatchBruteForce()
{
    QFETCH(const int, count);
    QFETCH(const double, gapShare);
    std::mt19937 random(1);
    const auto values = noise(static_cast<std::size_t>(count), gapShare, random);
    CurveData data;
    for (std::size_t i = 0; i < values.size(); ++i) {
        data.append(static_cast<std::int64_t>(i), values[i]);
    }
    std::uniform_int_distribution<std::size_t> place(0, values.size());
    for (int trial = 0; trial < 500; ++trial) {
        auto [first, last] = std::minmax({place(random), place(random)});
        const Extent found = data.extent(first, last);
        const Extent expected = extentByHand(values, first, last);
        QCOMPARE(found.minimum, expected.minimum);
        QCOMPARE(found.maximum, expected.maximum);
        QCOMPARE(found.hasGap, expected.hasGap);
    }
}

void PlotDataTest::truncatedDataForgetTheirExtremes()
{
    CurveData data;
    for (std::int64_t step = 0; step < 1000; ++step) {
        data.append(step, step == 900 ? 50.0 : 1.0);
    }
    const auto before = data.generation();
    data.truncateFrom(850);
    QVERIFY(data.generation() > before);
    for (std::int64_t step = 850; step < 1000; ++step) {
        data.append(step, 2.0);
    }
    QCOMPARE(data.extent(0, 1000).maximum, 2.0);
    QCOMPARE(data.size(), std::size_t {1000});
    data.truncateFrom(5000);
    QCOMPARE(data.generation(), before + 1);
}

void PlotDataTest::infinitiesBecomeGaps()
{
    CurveData data;
    data.append(0, 1.0);
    data.append(1, std::numeric_limits<double>::infinity());
    QVERIFY(std::isnan(data.value(1)));
    QVERIFY(data.extent(0, 2).hasGap);
    QCOMPARE(data.extent(0, 2).maximum, 1.0);
    QVERIFY(data.extent(1, 2).isEmpty());
}

void PlotDataTest::nearestSampleIsFound()
{
    CurveData data;
    for (const std::int64_t step : {10, 20, 30}) {
        data.append(step, 0.0);
    }
    QCOMPARE(data.nearest(-100), std::size_t {0});
    QCOMPARE(data.nearest(14.9), std::size_t {0});
    QCOMPARE(data.nearest(15.1), std::size_t {1});
    QCOMPARE(data.nearest(1e12), std::size_t {2});
}

void PlotDataTest::timelineInterpolatesBothWays()
{
    Timeline timeline;
    timeline.append(0, 0.0, 10.0);
    timeline.append(10, 1.0, 20.0);
    timeline.append(20, 2.0, 60.0);
    QCOMPARE(timeline.position(5, AxisUnit::Epoch), 0.5);
    QCOMPARE(timeline.position(15, AxisUnit::Time), 40.0);
    QCOMPARE(timeline.stepAt(40.0, AxisUnit::Time), 15.0);
    QCOMPARE(timeline.stepAt(0.5, AxisUnit::Epoch), 5.0);
    QCOMPARE(timeline.position(7, AxisUnit::Step), 7.0);
    QCOMPARE(timeline.position(99, AxisUnit::Time), 60.0);
    QVERIFY(timeline.stepAt(1e9, AxisUnit::Time) > 20.0);
    QVERIFY(timeline.stepAt(-1, AxisUnit::Time) < 0.0);
}

void PlotDataTest::timelineNeverRunsBackwards()
{
    Timeline timeline;
    timeline.append(0, 0.0, 10.0);
    timeline.append(1, 0.1, 5.0);
    QCOMPARE(timeline.position(1, AxisUnit::Time), 10.0);
    timeline.truncateFrom(1);
    QCOMPARE(timeline.lastStep(), std::int64_t {0});
}

QTEST_GUILESS_MAIN(PlotDataTest)
#include "plot_data_test.moc"
