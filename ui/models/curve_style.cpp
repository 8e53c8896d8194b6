// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/curve_style.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mocoscope::ui {

namespace {

// The hues of Okabe and Ito (jfly.uni-koeln.de/color), darkened or lightened until each has a
// contrast of 3:1 with the base of its theme; their yellow cannot be seen on white.
constexpr std::array<QRgb, curveColours> onLight {0xff0072b2, 0xffd55e00, 0xff008a62, 0xffb8548d,
                                                  0xff8f6d00, 0xff3a93c8, 0xff4d4d4d};
constexpr std::array<QRgb, curveColours> onDark {0xff4ba3df, 0xffee7f3b, 0xff2fbf93, 0xffdd8fbd,
                                                 0xffe3bb3f, 0xff9bd3f7, 0xffc4c4c4};
constexpr std::array dashes {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};

int wrapped(int value, std::size_t size)
{
    const int count = static_cast<int>(size);
    return (value % count + count) % count;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

} // namespace

CurveStyle curveStyle(int index, bool dark)
{
    const auto& colours = dark ? onDark : onLight;
    const int cycle = index >= 0 ? index / curveColours : (index + 1) / curveColours - 1;
    return {QColor(colours[static_cast<std::size_t>(wrapped(index, colours.size()))]),
            dashes[static_cast<std::size_t>(wrapped(cycle, dashes.size()))]};
}

CurveStyle runStyle(const storage::RunRecord& run, bool dark)
{
    constexpr std::int64_t period = curveColours * static_cast<std::int64_t>(dashes.size());
    CurveStyle style = curveStyle(static_cast<int>((run.id.value - 1) % period), dark);
    if (const QColor chosen(QString::fromStdString(run.colour));
        !run.colour.empty() && chosen.isValid()) {
        style.colour = chosen;
    }
    return style;
}

double contrast(const QColor& one, const QColor& other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

} // namespace mocoscope::ui
