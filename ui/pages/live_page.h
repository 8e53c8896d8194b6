// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"
#include "ui/pages/live_curves.h"
#include "ui/plot/canvas_scene.h"

#include <QWidget>

#include <map>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QStackedLayout;

namespace mocoscope::ui {

class LiveHeader;
class LiveNotice;
class LivePlots;
class RunLibrary;
class Session;
struct RunCurves;

/// The run of the session while one is on, else the run last chosen, else the newest one: curves,
/// facts and controls.
class LivePage final : public QWidget
{
    Q_OBJECT

public:
    LivePage(Session& session, RunLibrary& library, QWidget* parent = nullptr);
    ~LivePage() override;

    /// Shows a run of the library; ignored while the session has a run on, which comes first.
    void showRun(storage::RunId run);
    [[nodiscard]] std::optional<storage::RunId> shownRun() const { return m_run; }

    [[nodiscard]] const LiveCurves& curves() const { return m_curves; }
    [[nodiscard]] LivePlots& plots() { return *m_plots; }

Q_SIGNALS:
    /// There is no run yet, and the user wants to set one up.
    void configurationRequested();

private:
    void connectSession();
    void onStarted(storage::RunId run);
    void onPrepared(const training::RunFacts& facts);
    void onState(training::RunState state, const QString& reason);
    void onBatches(const std::vector<training::MetricBatch>& batches);
    void onIncident(const training::Incident& incident);
    void onEnded();
    void onRunsChanged();
    void followElsewhere();

    void beginRun(storage::RunId run);
    void readStored();
    void readGradients(const RunCurves& main);
    void takeStored(const std::vector<RunCurves>& stored, bool isComplete);
    void readEvents();
    void addMark(PlotMark mark);
    /// A spike is told again when more is known: its mark is kept, with the newer words. True: it
    /// is a new one.
    bool addSpikeMark(PlotMark mark);
    void showRecord();
    void showFigures();
    void showHints();
    [[nodiscard]] bool isSessionRun() const;
    [[nodiscard]] double totalEpochs() const;

    Session& m_session;
    RunLibrary& m_library;
    LiveCurves m_curves;
    std::optional<storage::RunId> m_run;
    bool m_isListed = false; ///< m_run is in the library; a new one is not at once
    training::TrainingConfig m_config;
    training::RunFacts m_facts; ///< of the session's run; else made from the record
    training::RunState m_state = training::RunState::Created;
    std::vector<PlotMark> m_marks;
    std::map<double, std::size_t> m_spikeMarks; ///< onset → index in m_marks
    std::int64_t m_readStep = -1; ///< up to it the run was read, or has nothing to be read
    bool m_isReading = false; ///< batches wait until the past of a resumed run is there
    std::vector<training::MetricBatch> m_waiting;

    QObject m_curveReader; ///< receivers of requests: a newer request replaces an older one
    QObject m_eventReader;
    QStackedLayout* m_stack;
    QWidget* m_empty;
    LiveHeader* m_header;
    LiveNotice* m_notice;
    LivePlots* m_plots;
};

} // namespace mocoscope::ui
