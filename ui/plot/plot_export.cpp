// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_export.h"

#include "ui/plot/colour_bar.h"
#include "ui/plot/curve_plot.h"
#include "ui/plot/drawn_plot.h"
#include "ui/plot/heat_map_plot.h"
#include "ui/plot/plot_canvas.h"
#include "ui/plot/plot_legend.h"
#include "ui/plot/tick_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QPicture>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace mocoscope::ui {
namespace {

constexpr int margin = 12; // logical pixels
constexpr int resolution = 96; // of all devices, so that text has the same size on each

struct LegendEntry
{
    QString name;
    SeriesStyle style;
    QPoint at;
};

/// A plot with its title above and its legend below, measured for a width.
struct Sheet
{
    QString title;
    QPicture picture;
    std::vector<LegendEntry> legend;
    std::optional<ColourScale> scale; ///< of a heat map, in place of a legend
    QString unit; ///< of `scale`
    int titleHeight = 0;
    int legendHeight = 0;
};

std::vector<LegendEntry> layOutLegend(const CurvePlot& plot, bool dark, const QFontMetrics& metrics,
                                      int width)
{
    constexpr int sample = 22;
    std::vector<LegendEntry> entries;
    QPoint at(0, 0);
    for (std::size_t i = 0; i < plot.series().size(); ++i) {
        if (!plot.isVisibleSeries(i)) {
            continue;
        }
        const SeriesSpec& spec = plot.series()[i];
        const int needed = sample + 6 + metrics.horizontalAdvance(spec.name) + 18;
        if (at.x() > 0 && at.x() + needed > width) {
            at = QPoint(0, at.y() + metrics.height() + 3);
        }
        entries.push_back({spec.name, spec.style(dark), at});
        at.rx() += needed;
    }
    return entries;
}

Sheet makeSheet(CurvePlot& plot, const ImageOptions& options, const PlotTheme& theme)
{
    const QFontMetrics metrics(plot.font());
    Sheet sheet;
    sheet.title = plot.title();
    sheet.picture = plot.canvas().picture(options.plotSize, theme, plot.makeScene(theme.isDark));
    sheet.legend = layOutLegend(plot, theme.isDark, metrics, options.plotSize.width());
    sheet.titleHeight = metrics.height() + 4;
    sheet.legendHeight
        = sheet.legend.empty() ? 0 : sheet.legend.back().at.y() + metrics.height() + 6;
    return sheet;
}

Sheet makeSheet(HeatMapPlot& plot, const ImageOptions& options, const PlotTheme& theme)
{
    const QFontMetrics metrics(plot.font());
    Sheet sheet;
    sheet.title = plot.title();
    sheet.picture = plot.canvas().picture(options.plotSize, theme, plot.makeScene());
    sheet.scale = plot.scale();
    sheet.unit = plot.unit();
    sheet.titleHeight = metrics.height() + 4;
    sheet.legendHeight = 2 * metrics.height() + 8;
    return sheet;
}

void paintScale(QPainter& painter, const Sheet& sheet, QPoint at, const QFontMetrics& metrics)
{
    constexpr int length = 260;
    const int height = metrics.height() - 4;
    for (int x = 0; x < length; ++x) {
        painter.fillRect(at.x() + x, at.y(), 1, height, mapColour((x + 0.5) / length));
    }
    for (const double tick : ColourBar::ticks(*sheet.scale)) {
        const QString number = settingText(tick);
        const double x = at.x() + sheet.scale->place(tick) * length;
        painter.drawText(QPointF(x - 0.5 * metrics.horizontalAdvance(number),
                                 at.y() + height + metrics.ascent() + 2),
                         number);
    }
    painter.drawText(QPoint(at.x() + length + 16, at.y() + metrics.ascent() - 2), sheet.unit);
}

Sheet makeSheet(const DrawnPlot& plot, const ImageOptions& options, const PlotTheme& theme)
{
    Sheet sheet;
    sheet.title = plot.title();
    sheet.titleHeight = QFontMetrics(plot.font()).height() + 4;
    QPainter painter(&sheet.picture);
    painter.setRenderHint(QPainter::Antialiasing);
    plot.paintPlot(painter, options.plotSize, theme);
    return sheet;
}

int heightOf(const Sheet& sheet, const ImageOptions& options)
{
    return sheet.titleHeight + options.plotSize.height() + sheet.legendHeight;
}

void paintSheet(QPainter& painter, const Sheet& sheet, const ImageOptions& options,
                const PlotTheme& theme, const QFont& font)
{
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme.text);
    const int height = QFontMetrics(font).height();
    painter.drawText(QRect(0, 0, options.plotSize.width(), sheet.titleHeight),
                     Qt::AlignLeft | Qt::AlignVCenter, sheet.title);
    painter.save();
    painter.translate(0, sheet.titleHeight);
    painter.drawPicture(0, 0, sheet.picture);
    painter.restore();
    painter.setFont(font);
    const QPoint origin(0, sheet.titleHeight + options.plotSize.height() + 4);
    if (sheet.scale) {
        paintScale(painter, sheet, origin + QPoint(height, 0), QFontMetrics(font));
    }
    for (const LegendEntry& entry : sheet.legend) {
        const QPoint at = origin + entry.at;
        SeriesStyle style = entry.style;
        style.width = 2.5;
        paintLineSample(painter, QRectF(at.x(), at.y(), 22, height), style, true);
        painter.setPen(theme.text);
        painter.drawText(QPoint(at.x() + 28, at.y() + QFontMetrics(font).ascent()), entry.name);
    }
}

class Composition
{
public:
    Composition(std::vector<Sheet> sheets, const ImageOptions& options, const QFont& font,
                const PlotTheme& theme)
        : m_options(options)
        , m_font(font)
        , m_theme(theme)
        , m_sheets(std::move(sheets))
    {
        int height = margin;
        for (const Sheet& sheet : m_sheets) {
            height += heightOf(sheet, options) + margin;
        }
        m_size = QSize(options.plotSize.width() + 2 * margin, height);
    }

    [[nodiscard]] QSize size() const { return m_size; }
    /// False when the device cannot be painted on.
    [[nodiscard]] bool paintOn(QPaintDevice& device) const
    {
        QPainter painter;
        if (!painter.begin(&device)) {
            return false;
        }
        painter.fillRect(QRect({0, 0}, m_size), m_theme.background);
        painter.translate(margin, margin);
        for (const Sheet& sheet : m_sheets) {
            paintSheet(painter, sheet, m_options, m_theme, m_font);
            painter.translate(0, heightOf(sheet, m_options) + margin);
        }
        return painter.end();
    }

private:
    ImageOptions m_options;
    QFont m_font;
    PlotTheme m_theme;
    std::vector<Sheet> m_sheets;
    QSize m_size;
};

PlotTheme themeFor(const QWidget& plot, const ImageOptions& options)
{
    return options.whitePaper ? PlotTheme::paper(plot.font())
                              : PlotTheme::of(plot.palette(), plot.font());
}

bool writePng(const Composition& composition, QIODevice& device, double scale)
{
    QImage image((QSizeF(composition.size()) * scale).toSize(),
                 QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    const int dotsPerMeter = static_cast<int>(std::lround(resolution * scale / 0.0254));
    const bool painted = composition.paintOn(image);
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    return painted && image.save(&device, "PNG");
}

bool writeSvg(const Composition& composition, QIODevice& device, const QString& title)
{
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setResolution(resolution);
    generator.setSize(composition.size());
    generator.setViewBox(QRect({0, 0}, composition.size()));
    generator.setTitle(title);
    return composition.paintOn(generator);
}

bool writePdf(const Composition& composition, QIODevice& device, const QString& title)
{
    QPdfWriter writer(&device);
    writer.setResolution(resolution);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Mocoscope"));
    const QSizeF points = QSizeF(composition.size()) * 72.0 / resolution;
    writer.setPageSize(QPageSize(points, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins({});
    return composition.paintOn(writer);
}

struct PlotExportText
{
    Q_DECLARE_TR_FUNCTIONS(PlotExport)
};

QString commit(QSaveFile& file, bool written)
{
    if (written && file.error() == QFileDevice::NoError && file.commit()) {
        return {};
    }
    return PlotExportText::tr(
               "%1 could not be written: %2. Choose another folder or make room on the disk.")
        .arg(file.fileName(), file.errorString());
}

QString save(const Composition& composition, const QString& file, const ImageOptions& options,
             const QString& title)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix != QLatin1String("png") && suffix != QLatin1String("svg")
        && suffix != QLatin1String("pdf")) {
        return PlotExportText::tr(
                   "“%1” is not a kind of image that can be written. Use .png, .svg or .pdf.")
            .arg(suffix);
    }
    QSaveFile device(file);
    if (!device.open(QIODevice::WriteOnly)) {
        return commit(device, false);
    }
    const bool written = suffix == QLatin1String("png")
        ? writePng(composition, device, options.scale)
        : suffix == QLatin1String("svg") ? writeSvg(composition, device, title)
                                         : writePdf(composition, device, title);
    return commit(device, written);
}

QByteArray number(double value)
{
    if (std::isnan(value)) {
        return "NaN";
    }
    char buffer[32];
    const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
    return {buffer, static_cast<qsizetype>(end - buffer)};
}

} // namespace

QString saveImage(std::span<CurvePlot* const> plots, const QString& file,
                  const ImageOptions& options, HeatMapPlot* map)
{
    if (plots.empty()) {
        return PlotExportText::tr("There is no plot to save.");
    }
    const PlotTheme theme = themeFor(*plots.front(), options);
    std::vector<Sheet> sheets;
    if (map) {
        sheets.push_back(makeSheet(*map, options, theme));
    }
    for (CurvePlot* plot : plots) {
        sheets.push_back(makeSheet(*plot, options, theme));
    }
    return save({std::move(sheets), options, plots.front()->font(), theme}, file, options,
                plots.front()->title());
}

QString saveImage(const DrawnPlot& plot, const QString& file, const ImageOptions& options)
{
    const PlotTheme theme = themeFor(plot, options);
    return save({{makeSheet(plot, options, theme)}, options, plot.font(), theme}, file, options,
                plot.title());
}

void writeCsvHeader(QIODevice& device)
{
    device.write("series,step,epoch,seconds,value\r\n");
}

void writeCsv(QIODevice& device, const SeriesSpec& series, const QString& name)
{
    const QByteArray field = csvField(name).toUtf8();
    QByteArray rows;
    for (std::size_t i = 0; i < series.data->size(); ++i) {
        const std::int64_t step = series.data->step(i);
        rows += field + ',' + QByteArray::number(static_cast<qlonglong>(step)) + ',';
        if (series.timeline && !series.timeline->isEmpty()) {
            const auto at = static_cast<double>(step);
            rows += number(series.timeline->position(at, AxisUnit::Epoch)) + ','
                + number(series.timeline->position(at, AxisUnit::Time));
        } else {
            rows += ',';
        }
        rows += ',' + number(series.data->value(i)) + "\r\n";
        if (rows.size() > 1 << 20) {
            device.write(rows);
            rows.clear();
        }
    }
    device.write(rows);
}

QString saveCsv(const DrawnPlot& plot, const QString& file)
{
    QSaveFile device(file);
    if (!device.open(QIODevice::WriteOnly)) {
        return commit(device, false);
    }
    device.write(tableText(plot.table(), QLatin1Char(',')).toUtf8());
    return commit(device, true);
}

QString saveCsv(std::span<CurvePlot* const> plots, const QString& file)
{
    QSaveFile device(file);
    if (!device.open(QIODevice::WriteOnly)) {
        return commit(device, false);
    }
    writeCsvHeader(device);
    for (const CurvePlot* plot : plots) {
        for (const SeriesSpec& series : plot->series()) {
            const QString name = plots.size() > 1
                ? plot->title() + QLatin1String(": ") + series.name
                : series.name;
            writeCsv(device, series, name);
        }
    }
    return commit(device, true);
}

} // namespace mocoscope::ui
