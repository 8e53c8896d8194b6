// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/value_axis.h"

#include "ui/plot/tick_places.h"
#include "ui/plot/tick_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mocoscope::ui {
namespace {

constexpr double roomAtEnds = 0.05; ///< of the axis, so that nothing lies on its edge
constexpr int fewValues = 8;

} // namespace

QString ValueAxis::textOf(std::size_t item) const
{
    const double value = values[item];
    if (std::isnan(value)) {
        return QStringLiteral("–");
    }
    return isCategorical() ? categories[static_cast<qsizetype>(value)]
        : text             ? text(value)
                           : valueText(value);
}

QString ValueAxis::exactTextOf(std::size_t item) const
{
    const double value = values[item];
    return std::isnan(value) ? QString()
        : isCategorical()    ? categories[static_cast<qsizetype>(value)]
                             : QString::number(value, 'g', QLocale::FloatingPointShortest);
}

bool allPositive(const std::vector<double>& values)
{
    const auto isThere = [](double value) { return !std::isnan(value); };
    return std::ranges::any_of(values, isThere)
        && std::ranges::all_of(values, [](double value) { return std::isnan(value) || value > 0; });
}

AxisPlaces::AxisPlaces(const ValueAxis& axis)
    : m_axis(axis)
{
    if (axis.isCategorical()) {
        m_minimum = -0.5;
        m_maximum = static_cast<double>(axis.categories.size()) - 0.5;
        return;
    }
    if (axis.range) {
        m_minimum = scaled(axis.range->first);
        m_maximum = scaled(axis.range->second);
        return;
    }
    m_minimum = std::numeric_limits<double>::infinity();
    m_maximum = -m_minimum;
    for (const double value : axis.values) {
        if (std::isfinite(scaled(value))) {
            m_minimum = std::min(m_minimum, scaled(value));
            m_maximum = std::max(m_maximum, scaled(value));
        }
    }
    if (m_minimum > m_maximum) { // nothing
        m_minimum = 0;
        m_maximum = 1;
    }
    double size = m_maximum - m_minimum;
    if (size <= 1e-9 * std::max(std::abs(m_minimum), std::abs(m_maximum))) { // one value
        size = m_minimum == 0 || axis.isLogarithmic ? 1 : std::abs(m_minimum);
    }
    m_minimum -= roomAtEnds * size;
    m_maximum += roomAtEnds * size;
}

double AxisPlaces::scaled(double value) const
{
    return m_axis.isLogarithmic ? std::log10(value) : value;
}

double AxisPlaces::place(double value) const
{
    const double at = (scaled(value) - m_minimum) / (m_maximum - m_minimum);
    return std::isfinite(at) ? at : std::numeric_limits<double>::quiet_NaN();
}

double AxisPlaces::placeOn(const AxisPlaces& other, double place) const
{
    const double here = m_minimum + place * (m_maximum - m_minimum);
    return (here - other.m_minimum) / (other.m_maximum - other.m_minimum);
}

std::vector<double> AxisPlaces::distinctValues() const
{
    std::vector<double> values;
    for (const double value : m_axis.values) {
        if (std::isfinite(value)) {
            values.push_back(value);
        }
    }
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

std::vector<AxisTick> AxisPlaces::tidyTicks(int count) const
{
    std::vector<AxisTick> ticks;
    const auto add = [&](double value, const QString& text) {
        if (const double at = place(value); at >= 0 && at <= 1) {
            ticks.push_back({at, text});
        }
    };
    if (m_axis.isLogarithmic) {
        const auto decades
            = decadeTicks(std::pow(10.0, m_minimum), std::pow(10.0, m_maximum), count);
        for (const double value : decades.labelled) {
            add(value, logTickText(value));
        }
        if (ticks.size() > 1) {
            return ticks;
        }
        ticks.clear();
    }
    const double lower = m_axis.isLogarithmic ? std::pow(10.0, m_minimum) : m_minimum;
    const double upper = m_axis.isLogarithmic ? std::pow(10.0, m_maximum) : m_maximum;
    const double step = linearStep((upper - lower) / std::max(1, count));
    const double largest = std::max(std::abs(lower), std::abs(upper));
    for (double number = std::ceil(lower / step); number * step <= upper; ++number) {
        add(number * step, tickText(number * step, step, largest));
    }
    return ticks;
}

std::vector<AxisTick> AxisPlaces::ticks(int count) const
{
    std::vector<AxisTick> ticks;
    if (m_axis.isCategorical()) {
        for (qsizetype i = 0; i < m_axis.categories.size(); ++i) {
            ticks.push_back({place(static_cast<double>(i)), m_axis.categories[i]});
        }
        return ticks;
    }
    const auto values = distinctValues();
    if (values.size() > fewValues || values.size() > static_cast<std::size_t>(count)) {
        return tidyTicks(count);
    }
    for (const double value : values) {
        ticks.push_back({place(value), m_axis.text ? m_axis.text(value) : valueText(value)});
        const bool isCrowded = ticks.size() > 1
            && ticks.back().place - ticks[ticks.size() - 2].place < 0.5 / std::max(1, count);
        if (isCrowded) {
            return tidyTicks(count);
        }
    }
    return ticks;
}

} // namespace mocoscope::ui
