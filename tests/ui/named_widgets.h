// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QPushButton>

namespace mocoscope::testing {

/// The visible button of that text, mnemonics left out; nullptr: there is none.
inline QPushButton* buttonNamed(const QWidget& parent, const QString& text)
{
    for (auto* button : parent.findChildren<QPushButton*>()) {
        if (button->text().remove('&') == text && button->isVisible()) {
            return button;
        }
    }
    return nullptr;
}

/// The action of that text, mnemonics left out; nullptr: there is none.
inline QAction* actionNamed(const QWidget& parent, const QString& text)
{
    for (auto* action : parent.findChildren<QAction*>()) {
        if (action->text().remove('&') == text) {
            return action;
        }
    }
    return nullptr;
}

} // namespace mocoscope::testing
