// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/plot_test_curves.h"
#include "ui/plot/plot_canvas.h"

#include <QImage>
#include <QTest>

#include <cmath>
#include <limits>

using namespace mocoscope::testing;

namespace {

const double notANumber = std::numeric_limits<double>::quiet_NaN();

bool isReddish(QRgb pixel)
{
    return qRed(pixel) - qGreen(pixel) > 60 && qRed(pixel) - qBlue(pixel) > 60;
}

/// Pixels of the curve's colour in a rectangle of the canvas.
int redPixels(CurvePlot& plot, const QRectF& area)
{
    const QImage image = plot.canvas().grab().toImage();
    const double ratio = image.devicePixelRatio();
    int count = 0;
    for (int y = static_cast<int>(area.top() * ratio); y < static_cast<int>(area.bottom() * ratio);
         ++y) {
        for (int x = static_cast<int>(area.left() * ratio);
             x < static_cast<int>(area.right() * ratio); ++x) {
            count += isReddish(image.pixel(x, y)) ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class PlotWidgetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spikeOfOneSampleInAMillionIsSeen_data();
    void spikeOfOneSampleInAMillionIsSeen();
    void gapIsLeftBlank();
    void hiddenPlotOnlyNotesThatItIsStale();
    void manyRefreshesDrawOnce();
    void hiddenCurveLeavesTheRange();
    void hiddenCurvesStayHiddenWhenReplaced();
    void logarithmicRangeIsPositive();
    void smoothingKeepsTheRawCurve();
    void paletteChangeRestyles();
};

void PlotWidgetTest::spikeOfOneSampleInAMillionIsSeen_data()
{
    QTest::addColumn<double>("xMinimum");
    QTest::addColumn<double>("xMaximum");
    QTest::addColumn<double>("smoothing");
    QTest::newRow("all") << 0.0 << 1e6 << 0.0;
    QTest::newRow("half") << 250'000.0 << 750'000.0 << 0.0;
    QTest::newRow("near") << 612'000.0 << 613'000.0 << 0.0;
    QTest::newRow("behind smoothing") << 0.0 << 1e6 << 0.99;
}

void PlotWidgetTest::spikeOfOneSampleInAMillionIsSeen()
{
    QFETCH(const double, xMinimum);
    QFETCH(const double, xMaximum);
    QFETCH(const double, smoothing);
    CurvePlot plot(QStringLiteral("Loss"));
    plot.setSeries({seriesOf(QStringLiteral("a"), curveOf(1'000'000, [](std::size_t i) {
                                 return i == 612'345 ? 10.0
                                                     : 1.0 + 0.1 * std::sin(static_cast<double>(i));
                             }))});
    plot.setSmoothing(smoothing);
    showPlot(plot);
    plot.group().choose({xMinimum, xMaximum});
    plot.drawNow();
    const PlotFrame frame = plot.canvas().frame();
    const double x = frame.pixelX(612'345);
    // Half way up, where nothing but the spike is; faint behind smoothing, so any hint of red
    // counts.
    const QRectF there(x - 3, frame.pixelY(7), 6, frame.pixelY(4) - frame.pixelY(7));
    QVERIFY(redPixels(plot, there) > 10);
    QCOMPARE(redPixels(plot, there.translated(-60, 0)), 0);
    QCOMPARE(redPixels(plot, there.translated(60, 0)), 0);
}

void PlotWidgetTest::gapIsLeftBlank()
{
    CurvePlot plot(QStringLiteral("Loss"));
    plot.setSeries({seriesOf(QStringLiteral("a"), curveOf(100'000, [](std::size_t i) {
                                 return i >= 40'000 && i < 50'000 ? notANumber : 1.0;
                             }))});
    showPlot(plot);
    const PlotFrame frame = plot.canvas().frame();
    const double y = frame.pixelY(1.0);
    const auto part = [&](double from, double to) {
        return QRectF(frame.pixelX(from), y - 4, frame.pixelX(to) - frame.pixelX(from), 8);
    };
    QVERIFY(redPixels(plot, part(10'000, 39'000)) > 100);
    QCOMPARE(redPixels(plot, part(41'000, 49'000)), 0);
    QVERIFY(redPixels(plot, part(51'000, 90'000)) > 100);
}

void PlotWidgetTest::hiddenPlotOnlyNotesThatItIsStale()
{
    auto data = std::make_shared<CurveData>();
    CurvePlot plot(QStringLiteral("Loss"));
    plot.setSeries({seriesOf(QStringLiteral("a"), data)});
    data->append(0, 1.0);
    data->append(10, 2.0);
    plot.refresh();
    QVERIFY(plot.isStale());
    QVERIFY(plot.canvas().scene().curves.empty());
    showPlot(plot);
    QVERIFY(!plot.isStale());
    QCOMPARE(plot.canvas().scene().x, (AxisRange {0, 10.1}));
}

void PlotWidgetTest::manyRefreshesDrawOnce()
{
    auto data = curveOf(10, [](std::size_t) { return 1.0; });
    CurvePlot plot(QStringLiteral("Loss"));
    plot.setSeries({seriesOf(QStringLiteral("a"), data)});
    showPlot(plot);
    for (int i = 10; i < 1000; ++i) {
        data->append(i, 1.0);
        plot.refresh();
    }
    QVERIFY(plot.isStale());
    QCOMPARE(plot.canvas().scene().x.maximum, 9.09);
    QTRY_VERIFY(!plot.isStale());
    QCOMPARE(plot.canvas().scene().x.maximum, 1008.99);
}

void PlotWidgetTest::hiddenCurveLeavesTheRange()
{
    CurvePlot plot(QStringLiteral("Gradient"));
    plot.setSeries(
        {seriesOf(QStringLiteral("small"), curveOf(11, [](std::size_t) { return 1.0; })),
         seriesOf(QStringLiteral("large"), curveOf(11, [](std::size_t) { return 100.0; }))});
    showPlot(plot);
    QVERIFY(plot.canvas().scene().y.maximum > 100);
    plot.legend().setVisible(1, false);
    plot.drawNow();
    QVERIFY(plot.canvas().scene().y.maximum < 2);
    QCOMPARE(plot.canvas().scene().curves.size(), std::size_t {1});
}

void PlotWidgetTest::hiddenCurvesStayHiddenWhenReplaced()
{
    CurvePlot plot(QStringLiteral("Gradient"));
    const auto data = curveOf(11, [](std::size_t) { return 1.0; });
    const std::vector<SeriesSpec> series {seriesOf(QStringLiteral("a"), data),
                                          seriesOf(QStringLiteral("b"), data)};
    plot.setSeries(series);
    plot.legend().isolate(1);
    plot.setSeries(series);
    QVERIFY(!plot.isVisibleSeries(0));
    QVERIFY(plot.isVisibleSeries(1));
}

void PlotWidgetTest::logarithmicRangeIsPositive()
{
    CurvePlot plot(QStringLiteral("Gradient"));
    plot.setSeries({seriesOf(QStringLiteral("a"), curveOf(1000, [](std::size_t i) {
                                 return i % 10 == 0 ? 0.0 : 0.01 * static_cast<double>(i);
                             }))});
    plot.setLogarithmic(true);
    showPlot(plot);
    QVERIFY(plot.canvas().scene().y.minimum > 0);
    QVERIFY(plot.canvas().scene().y.minimum <= 0.01);
    QVERIFY(plot.canvas().scene().y.maximum >= 9.99);
}

void PlotWidgetTest::smoothingKeepsTheRawCurve()
{
    CurvePlot plot(QStringLiteral("Loss"));
    const auto data = curveOf(1000, [](std::size_t i) { return i % 2 == 0 ? 0.0 : 2.0; });
    plot.setSeries({seriesOf(QStringLiteral("a"), data)});
    plot.setSmoothing(0.95);
    showPlot(plot);
    const CanvasCurve& curve = plot.canvas().scene().curves.at(0);
    QVERIFY(curve.smoothed != nullptr);
    QCOMPARE(curve.raw->value(999), 2.0);
    QVERIFY(std::abs(curve.smoothed->value(999) - 1.0) < 0.1);
    plot.setSmoothing(0);
    plot.drawNow();
    QVERIFY(plot.canvas().scene().curves.at(0).smoothed == nullptr);
}

void PlotWidgetTest::paletteChangeRestyles()
{
    CurvePlot plot(QStringLiteral("Loss"));
    SeriesSpec spec = seriesOf(QStringLiteral("a"), curveOf(11, [](std::size_t) { return 1.0; }));
    spec.style = [](bool dark) { return SeriesStyle {dark ? Qt::yellow : Qt::blue}; };
    plot.setSeries({spec});
    showPlot(plot);
    QPalette dark;
    dark.setColor(QPalette::Base, QColor(20, 20, 22));
    dark.setColor(QPalette::Text, Qt::white);
    plot.setPalette(dark);
    plot.drawNow();
    QCOMPARE(plot.canvas().scene().curves[0].style.colour, QColor(Qt::yellow));
    QCOMPARE(plot.legend().rows()[0].style.colour, QColor(Qt::yellow));
    const QImage image = plot.canvas().grab().toImage();
    QVERIFY(qGray(image.pixel(3, 3)) < 40);
}

QTEST_MAIN(PlotWidgetTest)
#include "plot_widget_test.moc"
