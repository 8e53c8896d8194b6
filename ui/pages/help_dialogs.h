// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace mocoscope::ui {

/// What this program is. Does not block.
void showAbout(QWidget* parent);

} // namespace mocoscope::ui
