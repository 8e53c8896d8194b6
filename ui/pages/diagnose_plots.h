// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/spike_watch.h"
#include "ui/pages/live_curves.h"
#include "ui/plot/curve_plot.h"
#include "ui/plot/heat_map_plot.h"

#include <QWidget>

class QComboBox;

namespace mocoscope::ui {

class DiagnosedRun;
class PlotToolbar;

/// The gradients of a run as a heat map of layers and steps, the lines of chosen layers and the
/// accuracy, on one horizontal axis.
class DiagnosePlots final : public QWidget
{
    Q_OBJECT

public:
    explicit DiagnosePlots(QWidget* parent = nullptr);

    /// Null: none. The run outlives what is shown of it.
    void setRun(DiagnosedRun* run);
    /// Its curves grew. Cheap when nothing but values came.
    void refresh();
    /// Its incidents changed.
    void updateMarks();
    void zoomTo(const training::SpikeIncident& incident);
    void setLive(bool live);
    void setFileName(const QString& name);
    /// Shown in place of the map as long as it is empty.
    void setEmptyText(const QString& text);

    [[nodiscard]] HeatMapPlot& heatMap() { return *m_map; }
    [[nodiscard]] CurvePlot& lines() { return *m_lines; }
    [[nodiscard]] CurvePlot& accuracy() { return *m_accuracy; }
    [[nodiscard]] PlotGroup& group() { return *m_group; }
    [[nodiscard]] QComboBox& scaleChoice() { return *m_scale; }

private:
    void addScaleChoice();
    void rebuild();
    void rebuildLines(const std::vector<GradientCurves::Layer>& layers);
    void rebuildAccuracy();
    void chooseLayers(const std::vector<GradientCurves::Layer>& layers);
    void updateScale();
    [[nodiscard]] bool isRelative() const;

    DiagnosedRun* m_run = nullptr;
    GradientCurves m_gradients;
    std::size_t m_knownNames = 0;
    std::vector<std::string> m_knownLayers; ///< of which some were chosen to be shown as lines
    PlotGroup* m_group; ///< a child: it outlives the events that closing sends to the plots
    HeatMapPlot* m_map;
    CurvePlot* m_lines;
    CurvePlot* m_accuracy;
    PlotToolbar* m_toolbar;
    QComboBox* m_scale;
};

} // namespace mocoscope::ui
