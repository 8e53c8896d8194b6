// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QMenu;
class QWidget;

namespace mocoscope::ui {

class CurvePlot;
class DrawnPlot;
class HeatMapPlot;

/// Ask for a file and write the plots to it; what goes wrong is told in a message box. They return
/// at once, the plots must live as long as `parent`.
void askForImageFile(QWidget* parent, std::vector<CurvePlot*> plots, const QString& suggestedName,
                     bool whitePaper, HeatMapPlot* map = nullptr);
void askForCsvFile(QWidget* parent, std::vector<CurvePlot*> plots, const QString& suggestedName);

/// Adds what saves a plot as an image and as a table; the plot outlives the menu.
void addExportActions(QMenu& menu, DrawnPlot& plot, const QString& suggestedName);

/// A name that every file system takes.
[[nodiscard]] QString asFileName(const QString& text);

} // namespace mocoscope::ui
