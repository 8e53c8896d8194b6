// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/table_text.h"

#include <QIODevice>
#include <QSize>
#include <QString>

#include <span>

namespace mocoscope::ui {

class CurvePlot;
class DrawnPlot;
class HeatMapPlot;
struct SeriesSpec;

struct ImageOptions
{
    QSize plotSize {900, 300}; ///< of each plot, without title and legend, in logical pixels
    bool whitePaper = true; ///< else as the window looks
    double scale = 2; ///< pixels of a PNG for a logical one
};

/// Writes the plots under each other, with titles and legends, as the suffix says: png, svg or pdf.
/// Svg and pdf consist of lines and text. Empty on success, else what went wrong, for a person.
/// `map`: above the plots, with its colour bar; null: none.
[[nodiscard]] QString saveImage(std::span<CurvePlot* const> plots, const QString& file,
                                const ImageOptions& options, HeatMapPlot* map = nullptr);

[[nodiscard]] QString saveImage(const DrawnPlot& plot, const QString& file,
                                const ImageOptions& options);

/// All samples, in full precision, whatever is drawn: series,step,epoch,seconds,value (RFC 4180).
/// NaN is written as NaN. Empty on success.
[[nodiscard]] QString saveCsv(std::span<CurvePlot* const> plots, const QString& file);
/// Its table.
[[nodiscard]] QString saveCsv(const DrawnPlot& plot, const QString& file);
void writeCsvHeader(QIODevice& device);
void writeCsv(QIODevice& device, const SeriesSpec& series, const QString& name);

} // namespace mocoscope::ui
