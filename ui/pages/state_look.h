// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"
#include "ui/theme.h"

namespace mocoscope::ui {

[[nodiscard]] Tone toneOf(training::RunState state);
/// The sign of a state; each has a shape of its own, so that the colour is not needed.
[[nodiscard]] QIcon stateIcon(training::RunState state, const QPalette& palette);
[[nodiscard]] QIcon stateIcon(training::RunState state, const QColor& colour);

} // namespace mocoscope::ui
