// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/draw_pacer.h"

#include <algorithm>

namespace mocoscope::ui {
namespace {

constexpr qint64 byHandEveryMs = 16;
constexpr qint64 dataEveryMs = 33;

} // namespace

DrawPacer::DrawPacer(QWidget& plot, std::function<void()> draw)
    : m_plot(plot)
    , m_draw(std::move(draw))
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &plot, [this] { drawNow(); });
}

void DrawPacer::dataGrew()
{
    constexpr double share = 50;
    constexpr qint64 longestMs = 1000;
    m_isStale = true;
    schedule(std::clamp(static_cast<qint64>(share * m_drawMs), dataEveryMs, longestMs));
}

void DrawPacer::changedByHand()
{
    m_isStale = true;
    schedule(byHandEveryMs);
}

void DrawPacer::schedule(qint64 intervalMs)
{
    if (!m_plot.isVisible()) {
        return; // drawn when it is shown
    }
    const qint64 since = m_sinceDrawn.isValid() ? m_sinceDrawn.elapsed() : intervalMs;
    const auto wait = static_cast<int>(std::max<qint64>(0, intervalMs - since));
    if (!m_timer.isActive() || m_timer.remainingTime() > wait) {
        m_timer.start(wait);
    }
}

void DrawPacer::drawNow()
{
    m_timer.stop();
    m_isStale = false;
    m_sinceDrawn.start(); // before it: drawing is part of the interval, not on top of it
    m_draw();
    m_drawMs = 1e-6 * static_cast<double>(m_sinceDrawn.nsecsElapsed());
}

void DrawPacer::shown()
{
    if (m_isStale) {
        drawNow();
    }
}

} // namespace mocoscope::ui
