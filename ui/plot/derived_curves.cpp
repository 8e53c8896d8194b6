// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/derived_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mocoscope::ui {

double ExponentialMean::add(double value)
{
    if (std::isnan(value)) {
        return value;
    }
    m_sum = m_weight * m_sum + (1.0 - m_weight) * value;
    m_decay *= m_weight;
    return m_sum / (1.0 - m_decay);
}

double TrailingMedian::add(double value)
{
    if (!std::isnan(value)) {
        if (m_recent.size() == m_window) {
            m_sorted.erase(std::lower_bound(m_sorted.begin(), m_sorted.end(), m_recent.front()));
            m_recent.pop_front();
        }
        m_recent.push_back(value);
        m_sorted.insert(std::upper_bound(m_sorted.begin(), m_sorted.end(), value), value);
    }
    if (m_sorted.empty()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const std::size_t middle = m_sorted.size() / 2;
    return m_sorted.size() % 2 == 1 ? m_sorted[middle]
                                    : 0.5 * (m_sorted[middle - 1] + m_sorted[middle]);
}

void SmoothedCurve::update(const CurveData& source, double weight)
{
    if (weight != m_weight || source.generation() != m_sourceGeneration) {
        m_data.truncateFrom(0);
        m_mean = ExponentialMean(weight);
        m_weight = weight;
        m_sourceGeneration = source.generation();
    }
    for (std::size_t i = m_data.size(); i < source.size(); ++i) {
        m_data.append(source.step(i), m_mean.add(source.value(i)));
    }
}

void RelativeCurve::update(const CurveData& source)
{
    if (source.generation() != m_sourceGeneration) {
        m_data.truncateFrom(0);
        m_median = TrailingMedian(window);
        m_sourceGeneration = source.generation();
    }
    for (std::size_t i = m_data.size(); i < source.size(); ++i) {
        const double value = source.value(i);
        m_data.append(source.step(i), value / m_median.add(value));
    }
}

void ScaledCurve::update(const CurveData& source)
{
    if (source.generation() != m_sourceGeneration) {
        m_data.truncateFrom(0);
        m_sourceGeneration = source.generation();
    }
    for (std::size_t i = m_data.size(); i < source.size(); ++i) {
        m_data.append(source.step(i), m_factor * source.value(i));
    }
}

} // namespace mocoscope::ui
