// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include "ui/plot/plot_theme.h"
#include "ui/window_style.h"

#include <QApplication>
#include <QFontMetrics>
#include <QWidget>

#ifdef MOCOSCOPE_DBUS
#include "ui/desktop_portal.h"
#endif

namespace mocoscope::ui {

namespace {

struct Shades
{
    QRgb window, base, alternate, button, text, muted, disabled, line, shadow, accent, link;
};
constexpr Shades light {0xfff3f4f6, 0xffffffff, 0xfff8f9fb, 0xfffafbfc, 0xff1d2129, 0xff626a77,
                        0xffa1a8b3, 0xffc9ced6, 0xff9aa2ae, 0xff1f6cab, 0xff1a65a3};
constexpr Shades dark {0xff202329, 0xff181a1f, 0xff1d2025, 0xff2c3038, 0xffe5e8ec, 0xff9ca4b0,
                       0xff6a727e, 0xff434954, 0xff0e1013, 0xff2b74b4, 0xff73b9f1};

QPalette paletteFrom(const Shades& shades)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, QRgb colour) {
        palette.setColor(role, QColor(colour));
    };
    set(QPalette::Window, shades.window);
    set(QPalette::WindowText, shades.text);
    set(QPalette::Base, shades.base);
    set(QPalette::AlternateBase, shades.alternate);
    set(QPalette::Text, shades.text);
    set(QPalette::PlaceholderText, shades.muted);
    set(QPalette::Button, shades.button);
    set(QPalette::ButtonText, shades.text);
    set(QPalette::BrightText, 0xffffffff);
    set(QPalette::ToolTipBase, shades.base);
    set(QPalette::ToolTipText, shades.text);
    set(QPalette::Light, shades.base);
    set(QPalette::Midlight, shades.line);
    set(QPalette::Mid, shades.line);
    set(QPalette::Dark, shades.shadow);
    set(QPalette::Shadow, shades.shadow);
    set(QPalette::Highlight, shades.accent);
    set(QPalette::HighlightedText, 0xffffffff);
    set(QPalette::Link, shades.link);
    set(QPalette::LinkVisited, shades.link);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, QColor(shades.disabled));
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(shades.line));
    return palette;
}

} // namespace

QString toText(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return "system";
    case ThemeChoice::Light:
        return "light";
    case ThemeChoice::Dark:
        return "dark";
    }
    return {};
}

ThemeChoice themeChoiceFromText(const QString& text)
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (text == toText(choice)) {
            return choice;
        }
    }
    return ThemeChoice::System;
}

Theme::Theme(QObject* parent)
    : QObject(parent)
    // The palette that the desktop's platform plugin has set tells its theme.
    , m_isDesktopDark(ui::isDark(QApplication::palette()))
{
    QApplication::setStyle(new WindowStyle);
    watchDesktop();
    apply();
}

void Theme::choose(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

bool Theme::isDark() const
{
    return m_choice == ThemeChoice::System ? m_isDesktopDark : m_choice == ThemeChoice::Dark;
}

QPalette Theme::palette(bool isDark)
{
    return paletteFrom(isDark ? dark : light);
}

void Theme::apply()
{
    QApplication::setPalette(palette(isDark()));
    // A style sheet keeps the colours of the palette that it was read with.
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget* widget : widgets) {
        if (const QString sheet = widget->styleSheet(); !sheet.isEmpty()) {
            widget->setStyleSheet({});
            widget->setStyleSheet(sheet);
        }
    }
}

void Theme::watchDesktop()
{
#ifdef MOCOSCOPE_DBUS
    connect(new DesktopPortal(this), &DesktopPortal::schemeTold, this, [this](bool isDesktopDark) {
        m_isDesktopDark = isDesktopDark;
        apply();
    });
#endif
}

int spacing(int quarters)
{
    return qMax(1, QFontMetrics(QApplication::font()).height() * quarters / 4);
}

QColor mutedText(const QPalette& palette)
{
    return palette.color(QPalette::PlaceholderText);
}

QColor toneColour(Tone tone, bool isDark)
{
    switch (tone) {
    case Tone::Neutral:
        return QColor(isDark ? dark.muted : light.muted);
    case Tone::Good:
        return QColor(isDark ? 0xff4cc38a : 0xff18794e);
    case Tone::Attention:
        return QColor(isDark ? 0xffe2b04a : 0xff8a5a00);
    case Tone::Bad:
        return QColor(isDark ? 0xffff8f85 : 0xffb3261e);
    }
    return {};
}

} // namespace mocoscope::ui
