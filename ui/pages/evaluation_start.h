// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"
#include "ui/pages/message_bar.h"
#include "ui/session/background_job.h"

#include <QObject>

#include <memory>

class QAction;
class QMenu;
class QWidget;

namespace mocoscope::ui {

class RunLibrary;

/// An evaluation that only has to be looked over and started.
struct PreparedEvaluation
{
    training::TrainingConfig config; ///< the run's own, with the task and its newest checkpoint
    storage::RunId run; ///< that is evaluated
    QString runName;
};

/// Offers kNN, linear probing and fine-tuning for a run, and makes the configuration of what was
/// chosen from its newest checkpoint. Lives on the window's thread; looks for the checkpoint on
/// another.
class EvaluationStart final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive this.
    EvaluationStart(RunLibrary& library, QWidget* parent);
    ~EvaluationStart() override;

    /// With a menu of the tasks.
    [[nodiscard]] QAction* action() { return m_action; }
    /// Without a run nothing happens.
    void prepare(const storage::RunRecord* run, const QString& task);

Q_SIGNALS:
    void taskChosen(const QString& task);
    void prepared(const mocoscope::ui::PreparedEvaluation& evaluation);
    void messageRaised(const mocoscope::ui::Message& message);

private:
    RunLibrary& m_library;
    std::unique_ptr<QMenu> m_menu;
    QAction* m_action;
    BackgroundJob m_job;
};

} // namespace mocoscope::ui
