// SPDX-License-Identifier: GPL-3.0-or-later
// When a run writes its checkpoints, and what happens when it cannot.
#include "training/engine/checkpoint.h"
#include "training/engine/training_loop.h"

namespace mocoscope::training {

bool TrainingLoop::isCheckpointDue() const
{
    const CheckpointConfig& config = m_request.config.checkpoint;
    const std::chrono::duration<double> since = Clock::now() - m_lastSave;
    const bool isTime = config.everyMinutes > 0 && since.count() >= 60 * config.everyMinutes;
    return isTime || isPeriodEnd(config.everyEpochs);
}

bool TrainingLoop::hasFiniteWeights() const
{
    const torch::NoGradGuard noGradient;
    const auto norms = at::_foreach_norm(m_setup.crew->first().method().parameters());
    return torch::stack(norms).isfinite().all().item<bool>();
}

CheckpointScore TrainingLoop::scoreNow() const
{
    CheckpointScore score {m_accuracy, std::nullopt};
    if (m_lossCount > 0) {
        score.loss = m_lossSum / static_cast<double>(m_lossCount);
    }
    return score;
}

Result<void> TrainingLoop::tryToSaveCheckpoint()
{
    if (m_savedStep == m_step || !m_setup.isRecorder()) {
        return {};
    }
    if (!hasFiniteWeights()) {
        m_lastSave = Clock::now();
        m_events.publish(Incident {m_step,
                                   "checkpoint_skipped",
                                   {},
                                   "The weights are not finite, so no checkpoint is written over "
                                   "the good ones."});
        return {};
    }
    m_events.publish(Progress {"saving", 0, 1});
    const Replica& replica = m_setup.crew->first();
    auto saved = training::saveCheckpoint(
        m_request.checkpointFolder, replica.method(), replica.optimizer(), m_request.config,
        {m_step, wallMs(), scoreNow(), replica.lossScale().state()});
    m_events.publish(Progress {});
    m_lastSave = m_lastStepEnd = Clock::now();
    if (!saved) {
        return tl::unexpected(saved.error());
    }
    m_savedStep = m_step;
    m_lossSum = 0;
    m_lossCount = 0;
    m_events.publish(std::move(*saved));
    return {};
}

Result<void> TrainingLoop::saveCheckpoint()
{
    const auto from = Clock::now();
    bool hasFailed = false;
    const auto attempt = [&] {
        auto saved = tryToSaveCheckpoint();
        hasFailed = hasFailed || !saved;
        return saved;
    };
    auto saved = m_obstacle.overcome(attempt, m_step, "checkpoint_failed");
    if (hasFailed) { // the time was spent waiting
        m_lastStepEnd = Clock::now();
        m_pausedTime += m_lastStepEnd - from;
    }
    return saved;
}

Result<void> TrainingLoop::reactToSpike()
{
    const std::string& action = m_request.config.monitor.onSpike;
    if (action == "mark") {
        return {};
    }
    if (const auto saved = saveCheckpoint(); !saved) {
        return saved;
    }
    const bool isWatched = m_request.nonFinite == NonFinitePolicy::Pause;
    if (action == "pause" && isWatched && !m_control.isStopRequested()) {
        m_control.requestPause();
        pauseHere(
            "A gradient spike began in step " + std::to_string(m_step - 1)
            + ", as monitor.on_spike asks for. A checkpoint of the weights after that step is "
              "saved; resume goes on.");
    }
    return {};
}

/// The user's pause writes a checkpoint; one that cannot be written is told. Held, the process
/// lives on and the disk may be the reason.
void TrainingLoop::pauseAsRequested()
{
    const std::string held = m_control.holdReason();
    if (held.empty()) {
        if (const auto saved = tryToSaveCheckpoint(); !saved) {
            m_events.publish(Incident {m_step,
                                       "checkpoint_failed",
                                       {},
                                       "No checkpoint was written: " + toText(saved.error())});
        }
    }
    pauseHere(held);
}

Result<Finished> TrainingLoop::end(bool stopped)
{
    if (!m_control.isAbortRequested()) {
        if (const auto saved = saveCheckpoint(); !saved) {
            return failure(saved.error().code, "The run ended without its last checkpoint",
                           toText(saved.error()));
        }
    }
    return Finished {m_step, stopped};
}

} // namespace mocoscope::training
