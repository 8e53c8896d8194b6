// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/data/view_loader.h"
#include "training/engine/checkpoint_retention.h"
#include "training/engine/evaluation_pass.h"
#include "training/engine/obstacle.h"
#include "training/engine/spike_reporter.h"
#include "training/engine/system_watch.h"
#include "training/engine/training_setup.h"

#include <atomic>
#include <chrono>
#include <optional>

namespace mocoscope::training {

/// The steps of a run, with its evaluations, checkpoints, pauses and its end. Thread: trainer.
class TrainingLoop
{
public:
    /// All outlive this.
    TrainingLoop(const RunRequest& request, TrainingSetup& setup, EventSink& events,
                 RunControl& control);

    /// Until the last step, a stop or an error. May throw what LibTorch throws.
    [[nodiscard]] Result<Finished> run();

private:
    void announce();
    [[nodiscard]] Result<void> trainOneStep(const ViewBatch& batch);
    /// What the processes of a run do next, all the same.
    struct Wishes
    {
        bool stop = false;
        bool pause = false;
    };
    /// What any process of the run was asked for. All of them call this equally often.
    [[nodiscard]] Wishes agreeOnWishes() const;
    /// The next batch; waits for a data folder that is gone to come back.
    [[nodiscard]] Result<ViewBatch> nextBatch();
    /// The rows of the replica with this index, of views of the whole batch.
    [[nodiscard]] TwoViews rowsOf(const TwoViews& views, std::size_t index) const;
    void publishStep(const StepValues& values, double rate, double momentum, double waitSeconds);
    void tellOverflow(double lossScale);
    [[nodiscard]] Result<void> handleNonFinite(const TwoViews& views, const StepValues& values);
    [[nodiscard]] std::string nonFiniteLayer(const TwoViews& views, const StepValues& values);

    void evaluate();
    [[nodiscard]] bool isEvaluationDue() const;
    [[nodiscard]] bool isCheckpointDue() const;
    /// Waits until there is space for it, unless the run is being stopped.
    [[nodiscard]] Result<void> saveCheckpoint();
    [[nodiscard]] Result<void> tryToSaveCheckpoint();
    [[nodiscard]] CheckpointScore scoreNow() const;
    [[nodiscard]] bool hasFiniteWeights() const;
    /// What monitor.on_spike asks for, after the step in which an incident began.
    [[nodiscard]] Result<void> reactToSpike();
    /// Ends the run, where there is a checkpoint of before to go back to.
    void rollBack();
    void pauseAsRequested();
    void waitTogether();
    void partWithOthers();
    [[nodiscard]] Result<Finished> end(bool stopped);

    [[nodiscard]] double epochOf(std::int64_t step) const;

    const RunRequest& m_request;
    TrainingSetup& m_setup;
    EventSink& m_events;
    RunControl& m_control;
    ViewLoader m_loader;
    EvaluationPass m_evaluation;
    SpikeReporter m_spikes;
    SystemWatch m_system;
    std::optional<ViewBatch> m_batch; ///< of the next step
    bool m_spikeBegan = false; ///< in the step that was just done
    RunClock m_clock;
    Obstacle m_obstacle;
    std::int64_t m_step = 0;
    std::atomic<std::int64_t> m_shownStep {0}; ///< m_step for the loader's threads
    std::int64_t m_evaluatedStep = -1;
    std::int64_t m_savedStep = -1;
    std::optional<std::int64_t> m_rollBackTo; ///< the run is to end, see Finished::rollBackTo
    std::optional<double> m_accuracy; ///< kNN top-1 as measured last, %
    double m_lossSum = 0; ///< of finite steps since the last checkpoint
    std::int64_t m_lossCount = 0;
    RunClock::Clock::time_point m_lastSave;
};

} // namespace mocoscope::training
