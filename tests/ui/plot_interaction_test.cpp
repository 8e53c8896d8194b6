// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/plot_test_curves.h"
#include "ui/plot/plot_canvas.h"
#include "ui/plot/plot_readout.h"

#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <limits>

using namespace mocoscope::testing;

namespace {

std::shared_ptr<Timeline> timelineOf(std::size_t count)
{
    auto timeline = std::make_shared<Timeline>();
    for (std::size_t i = 0; i < count; ++i) {
        const auto step = static_cast<std::int64_t>(i);
        timeline->append(step, 0.01 * static_cast<double>(i), 2.0 * static_cast<double>(i));
    }
    return timeline;
}

QWidget* surfaceOf(CurvePlot& plot)
{
    return plot.canvas().findChild<QWidget*>();
}

void wheel(QWidget* widget, const QPointF& at, int turned, Qt::KeyboardModifiers modifiers = {})
{
    QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, turned}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

} // namespace

class PlotInteractionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsUntilZoomed();
    void wheelZoomsAboutTheMouse();
    void draggingMoves();
    void rectangleZoomsBothAxes();
    void linkedPlotsShareRangeUnitAndCrosshair();
    void unitIsSwitched();
    void rangeThatIsTooSmallIsRefused();
    void groupForgetsADeletedPlot();
    void aLongNoteGoesOnInOtherLines();
    void theLegendTellsTheWholeName();
};

/// All that differs between runs is told of the one under the mouse, not as much as fits into a
/// line.
void PlotInteractionTest::aLongNoteGoesOnInOtherLines()
{
    QWidget plot;
    PlotReadout readout(&plot);
    const auto sizeWith = [&readout](const QString& note, int height) {
        PlotReadout::Row row;
        row.name = QStringLiteral("a");
        row.value = QStringLiteral("1");
        row.note = note;
        row.isPointedAt = true;
        readout.show(QStringLiteral("step 1"), {row, PlotReadout::Row()}, {0, 0, 400, height}, 0);
        return readout.size();
    };
    const QSize one = sizeWith(QStringLiteral("Learning rate 1"), 400);
    QStringList parts;
    for (int i = 0; i < 12; ++i) {
        parts << QStringLiteral("Option %1 value").arg(i);
    }
    const QSize many = sizeWith(parts.join(QStringLiteral(" · ")), 400);
    QVERIFY(many.height() > one.height() + 2 * readout.fontMetrics().height());
    QVERIFY(many.width() <= 400 * 2 / 3);
    QVERIFY(sizeWith(parts.join(QStringLiteral(" · ")), 90).height() <= 90);
}

void PlotInteractionTest::theLegendTellsTheWholeName()
{
    CurvePlot plot(QStringLiteral("Loss"));
    auto series = seriesOf(QStringLiteral("a <b>"), curveOf(3, [](std::size_t) { return 1.0; }));
    series.note = QStringLiteral("Learning rate 1");
    plot.setSeries({series});
    const QString told = plot.legend().index(0).data(Qt::ToolTipRole).toString();
    QVERIFY2(told.contains(QStringLiteral("a &lt;b&gt;")) && told.contains(series.note),
             qPrintable(told));
}

void PlotInteractionTest::followsUntilZoomed()
{
    auto data = curveOf(100, [](std::size_t) { return 1.0; });
    CurvePlot plot(QStringLiteral("Loss"));
    plot.setSeries({seriesOf(QStringLiteral("a"), data)});
    showPlot(plot);
    QVERIFY(plot.group().isFollowing());
    plot.group().choose({10, 20});
    data->append(500, 1.0);
    plot.drawNow();
    QCOMPARE(plot.canvas().scene().x, (AxisRange {10, 20}));
    QTest::mouseDClick(surfaceOf(plot), Qt::LeftButton, {}, surfaceOf(plot)->rect().center());
    plot.drawNow();
    QVERIFY(plot.group().isFollowing());
    QCOMPARE(plot.canvas().scene().x, (AxisRange {0, 505}));
}

void PlotInteractionTest::wheelZoomsAboutTheMouse()
{
    CurvePlot plot(QStringLiteral("Loss"));
    plot.setSeries({seriesOf(QStringLiteral("a"), curveOf(1001, [](std::size_t i) {
                                 return 1.0 + static_cast<double>(i);
                             }))});
    showPlot(plot);
    const PlotFrame before = plot.canvas().frame();
    const QPointF at(before.left + 0.25 * before.width, before.top + 0.5 * before.height);
    const double under = before.positionAt(at.x());
    wheel(surfaceOf(plot), at, 240);
    plot.drawNow();
    const PlotFrame after = plot.canvas().frame();
    QVERIFY(after.xMaximum - after.xMinimum < 0.7 * (before.xMaximum - before.xMinimum));
    QVERIFY(std::abs(after.positionAt(at.x()) - under) < 1e-6);
    wheel(surfaceOf(plot), at, 240, Qt::ControlModifier);
    plot.drawNow();
    QVERIFY(plot.canvas().scene().yIsFixed);
    QCOMPARE(plot.canvas().frame().xMinimum, after.xMinimum);
}

void PlotInteractionTest::draggingMoves()
{
    CurvePlot plot(QStringLiteral("Loss"));
    plot.setSeries({seriesOf(QStringLiteral("a"), curveOf(1001, [](std::size_t) { return 1.0; }))});
    showPlot(plot);
    plot.group().choose({100, 200});
    plot.drawNow();
    const QPoint from = surfaceOf(plot)->rect().center();
    const PlotFrame frame = plot.canvas().frame();
    const int distance = static_cast<int>(frame.width / 4);
    QTest::mousePress(surfaceOf(plot), Qt::LeftButton, {}, from);
    QTest::mouseMove(surfaceOf(plot), from - QPoint(distance, 0));
    QTest::mouseRelease(surfaceOf(plot), Qt::LeftButton, {}, from - QPoint(distance, 0));
    const AxisRange moved = plot.group().range();
    QVERIFY(std::abs(moved.minimum - (100 + 100.0 * distance / frame.width)) < 1e-6);
    QVERIFY(std::abs(moved.maximum - moved.minimum - 100) < 1e-6);
}

void PlotInteractionTest::rectangleZoomsBothAxes()
{
    CurvePlot plot(QStringLiteral("Loss"));
    plot.setSeries({seriesOf(QStringLiteral("a"),
                             curveOf(1001, [](std::size_t i) { return static_cast<double>(i); }))});
    showPlot(plot);
    const PlotFrame frame = plot.canvas().frame();
    const auto place
        = [&](double x, double y) { return QPointF(frame.pixelX(x), frame.pixelY(y)).toPoint(); };
    QTest::mousePress(surfaceOf(plot), Qt::LeftButton, Qt::ShiftModifier, place(200, 600));
    QTest::mouseMove(surfaceOf(plot), place(400, 300));
    QTest::mouseRelease(surfaceOf(plot), Qt::LeftButton, Qt::ShiftModifier, place(400, 300));
    plot.drawNow();
    const CanvasScene& scene = plot.canvas().scene();
    QVERIFY(std::abs(scene.x.minimum - 200) < 3);
    QVERIFY(std::abs(scene.x.maximum - 400) < 3);
    QVERIFY(std::abs(scene.y.minimum - 300) < 8);
    QVERIFY(std::abs(scene.y.maximum - 600) < 8);
}

void PlotInteractionTest::linkedPlotsShareRangeUnitAndCrosshair()
{
    PlotGroup group;
    CurvePlot loss(QStringLiteral("Loss"));
    CurvePlot accuracy(QStringLiteral("Accuracy"));
    loss.setGroup(group);
    accuracy.setGroup(group);
    loss.setSeries({seriesOf(QStringLiteral("a"), curveOf(1001, [](std::size_t) { return 1.0; }))});
    accuracy.setSeries(
        {seriesOf(QStringLiteral("b"), curveOf(11, [](std::size_t) { return 1.0; }))});
    showPlot(loss);
    showPlot(accuracy);
    QCOMPARE(accuracy.canvas().scene().x, (AxisRange {0, 1010}));
    wheel(surfaceOf(loss), surfaceOf(loss)->rect().center(), 120);
    loss.drawNow();
    accuracy.drawNow();
    QCOMPARE(accuracy.canvas().scene().x, loss.canvas().scene().x);
    QTest::mouseMove(surfaceOf(loss), surfaceOf(loss)->rect().center());
    QVERIFY(group.crosshair().has_value());
    accuracy.group().setCrosshair(5.0);
    QCOMPARE(accuracy.legend().rows()[0].value, QStringLiteral("1.000"));
}

void PlotInteractionTest::unitIsSwitched()
{
    CurvePlot plot(QStringLiteral("Loss"));
    SeriesSpec spec = seriesOf(QStringLiteral("a"), curveOf(101, [](std::size_t) { return 1.0; }));
    spec.timeline = timelineOf(101);
    plot.setSeries({spec});
    showPlot(plot);
    plot.group().choose({3, 5});
    plot.group().setUnit(AxisUnit::Time);
    plot.drawNow();
    QCOMPARE(plot.canvas().scene().x, (AxisRange {0, 202}));
    plot.group().setUnit(AxisUnit::Epoch);
    plot.drawNow();
    QCOMPARE(plot.canvas().scene().x, (AxisRange {0, 1.01}));
}

void PlotInteractionTest::rangeThatIsTooSmallIsRefused()
{
    PlotGroup group;
    group.choose({100, 100});
    QVERIFY(group.isFollowing());
    group.choose({1e6, 1e6 + 1e-6});
    QVERIFY(group.isFollowing());
    group.choose({std::numeric_limits<double>::quiet_NaN(), 1});
    QVERIFY(group.isFollowing());
    group.choose({1, 2});
    QVERIFY(!group.isFollowing());
}

void PlotInteractionTest::groupForgetsADeletedPlot()
{
    PlotGroup group;
    {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.setGroup(group);
        plot.setSeries(
            {seriesOf(QStringLiteral("a"), curveOf(11, [](std::size_t) { return 1.0; }))});
        QCOMPARE(group.range(), (AxisRange {0, 10.1}));
    }
    QCOMPARE(group.range(), (AxisRange {0, 1}));
}

QTEST_MAIN(PlotInteractionTest)
#include "plot_interaction_test.moc"
