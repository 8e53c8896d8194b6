// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot_items.h"

#include <QImage>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace mocoscope::ui;
using namespace mocoscope::testing;

namespace {

using Items = std::vector<std::size_t>;

void drag(QWidget& widget, QPointF from, QPointF to)
{
    QTest::mousePress(&widget, Qt::LeftButton, {}, from.toPoint());
    QTest::mouseMove(&widget, ((from + to) / 2).toPoint());
    QTest::mouseMove(&widget, to.toPoint());
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, to.toPoint());
}

} // namespace

class PlotParallelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brushingKeepsWhatPassesThere();
    void aBrushIsMovedAndClickedAway();
    void missingValuesPassNowhere();
    void keysBrushToo();
    void brushesStayWithTheirValues();
    void titlesMoveAxes();
    void linesAreClicked();
    void darkAndLightAreLegible();
};

void PlotParallelTest::brushingKeepsWhatPassesThere()
{
    ParallelPlot plot;
    plot.resize(600, 300);
    fill(plot);
    plot.show();
    QSignalSpy changed(&plot, &ParallelPlot::brushesChanged);
    QCOMPARE(plot.kept(), (Items {0, 1, 2, 3}));
    drag(plot, plot.placeOnAxis(2, 0.2), plot.placeOnAxis(2, 0.99)); // not the lowest loss
    QVERIFY(!changed.isEmpty());
    QCOMPARE(plot.kept(), (Items {0, 1, 2}));
    drag(plot, plot.placeOnAxis(0, 0.6), plot.placeOnAxis(0, 0.9)); // byol
    QCOMPARE(plot.kept(), Items {2});
    plot.clearBrushes();
    QCOMPARE(plot.kept().size(), std::size_t {4});
}

void PlotParallelTest::aBrushIsMovedAndClickedAway()
{
    ParallelPlot plot;
    plot.resize(600, 300);
    fill(plot);
    plot.show();
    plot.setBrush(2, ParallelPlot::Brush {0.0, 0.3}); // loss 1
    QCOMPARE(plot.kept(), Items {3});
    drag(plot, plot.placeOnAxis(2, 0.15), plot.placeOnAxis(2, 0.85));
    QCOMPARE(plot.kept(), Items {0});
    QVERIFY(std::abs(plot.brush(2)->high - plot.brush(2)->low - 0.3) < 1e-9);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.placeOnAxis(2, 0.85).toPoint());
    QVERIFY(!plot.isBrushed());
}

void PlotParallelTest::missingValuesPassNowhere()
{
    ParallelPlot plot;
    fill(plot);
    plot.setBrush(1, ParallelPlot::Brush {0, 1});
    QCOMPARE(plot.kept(), (Items {0, 1, 2}));
}

void PlotParallelTest::keysBrushToo()
{
    ParallelPlot plot;
    fill(plot);
    plot.show();
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(&plot, Qt::Key_Right, Qt::ControlModifier); // the third axis
    }
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(&plot, Qt::Key_Up, Qt::ControlModifier); // from below
    }
    QCOMPARE(plot.kept(), (Items {0, 1, 2}));
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(&plot, Qt::Key_Down, Qt::ShiftModifier); // from above
    }
    QCOMPARE(plot.kept(), (Items {1, 2}));
    QTest::keyClick(&plot, Qt::Key_Delete);
    QCOMPARE(plot.kept().size(), std::size_t {4});
    plot.setBrush(0, ParallelPlot::Brush {0, 0.5});
    QTest::keyClick(&plot, Qt::Key_Home);
    QVERIFY(!plot.isBrushed());
}

/// More runs stretch an axis; what was kept of it stays what it was.
void PlotParallelTest::brushesStayWithTheirValues()
{
    ParallelPlot plot;
    plot.setItems({axisOf(QStringLiteral("Loss"), {1, 2, 3})},
                  {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, -1);
    plot.setBrush(0, ParallelPlot::Brush {0, 0.6}); // 1 and 2
    QCOMPARE(plot.kept(), (Items {0, 1}));
    plot.setItems(
        {axisOf(QStringLiteral("Loss"), {1, 2, 3, 40})},
        {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")}, -1);
    QCOMPARE(plot.kept(), (Items {0, 1}));
    plot.setItems({axisOf(QStringLiteral("Accuracy"), {1, 2, 3})},
                  {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, -1);
    QVERIFY(!plot.isBrushed());
}

void PlotParallelTest::titlesMoveAxes()
{
    ParallelPlot plot;
    plot.resize(600, 300);
    fill(plot);
    plot.show();
    QSignalSpy moved(&plot, &ParallelPlot::axisMoved);
    const QPointF first(plot.placeOnAxis(0, 1).x(), 8);
    drag(plot, first, QPointF(plot.placeOnAxis(2, 1).x(), 8));
    QCOMPARE(moved.size(), 1);
    QCOMPARE(moved[0], (QVariantList {0, 2}));
    QVERIFY(!plot.isBrushed());
}

void PlotParallelTest::linesAreClicked()
{
    ParallelPlot plot;
    plot.resize(600, 300);
    fill(plot);
    plot.show();
    QSignalSpy clicked(&plot, &DrawnPlot::itemClicked);
    const AxisPlaces loss(plot.axes()[2]);
    const AxisPlaces accuracy(plot.axes()[1]);
    const QPointF middle
        = (plot.placeOnAxis(1, accuracy.place(10)) + plot.placeOnAxis(2, loss.place(4))) / 2;
    QTest::mouseClick(&plot, Qt::LeftButton, {}, middle.toPoint());
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(plot.selected(), 0);
    plot.setBrush(2, ParallelPlot::Brush {0, 0.5}); // no longer kept
    QTest::mouseClick(&plot, Qt::LeftButton, {}, middle.toPoint());
    QCOMPARE(plot.selected(), -1);
}

/// Each line stands out from the background by what a plot needs at least.
void PlotParallelTest::darkAndLightAreLegible()
{
    for (const bool dark : {false, true}) {
        ParallelPlot plot;
        QPalette palette;
        palette.setColor(QPalette::Base, dark ? QColor(0x1a, 0x1b, 0x1f) : QColor(Qt::white));
        palette.setColor(QPalette::Text, dark ? QColor(Qt::white) : QColor(Qt::black));
        plot.setPalette(palette);
        plot.resize(400, 240);
        const int lines = 9;
        std::vector<double> values;
        QStringList names;
        for (int i = 0; i < lines; ++i) {
            values.push_back(i);
            names << QString::number(i);
        }
        plot.setItems({axisOf(QStringLiteral("a"), values), axisOf(QStringLiteral("b"), values)},
                      names, 0);
        const QImage image = plot.grab().toImage();
        const double background = palette.color(QPalette::Base).lightnessF();
        for (int i = 0; i < lines; ++i) {
            const double place = AxisPlaces(plot.axes()[0]).place(i);
            const QPointF at
                = (plot.placeOnAxis(0, place) * 1 + plot.placeOnAxis(1, place) * 3) / 4;
            double most = 0;
            for (int y = -2; y <= 2; ++y) {
                const QColor pixel = image.pixelColor(at.toPoint() + QPoint(0, y));
                most = std::max(most, std::abs(pixel.lightnessF() - background));
            }
            QVERIFY2(most > 0.15, qPrintable(QStringLiteral("line %1: %2").arg(i).arg(most)));
        }
    }
}

QTEST_MAIN(PlotParallelTest)
#include "plot_parallel_test.moc"
