// SPDX-License-Identifier: GPL-3.0-or-later
// When a run writes its checkpoints, and what happens when it cannot.
#include "training/api/config_schema.h"
#include "training/api/fork.h"
#include "training/engine/checkpoint.h"
#include "training/engine/periods.h"
#include "training/engine/training_loop.h"

namespace mocoscope::training {

bool TrainingLoop::isCheckpointDue() const
{
    return training::isCheckpointDue(m_request.config.checkpoint,
                                     RunClock::Clock::now() - m_lastSave, m_step,
                                     m_setup.facts.stepsPerEpoch);
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
        m_lastSave = RunClock::Clock::now();
        m_events.publish(Incident {m_step,
                                   "checkpoint_skipped",
                                   {},
                                   "The weights are not finite, so no checkpoint is written over "
                                   "the good ones."});
        return {};
    }
    m_events.publish(Progress {"saving", 0, 1});
    m_events.settle();
    const Replica& replica = m_setup.crew->first();
    auto saved = training::saveCheckpoint(
        m_request.checkpointFolder, replica.method(), replica.optimizer(), m_request.config,
        {m_step, m_clock.wallMs(), scoreNow(), replica.lossScale().state(), m_setup.facts.device,
         m_spikes.save()});
    m_events.publish(Progress {});
    m_clock.skip();
    m_lastSave = RunClock::Clock::now();
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
    return m_obstacle.overcome([this] { return tryToSaveCheckpoint(); }, m_step,
                               "checkpoint_failed");
}

Result<void> TrainingLoop::reactToSpike()
{
    const MonitorConfig& monitor = m_request.config.monitor;
    const std::string& action = monitor.onSpike;
    const bool isRollBack
        = action == "roll_back" && m_request.mayRollBack && m_setup.crew->processes() == nullptr;
    if (isRollBack && monitor.rollBacks > 0 && !m_control.isStopRequested()) {
        rollBack();
    }
    if (isRollBack || action == "mark") {
        return {};
    }
    if (const auto saved = saveCheckpoint(); !saved) {
        return saved;
    }
    const bool isWatched = m_request.nonFinite == NonFinitePolicy::Pause;
    if (action == "pause" && isWatched && !m_control.isStopRequested()) {
        m_control.requestPause();
        waitWhilePaused(
            "A gradient spike began in step " + std::to_string(m_step - 1)
                + ", as monitor.on_spike asks for. A checkpoint of the weights after that step is "
                  "saved; resume goes on.",
            m_events, m_control, m_clock);
    }
    return {};
}

/// Nothing is saved: the weights are those that went wrong, and would push the good ones out.
void TrainingLoop::rollBack()
{
    const bool isResumed = !m_request.resumeFrom.empty() && m_setup.facts.firstStep > 0;
    const std::int64_t from = m_savedStep >= 0 ? m_savedStep
        : isResumed                            ? m_setup.facts.firstStep
                                               : -1;
    const std::string spike = "The spike of step " + std::to_string(m_step - 1);
    if (from < 0) {
        m_events.publish(Incident {m_step - 1,
                                   "roll_back",
                                   {},
                                   spike
                                       + " cannot be undone: there is no checkpoint yet. The run "
                                         "goes on; checkpoint.every_minutes and "
                                         "checkpoint.every_epochs say how often one is saved."});
        return;
    }
    m_rollBackTo = from;
    m_events.publish(Incident {m_step - 1,
                               "roll_back",
                               {},
                               spike + " ends this run. A fork goes on from step "
                                   + std::to_string(from) + " with a base learning rate of "
                                   + toText(FieldValue(rolledBack(m_request.config).optimizer.lr))
                                   + "."});
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
    waitWhilePaused(held, m_events, m_control, m_clock, [this] { waitTogether(); });
}

/// The others wait in agreeOnWishes(), so that a stop of any of them ends the pause.
void TrainingLoop::waitTogether()
{
    constexpr auto slice = std::chrono::seconds(1);
    for (Wishes wishes {false, true}; wishes.pause && !wishes.stop; wishes = agreeOnWishes()) {
        m_control.waitWhilePaused(slice);
    }
}

/// Launchers end all processes soon after the first has ended: none may while rank 0 still writes.
void TrainingLoop::partWithOthers()
{
    Collectives* processes = m_setup.crew->processes();
    if (processes == nullptr) {
        return;
    }
    try {
        processes->barrier();
    } catch (const ReplicasReleased&) {
        if (!m_setup.isRecorder()) {
            throw; // what rank 0 had to write may be lost
        }
    }
}

Result<Finished> TrainingLoop::end(bool stopped)
{
    Result<void> saved;
    if (!m_control.isAbortRequested() && !m_rollBackTo) {
        saved = saveCheckpoint();
    }
    partWithOthers();
    if (!saved) {
        return failure(saved.error().code, "The run ended without its last checkpoint",
                       toText(saved.error()));
    }
    return Finished {m_step, stopped, m_rollBackTo};
}

} // namespace mocoscope::training
