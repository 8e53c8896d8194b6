// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace mocoscope::ui {

class RunLibrary;
struct ListedCheckpoint;

/// The checkpoints of a run, the newest first, each to be forked from.
class CheckpointList final : public QWidget
{
    Q_OBJECT

public:
    explicit CheckpointList(RunLibrary& library, QWidget* parent = nullptr);

    /// Reads them again when the run is another one, or has gone on.
    void setRun(const storage::RunRecord& run);

Q_SIGNALS:
    void forkRequested(mocoscope::storage::RunId run, std::int64_t step);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void fitHeight();
    void show(const std::vector<ListedCheckpoint>& checkpoints);
    void updateButton();
    void requestFork();
    [[nodiscard]] std::optional<std::int64_t> selectedStep() const;

    RunLibrary& m_library;
    storage::RunId m_run;
    storage::UtcMilliseconds m_readAt = -1; ///< the run's last change that is shown
    std::vector<std::pair<std::int64_t, std::optional<double>>> m_shown; ///< step, accuracy
    QString m_reasonNotToFork;
    QLabel* m_none;
    QTreeWidget* m_tree;
    QPushButton* m_fork;
};

} // namespace mocoscope::ui
