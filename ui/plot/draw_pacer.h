// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>

namespace mocoscope::ui {

/// When a plot is drawn: only while visible; what its user does within 16 ms, new data as often as
/// takes a fiftieth of the thread at most. Window thread.
class DrawPacer final
{
public:
    /// `plot` outlives this.
    DrawPacer(QWidget& plot, std::function<void()> draw);

    void dataGrew();
    void changedByHand();
    /// At once.
    void drawNow();
    /// Of the plot's showEvent().
    void shown();
    [[nodiscard]] bool isStale() const { return m_isStale; }

private:
    void schedule(qint64 intervalMs);

    QWidget& m_plot;
    std::function<void()> m_draw;
    bool m_isStale = true;
    QTimer m_timer;
    QElapsedTimer m_sinceDrawn;
    double m_drawMs = 0; ///< what the last drawing took
};

} // namespace mocoscope::ui
