// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace mocoscope::ui {

/// What the evaluations of a run have measured of its features; see training/monitors/collapse.h.
struct CollapseFigures
{
    std::int64_t step = 0; ///< of the newest evaluation
    std::optional<double> deviation; ///< 1: spread over the sphere, 0: all alike
    std::optional<double> rank;
    std::optional<double> bestRank; ///< the largest so far
    std::optional<double> alignment; ///< of two views of an image: 0 alike … 2 no more than others
    std::optional<double> uniformity; ///< 0: all alike; −4: spread evenly
    std::optional<double> deadShare; ///< 0 … 1
};

enum class CollapseState : std::uint8_t
{
    Unknown,
    Untrained,
    Healthy,
    Shrinking, ///< fewer dimensions than before
    Partial, ///< many dead dimensions
    Collapsed
};
[[nodiscard]] CollapseState collapseState(const CollapseFigures& figures);
/// What the numbers mean, and what to do, for a person.
[[nodiscard]] QString collapseVerdict(const CollapseFigures& figures);

} // namespace mocoscope::ui
