// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"
#include "ui/pages/compare_model.h"
#include "ui/pages/compare_run_list.h"
#include "ui/pages/message_bar.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <vector>

class QSettings;
class QSplitter;
class QStackedLayout;
class QTabWidget;

namespace mocoscope::ui {

class AblationView;
class CompareChooser;
class ComparePlots;
class CompareStore;
class CompareTable;
class CompareView;
class MultiplesView;
class ParallelView;
class RunFiles;
class RunLibrary;
class ScatterView;

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

    /// View, pinned options and which way the table lies.
    void saveLayout(QSettings& settings) const;
    void restoreLayout(const QSettings& settings);

    [[nodiscard]] CompareModel& table() { return *m_model; }
    [[nodiscard]] CompareRunList& runList() { return *m_list; }
    [[nodiscard]] CompareChooser& chooser() { return *m_chooser; }
    [[nodiscard]] ComparePlots& plots() { return *m_plots; }
    [[nodiscard]] MultiplesView& multiples() { return *m_multiples; }
    [[nodiscard]] ScatterView& scatter() { return *m_scatter; }
    [[nodiscard]] ParallelView& parallel() { return *m_parallel; }
    [[nodiscard]] AblationView& ablation() { return *m_ablation; }
    /// The ways to look at the runs, above the table.
    [[nodiscard]] QTabWidget& views() { return *m_views; }
    [[nodiscard]] RunFiles& files() { return *m_files; }

Q_SIGNALS:
    /// The user wants to start from the configuration of one of the runs.
    void configurationChosen(const mocoscope::training::TrainingConfig& config);
    /// Other runs are compared now; for check marks elsewhere.
    void runsChosen(const std::vector<mocoscope::storage::RunId>& runs);
    void messageRaised(const mocoscope::ui::Message& message);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeEmptyState();
    void makeViews();
    void addView(CompareView& view, const QString& title);
    void select(std::optional<storage::RunId> run);
    void connectTable();
    void onRunsChanged();
    [[nodiscard]] std::vector<storage::RunRecord> records() const;
    void showRuns();
    void showTable();

    RunLibrary& m_library;
    CompareRunList* m_list; ///< children: they outlive the events that closing sends to the views
    CompareModel* m_model;
    CompareStore* m_store;
    CompareChooser* m_chooser;
    std::map<storage::RunId, std::vector<storage::MetricSummary>> m_summaries;
    std::vector<storage::RunRecord> m_shown;
    bool m_isStale = false; ///< something changed while the page was hidden
    QTimer m_growTimer;
    QStackedLayout* m_stack;
    QSplitter* m_splitter; ///< between the list and the views
    QSplitter* m_viewsAndTable;
    QTabWidget* m_views;
    ComparePlots* m_plots;
    MultiplesView* m_multiples;
    ScatterView* m_scatter;
    ParallelView* m_parallel;
    AblationView* m_ablation;
    CompareTable* m_table;
    RunFiles* m_files;
};

} // namespace mocoscope::ui
