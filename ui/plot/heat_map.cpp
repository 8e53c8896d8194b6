// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/heat_map.h"

#include "ui/plot/plot_theme.h"

#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <array>
#include <cmath>
#include <limits>

namespace mocoscope::ui {
namespace {

constexpr int colourCount = 256;

std::array<QRgb, colourCount> colourTable()
{
    std::array<QRgb, colourCount> table {};
    for (int i = 0; i < colourCount; ++i) {
        table[static_cast<std::size_t>(i)] = mapColour(i / (colourCount - 1.0)).rgb();
    }
    return table;
}

void fillRow(QRgb* line, const std::vector<double>& values, const ColourScale& scale, QRgb gap)
{
    static const std::array<QRgb, colourCount> table = colourTable();
    for (std::size_t column = 0; column < values.size(); ++column) {
        const double place = scale.place(values[column]);
        line[column] = std::isnan(place)
            ? gap
            : table[static_cast<std::size_t>(std::lround(place * (colourCount - 1)))];
    }
}

} // namespace

std::vector<double> columnBorders(const Timeline* timeline, const PlotFrame& frame)
{
    const auto columns = static_cast<std::size_t>(std::ceil(frame.width / frame.columnWidth));
    std::vector<double> borders;
    borders.reserve(columns + 1);
    for (std::size_t column = 0; column <= columns; ++column) {
        const double position
            = frame.positionAt(frame.left + static_cast<double>(column) * frame.columnWidth);
        borders.push_back(timeline ? timeline->stepAt(position, frame.unit) : position);
    }
    return borders;
}

std::vector<double> columnMaxima(const CurveData& data, const std::vector<double>& borders)
{
    const auto indexAt = [&data](double step) {
        return data.lowerBound(static_cast<std::int64_t>(std::ceil(step)));
    };
    std::vector<double> maxima;
    maxima.reserve(borders.size());
    for (std::size_t column = 0; column + 1 < borders.size(); ++column) {
        const std::size_t first = indexAt(borders[column] - 0.5);
        const std::size_t last = indexAt(borders[column + 1] + 0.5);
        const Extent extent = first < last ? data.extent(first, last) : Extent {};
        maxima.push_back(extent.isEmpty() ? std::numeric_limits<double>::quiet_NaN()
                                          : extent.maximum);
    }
    return maxima;
}

void paintHeatMap(QPainter& painter, const HeatMap& map, const PlotFrame& frame,
                  const PlotTheme& theme)
{
    constexpr double room = 12; // pixels of a row that leave some for a seam
    const double rowHeight = std::abs(frame.pixelY(0) - frame.pixelY(1));
    const double seam = rowHeight >= room ? 1.0 : 0.0; // the same between all rows
    PlotFrame used = frame;
    if (painter.paintEngine()->type() != QPaintEngine::Raster) {
        used.columnWidth = 1; // drawn again at some other scale: finer ones would get lost there
    }
    const std::vector<double> borders = columnBorders(map.timeline.get(), used);
    const auto columns = static_cast<int>(borders.size()) - 1;
    QImage image(columns, 1, QImage::Format_RGB32);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    for (std::size_t row = 0; row < map.rows.size(); ++row) {
        fillRow(reinterpret_cast<QRgb*>(image.scanLine(0)),
                columnMaxima(*map.rows[row].data, borders), map.scale, theme.background.rgb());
        // Whole pixels: else rows that meet within one would leave it half empty.
        const double top = std::round(frame.pixelY(static_cast<double>(row) + 1));
        const double height = std::round(frame.pixelY(static_cast<double>(row))) - top;
        painter.drawImage(QRectF(frame.left, top, columns * used.columnWidth, height - seam), image,
                          QRectF(0, 0, columns, 1));
    }
}

} // namespace mocoscope::ui
