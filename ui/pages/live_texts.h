// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"
#include "training/api/training_event.h"

#include <QString>

#include <cstdint>

namespace mocoscope::ui {

/// What a run does, in a line.
[[nodiscard]] QString describeRun(const training::TrainingConfig& config, const QString& preset,
                                  const QString& device, std::int64_t trainableParameters);

/// What a run does between two steps, with how much of it is done; empty: it trains.
[[nodiscard]] QString phaseText(const training::Progress& progress);

/// Why a plot of the Live page is empty, and what to do about it.
struct LiveHints
{
    QString loss;
    QString accuracy;
    QString gradient;
};
/// `hasEnded`: what is not there does not come any more.
[[nodiscard]] LiveHints liveHints(const training::TrainingConfig& config, bool isUnlabelled,
                                  bool hasEnded);

} // namespace mocoscope::ui
