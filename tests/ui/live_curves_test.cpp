// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_curves.h"
#include "ui/pages/live_layer_style.h"
#include "ui/session/run_library.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace mocoscope;
using namespace mocoscope::ui;

namespace {

/// Loss and two layers; 64 images a step of 0.5 s, a tenth of it waiting.
LiveCurves makeCurves()
{
    LiveCurves curves;
    curves.declare({{"train/loss", ""},
                    {"train/images_per_s", "1/s"},
                    {"train/step_s", "s"},
                    {"train/data_wait_s", "s"}});
    curves.declare(
        {{"grad/l2/patch_embed", ""}, {"grad/l2/blocks.0", ""}, {"grad/max/patch_embed", ""}});
    return curves;
}

training::MetricBatch batchOf(std::int64_t step, double loss = 2.0)
{
    return {step,
            static_cast<double>(step) / 100.0,
            step * 500,
            {{0, loss},
             {1, 128.0},
             {2, 0.5},
             {3, 0.05},
             {4, step == 300 ? 30.0 : 1.0},
             {5, 4.0},
             {6, 0.1}}};
}

void addSteps(LiveCurves& curves, std::int64_t first, std::int64_t last, double loss = 2.0)
{
    std::vector<training::MetricBatch> batches;
    for (std::int64_t step = first; step < last; ++step) {
        batches.push_back(batchOf(step, loss));
    }
    curves.append(batches);
}

} // namespace

class LiveCurvesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laterDeclarationsGoOnCounting();
    void unknownIndexIsIgnored();
    void evaluationOfAStepComesBeside();
    void resumedRunRepeatsSteps();
    void storedCurvesGoOnLive();
    void layersKeepTheirDepthOrder();
    void relativeLayersFollow();
    void figuresOfTheHeader();
    void figuresOfNothing();
    void depthColoursStandOut_data();
    void depthColoursStandOut();
};

void LiveCurvesTest::laterDeclarationsGoOnCounting()
{
    LiveCurves curves = makeCurves();
    addSteps(curves, 0, 3);
    QCOMPARE(curves.find("grad/l2/blocks.0")->value(2), 4.0);
    QCOMPARE(curves.unit("train/images_per_s"), std::string("1/s"));
    QVERIFY(!curves.find("eval/knn_top1"));
}

void LiveCurvesTest::unknownIndexIsIgnored()
{
    LiveCurves curves = makeCurves();
    curves.append({{0, 0, 0, {{99, 1.0}, {0, 3.0}}}});
    QCOMPARE(curves.find("train/loss")->value(0), 3.0);
    QCOMPARE(curves.names().size(), std::size_t {1});
}

void LiveCurvesTest::evaluationOfAStepComesBeside()
{
    LiveCurves curves = makeCurves();
    curves.declare({{"eval/knn_top1", "%"}});
    addSteps(curves, 0, 10);
    curves.append({{10, 0.1, 5000, {{7, 55.0}}}}); // after 10 updates
    addSteps(curves, 10, 12);
    QCOMPARE(curves.find("train/loss")->size(), std::size_t {12});
    QCOMPARE(curves.find("eval/knn_top1")->step(0), std::int64_t {10});
    QCOMPARE(curves.timeline()->size(), std::size_t {12});
}

void LiveCurvesTest::resumedRunRepeatsSteps()
{
    LiveCurves curves = makeCurves();
    addSteps(curves, 0, 100, 2.0);
    curves.restartFrom(60);
    addSteps(curves, 60, 110, 1.0);
    const auto loss = curves.find("train/loss");
    QCOMPARE(loss->size(), std::size_t {110});
    QCOMPARE(loss->value(59), 2.0);
    QCOMPARE(loss->value(60), 1.0);
    QCOMPARE(curves.timeline()->size(), std::size_t {110});
}

void LiveCurvesTest::storedCurvesGoOnLive()
{
    LiveCurves curves = makeCurves();
    RunCurves stored;
    stored.curves
        = {{"train/loss", {0, 1, 2}, {3.0, std::numeric_limits<double>::quiet_NaN(), 2.5}}};
    stored.times = {{0, 1, 2}, {0.0, 0.01, 0.02}, {0.0, 0.5, 1.0}};
    stored.summaries = {{"train/loss", "nat", 3, 2, 2.5, 2.5, 2, 3.0, 0}};
    curves.load(stored);
    QCOMPARE(curves.unit("train/loss"), std::string("nat"));
    addSteps(curves, 3, 5);
    const auto loss = curves.find("train/loss");
    QCOMPARE(loss->size(), std::size_t {5});
    QVERIFY(std::isnan(loss->value(1)));
    QCOMPARE(curves.timeline()->position(4, AxisUnit::Time), 2.0);
}

void LiveCurvesTest::layersKeepTheirDepthOrder()
{
    LiveCurves curves = makeCurves();
    addSteps(curves, 0, 2);
    GradientCurves gradients;
    const auto layers = gradients.layers(curves, GradientCurves::Norm::L2, false);
    QCOMPARE(layers.size(), std::size_t {2});
    QCOMPARE(layers[0].name, std::string("patch_embed"));
    QCOMPARE(layers[1].name, std::string("blocks.0"));
    QCOMPARE(gradients.layers(curves, GradientCurves::Norm::Largest, false).size(),
             std::size_t {1});
}

void LiveCurvesTest::relativeLayersFollow()
{
    LiveCurves curves = makeCurves();
    addSteps(curves, 0, 200);
    GradientCurves gradients;
    const auto layers = gradients.layers(curves, GradientCurves::Norm::L2, true);
    QCOMPARE(layers[0].data->size(), std::size_t {200});
    addSteps(curves, 200, 320);
    gradients.update();
    QCOMPARE(layers[0].data->size(), std::size_t {320});
    QCOMPARE(layers[0].data->value(300), 30.0);
    QCOMPARE(layers[1].data->value(300), 1.0);
    QCOMPARE(curves.find("grad/l2/patch_embed")->value(300), 30.0);
}

void LiveCurvesTest::figuresOfTheHeader()
{
    LiveCurves curves = makeCurves();
    addSteps(curves, 0, 500);
    const LiveFigures figures = liveFigures(curves, 1000);
    QCOMPARE(figures.step, std::int64_t {500});
    QCOMPARE(figures.imagesPerSecond.value(), 128.0);
    QVERIFY(std::abs(figures.dataWaitShare.value() - 0.1) < 1e-9);
    QVERIFY(std::abs(figures.secondsLeft.value() - 250.0) < 1e-9);
    QVERIFY(!liveFigures(curves, 0).secondsLeft);
    QVERIFY(!liveFigures(curves, 1000, 499).secondsLeft); // has just gone on from there
    QVERIFY(liveFigures(curves, 1000, 490).secondsLeft);
}

void LiveCurvesTest::figuresOfNothing()
{
    const LiveFigures figures = liveFigures(LiveCurves(), 100);
    QCOMPARE(figures.step, std::int64_t {0});
    QVERIFY(!figures.imagesPerSecond);
    QVERIFY(!figures.secondsLeft);
}

void LiveCurvesTest::depthColoursStandOut_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void LiveCurvesTest::depthColoursStandOut()
{
    QFETCH(const bool, dark);
    const float background = dark ? 0.12F : 1.0F;
    for (int layer = 0; layer < 24; ++layer) {
        const QColor colour = depthColour(layer / 23.0, dark);
        QVERIFY(std::abs(colour.lightnessF() - background) > 0.18F);
    }
    QVERIFY(layerStyle(QStringLiteral("patch_embed"), 0, 14, dark).colour != depthColour(0, dark));
}

QTEST_GUILESS_MAIN(LiveCurvesTest)
#include "live_curves_test.moc"
