// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare_model.h"

#include <optional>
#include <span>

namespace mocoscope::ui {

/// One line of results in a comparison.
struct Figure
{
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

} // namespace mocoscope::ui
