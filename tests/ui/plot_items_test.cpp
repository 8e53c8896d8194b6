// SPDX-License-Identifier: GPL-3.0-or-later
// Plots of items: scatter and parallel axes.
#include "plot_items.h"
#include "ui/plot/plot_export.h"

#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace mocoscope::ui;
using namespace mocoscope::testing;

namespace {

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
    void whatIsDrawnFollowsWhatChanged();
    void whatHasNoValueIsNotShown();
    void emptyPlotsSayWhatToDo();
    void imagesAreWrittenInEveryFormat_data();
    void imagesAreWrittenInEveryFormat();
    void tablesHaveAllDigits();
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

/// The plot is drawn once and kept; new items, another size and another palette show all the same.
void PlotItemsTest::whatIsDrawnFollowsWhatChanged()
{
    ScatterPlot plot;
    plot.resize(500, 300);
    fill(plot);
    const QImage first = plot.grab().toImage();
    QCOMPARE(plot.grab().toImage(), first);
    plot.setSelected(1);
    QVERIFY(plot.grab().toImage() != first);
    plot.setSelected(-1);
    QCOMPARE(plot.grab().toImage(), first);
    plot.setItems(axisOf(QStringLiteral("x"), {1, 2}), axisOf(QStringLiteral("y"), {1, 2}),
                  {{QStringLiteral("a"), {}, 0}, {QStringLiteral("b"), {}, 0}},
                  {groupOf(QStringLiteral("all"))});
    QVERIFY(plot.grab().toImage() != first);
    fill(plot);
    QCOMPARE(plot.grab().toImage(), first);
    QPalette palette = plot.palette();
    palette.setColor(QPalette::Base, Qt::black);
    palette.setColor(QPalette::Text, Qt::white);
    plot.setPalette(palette);
    QCOMPARE(plot.grab().toImage().pixelColor(2, 290), QColor(Qt::black));
    plot.resize(400, 200);
    QCOMPARE(plot.grab().toImage().pixelColor(398, 198), QColor(Qt::black));
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

QTEST_MAIN(PlotItemsTest)
#include "plot_items_test.moc"
