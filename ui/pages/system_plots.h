// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/curve_plot.h"

#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mocoscope::ui {

class LiveCurves;
class PlotDocks;
class ScaledCurve;

/// Whether it tells what a run does to its machine.
[[nodiscard]] bool isSystemMetric(const std::string& metric);
/// "GPU 0 temperature" for system/gpu0_temperature_c; unknown ones as they are.
[[nodiscard]] QString systemMetricTitle(const std::string& metric);

/// What a run does to its machine: load, memory, temperature, power and free disk space, over the
/// axis of the run's other plots. Those of which the run has nothing are not shown, but the first.
class SystemPlots final
{
public:
    /// All outlive this; the plots are shown in `docks`.
    SystemPlots(const LiveCurves& curves, PlotGroup& group, PlotDocks& docks);
    ~SystemPlots();

    [[nodiscard]] const std::vector<CurvePlot*>& plots() const { return m_plots; }
    /// There are curves that were not there before.
    void rebuild();
    /// The curves grew.
    void refresh();

private:
    struct Scaled
    {
        std::shared_ptr<const CurveData> source;
        std::shared_ptr<ScaledCurve> curve;
    };
    [[nodiscard]] std::shared_ptr<const CurveData> scaled(const std::string& metric, double factor);
    void showPlots();

    const LiveCurves& m_curves;
    PlotDocks& m_docks;
    std::vector<CurvePlot*> m_plots;
    std::map<std::string, Scaled> m_scaled;
};

} // namespace mocoscope::ui
