// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/ports.h"
#include "training/api/sweep.h"
#include "ui/models/measured_speed.h"
#include "ui/pages/widgets.h"
#include "ui/session/background_job.h"
#include "ui/theme.h"

#include <QTimer>

#include <optional>
#include <utility>
#include <vector>

class QComboBox;
class QLineEdit;

namespace mocoscope::ui {

class SweepAxisRow;

/// Plans a sweep: the form's configuration with some options taking several values, or one of the
/// sweeps that redo a table of the study; each with several seeds.
class SweepPanel final : public Card
{
    Q_OBJECT

public:
    explicit SweepPanel(training::DatasetInspector& inspector, QWidget* parent = nullptr);

    /// The form's configuration and the preset that it started from.
    void setConfig(const training::TrainingConfig& config, const QString& preset);
    /// Where measured times come from.
    void setRuns(std::span<const storage::RunRecord> runs);
    /// Why runs like the form's cannot be queued; empty: nothing is against it.
    void setReasonNotToQueue(const QString& reason);

    [[nodiscard]] training::SweepPlan plan() const;
    SweepAxisRow& addOption();
    /// Empty: the form's configuration with options of one's own.
    void chooseBuiltIn(const QString& name);
    void setSeeds(const QString& seeds);
    void unfold();

Q_SIGNALS:
    void queueRequested(const mocoscope::training::SweepPlan& plan);

private:
    [[nodiscard]] QWidget* makeContent();
    [[nodiscard]] bool isOfTheForm() const;
    [[nodiscard]] std::string proposedName(const training::SweepPlan& plan) const;
    void removeOption(SweepAxisRow* row);
    void onSourceChosen();
    void updateSoon();
    void refresh();
    void lookUpData();
    void showEstimate();
    [[nodiscard]] std::optional<std::int64_t> imageCount(const training::DataConfig& images) const;
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QString timeText();
    void showProblem(const QString& text, Tone tone);

    training::DatasetInspector& m_inspector;
    training::TrainingConfig m_config;
    QString m_preset;
    std::vector<storage::RunRecord> m_runs;
    MeasuredSpeed m_speed;
    std::vector<std::pair<training::DataConfig, std::int64_t>> m_images; ///< numbers looked up
    std::vector<training::SweepMember> m_members; ///< of a plan without errors
    QString m_reasonNotToQueue;
    QToolButton* m_fold;
    QWidget* m_content = nullptr;
    QComboBox* m_source = nullptr;
    QLabel* m_about = nullptr;
    QWidget* m_options = nullptr;
    std::vector<SweepAxisRow*> m_rows;
    QLineEdit* m_seeds = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_time = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_queue = nullptr;
    QTimer m_delay;
    BackgroundJob m_job; // last: it uses the inspector
};

} // namespace mocoscope::ui
