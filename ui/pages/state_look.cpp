// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/state_look.h"

#include "ui/models/text_format.h"
#include "ui/plot/plot_theme.h"

namespace mocoscope::ui {

using training::RunState;

Tone toneOf(RunState state)
{
    switch (state) {
    case RunState::Running:
    case RunState::Finished:
        return Tone::Good;
    case RunState::Paused:
    case RunState::Interrupted:
        return Tone::Attention;
    case RunState::Failed:
        return Tone::Bad;
    case RunState::Created:
    case RunState::Stopped:
        break;
    }
    return Tone::Neutral;
}

QIcon stateIcon(RunState state, const QPalette& palette)
{
    return stateIcon(state, toneColour(toneOf(state), isDark(palette)));
}

QIcon stateIcon(RunState state, const QColor& colour)
{
    return themedIcon(stateIconName(state), colour);
}

} // namespace mocoscope::ui
