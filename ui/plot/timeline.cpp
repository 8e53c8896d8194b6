// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/timeline.h"

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

void Timeline::append(std::int64_t step, double epoch, double seconds)
{
    m_steps.append(step);
    m_epochs.push_back(m_epochs.empty() ? epoch : std::max(epoch, m_epochs.back()));
    m_seconds.push_back(m_seconds.empty() ? seconds : std::max(seconds, m_seconds.back()));
}

void Timeline::truncateFrom(std::int64_t step)
{
    const std::size_t size = m_steps.lowerBound(step);
    m_steps.truncate(size);
    m_epochs.resize(size);
    m_seconds.resize(size);
}

std::int64_t Timeline::lastStep() const
{
    return isEmpty() ? -1 : m_steps.at(m_steps.size() - 1);
}

const std::vector<double>& Timeline::column(AxisUnit unit) const
{
    return unit == AxisUnit::Epoch ? m_epochs : m_seconds;
}

double Timeline::position(double step, AxisUnit unit) const
{
    if (unit == AxisUnit::Step || isEmpty()) {
        return step;
    }
    const auto& positions = column(unit);
    const std::size_t right = m_steps.lowerBound(static_cast<std::int64_t>(std::ceil(step)));
    if (right == m_steps.size()) {
        return positions.back();
    }
    const auto rightStep = static_cast<double>(m_steps.at(right));
    if (right == 0 || rightStep <= step) {
        return positions[right];
    }
    const auto leftStep = static_cast<double>(m_steps.at(right - 1));
    const double share = (step - leftStep) / (rightStep - leftStep);
    return positions[right - 1] + share * (positions[right] - positions[right - 1]);
}

double Timeline::stepAt(double position, AxisUnit unit) const
{
    if (unit == AxisUnit::Step || isEmpty()) {
        return position;
    }
    const auto& positions = column(unit);
    const auto found = std::lower_bound(positions.begin(), positions.end(), position);
    const auto right = static_cast<std::size_t>(found - positions.begin());
    if (right == positions.size()) {
        return static_cast<double>(lastStep()) + (position > positions.back() ? 1.0 : 0.0);
    }
    const auto rightStep = static_cast<double>(m_steps.at(right));
    if (right == 0) {
        return position < positions[0] ? rightStep - 1.0 : rightStep;
    }
    const auto leftStep = static_cast<double>(m_steps.at(right - 1));
    const double span = positions[right] - positions[right - 1]; // > 0 by lower_bound
    return leftStep + (position - positions[right - 1]) / span * (rightStep - leftStep);
}

} // namespace mocoscope::ui
