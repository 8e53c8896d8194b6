// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/headless/signal_watch.h"

#include <QObject>

namespace mocoscope {

namespace ui {
class MainWindow;
}

/// SIGTERM, SIGINT and SIGHUP (the session ends) close the window as its user would: a run is
/// stopped with a checkpoint, nothing is asked. A second Ctrl-C ends the process at once. Made
/// before any other thread is started, see SignalWatch.
class ClosingSignals
{
public:
    ClosingSignals();
    /// Outlives this, or is closed before.
    void close(ui::MainWindow& window) { m_window = &window; }

private:
    void closeWindow() const;

    ui::MainWindow* m_window = nullptr; ///< window's thread
    QObject m_receiver; ///< brings the signal to the window's thread
    headless::SignalWatch m_watch; ///< last: its thread uses the others
};

} // namespace mocoscope
