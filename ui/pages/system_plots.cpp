// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/system_plots.h"

#include "ui/models/curve_style.h"
#include "ui/pages/live_curves.h"
#include "ui/pages/plot_docks.h"
#include "ui/plot/derived_curves.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>
#include <utility>

namespace mocoscope::ui {

namespace {

constexpr double gibibyte = 1024.0 * 1024.0 * 1024.0;

struct PlotKind
{
    const char* title;
    const char* unit;
    const char* ending; ///< of the metrics that it shows
    double factor; ///< from the metric's unit to that of the plot
};
constexpr PlotKind plotKinds[] {
    {QT_TRANSLATE_NOOP("SystemPlots", "Load"), "%", "_percent", 1},
    {QT_TRANSLATE_NOOP("SystemPlots", "Memory in use"), "GiB", "memory_bytes", 1 / gibibyte},
    {QT_TRANSLATE_NOOP("SystemPlots", "Temperature"), "\u00b0C", "_temperature_c", 1},
    {QT_TRANSLATE_NOOP("SystemPlots", "Power"), "W", "_power_w", 1},
    {QT_TRANSLATE_NOOP("SystemPlots", "Free disk space"), "GiB", "disk_free_bytes", 1 / gibibyte},
};

constexpr std::string_view systemPrefix = "system/";
constexpr std::string_view gpuPrefix = "system/gpu";

struct SystemName
{
    const char* metric;
    const char* title;
    const char* curve; ///< where the plot says what is measured
};
constexpr SystemName systemNames[] {
    {"system/cpu_percent", QT_TRANSLATE_NOOP("SystemPlots", "CPU load"),
     QT_TRANSLATE_NOOP("SystemPlots", "CPU, all programs")},
    {"system/process_cpu_percent", QT_TRANSLATE_NOOP("SystemPlots", "CPU load by the run"),
     QT_TRANSLATE_NOOP("SystemPlots", "CPU, this run")},
    {"system/process_memory_bytes", QT_TRANSLATE_NOOP("SystemPlots", "Memory of the run"),
     QT_TRANSLATE_NOOP("SystemPlots", "This run")},
    {"system/memory_bytes", QT_TRANSLATE_NOOP("SystemPlots", "Memory in use"),
     QT_TRANSLATE_NOOP("SystemPlots", "All programs")},
    {"system/disk_free_bytes", QT_TRANSLATE_NOOP("SystemPlots", "Free disk space"),
     QT_TRANSLATE_NOOP("SystemPlots", "Disk of the run history")},
};
/// Behind `system/gpu0_`.
constexpr SystemName gpuNames[] {
    {"percent", QT_TRANSLATE_NOOP("SystemPlots", "GPU %1 load"), nullptr},
    {"memory_bytes", QT_TRANSLATE_NOOP("SystemPlots", "GPU %1 memory"), nullptr},
    {"temperature_c", QT_TRANSLATE_NOOP("SystemPlots", "GPU %1 temperature"), nullptr},
    {"power_w", QT_TRANSLATE_NOOP("SystemPlots", "GPU %1 power"), nullptr},
};

QString systemText(const char* text)
{
    return QCoreApplication::translate("SystemPlots", text);
}

/// "0" of system/gpu0_power_w; empty: it is of no GPU.
QString gpuNumber(const std::string& metric)
{
    if (!metric.starts_with(gpuPrefix)) {
        return {};
    }
    const auto end = metric.find('_', gpuPrefix.size());
    return QString::fromStdString(metric.substr(gpuPrefix.size(), end - gpuPrefix.size()));
}

/// Those with this ending: of the processor in a fixed order, then those of the GPUs.
std::vector<std::string> metricsWith(const char* ending, const std::vector<std::string>& names)
{
    std::vector<std::string> found;
    std::ranges::copy_if(names, std::back_inserter(found), [ending](const std::string& name) {
        return isSystemMetric(name) && name.ends_with(ending);
    });
    std::ranges::sort(found, {}, [](const std::string& name) {
        const auto* place = std::ranges::find_if(
            systemNames, [&name](const SystemName& each) { return name == each.metric; });
        return std::pair(place - std::begin(systemNames), name);
    });
    return found;
}

QString curveName(const std::string& metric)
{
    for (const SystemName& name : systemNames) {
        if (metric == name.metric) {
            return systemText(name.curve);
        }
    }
    const QString gpu = gpuNumber(metric);
    return gpu.isEmpty() ? QString::fromStdString(metric)
                         : QCoreApplication::translate("SystemPlots", "GPU %1").arg(gpu);
}

} // namespace

bool isSystemMetric(const std::string& metric)
{
    return metric.starts_with(systemPrefix);
}

QString systemMetricTitle(const std::string& metric)
{
    for (const SystemName& name : systemNames) {
        if (metric == name.metric) {
            return systemText(name.title);
        }
    }
    const QString gpu = gpuNumber(metric);
    for (const SystemName& name : gpuNames) {
        if (!gpu.isEmpty() && metric.ends_with(std::string("_") + name.metric)) {
            return systemText(name.title).arg(gpu);
        }
    }
    return QString::fromStdString(metric);
}

SystemPlots::SystemPlots(const LiveCurves& curves, PlotGroup& group, PlotDocks& docks)
    : m_curves(curves)
    , m_docks(docks)
{
    for (const PlotKind& kind : plotKinds) {
        auto* plot = new CurvePlot(systemText(kind.title));
        plot->setSubtitle(QString::fromUtf8(kind.unit));
        plot->setEmptyText(
            QCoreApplication::translate("SystemPlots",
                                        "Nothing of the machine is recorded yet. "
                                        "monitor.system_seconds says how often it is."));
        plot->setGroup(group);
        plot->setAxisTitleVisible(false);
        m_docks.add(*plot, QStringLiteral("system") + QLatin1String(kind.ending));
        m_plots.push_back(plot);
    }
    showPlots();
}

SystemPlots::~SystemPlots() = default;

void SystemPlots::showPlots()
{
    for (CurvePlot* plot : m_plots) {
        m_docks.setShown(*plot, plot == m_plots.front() || !plot->series().empty());
    }
}

std::shared_ptr<const CurveData> SystemPlots::scaled(const std::string& metric, double factor)
{
    const auto source = m_curves.find(metric);
    if (factor == 1) {
        return source;
    }
    Scaled& known = m_scaled[metric];
    if (known.source != source) {
        known = {source, std::make_shared<ScaledCurve>(factor)};
    }
    known.curve->update(*source);
    return {known.curve, &known.curve->data()};
}

void SystemPlots::rebuild()
{
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        std::vector<SeriesSpec> all;
        for (const std::string& metric : metricsWith(plotKinds[i].ending, m_curves.names())) {
            SeriesSpec series;
            series.name = curveName(metric);
            series.style = [colour = static_cast<int>(all.size())](bool dark) {
                const CurveStyle style = curveStyle(colour, dark);
                return SeriesStyle {style.colour, style.dash, 1.6};
            };
            series.data = scaled(metric, plotKinds[i].factor);
            series.timeline = m_curves.timeline();
            all.push_back(std::move(series));
        }
        m_plots[i]->setSeries(std::move(all));
    }
    showPlots();
}

void SystemPlots::refresh()
{
    for (const auto& [metric, known] : m_scaled) {
        if (m_curves.find(metric) == known.source) { // else of a run before
            known.curve->update(*known.source);
        }
    }
    for (CurvePlot* plot : m_plots) {
        plot->refresh();
    }
}

} // namespace mocoscope::ui
