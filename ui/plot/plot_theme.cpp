// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_theme.h"

#include <algorithm>

namespace mocoscope::ui {
namespace {

PlotTheme themeOf(const QColor& background, const QColor& text, QFont font)
{
    PlotTheme theme;
    theme.isDark = background.lightnessF() < 0.5;
    theme.background = background;
    theme.text = text;
    theme.dimText = mixed(text, background, 0.65);
    theme.axis = mixed(text, background, 0.35);
    theme.grid = mixed(text, background, theme.isDark ? 0.11 : 0.09);
    theme.crosshair = mixed(text, background, 0.55);
    theme.incident = theme.isDark ? QColor(0xff, 0x8a, 0x65) : QColor(0xc6, 0x28, 0x28);
    theme.checkpoint = mixed(text, background, 0.3);
    font.setPointSizeF(font.pointSizeF() > 0 ? font.pointSizeF() * 0.88 : 8.5);
    theme.font = font;
    return theme;
}

} // namespace

QColor mixed(const QColor& over, const QColor& under, double share)
{
    const auto part = [share](float a, float b) {
        return static_cast<float>(share) * a + static_cast<float>(1.0 - share) * b;
    };
    return QColor::fromRgbF(part(over.redF(), under.redF()), part(over.greenF(), under.greenF()),
                            part(over.blueF(), under.blueF()));
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightnessF() < 0.5F;
}

QString elidedName(const QFontMetrics& metrics, const QString& name, int width)
{
    constexpr qsizetype letters = 3;
    if (metrics.horizontalAdvance(name) <= width) {
        return name;
    }
    const QString start = name.left(letters);
    const int rest = width - metrics.horizontalAdvance(start);
    return start + metrics.elidedText(name.mid(letters), Qt::ElideLeft, std::max(0, rest));
}

QString checkedButtonStyle()
{
    return QStringLiteral(
        "QToolButton { border: 1px solid rgba(128, 128, 128, 80); border-radius: 3px; padding: 1px "
        "6px; }"
        "QToolButton:hover { border-color: rgba(128, 128, 128, 190); }"
        "QToolButton:focus { border-color: palette(highlight); }"
        "QToolButton:checked { background: palette(highlight); color: palette(highlighted-text); }"
        "QToolButton:disabled { color: palette(mid); }"
        "QToolButton::menu-indicator { image: none; }");
}

PlotTheme PlotTheme::of(const QPalette& palette, const QFont& font)
{
    return themeOf(palette.color(QPalette::Base), palette.color(QPalette::Text), font);
}

PlotTheme PlotTheme::paper(const QFont& font)
{
    return themeOf(Qt::white, QColor(0x1d, 0x1d, 0x1f), font);
}

} // namespace mocoscope::ui
