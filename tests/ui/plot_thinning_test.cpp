// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_thinning.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>

using namespace mocoscope::ui;

namespace {
const double notANumber = std::numeric_limits<double>::quiet_NaN();

PlotFrame frameOf(double xMinimum, double xMaximum)
{
    PlotFrame frame;
    frame.xMinimum = xMinimum;
    frame.xMaximum = xMaximum;
    frame.yMinimum = -4;
    frame.yMaximum = 4;
    frame.left = 50;
    frame.top = 10;
    frame.width = 400;
    frame.height = 300;
    return frame;
}

CurveData curveOf(const std::vector<double>& values)
{
    CurveData data;
    for (std::size_t i = 0; i < values.size(); ++i) {
        data.append(static_cast<std::int64_t>(i), values[i]);
    }
    return data;
}

struct Span
{
    double top = std::numeric_limits<double>::infinity();
    double bottom = -std::numeric_limits<double>::infinity();
    void add(double y)
    {
        top = std::min(top, y);
        bottom = std::max(bottom, y);
    }
};
/// What is drawn in each pixel column.
std::map<int, Span> columnsOf(const Strokes& strokes)
{
    std::map<int, Span> columns;
    for (const QPolygonF& stroke : strokes) {
        for (const QPointF& point : stroke) {
            columns[static_cast<int>(std::floor(point.x()))].add(point.y());
        }
    }
    return columns;
}

qsizetype pointCount(const Strokes& strokes)
{
    qsizetype count = 0;
    for (const QPolygonF& stroke : strokes) {
        count += stroke.size();
    }
    return count;
}
} // namespace

class PlotThinningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsSpanWhatAllSamplesSpan_data();
    void columnsSpanWhatAllSamplesSpan();
    void fewSamplesAreDrawnAsTheyAre();
    void gapsEndStrokes();
    void gapOfOneSampleAmongManyEndsAStroke();
    void loneSampleBetweenGapsIsKept();
    void logarithmicAxisLeavesOutWhatItCannotShow();
    void timeAxisPlacesSamples();
    void costDependsOnColumns();
};

void PlotThinningTest::columnsSpanWhatAllSamplesSpan_data()
{
    QTest::addColumn<double>("xMinimum");
    QTest::addColumn<double>("xMaximum");
    QTest::newRow("all") << 0.0 << 199999.0;
    QTest::newRow("a third") << 31234.5 << 99321.25;
    QTest::newRow("a few a column") << 5000.0 << 8000.0;
    QTest::newRow("beyond both ends") << -50000.0 << 300000.0;
}

void PlotThinningTest::columnsSpanWhatAllSamplesSpan()
{
    QFETCH(const double, xMinimum);
    QFETCH(const double, xMaximum);
    std::mt19937 random(3);
    std::normal_distribution<double> normal;
    std::vector<double> values(200000);
    std::generate(values.begin(), values.end(), [&] { return normal(random); });
    const PlotFrame frame = frameOf(xMinimum, xMaximum);
    std::map<int, Span> expected;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = frame.pixelX(static_cast<double>(i));
        if (x >= frame.left && x < frame.left + frame.width) {
            expected[static_cast<int>(std::floor(x))].add(frame.pixelY(values[i]));
        }
    }
    const auto found = columnsOf(thinned(curveOf(values), nullptr, frame));
    QVERIFY(!expected.empty());
    for (const auto& [column, span] : expected) {
        QVERIFY2(found.contains(column), qPrintable(QString::number(column)));
        QVERIFY(std::abs(found.at(column).top - span.top) < 1e-9);
        QVERIFY(std::abs(found.at(column).bottom - span.bottom) < 1e-9);
    }
}

void PlotThinningTest::fewSamplesAreDrawnAsTheyAre()
{
    const Strokes strokes = thinned(curveOf({1, 2, 3, 2, 1}), nullptr, frameOf(0, 4));
    QCOMPARE(strokes.size(), std::size_t {1});
    QCOMPARE(strokes[0].size(), 5);
    QCOMPARE(strokes[0][2], QPointF(250, 10 + 300.0 / 8));
}

void PlotThinningTest::gapsEndStrokes()
{
    const Strokes strokes
        = thinned(curveOf({1, 2, notANumber, notANumber, 2, 1}), nullptr, frameOf(0, 5));
    QCOMPARE(strokes.size(), std::size_t {2});
    QCOMPARE(strokes[0].size(), 2);
    QCOMPARE(strokes[1].size(), 2);
}

void PlotThinningTest::gapOfOneSampleAmongManyEndsAStroke()
{
    std::vector<double> values(100000, 1.0);
    values[50000] = notANumber;
    QVERIFY(thinned(curveOf(values), nullptr, frameOf(0, 99999)).size() >= 2);
}

void PlotThinningTest::loneSampleBetweenGapsIsKept()
{
    std::vector<double> values(100000, notANumber);
    values[50000] = 1.0;
    const Strokes strokes = thinned(curveOf(values), nullptr, frameOf(0, 99999));
    QVERIFY(pointCount(strokes) >= 1);
    QVERIFY(std::abs(strokes[0][0].x() - 250) < 1);
}

void PlotThinningTest::logarithmicAxisLeavesOutWhatItCannotShow()
{
    PlotFrame frame = frameOf(0, 3);
    frame.yLogarithmic = true;
    frame.yMinimum = 0.1;
    frame.yMaximum = 10;
    const Strokes strokes = thinned(curveOf({1, 0, -1, 1}), nullptr, frame);
    QCOMPARE(strokes.size(), std::size_t {2});
    QCOMPARE(strokes[0][0].y(), frame.top + 0.5 * frame.height);
}

void PlotThinningTest::timeAxisPlacesSamples()
{
    Timeline timeline;
    CurveData data;
    for (int i = 0; i < 50000; ++i) {
        // The second half takes three times as long.
        const double seconds = i < 25000 ? i : 25000 + 3.0 * (i - 25000);
        timeline.append(i, 0.01 * i, seconds);
        data.append(i, i == 30000 ? 3.0 : 0.0);
    }
    PlotFrame frame = frameOf(0, 100000);
    frame.unit = AxisUnit::Time;
    const Strokes strokes = thinned(data, &timeline, frame);
    const double wanted = frame.pixelX(40000);
    QPointF peak;
    for (const QPointF& point : strokes.at(0)) {
        peak = peak.isNull() || point.y() < peak.y() ? point : peak;
    }
    QVERIFY(std::abs(peak.x() - wanted) <= 1.0);
    QCOMPARE(peak.y(), frame.pixelY(3.0));
}

void PlotThinningTest::costDependsOnColumns()
{
    const std::vector<double> values(1'000'000, 0.5);
    const auto points = pointCount(thinned(curveOf(values), nullptr, frameOf(0, 1e6)));
    QVERIFY(points <= 2 * 402);
}

QTEST_GUILESS_MAIN(PlotThinningTest)
#include "plot_thinning_test.moc"
