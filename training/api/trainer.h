// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_config.h"
#include "training/api/training_event.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>

namespace mocoscope::training {

/// What the owner of a run asks of it, from any thread; the trainer looks at it each step.
class RunControl
{
public:
    void requestPause();
    void requestResume();
    /// Checkpoint and end. Also ends a pause.
    void requestStop();
    /// End without a checkpoint, as soon as possible.
    void requestAbort();

    [[nodiscard]] bool isStopRequested() const; ///< stop or abort
    [[nodiscard]] bool isAbortRequested() const;
    [[nodiscard]] bool isPauseRequested() const;
    /// Called by the trainer: blocks until resumed or stopped.
    void waitWhilePaused();

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_pause = false;
    bool m_stop = false;
    bool m_abort = false;
};

/// What to do when the loss is not finite: a window asks its user, a headless run ends.
enum class NonFinitePolicy : std::uint8_t
{
    Pause,
    Fail
};

struct RunRequest
{
    TrainingConfig config;
    std::filesystem::path checkpointFolder; ///< made when needed
    std::filesystem::path resumeFrom; ///< a checkpoint; empty: from the start
    NonFinitePolicy nonFinite = NonFinitePolicy::Pause;
};

/// Trains one run.
class Trainer
{
public:
    virtual ~Trainer() = default;
    /// Blocks until the run is over; called on a background thread. Everything that happens is told
    /// by events; the last one is Failed or Finished. Never throws.
    virtual void run(const RunRequest& request, EventSink& events, RunControl& control) = 0;

protected:
    Trainer() = default;
    Trainer(const Trainer&) = default;
    Trainer& operator=(const Trainer&) = default;
};

} // namespace mocoscope::training
