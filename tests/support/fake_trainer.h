// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/trainer.h"

#include <functional>
#include <optional>

namespace mocoscope::testing {

/// What a FakeTrainer plays.
struct FakeTrainerOptions
{
    std::int64_t steps = 40;
    std::int64_t stepsPerEpoch = 10;
    std::int64_t blocks
        = 4; ///< gradient layers: patch_embed, blocks.0 …, norm, projector, predictor
    std::int64_t evaluateEvery = 10; ///< steps; 0: never
    std::int64_t checkpointEvery = 0; ///< steps; 0: on stop and at the end only
    std::int64_t stepMs = 500; ///< as told in MetricBatch::wallMs, not waited for
    /// A gradient spike that starts in patch_embed and reaches the next layer a step later; the
    /// accuracy dips in the two evaluations after it.
    std::int64_t spikeAt = -1;
    std::int64_t systemEvery = 0; ///< steps between two samples of a scripted machine; 0: none
    std::int64_t rollBackAt = -1; ///< ends there to be rolled back, as long as that is allowed
    bool rollBackLosesCheckpoint = false; ///< the one to go back to is gone
    std::int64_t nonFiniteAt = -1; ///< the loss of this step is NaN
    std::int64_t failAt = -1; ///< publishes `failure` instead of this step
    training::Error failure {training::ErrorCode::OutOfMemory, "The scripted memory is used up",
                             "Choose a smaller batch."};
    /// Called before each step on the trainer's thread: waits, counts, asks the control for
    /// something.
    std::function<void(std::int64_t step, training::RunControl& control)> beforeStep {};
    std::function<void(std::int64_t step, training::RunControl& control)> afterStep {};
};

/// A trainer without tensors that publishes what a real one would, as fast as it can. Its
/// checkpoints are files that hold the step.
class FakeTrainer final : public training::Trainer
{
public:
    explicit FakeTrainer(FakeTrainerOptions options);

    void run(const training::RunRequest& request, training::EventSink& events,
             training::RunControl& control) override;

private:
    struct Running;
    [[nodiscard]] std::vector<std::string> layers() const;
    void announce(const Running& running) const;
    [[nodiscard]] std::optional<training::Error> step(Running& running) const;
    void reportNonFinite(Running& running) const;
    void evaluate(Running& running) const;
    void save(const Running& running) const;
    [[nodiscard]] bool isRolledBack(const Running& running) const;
    void pauseWhenAsked(const Running& running, const std::string& reason) const;

    FakeTrainerOptions m_options;
};

} // namespace mocoscope::testing
