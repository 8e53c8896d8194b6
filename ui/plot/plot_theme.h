// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QFontMetrics>
#include <QPalette>

namespace mocoscope::ui {

/// Everything that a plot is painted with, apart from its curves.
struct PlotTheme
{
    bool isDark = false;
    QColor background;
    QColor text;
    QColor dimText;
    QColor axis;
    QColor grid;
    QColor crosshair;
    QColor incident;
    QColor checkpoint;
    QFont font; ///< of tick labels

    [[nodiscard]] static PlotTheme of(const QPalette& palette, const QFont& font);
    /// White paper, whatever the window looks like.
    [[nodiscard]] static PlotTheme paper(const QFont& font);
};

/// `share` of `over`, the rest of `under`.
[[nodiscard]] QColor mixed(const QColor& over, const QColor& under, double share);
[[nodiscard]] bool isDark(const QPalette& palette);
/// As much of a name as there is room for: what tells one run from another stands at its end, so
/// that of its beginning only a few letters stay.
[[nodiscard]] QString elidedName(const QFontMetrics& metrics, const QString& name, int width);
/// Style sheet of tool buttons that shows in either theme which of them are on.
[[nodiscard]] QString checkedButtonStyle();

} // namespace mocoscope::ui
