// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_model.h"

#include <optional>
#include <span>

namespace mocoscope::ui {

/// One line of results in a comparison.
struct Figure
{
    const char* id; ///< stays as it is: `knn_top1_last`
    const char* title;
    const char* help;
    enum class Goal : std::uint8_t
    {
        Lower,
        Higher,
        None
    } goal;
    /// Empty where the run has no such value.
    std::optional<double> (*value)(const ComparedRun& run);
    QString (*text)(double value);
};
[[nodiscard]] std::span<const Figure> figures();
/// Translated.
[[nodiscard]] QString figureTitle(const Figure& figure);

/// Whether more or less of it is better or worse: not so of losses of other frameworks,
/// temperatures, batches or views, whose heights say nothing about each other.
[[nodiscard]] bool areComparable(const Figure& figure, const ComparedRun& run,
                                 const ComparedRun& other);

/// How many of the runs have it.
[[nodiscard]] std::ptrdiff_t countOf(const Figure& figure, const std::vector<ComparedRun>& runs);

/// Of a difference of two values, without its sign, as many decimals as they have: 0.937 against
/// 0.942 differs by 0.005, not by 0.005225. Empty when they read the same.
[[nodiscard]] QString sizeOfDelta(const Figure& figure, double value, double base);
/// A deviation with as many decimals as `mean` has: 0.040 of 1.044.
[[nodiscard]] QString deviationText(const Figure& figure, double mean, double deviation);

} // namespace mocoscope::ui
