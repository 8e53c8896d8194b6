// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace mocoscope::ui {

/// Chooses one sweep of the runs, says how far it is, and lets its queue be stopped, continued and
/// its results compared. Hidden while no run belongs to a sweep.
class SweepBar final : public QWidget
{
    Q_OBJECT

public:
    explicit SweepBar(QWidget* parent = nullptr);

    void setRuns(const std::vector<storage::RunRecord>& runs);
    /// Sweeps in the queue; `reasonNotToContinue` is empty where one could be continued.
    void setQueue(std::vector<storage::SweepId> queued, const QString& reasonNotToContinue);
    /// Empty: all runs. One that was just made is chosen as soon as its runs are told.
    void choose(std::optional<storage::SweepId> sweep);
    /// Empty: all runs.
    [[nodiscard]] std::optional<storage::SweepId> chosen() const;
    /// Of the chosen sweep, in the order of training.
    [[nodiscard]] std::vector<storage::RunId> finishedRuns() const;

Q_SIGNALS:
    void sweepChosen();
    void continueRequested(mocoscope::storage::SweepId sweep);
    void stopRequested();
    void compareRequested(const std::vector<mocoscope::storage::RunId>& runs);

private:
    void fillChoice();
    [[nodiscard]] int indexOf(std::optional<storage::SweepId> sweep) const;
    void refresh();
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] bool isQueued() const;

    std::vector<storage::RunRecord> m_runs; ///< those that belong to sweeps
    std::vector<storage::SweepId> m_queued;
    std::optional<storage::SweepId> m_awaited; ///< to be chosen when it is there
    QString m_reasonNotToContinue;
    QComboBox* m_choice;
    QLabel* m_progress;
    QPushButton* m_continue;
    QPushButton* m_stop;
    QPushButton* m_compare;
};

} // namespace mocoscope::ui
