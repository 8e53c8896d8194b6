// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_plot.h"
#include "ui/plot/plot_export.h"

#include <QFile>
#include <QImage>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace mocoscope::ui;

namespace {

/// A reader of RFC 4180 that has nothing in common with the writer.
QList<QStringList> parseCsv(const QString& text)
{
    QList<QStringList> rows;
    QStringList row;
    QString field;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted) {
            if (c == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
                field += c;
                ++i;
            } else if (c == u'"') {
                quoted = false;
            } else {
                field += c;
            }
        } else if (c == u'"') {
            quoted = true;
        } else if (c == u',') {
            row << std::exchange(field, {});
        } else if (c == u'\n') {
            row << std::exchange(field, {});
            rows << std::exchange(row, {});
        } else if (c != u'\r') {
            field += c;
        }
    }
    return rows;
}

QByteArray readAll(const QString& file)
{
    QFile device(file);
    return device.open(QIODevice::ReadOnly) ? device.readAll() : QByteArray();
}

} // namespace

class PlotExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void csvReadsBackExactly();
    void svgConsistsOfLines();
    void pdfIsOne();
    void pngIsSharpAndWhite();
    void stackedPlotsAreOneImage();
    void exportingLeavesTheScreenAlone();
    void unknownSuffixIsNamed();
    void unwritableFolderIsNamed();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<CurvePlot> m_plot;
    std::shared_ptr<CurveData> m_data;
    std::shared_ptr<Timeline> m_timeline;
    [[nodiscard]] QString path(const char* name) const
    {
        return m_folder.filePath(QLatin1String(name));
    }
    [[nodiscard]] QString save(const QString& file, bool white = true)
    {
        CurvePlot* const plots[] {m_plot.get()};
        ImageOptions options;
        options.whitePaper = white;
        return saveImage(plots, file, options);
    }
};

void PlotExportTest::init()
{
    std::mt19937 random(5);
    std::lognormal_distribution<double> values(0, 2);
    m_data = std::make_shared<CurveData>();
    m_timeline = std::make_shared<Timeline>();
    for (int i = 0; i < 20000; ++i) {
        m_data->append(i, i == 77 ? std::numeric_limits<double>::quiet_NaN() : values(random));
        m_timeline->append(i, i / 391.0, 0.37 * i);
    }
    m_plot = std::make_unique<CurvePlot>(QStringLiteral("Gradient"));
    SeriesSpec spec;
    spec.name = QStringLiteral("blocks.0, \"q\"");
    spec.style = [](bool) { return SeriesStyle {Qt::red}; };
    spec.data = m_data;
    spec.timeline = m_timeline;
    m_plot->setSeries({spec});
    m_plot->resize(700, 300);
}

void PlotExportTest::csvReadsBackExactly()
{
    CurvePlot* const plots[] {m_plot.get()};
    QCOMPARE(saveCsv(plots, path("data.csv")), QString());
    const QByteArray bytes = readAll(path("data.csv"));
    QCOMPARE(bytes.count("\r\n"), bytes.count('\n'));
    const auto rows = parseCsv(QString::fromUtf8(bytes));
    QCOMPARE(rows.size(), 20001);
    QCOMPARE(rows[0].join(u','), QStringLiteral("series,step,epoch,seconds,value"));
    QCOMPARE(rows[78][4], QStringLiteral("NaN"));
    for (qsizetype i = 0; i < 20000; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const QStringList& row = rows[i + 1];
        QCOMPARE(row.size(), 5);
        QCOMPARE(row[0], QStringLiteral("blocks.0, \"q\""));
        QCOMPARE(row[1].toLongLong(), i);
        QCOMPARE(row[2].toDouble(), m_timeline->position(static_cast<double>(i), AxisUnit::Epoch));
        if (i != 77) {
            QVERIFY(row[4].toDouble() == m_data->value(index)); // all 17 digits
        }
    }
}

void PlotExportTest::svgConsistsOfLines()
{
    QCOMPARE(save(path("plot.svg")), QString());
    const QByteArray svg = readAll(path("plot.svg"));
    QVERIFY(svg.contains("<svg"));
    QVERIFY(svg.contains("<polyline"));
    QVERIFY(!svg.contains("<image"));
    QVERIFY(svg.contains("blocks.0"));
    QSvgRenderer renderer(svg);
    QVERIFY(renderer.isValid());
    QCOMPARE(renderer.viewBox().width(), 924);
}

void PlotExportTest::pdfIsOne()
{
    QCOMPARE(save(path("plot.pdf")), QString());
    const QByteArray pdf = readAll(path("plot.pdf"));
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.trimmed().endsWith("%%EOF"));
    QVERIFY(!pdf.contains("/Subtype /Image"));
}

void PlotExportTest::pngIsSharpAndWhite()
{
    QCOMPARE(save(path("plot.png")), QString());
    const QImage image(path("plot.png"));
    QCOMPARE(image.width(), 2 * 924);
    QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
    int reds = 0;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            const QColor colour = image.pixelColor(x, y);
            reds += colour.red() > 200 && colour.green() < 80 ? 1 : 0;
        }
    }
    QVERIFY(reds > 1000);
}

void PlotExportTest::stackedPlotsAreOneImage()
{
    CurvePlot other(QStringLiteral("Loss"));
    CurvePlot* const plots[] {m_plot.get(), &other};
    QCOMPARE(saveImage(plots, path("both.png"), {}), QString());
    QCOMPARE(save(path("one.png")), QString());
    QVERIFY(QImage(path("both.png")).height() > QImage(path("one.png")).height() + 600);
}

void PlotExportTest::exportingLeavesTheScreenAlone()
{
    QPalette dark;
    dark.setColor(QPalette::Base, QColor(20, 20, 22));
    dark.setColor(QPalette::Text, Qt::white);
    m_plot->setPalette(dark);
    m_plot->show();
    m_plot->drawNow();
    const QImage before = m_plot->grab().toImage();
    QCOMPARE(save(path("plot.png")), QString());
    QCOMPARE(m_plot->grab().toImage(), before);
    QCOMPARE(save(path("dark.png"), false), QString());
    QVERIFY(QImage(path("dark.png")).pixelColor(1, 1).lightness() < 40);
}

void PlotExportTest::unknownSuffixIsNamed()
{
    QVERIFY(save(path("plot.bmp")).contains(QLatin1String("bmp")));
    QVERIFY(!QFile::exists(path("plot.bmp")));
}

void PlotExportTest::unwritableFolderIsNamed()
{
    const QString file = path("no such folder/plot.svg");
    QVERIFY(save(file).contains(file));
    CurvePlot* const plots[] {m_plot.get()};
    QVERIFY(saveCsv(plots, file).contains(file));
}

QTEST_MAIN(PlotExportTest)
#include "plot_export_test.moc"
