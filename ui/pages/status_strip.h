// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/run_progress.h"
#include "ui/session/session.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;
class QAction;

namespace mocoscope::ui {

/// The run at the foot of the window, whatever page is shown: state, progress, time left, and the
/// controls.
class StatusStrip final : public QWidget
{
    Q_OBJECT

public:
    StatusStrip(Session& session, RunLibrary& library, QAction& pause, QAction& stop,
                QWidget* parent = nullptr);

    /// Until the run has ended.
    void showStopping();
    [[nodiscard]] const RunProgress& progress() const { return m_progress; }

Q_SIGNALS:
    /// The user wants to see the run.
    void runClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void connectSession();
    void updateState();
    void updateFigures();
    [[nodiscard]] QString stateText() const;

    Session& m_session;
    RunLibrary& m_library;
    RunProgress m_progress;
    QString m_phase; ///< what the trainer does besides its steps
    bool m_isStopping = false;
    QLabel* m_icon;
    QToolButton* m_name;
    QLabel* m_state;
    QProgressBar* m_bar;
    QLabel* m_figures;
    QList<QWidget*> m_ofRun; ///< hidden while there is no run
};

} // namespace mocoscope::ui
