// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QAction;
class QWidget;

namespace mocoscope::ui {

/// All shortcuts: those of `actions`, and those that the pages have besides. Does not block.
void showShortcuts(QWidget* parent, const QList<QAction*>& actions);
void showAbout(QWidget* parent);

} // namespace mocoscope::ui
