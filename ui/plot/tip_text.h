// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace mocoscope::ui {

/// A tool tip of several lines where it is long. Qt draws what is no rich text on one line, however
/// wide the screen is.
[[nodiscard]] QString wrappedTip(const QString& plain);

} // namespace mocoscope::ui
