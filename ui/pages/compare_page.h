// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "storage/run_record.h"
#include "training/api/training_config.h"

#include <QWidget>

namespace mocoscope::ui {

class RunLibrary;

/// Past runs side by side: curves over each other, what their configurations differ in, and what
/// came of it.
class ComparePage final : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePage(RunLibrary& library, QWidget* parent = nullptr);
    ~ComparePage() override;

    /// The runs to lay side by side, in this order; the first is the baseline until another is
    /// chosen.
    void setRuns(std::vector<storage::RunId> runs);

Q_SIGNALS:
    /// The user wants to start from the configuration of one of the runs.
    void configurationChosen(const mocoscope::training::TrainingConfig& config);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace mocoscope::ui
