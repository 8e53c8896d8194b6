// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_data.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace mocoscope::ui {

void CurveData::append(std::int64_t step, double value)
{
    m_steps.append(step);
    m_values.push_back(std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN());
    m_pyramid.update(m_values);
}

void CurveData::truncateFrom(std::int64_t step)
{
    const std::size_t size = m_steps.lowerBound(step);
    if (size == m_values.size()) {
        return;
    }
    m_steps.truncate(size);
    m_values.resize(size);
    m_pyramid.truncate(size);
    ++m_generation;
}

std::int64_t CurveData::lastStep() const
{
    return isEmpty() ? -1 : m_steps.at(m_values.size() - 1);
}

std::size_t CurveData::nearest(double step) const
{
    assert(!isEmpty());
    const std::size_t right
        = std::min(m_steps.lowerBound(static_cast<std::int64_t>(std::ceil(step))), size() - 1);
    if (right == 0) {
        return 0;
    }
    const double toRight = std::abs(static_cast<double>(m_steps.at(right)) - step);
    const double toLeft = std::abs(static_cast<double>(m_steps.at(right - 1)) - step);
    return toLeft < toRight ? right - 1 : right;
}

Extent CurveData::extent(std::size_t first, std::size_t last) const
{
    return m_pyramid.query(m_values, first, std::min(last, size()));
}

} // namespace mocoscope::ui
