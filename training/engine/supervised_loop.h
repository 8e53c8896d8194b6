// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"
#include "training/engine/metric_board.h"
#include "training/engine/obstacle.h"
#include "training/engine/run_clock.h"
#include "training/engine/supervised_task.h"
#include "training/engine/system_watch.h"

#include <optional>

namespace mocoscope::training {

/// The steps of a run with labels: an evaluation after each epoch, checkpoints, pauses and its end.
/// Thread: trainer.
class SupervisedLoop
{
public:
    /// All outlive this. `devices` are those that the run uses.
    SupervisedLoop(const RunRequest& request, RunFacts facts,
                   const std::vector<torch::Device>& devices, SupervisedTask& task,
                   EventSink& events, RunControl& control);

    /// Until the last step, a stop or an error. May throw what LibTorch throws.
    [[nodiscard]] Result<Finished> run();

private:
    using Clock = RunClock::Clock;

    [[nodiscard]] Result<void> loadStart();
    void announce();
    [[nodiscard]] Result<Finished> goThroughSteps();
    [[nodiscard]] Result<void> doStep();
    /// Waits for a data folder that is gone to come back.
    [[nodiscard]] Result<SupervisedStep> computeStep();
    void publishStep(const SupervisedStep& step);
    [[nodiscard]] Result<void> handleNonFinite();
    [[nodiscard]] Result<void> evaluate();
    [[nodiscard]] bool isCheckpointDue() const;
    /// Waits until there is space for it, unless the run is being stopped.
    [[nodiscard]] Result<void> save();
    [[nodiscard]] Result<void> tryToSave();
    void pauseAsRequested();
    [[nodiscard]] Result<Finished> end(bool stopped);
    [[nodiscard]] bool isEpochEnd() const;
    [[nodiscard]] double epochOf(std::int64_t step) const;

    const RunRequest& m_request;
    RunFacts m_facts;
    SupervisedTask& m_task;
    EventSink& m_events;
    RunControl& m_control;
    MetricBoard m_board;
    SystemWatch m_system;
    RunClock m_clock;
    Obstacle m_obstacle;
    std::optional<double> m_accuracy; ///< as measured last, %
    std::int64_t m_step = 0;
    std::int64_t m_savedStep = -1;
    Clock::time_point m_lastSave = Clock::now();
};

} // namespace mocoscope::training
