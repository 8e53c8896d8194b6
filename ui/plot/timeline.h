// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plot/step_column.h"

#include <cstdint>
#include <vector>

namespace mocoscope::ui {

/// What the horizontal axis counts.
enum class AxisUnit : std::uint8_t
{
    Step,
    Epoch,
    Time
};

/// When the steps of a run happened: epoch and seconds of training of each step that was recorded.
/// In between it is interpolated; outside, the nearest recorded step counts.
class Timeline
{
public:
    /// `step` greater than the last one; epoch and seconds are raised to the last ones if they are
    /// lower, so that the axis always runs forward.
    void append(std::int64_t step, double epoch, double seconds);
    /// Forgets `step` and what comes after it.
    void truncateFrom(std::int64_t step);

    [[nodiscard]] bool isEmpty() const { return m_steps.size() == 0; }
    [[nodiscard]] std::size_t size() const { return m_steps.size(); }
    [[nodiscard]] std::int64_t lastStep() const;
    /// Position of `step` on an axis of `unit`.
    [[nodiscard]] double position(double step, AxisUnit unit) const;
    /// The step (not whole in general) at `position`: the inverse of position(); the first such
    /// step.
    [[nodiscard]] double stepAt(double position, AxisUnit unit) const;

private:
    [[nodiscard]] const std::vector<double>& column(AxisUnit unit) const;
    StepColumn m_steps;
    std::vector<double> m_epochs;
    std::vector<double> m_seconds;
};

} // namespace mocoscope::ui
