// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"
#include "ui/pages/live_curves.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace mocoscope::ui {

/// A state as a person reads it, and the sign that goes with its colour.
[[nodiscard]] QString stateText(training::RunState state);
[[nodiscard]] QColor stateColour(training::RunState state, bool dark);

/// Name, state and figures of the run on the live page, with its controls.
class LiveHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit LiveHeader(QWidget* parent = nullptr);

    void setRun(const QString& name, const QString& description);
    void setState(training::RunState state);
    /// While the trainer is busy with something else than steps; empty: nothing.
    void setPhase(const training::Progress& progress);
    void setFigures(const LiveFigures& figures, std::int64_t totalSteps, double totalEpochs);
    /// Whether the run shown is the session's running one, so that it can be controlled.
    void setControllable(bool controllable);

Q_SIGNALS:
    void pauseRequested();
    void resumeRequested();
    void stopRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* addFigure(QHBoxLayout& row, const QString& caption, const QString& toolTip);
    void updateState();

    training::RunState m_state = training::RunState::Created;
    bool m_isControllable = false;
    QLabel* m_name;
    QLabel* m_stateLabel;
    QLabel* m_description;
    QLabel* m_step;
    QLabel* m_epoch;
    QLabel* m_elapsed;
    QLabel* m_left;
    QLabel* m_speed;
    QLabel* m_wait;
    QList<QLabel*> m_captions;
    QProgressBar* m_progress;
    QPushButton* m_pause;
    QPushButton* m_stop;
    QString m_phase;
};

} // namespace mocoscope::ui
