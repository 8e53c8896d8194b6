// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/event_queue.h"
#include "training/api/trainer.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace mocoscope::ui {

class RunLibrary;

/// What a run is made from.
struct RunOrigin
{
    storage::RunId run; ///< that it evaluates, or goes on from
    /// The checkpoint of `run` that it goes on from; empty: it starts from its first step.
    std::optional<training::CheckpointFile> checkpoint {};
};

/// The face of one training run at a time, on the window's thread. Starts the trainer on a
/// background thread, hands its events to the recorder and, 30 times a second while a run is on,
/// to the window.
class Session final : public QObject
{
    Q_OBJECT

public:
    /// Creates a trainer for a run; called on the window's thread, must be cheap.
    using TrainerFactory = std::function<std::unique_ptr<training::Trainer>()>;

    Session(RunLibrary& library, TrainerFactory makeTrainer, QObject* parent = nullptr);
    /// Stops (with a checkpoint) and joins; use stop() and wait for ended() to stay responsive.
    ~Session() override;

    /// Stores the run and starts it; the run's id is told by started(). False while a run is on.
    bool start(const training::TrainingConfig& config, const QString& name, const QString& preset,
               const std::optional<RunOrigin>& origin = {});
    /// Goes on with a stopped or interrupted run from its newest checkpoint, or starts one that was
    /// only stored.
    bool resumeRun(storage::RunId run,
                   training::NonFinitePolicy nonFinite = training::NonFinitePolicy::Pause);
    void pause();
    void resume();
    void stop();

    [[nodiscard]] bool isActive() const; ///< from start() to ended()
    /// The run has ended to be rolled back; until the fork has started, or could not be stored.
    [[nodiscard]] bool isRollingBack() const;
    [[nodiscard]] training::RunState state() const;
    [[nodiscard]] std::optional<storage::RunId> run() const; ///< the current or last run
    /// Of a run that this session has launched, which the library may not have listed yet, or of
    /// any other that it has; else empty.
    [[nodiscard]] QString nameOf(storage::RunId run) const;
    [[nodiscard]] const training::RunFacts& facts() const;
    [[nodiscard]] const training::TrainingConfig& config() const;

Q_SIGNALS:
    void started(mocoscope::storage::RunId run);
    /// A spike has ended `from`; the fork that was just started goes on from its checkpoint of
    /// `step`.
    void rolledBack(mocoscope::storage::RunId from, std::int64_t step);
    /// Facts are known; the layers and total steps can be shown.
    void prepared(const mocoscope::training::RunFacts& facts);
    void stateChanged(mocoscope::training::RunState state, const QString& reason);
    /// Adds to the metrics that this run declared before; values refer to all of them by index.
    void metricsDeclared(const std::vector<mocoscope::training::MetricDescription>& metrics);
    /// All values since the last signal, in order. At most 30 a second.
    void metricsArrived(const std::vector<mocoscope::training::MetricBatch>& batches);
    void incidentHappened(const mocoscope::training::Incident& incident);
    void checkpointSaved(const mocoscope::training::CheckpointSaved& checkpoint);
    void progressed(const mocoscope::training::Progress& progress);
    void failed(const mocoscope::training::Error& error);
    /// The trainer's thread is joined; a new run can be started. The run is {0} when it could not
    /// be stored.
    void ended(mocoscope::storage::RunId run, mocoscope::training::RunState state);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace mocoscope::ui
