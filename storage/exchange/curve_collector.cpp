// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/curve_collector.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace mocoscope::storage {

namespace {

std::optional<double> find(const std::map<std::int64_t, double>& values, std::int64_t step)
{
    const auto found = values.find(step);
    return found == values.end() ? std::nullopt : std::optional(found->second);
}

std::optional<UtcMilliseconds> milliseconds(std::optional<double> seconds)
{
    constexpr double latest = 253402300800.0; // the year 10000
    if (!seconds || !(*seconds > 0 && *seconds < latest)) {
        return std::nullopt;
    }
    return static_cast<UtcMilliseconds>(std::llround(*seconds * 1000));
}

} // namespace

void CurveCollector::addValue(const std::string& metric, std::int64_t step, double value)
{
    m_values[metric][step]
        = std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

void CurveCollector::addEpoch(std::int64_t step, double epoch)
{
    if (std::isfinite(epoch)) {
        m_epochs[step] = epoch;
    }
}

void CurveCollector::addSeconds(std::int64_t step, double seconds)
{
    if (seconds >= 0 && seconds < 1e12) {
        m_seconds[step] = seconds;
    }
}

void CurveCollector::addWallTime(std::int64_t step, double seconds)
{
    if (seconds > 0 && seconds < 1e12) {
        m_wallTimes.try_emplace(step, seconds);
    }
}

StepTimes CurveCollector::times() const
{
    std::set<std::int64_t> steps;
    for (const auto& [metric, values] : m_values) {
        for (const auto& [step, value] : values) {
            steps.insert(step);
        }
    }
    StepTimes times;
    double lastSeconds = 0; // a clock that was set back must not turn time round
    for (const std::int64_t step : steps) {
        const auto epoch = find(m_epochs, step);
        auto seconds = find(m_seconds, step);
        if (const auto wallTime = find(m_wallTimes, step); wallTime && !seconds) {
            seconds = *wallTime - m_wallTimes.begin()->second;
        }
        if (!epoch && !seconds) {
            continue;
        }
        lastSeconds = std::max(lastSeconds, seconds.value_or(0));
        times.steps.push_back(step);
        times.epochs.push_back(epoch.value_or(times.epochs.empty() ? 0 : times.epochs.back()));
        times.seconds.push_back(lastSeconds);
    }
    return times;
}

ImportedRun CurveCollector::finish() const
{
    ImportedRun run;
    for (const auto& [metric, values] : m_values) {
        Curve curve {metric, {}, {}};
        for (const auto& [step, value] : values) {
            curve.steps.push_back(step);
            curve.values.push_back(value);
        }
        run.curves.push_back(std::move(curve));
    }
    run.times = times();
    if (!m_wallTimes.empty()) {
        const auto [first, last]
            = std::minmax_element(m_wallTimes.begin(), m_wallTimes.end(),
                                  [](const auto& a, const auto& b) { return a.second < b.second; });
        run.startedAt = milliseconds(first->second);
        run.finishedAt = milliseconds(last->second);
    }
    return run;
}

} // namespace mocoscope::storage
