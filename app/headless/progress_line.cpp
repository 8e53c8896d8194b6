// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/progress_line.h"

#include "app/headless/format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace mocoscope::headless {

namespace {

/// Share of the newest step in the mean pace: the estimate follows the last twenty or so.
constexpr double newestShare = 0.1;
constexpr int barWidth = 20;

std::string bar(double share)
{
    const int full = static_cast<int>(std::lround(share * barWidth));
    return "[" + std::string(static_cast<std::size_t>(full), '#')
        + std::string(static_cast<std::size_t>(barWidth - full), '.') + "]";
}

std::string fixed(double value, int decimals)
{
    char buffer[48];
    std::snprintf(buffer, sizeof(buffer), "%.*f", decimals, value);
    return buffer;
}

} // namespace

void ProgressLine::setFacts(const training::RunFacts& facts)
{
    m_facts = facts;
    m_step = facts.firstStep;
}

void ProgressLine::advance(std::int64_t step, double epoch, std::int64_t wallMs)
{
    if (m_wallMs && step > m_step && wallMs >= *m_wallMs) {
        const double pace
            = static_cast<double>(wallMs - *m_wallMs) / static_cast<double>(step - m_step);
        m_msPerStep = m_msPerStep ? *m_msPerStep + newestShare * (pace - *m_msPerStep) : pace;
    }
    m_step = std::max(m_step, step);
    m_epoch = epoch;
    m_wallMs = wallMs;
}

std::optional<std::int64_t> ProgressLine::remainingMs() const
{
    if (!m_msPerStep || m_facts.totalSteps <= 0) {
        return std::nullopt;
    }
    const std::int64_t steps = std::max<std::int64_t>(0, m_facts.totalSteps - m_step);
    return std::llround(*m_msPerStep * static_cast<double>(steps));
}

double ProgressLine::share() const
{
    const double total = static_cast<double>(std::max<std::int64_t>(1, m_facts.totalSteps));
    return std::clamp(static_cast<double>(m_step) / total, 0.0, 1.0);
}

std::string ProgressLine::figures() const
{
    std::string text
        = "  step " + std::to_string(m_step) + "/" + std::to_string(m_facts.totalSteps);
    if (m_loss) {
        text += "  loss " + (std::isfinite(*m_loss) ? fixed(*m_loss, 3) : "not finite");
    }
    if (m_imagesPerSecond) {
        text += "  " + fixed(*m_imagesPerSecond, *m_imagesPerSecond < 10 ? 1 : 0) + " images/s";
    }
    if (const auto remaining = remainingMs()) {
        text += "  ETA " + formatDuration(*remaining);
    }
    // Last: what does not fit is cut off.
    return text + "  epoch " + fixed(m_epoch, 1);
}

std::string ProgressLine::text(int columns) const
{
    std::string line;
    if (m_facts.totalSteps > 0) {
        line = bar(share()) + " " + std::to_string(static_cast<int>(share() * 100)) + "%"
            + figures();
    }
    if (m_state == training::RunState::Paused) {
        line += "  paused";
    }
    if (!m_progress.phase.empty()) {
        line += (line.empty() ? "" : "  ") + m_progress.phase;
        line += m_progress.total > 0
            ? " " + std::to_string(m_progress.done) + "/" + std::to_string(m_progress.total)
            : "";
    }
    return std::string(cutToWidth(printable(line), static_cast<std::size_t>(std::max(1, columns))));
}

} // namespace mocoscope::headless
