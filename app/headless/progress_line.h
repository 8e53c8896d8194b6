// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"

#include <cstdint>
#include <optional>
#include <string>

namespace mocoscope::headless {

/// What a progress bar says of a run; text only, no terminal.
class ProgressLine
{
public:
    void setFacts(const training::RunFacts& facts);
    void setProgress(const training::Progress& progress) { m_progress = progress; }
    void setState(training::RunState state) { m_state = state; }
    /// `wallMs` is the training time so far.
    void advance(std::int64_t step, double epoch, std::int64_t wallMs);
    void setLoss(double loss) { m_loss = loss; }
    void setImagesPerSecond(double rate) { m_imagesPerSecond = rate; }

    /// Time to the last step at the pace of the latest steps; none until two were seen.
    [[nodiscard]] std::optional<std::int64_t> remainingMs() const;
    /// At most `columns` wide.
    [[nodiscard]] std::string text(int columns) const;

private:
    [[nodiscard]] double share() const;
    [[nodiscard]] std::string figures() const;

    training::RunFacts m_facts;
    training::Progress m_progress;
    training::RunState m_state = training::RunState::Created;
    std::optional<double> m_loss;
    std::optional<double> m_imagesPerSecond;
    std::optional<double> m_msPerStep; ///< running mean of the latest steps
    std::int64_t m_step = 0;
    double m_epoch = 0;
    std::optional<std::int64_t> m_wallMs;
};

} // namespace mocoscope::headless
