// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/plot_test_curves.h"
#include "ui/plot/colour_bar.h"
#include "ui/plot/heat_map_plot.h"
#include "ui/plot/plot_canvas.h"
#include "ui/plot/plot_export.h"
#include "ui/plot/tick_places.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

using namespace mocoscope::testing;

namespace {

constexpr std::size_t spikeAt = 61'803;

/// 1 everywhere, 16 in a single step.
std::shared_ptr<CurveData> spiky(std::size_t count)
{
    return curveOf(count, [](std::size_t i) { return i == spikeAt ? 16.0 : 1.0; });
}

void showMap(HeatMapPlot& plot)
{
    plot.resize(900, 320);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.drawNow();
}

bool isYellow(QRgb pixel)
{
    return qRed(pixel) > 200 && qGreen(pixel) > 180 && qBlue(pixel) < 90;
}

/// Yellow pixels in row `row` of `rows`.
int yellowPixels(HeatMapPlot& plot, int row, int rows)
{
    const QImage image = plot.canvas().grab().toImage();
    const PlotFrame frame = plot.canvas().frame();
    const double y = frame.top + frame.height * (1 - (row + 0.5) / rows);
    const double ratio = image.devicePixelRatio();
    int count = 0;
    for (int x = static_cast<int>(frame.left); x < frame.left + frame.width; ++x) {
        count += isYellow(image.pixel(static_cast<int>(x * ratio), static_cast<int>(y * ratio)))
            ? 1
            : 0;
    }
    return count;
}

} // namespace

class PlotHeatMapTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsHoldTheLargest_data();
    void columnsHoldTheLargest();
    void spikeOfOneStepIsSeen_data();
    void spikeOfOneStepIsSeen();
    void markDoesNotHideWhatItMarks();
    void gapsAreNoColour();
    void lightnessGrowsEvenly();
    void scaleIsCutOff();
    void barLabelsStayOnTheScale();
    void rowIsClicked();
    void sharesItsAxis();
    void hiddenMapIsStale();
    void decadesAreDivided();
    void isExportedWithItsBar();
};

void PlotHeatMapTest::columnsHoldTheLargest_data()
{
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("last");
    QTest::newRow("all") << 0.0 << 5000.0;
    QTest::newRow("beyond both ends") << -700.0 << 9000.0;
    QTest::newRow("a few steps") << 1200.3 << 1217.9;
    QTest::newRow("about one a pixel") << 1000.0 << 1400.0;
}

void PlotHeatMapTest::columnsHoldTheLargest()
{
    QFETCH(double, first);
    QFETCH(double, last);
    const auto data = curveOf(5000, [](std::size_t i) {
        return i % 11 == 0 ? std::nan("") : std::fmod(static_cast<double>(i * i), 977.0);
    });
    PlotFrame frame;
    frame.xMinimum = first;
    frame.xMaximum = last;
    frame.width = 400;
    frame.columnWidth = 0.5;
    const auto borders = columnBorders(nullptr, frame);
    QCOMPARE(borders.size(), std::size_t {801});
    const auto maxima = columnMaxima(*data, borders);
    for (std::size_t column = 0; column < maxima.size(); ++column) {
        double largest = std::numeric_limits<double>::quiet_NaN();
        for (std::size_t i = 0; i < data->size(); ++i) {
            const auto step = static_cast<double>(i);
            const bool isInside = step + 0.5 >= borders[column] && step - 0.5 < borders[column + 1];
            if (isInside && !(data->value(i) <= largest)) {
                largest = std::isnan(data->value(i)) ? largest : data->value(i);
            }
        }
        QVERIFY(maxima[column] == largest || (std::isnan(largest) && std::isnan(maxima[column])));
    }
}

void PlotHeatMapTest::spikeOfOneStepIsSeen_data()
{
    QTest::addColumn<double>("xMinimum");
    QTest::addColumn<double>("xMaximum");
    QTest::newRow("100,000 steps") << 0.0 << 99'999.0;
    QTest::newRow("10,000") << 55'000.0 << 65'000.0;
    QTest::newRow("1,000") << 61'300.0 << 62'300.0;
    QTest::newRow("100") << 61'750.0 << 61'850.0;
    QTest::newRow("10") << 61'798.0 << 61'808.0;
}

void PlotHeatMapTest::spikeOfOneStepIsSeen()
{
    QFETCH(double, xMinimum);
    QFETCH(double, xMaximum);
    HeatMapPlot plot(QStringLiteral("Gradient"));
    const auto quiet = curveOf(100'000, [](std::size_t) { return 1.0; });
    plot.setRows({{QStringLiteral("patch_embed"), quiet},
                  {QStringLiteral("blocks.0"), spiky(100'000)},
                  {QStringLiteral("blocks.1"), quiet}},
                 nullptr);
    PlotGroup group;
    plot.setGroup(group);
    showMap(plot);
    group.choose({xMinimum, xMaximum});
    plot.drawNow();
    QCoreApplication::processEvents();
    QCOMPARE(yellowPixels(plot, 0, 3), 0);
    QVERIFY(yellowPixels(plot, 1, 3) >= 1);
    QCOMPARE(yellowPixels(plot, 2, 3), 0);
}

void PlotHeatMapTest::markDoesNotHideWhatItMarks()
{
    HeatMapPlot plot(QStringLiteral("Gradient"));
    plot.setRows({{QStringLiteral("patch_embed"), spiky(100'000)},
                  {QStringLiteral("blocks.0"), spiky(100'000)},
                  {QStringLiteral("blocks.1"), spiky(100'000)}},
                 nullptr);
    plot.setMarks({{double(spikeAt), MarkKind::Incident, QStringLiteral("a spike")}});
    showMap(plot);
    QCoreApplication::processEvents();
    for (int row = 0; row < 3; ++row) {
        QVERIFY(yellowPixels(plot, row, 3) >= 1);
    }
}

void PlotHeatMapTest::gapsAreNoColour()
{
    const ColourScale scale;
    QVERIFY(std::isnan(scale.place(0)));
    QVERIFY(std::isnan(scale.place(std::nan(""))));
    const auto data = curveOf(4, [](std::size_t i) { return i == 1 ? std::nan("") : 2.0; });
    const auto maxima = columnMaxima(*data, {-0.5, 0.4, 0.9, 1.1, 3.5});
    QCOMPARE(maxima[0], 2.0);
    QVERIFY(std::isnan(maxima[2]));
    QCOMPARE(maxima[3], 2.0);
}

void PlotHeatMapTest::lightnessGrowsEvenly()
{
    const auto lightness = [](const QColor& colour) {
        return 0.2126 * std::pow(colour.redF(), 2.2) + 0.7152 * std::pow(colour.greenF(), 2.2)
            + 0.0722 * std::pow(colour.blueF(), 2.2);
    };
    double before = -1;
    for (int i = 0; i <= 100; ++i) {
        const double now = std::cbrt(lightness(mapColour(i / 100.0)));
        QVERIFY(now > before);
        QVERIFY(i == 0 || now - before < 0.02);
        before = now;
    }
}

void PlotHeatMapTest::scaleIsCutOff()
{
    const ColourScale scale {0.5, 8};
    QCOMPARE(scale.place(0.5), 0.0);
    QCOMPARE(scale.place(2.0), 0.5);
    QCOMPARE(scale.place(8.0), 1.0);
    QCOMPARE(scale.place(1e9), 1.0);
    QCOMPARE(scale.place(1e-9), 0.0);
}

void PlotHeatMapTest::barLabelsStayOnTheScale()
{
    QCOMPARE(ColourBar::ticks({0.5, 8}), (std::vector<double> {0.5, 1, 2, 4, 8}));
    for (const double tick : ColourBar::ticks({3e-6, 0.2})) {
        QVERIFY(tick >= 2.9e-6 && tick <= 0.2001);
    }
    QVERIFY(ColourBar::ticks({3e-6, 0.2}).size() >= 4);
}

void PlotHeatMapTest::rowIsClicked()
{
    HeatMapPlot plot(QStringLiteral("Gradient"));
    const auto data = curveOf(100, [](std::size_t) { return 1.0; });
    plot.setRows({{QStringLiteral("a"), data}, {QStringLiteral("b"), data}}, nullptr);
    showMap(plot);
    QSignalSpy clicked(&plot, &HeatMapPlot::rowClicked);
    const PlotFrame frame = plot.canvas().frame();
    auto* surface = plot.canvas().findChild<QWidget*>();
    const auto at = [&](double share) {
        return QPoint(static_cast<int>(frame.left + 50),
                      static_cast<int>(frame.top + share * frame.height));
    };
    QTest::mouseClick(surface, Qt::LeftButton, {}, at(0.75)); // the first row lies at the bottom
    QTest::mouseClick(surface, Qt::LeftButton, {}, at(0.25));
    QCOMPARE(clicked.size(), 2);
    QCOMPARE(clicked[0][0].toInt(), 0);
    QCOMPARE(clicked[1][0].toInt(), 1);
    QTest::mousePress(surface, Qt::LeftButton, {}, at(0.75));
    QTest::mouseMove(surface, at(0.75) + QPoint(60, 0));
    QTest::mouseRelease(surface, Qt::LeftButton, {}, at(0.75) + QPoint(60, 0));
    QCOMPARE(clicked.size(), 2); // that was dragging
}

void PlotHeatMapTest::sharesItsAxis()
{
    PlotGroup group;
    HeatMapPlot map(QStringLiteral("Gradient"));
    CurvePlot lines(QStringLiteral("Lines"));
    map.setGroup(group);
    lines.setGroup(group);
    map.setRows({{QStringLiteral("blocks.11"), curveOf(500, [](std::size_t) { return 1.0; })}},
                nullptr);
    lines.setSeries({seriesOf(QStringLiteral("a"), curveOf(100, [](std::size_t) { return 1.0; }))});
    map.setWidestLabel(QStringLiteral("a layer with a long name"));
    lines.setWidestLabel(QStringLiteral("a layer with a long name"));
    showMap(map);
    showPlot(lines);
    QVERIFY(lines.canvas().scene().x.maximum >= 499);
    QCOMPARE(lines.canvas().scene().x, map.canvas().scene().x);
    QCOMPARE(lines.canvas().frame().left, map.canvas().frame().left);
    QCOMPARE(lines.canvas().frame().width, map.canvas().frame().width);
}

void PlotHeatMapTest::hiddenMapIsStale()
{
    HeatMapPlot plot(QStringLiteral("Gradient"));
    plot.setRows({{QStringLiteral("a"), curveOf(10, [](std::size_t) { return 1.0; })}}, nullptr);
    QVERIFY(plot.isStale());
    QVERIFY(plot.canvas().scene().isEmpty());
    showMap(plot);
    QVERIFY(!plot.isStale());
    QVERIFY(!plot.canvas().scene().isEmpty());
}

void PlotHeatMapTest::decadesAreDivided()
{
    QCOMPARE(decadeTicks(1, 100, 12).labelled,
             (std::vector<double> {1, 2, 5, 10, 20, 50, 100, 200, 500}));
    QCOMPARE(decadeTicks(1e-6, 1e3, 4).between.size(), std::size_t {0}); // every second decade
    QCOMPARE(durationStep(47), 60.0);
}

void PlotHeatMapTest::isExportedWithItsBar()
{
    HeatMapPlot map(QStringLiteral("Gradient"));
    map.setRows({{QStringLiteral("blocks.0"), spiky(100'000)}}, nullptr);
    CurvePlot lines(QStringLiteral("Lines"));
    lines.setSeries({seriesOf(QStringLiteral("a"), spiky(100'000))});
    CurvePlot* const plots[] {&lines};
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("map.png"));
    ImageOptions options;
    options.scale = 1;
    QCOMPARE(saveImage(plots, file, options, &map), QString());
    const QImage image(file);
    QVERIFY(image.height() > 2 * options.plotSize.height());
    const auto yellowIn = [&image](int top, int bottom) {
        int count = 0;
        for (int y = top; y < bottom; ++y) {
            for (int x = 0; x < image.width(); ++x) {
                count += isYellow(image.pixel(x, y)) ? 1 : 0;
            }
        }
        return count;
    };
    const int below = 30 + options.plotSize.height();
    QVERIFY(yellowIn(60, below - 60) > 100); // a line as high as the map
    QVERIFY(yellowIn(below, below + 40) > 20); // the end of the bar
    QCOMPARE(yellowIn(below + 80, image.height()), 0);
}

QTEST_MAIN(PlotHeatMapTest)
#include "plot_heat_map_test.moc"
