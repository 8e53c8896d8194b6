// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>

namespace mocoscope::ui {

enum class ThemeChoice : std::uint8_t
{
    System,
    Light,
    Dark
};
/// `system`, `light`, `dark`: as it is kept in the settings. Unknown texts are `system`.
[[nodiscard]] QString toText(ThemeChoice choice);
[[nodiscard]] ThemeChoice themeChoiceFromText(const QString& text);

/// Dresses the application: the Fusion style with a light or a dark palette. Follows the desktop
/// while the choice is System. Make one, before the first window.
class Theme final : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);

    void choose(ThemeChoice choice);
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] bool isDark() const;
    [[nodiscard]] static QPalette palette(bool dark);

private:
    void watchDesktop();
    void apply();

    ThemeChoice m_choice = ThemeChoice::System;
    bool m_isDesktopDark;
};

/// An icon of resources/icons in the colour of the palette's text; follows a change of the theme.
[[nodiscard]] QIcon themedIcon(const QString& name);
/// The same in a colour of its own.
[[nodiscard]] QIcon themedIcon(const QString& name, const QColor& colour);

/// The program's own, in its own colours.
[[nodiscard]] QIcon applicationIcon();

/// Distances in a quarter of the font's height, so that they grow with the scale of the screen.
[[nodiscard]] int spacing(int quarters);

/// Text that is less important than the palette's text, yet readable on it.
[[nodiscard]] QColor mutedText(const QPalette& palette);

enum class Tone : std::uint8_t
{
    Neutral,
    Good,
    Attention,
    Bad
};
/// Readable (4.5:1) on the window's background of either theme.
[[nodiscard]] QColor toneColour(Tone tone, bool dark);

} // namespace mocoscope::ui
