// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/launch.h"
#include "training/api/training_config.h"
#include "training/api/training_event.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::training {

/// What the owner of a run asks of it, from any thread; the trainer looks at it each step.
class RunControl
{
public:
    void requestPause();
    void requestResume();
    /// Waits as if paused for something that the user does not decide, until release(): nothing
    /// can be recorded. Neither touches the other's pause.
    void hold(std::string reason);
    void release();
    /// Checkpoint and end. Also ends a pause.
    void requestStop();
    /// End without a checkpoint, as soon as possible.
    void requestAbort();

    [[nodiscard]] bool isStopRequested() const; ///< stop or abort
    [[nodiscard]] bool isAbortRequested() const;
    [[nodiscard]] bool isPauseRequested() const; ///< or held
    [[nodiscard]] std::string holdReason() const; ///< empty: not held
    /// Called by the trainer: blocks until resumed and released, or stopped; at most `patience`.
    void waitWhilePaused(std::chrono::milliseconds patience = std::chrono::hours(24 * 365));

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_pause = false;
    std::string m_holdReason;
    bool m_stop = false;
    bool m_abort = false;
};

/// What to do when the loss is not finite: a window asks its user, a headless run ends.
enum class NonFinitePolicy : std::uint8_t
{
    Pause,
    Fail
};

/// A checkpoint as it was recorded; the file may be damaged or gone meanwhile.
struct CheckpointFile
{
    std::filesystem::path path;
    std::int64_t step = 0;
    std::string sha256 {}; ///< lower-case hex; empty: not known
};

struct RunRequest
{
    TrainingConfig config;
    std::filesystem::path checkpointFolder; ///< made when needed
    /// The run's checkpoints, the newest first; the first one that is whole is taken. Empty: from
    /// the start.
    std::vector<CheckpointFile> resumeFrom {};
    NonFinitePolicy nonFinite = NonFinitePolicy::Pause;
    /// How often is tried again what has to work before the run can go on: to write a checkpoint
    /// on a full disk, to read from a data folder that is gone.
    std::chrono::milliseconds retryInterval {5000};
    /// Whoever asked goes on with a fork where a run ends with Finished::rollBackTo.
    bool mayRollBack = false;
    /// Pretraining as one replica of several processes. Those whose rank is not 0 publish what
    /// happens to them, but evaluate and save nothing.
    std::optional<LaunchedProcess> process = std::nullopt;
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
