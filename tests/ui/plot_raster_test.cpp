// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen shows beside the same scene as paper gets it: lines, outlined and filled by Qt.
#include "ui/plot/canvas_scene.h"

#include <QImage>
#include <QPainter>
#include <QPicture>
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <random>

using namespace mocoscope::ui;

namespace {

constexpr int plotWidth = 200; // pixels
constexpr int plotHeight = 120;
constexpr int margin = 10;

using Values = std::function<double(std::size_t)>;

CurveData curveOf(std::size_t count, const Values& value)
{
    CurveData data;
    for (std::size_t i = 0; i < count; ++i) {
        data.append(static_cast<std::int64_t>(i), value(i));
    }
    return data;
}

PlotFrame frameOf(AxisRange x, AxisRange y, double ratio)
{
    PlotFrame frame;
    frame.xMinimum = x.minimum;
    frame.xMaximum = x.maximum;
    frame.yMinimum = y.minimum;
    frame.yMaximum = y.maximum;
    frame.left = margin;
    frame.top = margin;
    frame.width = plotWidth;
    frame.height = plotHeight;
    frame.columnWidth = 1.0 / ratio;
    return frame;
}

CanvasScene sceneOf(const CurveData& data, const SeriesStyle& style)
{
    CanvasScene scene;
    CanvasCurve curve;
    curve.raw = &data;
    curve.style = style;
    scene.curves.push_back(curve);
    return scene;
}

/// Black curves on white, as the screen or as paper gets them.
QImage painted(const CanvasScene& scene, const PlotFrame& frame, double ratio, bool onPaper)
{
    const PlotTheme theme = PlotTheme::paper({});
    const QSize size(plotWidth + 2 * margin, plotHeight + 2 * margin);
    QImage image(size * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setClipRect(QRectF(frame.left, frame.top, frame.width, frame.height));
    if (onPaper) {
        QPicture picture;
        QPainter recorder(&picture);
        paintCurves(recorder, scene, frame, theme);
        recorder.end();
        painter.drawPicture(0, 0, picture);
    } else {
        paintCurves(painter, scene, frame, theme);
    }
    return image;
}

/// In 255ths.
int darkness(const QImage& image, int x, int y)
{
    return 255 - qGray(image.pixel(x, y));
}

/// Each pixel as dark as the darkest within a pixel of the plot.
QImage spread(const QImage& image)
{
    const int reach = static_cast<int>(std::ceil(image.devicePixelRatio()));
    QImage plain = image;
    plain.setDevicePixelRatio(1.0);
    QImage result = plain;
    QPainter painter(&result);
    painter.setCompositionMode(QPainter::CompositionMode_Darken);
    for (int right = -reach; right <= reach; ++right) {
        for (int down = -reach; down <= reach; ++down) {
            painter.drawImage(right, down, plain);
        }
    }
    return result;
}

/// How many pixels of the device are clearly drawn in `image` without anything of `other` near.
int strayPixels(const QImage& image, const QImage& other)
{
    constexpr int clear = 128; // in 255ths
    constexpr int hint = 40;
    const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
    const QImage near = spread(other).convertToFormat(QImage::Format_Grayscale8);
    int stray = 0;
    for (int y = 0; y < grey.height(); ++y) {
        for (int x = 0; x < grey.width(); ++x) {
            const bool isClear = 255 - grey.constScanLine(y)[x] >= clear;
            stray += isClear && 255 - near.constScanLine(y)[x] < hint ? 1 : 0;
        }
    }
    return stray;
}

double sumOfDarkness(const QImage& image)
{
    const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
    double sum = 0;
    for (int y = 0; y < grey.height(); ++y) {
        for (int x = 0; x < grey.width(); ++x) {
            sum += (255 - grey.constScanLine(y)[x]) / 255.0;
        }
    }
    return sum;
}

Values noise()
{
    auto random = std::make_shared<std::mt19937>(7);
    return [random](std::size_t) { return std::normal_distribution<double>(0.0, 0.25)(*random); };
}

struct Sample
{
    const char* name;
    std::size_t count;
    Values value;
};

std::vector<Sample> samples()
{
    const double gap = std::numeric_limits<double>::quiet_NaN();
    return {
        {"flat", 50, [](std::size_t) { return 0.1; }},
        {"one slope", 2, [](std::size_t i) { return i == 0 ? -0.9 : 0.9; }},
        {"gentle", 900, [](std::size_t i) { return std::sin(0.01 * static_cast<double>(i)); }},
        {"steep", 90, [](std::size_t i) { return std::sin(0.7 * static_cast<double>(i)); }},
        {"steps", 40, [](std::size_t i) { return i / 5 % 2 == 0 ? -0.7 : 0.7; }},
        {"gaps", 400,
         [gap](std::size_t i) { return i % 50 < 9 ? gap : 0.001 * static_cast<double>(i); }},
        {"lone", 40,
         [gap](std::size_t i) { return i % 3 == 0 ? 0.02 * static_cast<double>(i) : gap; }},
        {"one a pixel", 200, noise()},
        {"dense", 10'000, noise()},
    };
}

} // namespace

class PlotRasterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void differsFromPaperByLessThanAPixel_data();
    void differsFromPaperByLessThanAPixel();
    void isAsHeavyAsOnPaper();
    void spikeOfOneStepIsSeenAtEveryZoom_data();
    void spikeOfOneStepIsSeenAtEveryZoom();
    void laterCurvesLieOnTop();
    void distantSamplesOfADashedCurveAreNoWork();
};

void PlotRasterTest::differsFromPaperByLessThanAPixel_data()
{
    QTest::addColumn<int>("sample");
    QTest::addColumn<double>("ratio");
    QTest::addColumn<double>("width");
    const auto all = samples();
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        for (const double ratio : {1.0, 1.5, 2.0}) {
            for (const double width : {1.0, ratio < 2.0 ? 2.4 : 2.0}) {
                QTest::addRow("%s, %g, %g", all[static_cast<std::size_t>(i)].name, ratio, width)
                    << i << ratio << width;
            }
        }
    }
}

void PlotRasterTest::differsFromPaperByLessThanAPixel()
{
    QFETCH(const int, sample);
    QFETCH(const double, ratio);
    QFETCH(const double, width);
    const auto all = samples();
    const auto& [name, count, value] = all[static_cast<std::size_t>(sample)];
    const CurveData data = curveOf(count, value);
    const CanvasScene scene = sceneOf(data, {Qt::black, Qt::SolidLine, width});
    const auto end = static_cast<double>(count - 1);
    for (const AxisRange x : {AxisRange {0, end}, AxisRange {-0.1 * end, 1.1 * end},
                              AxisRange {0.31 * end, 0.62 * end}}) {
        const PlotFrame frame = frameOf(x, {-1.05, 1.05}, ratio);
        const QImage screen = painted(scene, frame, ratio, false);
        const QImage paper = painted(scene, frame, ratio, true);
        QVERIFY(sumOfDarkness(paper) > 2);
        QCOMPARE(strayPixels(screen, paper), 0);
        QCOMPARE(strayPixels(paper, screen), 0);
    }
}

void PlotRasterTest::isAsHeavyAsOnPaper()
{
    for (const double ratio : {1.0, 2.0}) {
        for (const double step : {0.01, 0.1, 0.3}) { // flat to steep
            const CurveData data = curveOf(
                100, [step](std::size_t i) { return std::sin(step * static_cast<double>(i)); });
            const CanvasScene scene = sceneOf(data, {Qt::black, Qt::SolidLine, 1.6});
            const PlotFrame frame = frameOf({0, 99}, {-1.05, 1.05}, ratio);
            const double share = sumOfDarkness(painted(scene, frame, ratio, false))
                / sumOfDarkness(painted(scene, frame, ratio, true));
            QVERIFY2(std::abs(share - 1) < 0.15, qPrintable(QString::number(share)));
        }
    }
}

void PlotRasterTest::spikeOfOneStepIsSeenAtEveryZoom_data()
{
    QTest::addColumn<double>("ratio");
    QTest::addColumn<bool>("isSmoothed");
    for (const double ratio : {1.0, 1.5, 2.0}) {
        QTest::addRow("%g", ratio) << ratio << false;
        QTest::addRow("%g, behind the smoothed curve", ratio) << ratio << true;
    }
}

void PlotRasterTest::spikeOfOneStepIsSeenAtEveryZoom()
{
    QFETCH(const double, ratio);
    QFETCH(const bool, isSmoothed);
    constexpr double spike = 61'234;
    const CurveData data = curveOf(100'000, [](std::size_t i) {
        return i == static_cast<std::size_t>(spike) ? 10.0 : 0.001 * static_cast<double>(i % 7);
    });
    const CurveData flat = curveOf(100'000, [](std::size_t) { return 0.0; });
    CanvasScene scene = sceneOf(data, {Qt::black, Qt::SolidLine, 1.6});
    scene.curves[0].smoothed = isSmoothed ? &flat : nullptr;
    for (double size = 100'000; size > 2; size *= 0.83) {
        const PlotFrame frame = frameOf({spike - 0.4 * size, spike + 0.6 * size}, {-1, 11}, ratio);
        const QImage image = painted(scene, frame, ratio, false);
        const int x = static_cast<int>(frame.pixelX(spike) * ratio);
        for (const double value : {1.0, 5.0, 9.0}) { // all the way up
            const int y = static_cast<int>(frame.pixelY(value) * ratio);
            int most = 0;
            // Its flanks come apart where a step is wider than a pixel.
            const int reach = 2 + static_cast<int>(plotWidth * ratio / size);
            for (int nearby = x - reach; nearby <= x + reach; ++nearby) {
                most = std::max(most, image.valid(nearby, y) ? darkness(image, nearby, y) : 0);
            }
            QVERIFY2(most >= (isSmoothed ? 30 : 100), qPrintable(QString::number(size)));
        }
    }
}

void PlotRasterTest::laterCurvesLieOnTop()
{
    const CurveData below = curveOf(10'000, noise());
    const CurveData above = curveOf(10'000, [](std::size_t) { return -0.00875; }); // half a pixel
    CanvasScene scene = sceneOf(below, {Qt::red, Qt::SolidLine, 1.0});
    scene.curves.push_back(sceneOf(above, {Qt::blue, Qt::SolidLine, 1.0}).curves[0]);
    const PlotFrame frame = frameOf({0, 9999}, {-1.05, 1.05}, 1.0);
    const int middle = static_cast<int>(frame.pixelY(0));
    QImage image = painted(scene, frame, 1.0, false);
    QVERIFY(qBlue(image.pixel(100, middle)) > 2 * qRed(image.pixel(100, middle)));
    scene.curves[0].isEmphasised = true;
    image = painted(scene, frame, 1.0, false);
    QVERIFY(qRed(image.pixel(100, middle)) > 2 * qBlue(image.pixel(100, middle)));
}

void PlotRasterTest::distantSamplesOfADashedCurveAreNoWork()
{
    CurveData data;
    data.append(0, -0.5);
    data.append(1'000'000'000, 0.5);
    const CanvasScene scene = sceneOf(data, {Qt::black, Qt::DashLine, 1.6});
    // Ten billion pixels from one sample to the other.
    const QImage image = painted(scene, frameOf({4e8, 4e8 + 30}, {-1, 1}, 1.0), 1.0, false);
    QVERIFY(sumOfDarkness(image) > 0.3 * plotWidth);
    QVERIFY(sumOfDarkness(image) < 1.5 * plotWidth);
}

QTEST_MAIN(PlotRasterTest)
#include "plot_raster_test.moc"
