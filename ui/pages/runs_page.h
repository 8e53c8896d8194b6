// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"
#include "ui/models/run_filter_model.h"
#include "ui/models/run_table_model.h"
#include "ui/pages/message_bar.h"
#include "ui/session/background_job.h"

#include <QWidget>

#include <string_view>
#include <vector>

class QAction;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QSplitter;
class QStackedLayout;
class QToolBar;
class QTreeView;

namespace mocoscope::training {
class Exporter;
}

namespace mocoscope::ui {

class EvaluationStart;
class ForkStart;
class RunFiles;
class RunLibrary;
class RunPanel;
class WeightsExport;
class Session;
class SweepBar;
class SweepQueue;
class UndoList;
struct PreparedEvaluation;
struct PreparedFork;

/// All runs in a table, with what can be done with them.
class RunsPage final : public QWidget
{
    Q_OBJECT

public:
    RunsPage(RunLibrary& library, Session& session, SweepQueue& queue, training::Exporter& exporter,
             QWidget* parent = nullptr);

    [[nodiscard]] RunTableModel& model() { return m_model; }
    [[nodiscard]] SweepBar& sweepBar() { return *m_sweeps; }
    void select(storage::RunId run);
    void focusSearch();
    /// Import and export of runs.
    [[nodiscard]] RunFiles& files() { return *m_files; }
    /// What can be done here; some have a menu. Possible with what is selected where enabled.
    [[nodiscard]] QList<QAction*> commands() const;
    void saveLayout(QSettings& settings) const;
    void restoreLayout(const QSettings& settings);

Q_SIGNALS:
    void demoRequested();
    void newRunRequested();
    void shownRunsChanged(const std::vector<mocoscope::storage::RunId>& runs);
    void compareRequested();
    void showRequested(mocoscope::storage::RunId run);
    void resumeRequested(mocoscope::storage::RunId run);
    void configurationChosen(const mocoscope::training::TrainingConfig& config,
                             const QString& source);
    /// The form is to be filled with it.
    void evaluationPrepared(const mocoscope::ui::PreparedEvaluation& evaluation);
    void forkPrepared(const mocoscope::ui::PreparedFork& fork);
    void messageRaised(const mocoscope::ui::Message& message);

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeActions();
    void makeFileMenus();
    QAction* addAction(const QString& iconName, const QString& text, const QString& toolTip,
                       const QKeySequence& key, void (RunsPage::*slot)());
    [[nodiscard]] QWidget* makeTable();
    void hideEmptyColumns();
    void setColumnWidths();
    [[nodiscard]] QWidget* makeHeader();
    void makeSearch();
    [[nodiscard]] QWidget* makeEmptyState();
    void openContextMenu(const QPoint& position);
    void updateProblemColour();
    void updateRuns();
    void updateActions();
    [[nodiscard]] QWidget* makeSweepBar();
    void updateQueue();
    [[nodiscard]] std::vector<storage::RunId> selectedRuns() const;
    [[nodiscard]] const storage::RunRecord* singleRun() const;
    [[nodiscard]] QString reasonNotToResume() const;
    [[nodiscard]] QString reasonNotToFork() const;
    [[nodiscard]] QString reasonNotToDelete() const;
    [[nodiscard]] QString nothingShownText() const;

    void renameSelected();
    void deleteSelected();
    void tellFreed(Message message, const std::vector<storage::RunId>& runs);
    void compareSelected();
    void showSelected();
    void checkSelected();
    void resumeSelected();
    void forkSelected();
    void useConfiguration();
    void exportWeights();
    void chooseColour();
    void toggleStar();
    void toggleArchived();
    [[nodiscard]] bool haveAll(std::string_view tag) const;

    RunLibrary& m_library;
    Session& m_session;
    SweepQueue& m_queue;
    RunTableModel m_model;
    BackgroundJob m_sizes; ///< what deleting frees
    RunFilterModel m_filter;
    WeightsExport* m_weightsExport;
    EvaluationStart* m_evaluation;
    ForkStart* m_forkStart;
    RunFiles* m_files;
    UndoList* m_undo;
    QStackedLayout* m_stack;
    QPushButton* m_demo = nullptr;
    QSplitter* m_splitter = nullptr;
    QTreeView* m_table = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_searchProblem = nullptr;
    QLabel* m_count = nullptr;
    QCheckBox* m_showArchived = nullptr; ///< only where there are some
    QLabel* m_nothingFound = nullptr;
    SweepBar* m_sweeps = nullptr;
    RunPanel* m_panel = nullptr;
    QAction* m_show = nullptr;
    QAction* m_check = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_resume = nullptr;
    QAction* m_fork = nullptr;
    QAction* m_useConfiguration = nullptr;
    QAction* m_export = nullptr;
    QAction* m_exportCurves = nullptr; ///< with a menu of formats
    QAction* m_import = nullptr; ///< with a menu: files, a folder
    QAction* m_rename = nullptr;
    QAction* m_colour = nullptr;
    QAction* m_star = nullptr;
    QAction* m_archive = nullptr;
    QAction* m_delete = nullptr;
};

} // namespace mocoscope::ui
