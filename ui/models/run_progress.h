// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace mocoscope::ui {

/// Steps whose mean time tells how long the others will take: enough to hold evaluations too.
inline constexpr std::int64_t paceSteps = 200;
/// Steps over which images per second are told.
inline constexpr std::size_t rateSteps = 50;

/// Where a run is and how long it will take, from its events.
class RunProgress
{
public:
    void begin(const training::RunFacts& facts);
    void declare(const std::vector<training::MetricDescription>& metrics);
    void take(const training::MetricBatch& batch);

    [[nodiscard]] std::int64_t step() const { return m_step; }
    [[nodiscard]] std::int64_t totalSteps() const { return m_totalSteps; }
    [[nodiscard]] double epoch() const { return m_epoch; }
    /// From 0 to 1.
    [[nodiscard]] double share() const;
    /// All images of the last rateSteps steps in all of their time, evaluations left out.
    [[nodiscard]] std::optional<double> imagesPerSecond() const;
    /// From the pace of the last steps; empty before there are two.
    [[nodiscard]] std::optional<std::int64_t> remainingMs() const;

private:
    struct Moment
    {
        std::int64_t step = 0;
        std::int64_t wallMs = 0;
    };

    std::int64_t m_step = 0;
    std::int64_t m_totalSteps = 0;
    double m_epoch = 0;
    std::int64_t m_metricCount = 0;
    std::int64_t m_rateMetric = -1; ///< index of train/images_per_s
    std::deque<double> m_secondsAnImage; ///< of the last rateSteps steps
    std::deque<Moment> m_recent; ///< of the last paceSteps steps
};

} // namespace mocoscope::ui
