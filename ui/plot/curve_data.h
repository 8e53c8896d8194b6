// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/min_max_pyramid.h"
#include "ui/plot/step_column.h"

#include <cstdint>
#include <span>
#include <vector>

namespace mocoscope::ui {

/// All samples of a curve, as they came: nothing is ever thinned here. NaN is a gap. Window thread.
class CurveData
{
public:
    /// `step` greater than lastStep(). Infinities are kept as NaN: there is no place to draw them.
    void append(std::int64_t step, double value);
    /// Forgets `step` and what comes after it: a resumed run repeats steps.
    void truncateFrom(std::int64_t step);

    [[nodiscard]] std::size_t size() const { return m_values.size(); }
    [[nodiscard]] bool isEmpty() const { return m_values.empty(); }
    [[nodiscard]] std::int64_t step(std::size_t index) const { return m_steps.at(index); }
    [[nodiscard]] double value(std::size_t index) const { return m_values[index]; }
    [[nodiscard]] std::int64_t lastStep() const;
    [[nodiscard]] std::span<const double> values() const { return m_values; }
    [[nodiscard]] std::size_t lowerBound(std::int64_t step) const
    {
        return m_steps.lowerBound(step);
    }
    /// Index of the sample whose step is nearest to `step`; only if not isEmpty().
    [[nodiscard]] std::size_t nearest(double step) const;
    /// Of samples [first, last).
    [[nodiscard]] Extent extent(std::size_t first, std::size_t last) const;
    /// Grows when samples that were there before are changed or dropped: derived data start over.
    [[nodiscard]] std::uint64_t generation() const { return m_generation; }

private:
    StepColumn m_steps;
    std::vector<double> m_values;
    MinMaxPyramid m_pyramid;
    std::uint64_t m_generation = 0;
};

} // namespace mocoscope::ui
