// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"
#include "ui/models/measured_speed.h"
#include "ui/pages/widgets.h"
#include "ui/session/background_job.h"

#include <QTimer>

#include <optional>
#include <span>
#include <utility>

class QGridLayout;

namespace mocoscope::ui {

/// What a configuration will need: computed from its numbers, looked up in the data, or measured in
/// a past run; never guessed.
class EstimatePanel final : public Card
{
    Q_OBJECT

public:
    EstimatePanel(training::DatasetInspector& inspector, training::WeightsInspector& weights,
                  QWidget* parent = nullptr);

    void setConfig(const training::TrainingConfig& config);
    /// Where measured times come from.
    void setRuns(std::span<const storage::RunRecord> runs);
    /// Why the newest configuration cannot be trained with its data or its initial weights; empty:
    /// nothing is known against it.
    [[nodiscard]] QString problem() const;
    /// More may be known in a moment.
    [[nodiscard]] bool isLookingUp() const;
    /// Looks at once, not when nothing has been typed for a while.
    void hurry();

Q_SIGNALS:
    /// Something was found out about the data or the weights.
    void lookedUp();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QLabel* addFigure(const QString& name, const QString& toolTip);
    /// Figures beside their names, or below them.
    void arrange();
    void lookUpData();
    void lookUpWeights();
    void showFigures();
    void showData();
    void showSteps();

    training::DatasetInspector& m_inspector;
    training::WeightsInspector& m_weights;
    training::TrainingConfig m_config;
    std::vector<storage::RunRecord> m_runs;
    MeasuredSpeed m_speed;
    std::optional<training::DataConfig> m_lookedUp; ///< what m_facts are about
    std::optional<training::DatasetFacts> m_facts;
    QString m_dataProblem;
    std::optional<std::pair<training::ModelConfig, training::MethodConfig>> m_fitted; ///< likewise
    QString m_weightsProblem;
    QGridLayout* m_grid;
    std::vector<std::pair<QLabel*, QLabel*>> m_figures; ///< name and value
    bool m_isNarrow = false;
    QLabel* m_backbone;
    QLabel* m_parameters;
    QLabel* m_trainable;
    QLabel* m_flops;
    QLabel* m_memory;
    QLabel* m_data;
    QLabel* m_steps;
    QLabel* m_time;
    QTimer m_delay;
    QTimer m_weightsDelay;
    BackgroundJob m_job; // last: they use the inspectors
    BackgroundJob m_weightsJob;
};

} // namespace mocoscope::ui
