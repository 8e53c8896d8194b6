// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_progress.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mocoscope::ui {

void RunProgress::begin(const training::RunFacts& facts)
{
    *this = {};
    m_step = facts.firstStep;
    m_totalSteps = facts.totalSteps;
    m_epoch = facts.stepsPerEpoch > 0
        ? static_cast<double>(facts.firstStep) / static_cast<double>(facts.stepsPerEpoch)
        : 0;
}

void RunProgress::declare(const std::vector<training::MetricDescription>& metrics)
{
    for (const training::MetricDescription& metric : metrics) {
        if (metric.name == "train/images_per_s") {
            m_rateMetric = m_metricCount;
        }
        ++m_metricCount;
    }
}

void RunProgress::take(const training::MetricBatch& batch)
{
    // The batch of iteration i is the (i + 1)th update; an evaluation names the updates done.
    const bool isStep = std::ranges::any_of(
        batch.values, [this](const auto& value) { return value.metric == m_rateMetric; });
    m_step = std::max(m_step, isStep ? batch.step + 1 : batch.step);
    m_epoch = std::max(m_epoch, batch.epoch);
    for (const training::MetricValue& value : batch.values) {
        if (value.metric == m_rateMetric && std::isfinite(value.value) && value.value > 0) {
            m_secondsAnImage.push_back(1.0 / value.value);
        }
    }
    while (m_secondsAnImage.size() > rateSteps) {
        m_secondsAnImage.pop_front();
    }
    if (m_recent.empty() || batch.step > m_recent.back().step) {
        m_recent.push_back({batch.step, batch.wallMs});
    }
    while (m_recent.back().step - m_recent.front().step > paceSteps) {
        m_recent.pop_front();
    }
}

std::optional<double> RunProgress::imagesPerSecond() const
{
    if (m_secondsAnImage.empty()) {
        return std::nullopt;
    }
    return static_cast<double>(m_secondsAnImage.size())
        / std::accumulate(m_secondsAnImage.begin(), m_secondsAnImage.end(), 0.0);
}

double RunProgress::share() const
{
    return m_totalSteps > 0
        ? std::clamp(static_cast<double>(m_step) / static_cast<double>(m_totalSteps), 0.0, 1.0)
        : 0;
}

std::optional<std::int64_t> RunProgress::remainingMs() const
{
    if (m_recent.size() < 2 || m_totalSteps <= 0) {
        return std::nullopt;
    }
    const Moment& first = m_recent.front();
    const Moment& last = m_recent.back();
    const double stepMs = static_cast<double>(last.wallMs - first.wallMs)
        / static_cast<double>(last.step - first.step);
    return std::llround(stepMs
                        * static_cast<double>(std::max<std::int64_t>(0, m_totalSteps - m_step)));
}

} // namespace mocoscope::ui
