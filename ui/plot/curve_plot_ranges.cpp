// SPDX-License-Identifier: GPL-3.0-or-later
// What a plot computes from its data: ranges, values under the crosshair.
#include "ui/plot/curve_plot.h"
#include "ui/plot/plot_canvas.h"
#include "ui/plot/plot_readout.h"
#include "ui/plot/tick_text.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

double positionOf(const SeriesSpec& spec, double step, AxisUnit unit)
{
    return spec.timeline ? spec.timeline->position(step, unit) : step;
}

/// The smallest positive value of a stretch: where a logarithmic axis can start.
double smallestPositive(const CurveData& data, IndexRange range)
{
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t i = range.first; i < range.last; ++i) {
        const double value = data.value(i);
        smallest = value > 0 && value < smallest ? value : smallest;
    }
    return smallest;
}

AxisRange padded(double minimum, double maximum, bool logarithmic)
{
    if (logarithmic) {
        const double factor = std::max(1.05, std::pow(maximum / minimum, 0.05));
        return {minimum / factor, maximum * factor};
    }
    const double size = maximum - minimum;
    const double pad = size > 0 ? 0.06 * size : std::max(0.05 * std::abs(maximum), 1e-6);
    // A curve of positive values that comes near 0 stands on the axis.
    const double lower = minimum - pad;
    return {minimum >= 0 && lower < 0 ? 0.0 : lower, maximum + pad};
}

} // namespace

std::optional<AxisRange> CurvePlot::reach() const
{
    std::optional<AxisRange> all;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const SeriesSpec& spec = m_series[i];
        if (spec.data->isEmpty() || !isVisibleSeries(i)) {
            continue;
        }
        const double first
            = positionOf(spec, static_cast<double>(spec.data->step(0)), m_group->unit());
        const double last
            = positionOf(spec, static_cast<double>(spec.data->lastStep()), m_group->unit());
        all = all ? AxisRange {std::min(all->minimum, first), std::max(all->maximum, last)}
                  : AxisRange {first, last};
    }
    return all;
}

/// Of all plots of the group where they share the vertical axis.
AxisRange CurvePlot::valueRange(const AxisRange& x) const
{
    const auto values = m_group->sharesValues() ? m_group->values(x, m_isLogarithmic)
                                                : valuesWithin(x, m_isLogarithmic);
    if (!values) {
        return m_isLogarithmic ? AxisRange {0.1, 10} : AxisRange {0, 1};
    }
    return padded(values->minimum, values->maximum, m_isLogarithmic);
}

std::optional<AxisRange> CurvePlot::valuesWithin(const AxisRange& x, bool isLogarithmic) const
{
    PlotFrame frame;
    frame.unit = m_group->unit();
    frame.xMinimum = x.minimum;
    frame.xMaximum = x.maximum;
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -minimum;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        if (!isVisibleSeries(i)) {
            continue;
        }
        const CurveData& curve = *m_series[i].data;
        const IndexRange range = visibleIndices(curve, m_series[i].timeline.get(), frame);
        Extent extent = curve.extent(range.first, range.last);
        if (m_series[i].low && m_series[i].high) { // of the same steps
            extent.add(m_series[i].low->extent(range.first, range.last));
            extent.add(m_series[i].high->extent(range.first, range.last));
        }
        if (extent.isEmpty()) {
            continue;
        }
        const bool needsSearch = isLogarithmic && extent.minimum <= 0;
        minimum = std::min(minimum, needsSearch ? smallestPositive(curve, range) : extent.minimum);
        maximum = std::max(maximum, extent.maximum);
    }
    if (!(minimum <= maximum) || (isLogarithmic && maximum <= 0)) {
        return std::nullopt;
    }
    return AxisRange {minimum, maximum};
}

std::optional<std::size_t> CurvePlot::sampleAt(std::size_t series, double position) const
{
    const SeriesSpec& spec = m_series[series];
    if (spec.data->isEmpty()) {
        return std::nullopt;
    }
    const double step = spec.timeline ? spec.timeline->stepAt(position, m_group->unit()) : position;
    // Beyond its end a curve has no value; the last sample holds for half a screen pixel only.
    const PlotFrame frame = m_canvas->frame();
    const double slack = 6.0 * (frame.xMaximum - frame.xMinimum) / frame.width;
    const std::size_t index = spec.data->nearest(step);
    const double first = positionOf(spec, static_cast<double>(spec.data->step(0)), m_group->unit());
    const double last
        = positionOf(spec, static_cast<double>(spec.data->lastStep()), m_group->unit());
    return position < first - slack || position > last + slack ? std::nullopt
                                                               : std::optional(index);
}

void CurvePlot::updateLegendValues()
{
    std::vector<QString> values;
    const auto crosshair = m_group->crosshair();
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const CurveData& curve = *m_series[i].data;
        const auto index = crosshair ? sampleAt(i, *crosshair)
            : curve.isEmpty()        ? std::nullopt
                                     : std::optional(curve.size() - 1);
        values.push_back(index ? valueText(curve.value(*index)) : QString());
    }
    m_legend->setValues(values);
}

QString CurvePlot::crosshairHeading(double position) const
{
    const auto spec = std::find_if(m_series.begin(), m_series.end(),
                                   [](const SeriesSpec& s) { return !s.data->isEmpty(); });
    if (spec == m_series.end() || !spec->timeline || spec->timeline->isEmpty()) {
        return axisTitle(m_group->unit()) + QLatin1Char(' ') + stepText(position);
    }
    const double step = std::round(spec->timeline->stepAt(position, m_group->unit()));
    return tr("step %1 · epoch %2 · %3")
        .arg(stepText(step),
             QString::number(spec->timeline->position(step, AxisUnit::Epoch), 'f', 2),
             durationText(spec->timeline->position(step, AxisUnit::Time)));
}

double CurvePlot::shownValue(std::size_t series, std::size_t index) const
{
    const CurveData& smoothed = m_smoothed[series].data();
    const bool isSmoothed
        = m_smoothing > 0 && m_series[series].isSmoothable && index < smoothed.size();
    return isSmoothed ? smoothed.value(index) : m_series[series].data->value(index);
}

int CurvePlot::curveAt(double position, double pixelY) const
{
    constexpr double reach = 9.0; // pixels
    const PlotFrame frame = m_canvas->frame();
    int nearest = -1;
    double nearestDistance = reach;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const auto index = isVisibleSeries(i) ? sampleAt(i, position) : std::nullopt;
        const double distance
            = index ? std::abs(frame.pixelY(shownValue(i, *index)) - pixelY) : 2 * reach;
        if (distance < nearestDistance) { // never for NaN
            nearest = static_cast<int>(i);
            nearestDistance = distance;
        }
    }
    return nearest;
}

void CurvePlot::showReadout()
{
    const double position = *m_group->crosshair();
    std::vector<PlotReadout::Row> rows;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const auto index = isVisibleSeries(i) ? sampleAt(i, position) : std::nullopt;
        if (!index) {
            continue;
        }
        const SeriesSpec& spec = m_series[i];
        const bool isPointedAt = static_cast<int>(i) == m_emphasised || m_series.size() == 1;
        const double raw = spec.data->value(*index);
        const double shown = shownValue(i, *index);
        QString text = valueText(raw);
        if (m_smoothing > 0 && spec.isSmoothable) {
            text += QStringLiteral("  (~ %1)").arg(valueText(shown));
        }
        rows.push_back({m_legend->rows()[i].style, spec.name, text, shown,
                        isPointedAt ? spec.note : QString(), isPointedAt});
    }
    const PlotFrame frame = m_canvas->frame();
    const QRect area(static_cast<int>(frame.left), static_cast<int>(frame.top),
                     static_cast<int>(frame.width), static_cast<int>(frame.height));
    m_readout->show(crosshairHeading(position), std::move(rows), area,
                    static_cast<int>(frame.pixelX(position)));
}

void CurvePlot::updateCrosshair()
{
    const auto crosshair = m_group->crosshair();
    if (isVisible()) {
        m_canvas->setCrosshair(crosshair);
        updateLegendValues();
    }
    if (m_hoveredY && crosshair && !m_series.empty()) {
        emphasise(m_series.size() > 1 ? curveAt(*crosshair, *m_hoveredY) : -1);
        showReadout();
    } else if (!m_readout->isHidden()) {
        emphasise(-1);
        m_readout->hide();
    }
}

} // namespace mocoscope::ui
