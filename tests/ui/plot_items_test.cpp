// SPDX-License-Identifier: GPL-3.0-or-later
// Plots of items: scatter and parallel axes.
#include "ui/plot/parallel_plot.h"
#include "ui/plot/plot_export.h"
#include "ui/plot/scatter_plot.h"
#include "ui/plot/value_axis.h"

#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

using namespace mocoscope::ui;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

ValueAxis axisOf(const QString& title, std::vector<double> values)
{
    return {title, std::move(values), {}, false, {}};
}

QStringList textsOf(const std::vector<AxisTick>& ticks)
{
    QStringList texts;
    for (const AxisTick& tick : ticks) {
        texts << tick.text;
    }
    return texts;
}

ScatterGroup groupOf(const QString& title, Qt::PenStyle dash = Qt::SolidLine)
{
    return {title, [dash](bool) { return SeriesStyle {QColor(200, 0, 0), dash, 1.5}; }};
}

void fill(ScatterPlot& plot)
{
    ValueAxis x = axisOf(QStringLiteral("Learning rate"), {1e-4, 1e-3, 1e-2, missing});
    x.isLogarithmic = true;
    plot.setItems(std::move(x), axisOf(QStringLiteral("Accuracy"), {50, 60, 40, 30}),
                  {{QStringLiteral("a"), {}, 0},
                   {QStringLiteral("b <i>"), QStringLiteral("note & more"), 0},
                   {QStringLiteral("c"), {}, 1},
                   {QStringLiteral("without"), {}, 1}},
                  {groupOf(QStringLiteral("one")), groupOf(QStringLiteral("two"), Qt::DotLine)});
}

void fill(ParallelPlot& plot, int colour = 1)
{
    ValueAxis method {QStringLiteral("Framework"),
                      {0, 0, 1, 1},
                      {QStringLiteral("moco_v3"), QStringLiteral("byol")},
                      false,
                      {}};
    plot.setItems(
        {std::move(method), axisOf(QStringLiteral("Accuracy"), {10, 20, 30, missing}),
         axisOf(QStringLiteral("Loss"), {4, 3, 2, 1})},
        {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")},
        colour);
}

using Items = std::vector<std::size_t>;

void drag(QWidget& widget, QPointF from, QPointF to)
{
    QTest::mousePress(&widget, Qt::LeftButton, {}, from.toPoint());
    QTest::mouseMove(&widget, ((from + to) / 2).toPoint());
    QTest::mouseMove(&widget, to.toPoint());
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, to.toPoint());
}

} // namespace

class PlotItemsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesHavePlacesInOrder();
    void fewValuesAreTheTicks();
    void manyValuesHaveTidyTicks();
    void categoriesHaveSlots();
    void logarithmsAreForPositiveValues();
    void oneValueOrNoneIsAnAxisToo();
    void dotsAreHoveredAndClicked();
    void keysGoThroughTheDots();
    void whatHasNoValueIsNotShown();
    void brushingKeepsWhatPassesThere();
    void aBrushIsMovedAndClickedAway();
    void missingValuesPassNowhere();
    void keysBrushToo();
    void brushesStayWithTheirValues();
    void titlesMoveAxes();
    void linesAreClicked();
    void emptyPlotsSayWhatToDo();
    void imagesAreWrittenInEveryFormat_data();
    void imagesAreWrittenInEveryFormat();
    void tablesHaveAllDigits();
    void darkAndLightAreLegible();
};

void PlotItemsTest::valuesHavePlacesInOrder()
{
    const ValueAxis axis = axisOf({}, {2, 4, 10});
    const AxisPlaces places(axis);
    QVERIFY(places.place(2) > 0 && places.place(10) < 1);
    QVERIFY(std::abs(places.place(6) - 0.5) < 1e-12);
    QVERIFY(std::isnan(places.place(missing)));
    ValueAxis logarithmic = axisOf({}, {1, 10, 100});
    logarithmic.isLogarithmic = true;
    QVERIFY(std::abs(AxisPlaces(logarithmic).place(10) - 0.5) < 1e-12);
    QVERIFY(std::isnan(AxisPlaces(logarithmic).place(-1)));
}

void PlotItemsTest::fewValuesAreTheTicks()
{
    ValueAxis axis = axisOf({}, {0.1, 0.3, 0.3, 0.2});
    axis.text = [](double value) { return QString::number(value); };
    QCOMPARE(textsOf(AxisPlaces(axis).ticks(6)),
             (QStringList {QStringLiteral("0.1"), QStringLiteral("0.2"), QStringLiteral("0.3")}));
    axis.values = {0.1, 0.3, 0.1001}; // too near to each other
    for (const AxisTick& tick : AxisPlaces(axis).ticks(6)) {
        QVERIFY(tick.text != QLatin1String("0.1001"));
    }
}

void PlotItemsTest::manyValuesHaveTidyTicks()
{
    std::vector<double> values;
    for (int i = 0; i <= 40; ++i) {
        values.push_back(13.7 + i * 0.61);
    }
    const ValueAxis axis = axisOf({}, values);
    const auto ticks = AxisPlaces(axis).ticks(5);
    QCOMPARE(textsOf(ticks), (QStringList {QStringLiteral("20"), QStringLiteral("30")}));
    for (const double wanted : {0.3, 1.0, 4.0, 7000.0}) {
        const auto tidy = AxisPlaces(axisOf({},
                                            {0, 10 * wanted, wanted / 3, wanted / 7, 3 * wanted,
                                             4 * wanted, 5 * wanted, 6 * wanted, 7 * wanted}))
                              .ticks(10);
        QVERIFY(tidy.size() >= 4 && tidy.size() <= 12);
    }
}

void PlotItemsTest::categoriesHaveSlots()
{
    const ValueAxis axis {
        {}, {1, 0, missing}, {QStringLiteral("x"), QStringLiteral("y")}, false, {}};
    const AxisPlaces places(axis);
    QCOMPARE(places.place(0), 0.25);
    QCOMPARE(places.place(1), 0.75);
    QCOMPARE(textsOf(places.ticks(1)), axis.categories);
    QCOMPARE(axis.textOf(0), QStringLiteral("y"));
    QCOMPARE(axis.textOf(2), QStringLiteral("–"));
}

void PlotItemsTest::logarithmsAreForPositiveValues()
{
    QVERIFY(allPositive({1, missing, 3}));
    QVERIFY(!allPositive({1, 0}));
    QVERIFY(!allPositive({missing}));
}

void PlotItemsTest::oneValueOrNoneIsAnAxisToo()
{
    for (const auto& values : {std::vector<double> {5}, {0}, {missing}, {}}) {
        const ValueAxis axis = axisOf({}, values);
        for (const AxisTick& tick : AxisPlaces(axis).ticks(5)) {
            QVERIFY(tick.place >= 0 && tick.place <= 1);
        }
        QVERIFY(values.empty() || std::isnan(values[0])
                || std::abs(AxisPlaces(axis).place(values[0]) - 0.5) < 0.46);
    }
}

void PlotItemsTest::dotsAreHoveredAndClicked()
{
    ScatterPlot plot;
    plot.resize(500, 300);
    fill(plot);
    plot.show();
    QSignalSpy clicked(&plot, &DrawnPlot::itemClicked);
    QTest::mouseMove(&plot, plot.placeOf(1).toPoint());
    QCOMPARE(plot.pointedAt(), 1);
    QVERIFY(plot.accessibleDescription().contains(QLatin1String("b <i>")));
    QVERIFY(plot.accessibleDescription().contains(QLatin1String("note & more")));
    QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.placeOf(1).toPoint());
    QCOMPARE(plot.selected(), 1);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, QPoint(plot.width() / 2, plot.height() - 3));
    QCOMPARE(plot.selected(), -1);
    QCOMPARE(clicked.size(), 2);
    QVERIFY(plot.placeOf(0).x() < plot.placeOf(1).x() && plot.placeOf(1).x() < plot.placeOf(2).x());
    QVERIFY(plot.placeOf(1).y() < plot.placeOf(0).y());
}

void PlotItemsTest::keysGoThroughTheDots()
{
    ScatterPlot plot;
    fill(plot);
    plot.show();
    QTest::keyClick(&plot, Qt::Key_Right);
    QCOMPARE(plot.pointedAt(), 0);
    QTest::keyClick(&plot, Qt::Key_Left); // around
    QCOMPARE(plot.pointedAt(), 2);
    QTest::keyClick(&plot, Qt::Key_Return);
    QCOMPARE(plot.selected(), 2);
    QTest::keyClick(&plot, Qt::Key_Escape);
    QCOMPARE(plot.selected(), -1);
}

void PlotItemsTest::whatHasNoValueIsNotShown()
{
    ScatterPlot plot;
    fill(plot);
    plot.show();
    for (int i = 0; i < 10; ++i) {
        QTest::keyClick(&plot, Qt::Key_Right);
        QVERIFY(plot.pointedAt() != 3);
    }
    QVERIFY(std::isnan(plot.placeOf(3).x()));
}

void PlotItemsTest::brushingKeepsWhatPassesThere()
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

void PlotItemsTest::aBrushIsMovedAndClickedAway()
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

void PlotItemsTest::missingValuesPassNowhere()
{
    ParallelPlot plot;
    fill(plot);
    plot.setBrush(1, ParallelPlot::Brush {0, 1});
    QCOMPARE(plot.kept(), (Items {0, 1, 2}));
}

void PlotItemsTest::keysBrushToo()
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
void PlotItemsTest::brushesStayWithTheirValues()
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

void PlotItemsTest::titlesMoveAxes()
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

void PlotItemsTest::linesAreClicked()
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

void PlotItemsTest::emptyPlotsSayWhatToDo()
{
    ScatterPlot scatter;
    ParallelPlot parallel;
    scatter.setEmptyText(QStringLiteral("Choose runs"));
    parallel.setEmptyText(QStringLiteral("Choose runs"));
    for (DrawnPlot* plot : std::initializer_list<DrawnPlot*> {&scatter, &parallel}) {
        plot->resize(300, 200);
        const QImage image = plot->grab().toImage();
        const QRgb background = image.pixel(2, 2);
        bool hasText = false;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                hasText = hasText || image.pixel(x, y) != background;
            }
        }
        QVERIFY(hasText);
        QTest::keyClick(plot, Qt::Key_Right); // nothing to go to
        QTest::mouseClick(plot, Qt::LeftButton);
    }
}

void PlotItemsTest::imagesAreWrittenInEveryFormat_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::newRow("png") << QStringLiteral("png");
    QTest::newRow("svg") << QStringLiteral("svg");
    QTest::newRow("pdf") << QStringLiteral("pdf");
}

void PlotItemsTest::imagesAreWrittenInEveryFormat()
{
    QFETCH(QString, suffix);
    ScatterPlot scatter;
    ParallelPlot parallel;
    fill(scatter);
    fill(parallel);
    const QTemporaryDir folder;
    for (const DrawnPlot* plot : std::initializer_list<const DrawnPlot*> {&scatter, &parallel}) {
        const QString file = folder.filePath(QStringLiteral("plot.") + suffix);
        ImageOptions options;
        options.plotSize = {600, 320};
        QCOMPARE(saveImage(*plot, file, options), QString());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray bytes = written.readAll();
        if (suffix == QLatin1String("png")) {
            const QImage image = QImage::fromData(bytes);
            QVERIFY(image.width() > 1200); // two pixels for a logical one
            QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
        } else if (suffix == QLatin1String("svg")) {
            QVERIFY(QSvgRenderer(bytes).isValid());
            QVERIFY(bytes.contains("Accuracy")); // text, not shapes
            QVERIFY(!bytes.contains("<image"));
        } else {
            QVERIFY(bytes.startsWith("%PDF"));
        }
    }
    QVERIFY(!saveImage(scatter, folder.filePath(QStringLiteral("plot.bmp")), {}).isEmpty());
}

void PlotItemsTest::tablesHaveAllDigits()
{
    ScatterPlot plot;
    plot.setItems(axisOf(QStringLiteral("x"), {0.1, missing}),
                  axisOf(QStringLiteral("y, %"), {1.0 / 3.0, 2}),
                  {{QStringLiteral("a"), {}, 0}, {QStringLiteral("b"), {}, 0}},
                  {groupOf(QStringLiteral("all"))});
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("dots.csv"));
    QCOMPARE(saveCsv(plot, file), QString());
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = written.readAll().split('\n');
    QCOMPARE(lines[0], QByteArray("Run,Group,x,\"y, %\"\r"));
    QCOMPARE(lines[1], QByteArray("a,all,0.1,0.3333333333333333\r"));
    QCOMPARE(lines[2], QByteArray("b,all,,2\r"));
}

/// Each line stands out from the background by what a plot needs at least.
void PlotItemsTest::darkAndLightAreLegible()
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

QTEST_MAIN(PlotItemsTest)
#include "plot_items_test.moc"
