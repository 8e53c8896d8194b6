// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/event_queue.h"
#include "training/api/trainer.h"

#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace mocoscope::ui {

/// A trainer at work on its thread. What it says goes to the recorder's queue and to one that the
/// window drains; the last event is always Failed or Finished. Lives on the window's thread.
class RunningTrainer
{
public:
    /// `onEnd` is called on the trainer's thread after the last event.
    RunningTrainer(std::unique_ptr<training::Trainer> trainer, training::RunRequest request,
                   std::shared_ptr<training::RunControl> control,
                   std::shared_ptr<training::EventQueue> recorded, std::function<void()> onEnd);
    /// Asks for a stop with a checkpoint, and waits for it.
    ~RunningTrainer();
    RunningTrainer(const RunningTrainer&) = delete;
    RunningTrainer& operator=(const RunningTrainer&) = delete;

    /// Everything since the last call, in order.
    [[nodiscard]] std::vector<training::TrainingEvent> drain() { return m_shown.drain(); }
    /// Returns at once when `onEnd` has been called.
    void join();

private:
    void work();

    std::unique_ptr<training::Trainer> m_trainer;
    training::RunRequest m_request;
    std::shared_ptr<training::RunControl> m_control;
    std::shared_ptr<training::EventQueue> m_recorded;
    training::EventQueue m_shown;
    std::function<void()> m_onEnd;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace mocoscope::ui
