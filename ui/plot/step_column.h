// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mocoscope::ui {

/// Ascending steps, kept as arithmetic runs: a metric of each step costs the same few bytes however
/// long the training is. Any thread, not shared.
class StepColumn
{
public:
    /// `step` must be greater than the last one.
    void append(std::int64_t step);
    /// Keeps the first `size` steps.
    void truncate(std::size_t size);

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::int64_t at(std::size_t index) const;
    /// First index whose step is >= `step`; size() if there is none.
    [[nodiscard]] std::size_t lowerBound(std::int64_t step) const;

private:
    struct Run
    {
        std::size_t firstIndex = 0;
        std::int64_t firstStep = 0;
        std::int64_t stride = 0; ///< 0: a single step so far
    };
    [[nodiscard]] std::size_t runLength(std::size_t run) const;
    std::vector<Run> m_runs;
    std::size_t m_size = 0;
};

} // namespace mocoscope::ui
