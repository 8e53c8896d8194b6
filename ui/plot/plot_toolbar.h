// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QAction;
class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;

namespace mocoscope::ui {

class CurvePlot;
class HeatMapPlot;
class PlotGroup;

/// Weight of the exponential mean at a position of the smoothing slider (0 … 100): 0, then from a
/// mean over 2 samples to one over 1,000, evenly in the logarithm.
[[nodiscard]] double smoothingWeight(int sliderPosition);

/// What linked plots have in common to set: horizontal axis, smoothing, reset, export.
class PlotToolbar final : public QWidget
{
    Q_OBJECT

public:
    PlotToolbar(PlotGroup& group, std::vector<CurvePlot*> plots, QWidget* parent = nullptr);

    /// Behind the smoothing slider.
    void addWidget(QWidget* widget);
    /// Exported above the plots; outlives this.
    void setHeatMap(HeatMapPlot* map) { m_map = map; }
    void setFileName(const QString& name) { m_fileName = name; }
    void setSmoothing(int sliderPosition);
    /// While a run is on the plots can follow it.
    void setLive(bool live);

private:
    [[nodiscard]] QToolButton* makeButton(const QString& text);
    void showFollowing();
    void addAxisChoice(PlotGroup& group);
    void addSmoothing();
    void addExport();
    void applySmoothing(int sliderPosition);
    [[nodiscard]] std::vector<CurvePlot*> visiblePlots() const;

    PlotGroup& m_group;
    std::vector<CurvePlot*> m_plots;
    HeatMapPlot* m_map = nullptr;
    bool m_isLive = false;
    QToolButton* m_follow = nullptr;
    QString m_fileName = QStringLiteral("curves");
    QHBoxLayout* m_layout;
    QSlider* m_slider = nullptr;
    QLabel* m_smoothingText = nullptr;
    QAction* m_whitePaper = nullptr;
    int m_insertAt = 0;
};

} // namespace mocoscope::ui
