// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/colour_bar.h"

#include "ui/plot/plot_theme.h"
#include "ui/plot/tick_places.h"
#include "ui/plot/tick_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {
namespace {

constexpr int barLeft = 10; // pixels
constexpr int barWidth = 14;

} // namespace

ColourBar::ColourBar(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Colours of the heat map"));
}

void ColourBar::setScale(const ColourScale& scale)
{
    m_scale = scale;
    update();
}

void ColourBar::setUnit(const QString& unit)
{
    m_unit = unit;
    update();
}

void ColourBar::setSpan(int top, int bottom)
{
    m_top = top;
    m_bottom = bottom;
    update();
}

std::vector<double> ColourBar::ticks(const ColourScale& scale)
{
    std::vector<double> all;
    if (scale.maximum / scale.minimum >= 1000) {
        all = decadeTicks(scale.minimum, scale.maximum, 5).labelled;
    } else {
        for (double tick = std::exp2(std::floor(std::log2(scale.minimum))); tick <= scale.maximum;
             tick *= 2) {
            all.push_back(tick);
        }
    }
    std::erase_if(all, [&scale](double tick) {
        return tick < 0.999 * scale.minimum || tick > 1.001 * scale.maximum;
    });
    return all;
}

double ColourBar::pixelOf(double value) const
{
    return m_bottom - m_scale.place(value) * (m_bottom - m_top);
}

void ColourBar::paintEvent(QPaintEvent* /*event*/)
{
    const PlotTheme theme = PlotTheme::of(palette(), font());
    QPainter painter(this);
    painter.fillRect(rect(), theme.background);
    if (m_bottom <= m_top) {
        return;
    }
    for (int y = m_top; y < m_bottom; ++y) {
        const double place = (m_bottom - y - 0.5) / (m_bottom - m_top);
        painter.fillRect(barLeft, y, barWidth, 1, mapColour(place));
    }
    painter.setFont(theme.font);
    painter.setPen(theme.dimText);
    const QFontMetrics metrics(theme.font);
    double freeBelow = m_bottom + metrics.height();
    for (const double tick : ticks(m_scale)) {
        const double y = pixelOf(tick);
        if (y > freeBelow - metrics.height()) {
            continue; // no room above the label before
        }
        freeBelow = y;
        painter.drawLine(QPointF(barLeft + barWidth, y), QPointF(barLeft + barWidth + 3, y));
        const QString number
            = m_scale.maximum / m_scale.minimum >= 1000 ? logTickText(tick) : settingText(tick);
        const double baseline = std::max(y + 0.35 * metrics.ascent(), 1.0 * metrics.ascent());
        painter.drawText(QPointF(barLeft + barWidth + 7, baseline),
                         m_unit.isEmpty() ? number : number + QLatin1Char(' ') + m_unit);
    }
}

} // namespace mocoscope::ui
