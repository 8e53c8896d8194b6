// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_import.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace mocoscope::storage {

/// Puts values that come in any order together to the curves of a run. What is told twice of a
/// step counts as it was told last: a resumed run repeats steps.
class CurveCollector
{
public:
    /// NaN for what was not finite.
    void addValue(const std::string& metric, std::int64_t step, double value);
    void addEpoch(std::int64_t step, double epoch);
    void addSeconds(std::int64_t step, double seconds);
    /// Seconds since 1970-01-01T00:00:00Z; the first one of a step counts.
    void addWallTime(std::int64_t step, double seconds);

    /// Curves, times and when the run began and ended. Times of steps without a value are left out.
    [[nodiscard]] ImportedRun finish() const;

private:
    [[nodiscard]] StepTimes times() const;
    using BySteps = std::map<std::int64_t, double>;
    std::map<std::string, BySteps> m_values;
    BySteps m_epochs;
    BySteps m_seconds;
    BySteps m_wallTimes;
};

} // namespace mocoscope::storage
