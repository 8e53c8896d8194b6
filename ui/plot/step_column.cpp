// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/step_column.h"

#include <algorithm>
#include <cassert>

namespace mocoscope::ui {

std::size_t StepColumn::runLength(std::size_t run) const
{
    const std::size_t end = run + 1 < m_runs.size() ? m_runs[run + 1].firstIndex : m_size;
    return end - m_runs[run].firstIndex;
}

void StepColumn::append(std::int64_t step)
{
    assert(m_size == 0 || step > at(m_size - 1));
    if (m_runs.empty()) {
        m_runs.push_back({0, step, 0});
    } else {
        Run& last = m_runs.back();
        const std::size_t length = runLength(m_runs.size() - 1);
        if (length == 1) {
            last.stride = step - last.firstStep;
        } else if (step != last.firstStep + static_cast<std::int64_t>(length) * last.stride) {
            m_runs.push_back({m_size, step, 0});
        }
    }
    ++m_size;
}

void StepColumn::truncate(std::size_t size)
{
    m_size = std::min(m_size, size);
    while (!m_runs.empty() && m_runs.back().firstIndex >= m_size) {
        m_runs.pop_back();
    }
}

std::int64_t StepColumn::at(std::size_t index) const
{
    assert(index < m_size);
    const auto after = std::upper_bound(
        m_runs.begin(), m_runs.end(), index,
        [](std::size_t wanted, const Run& run) { return wanted < run.firstIndex; });
    const Run& run = *(after - 1);
    return run.firstStep + static_cast<std::int64_t>(index - run.firstIndex) * run.stride;
}

std::size_t StepColumn::lowerBound(std::int64_t step) const
{
    const auto after = std::upper_bound(
        m_runs.begin(), m_runs.end(), step,
        [](std::int64_t wanted, const Run& run) { return wanted < run.firstStep; });
    if (after == m_runs.begin()) {
        return 0;
    }
    const Run& run = *(after - 1);
    const std::size_t length = runLength(static_cast<std::size_t>(after - 1 - m_runs.begin()));
    if (step == run.firstStep || run.stride == 0) {
        return run.firstIndex + (step > run.firstStep ? 1 : 0);
    }
    const auto offset = static_cast<std::size_t>((step - run.firstStep - 1) / run.stride + 1);
    return run.firstIndex + std::min(offset, length);
}

} // namespace mocoscope::ui
