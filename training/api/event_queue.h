// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace mocoscope::training {

/// A mutex and a vector. Any number of producers, one consumer. Nothing is ever dropped.
class EventQueue final : public EventSink
{
public:
    /// Ignored after close().
    void publish(TrainingEvent event) override;

    /// Everything published since the last drain, in order; empty when there is nothing.
    [[nodiscard]] std::vector<TrainingEvent> drain();

    /// Waits until there are `count` events, the time is over or the queue is closed; then drains.
    [[nodiscard]] std::vector<TrainingEvent> waitAndDrain(std::size_t count,
                                                          std::chrono::milliseconds timeout);

    /// No more events are accepted; what is there can still be drained.
    void close();
    /// True when closed and empty.
    [[nodiscard]] bool isExhausted() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<TrainingEvent> m_events;
    bool m_closed = false;
};

} // namespace mocoscope::training
