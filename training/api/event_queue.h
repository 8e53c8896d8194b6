// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <vector>

namespace mocoscope::training {

/// A mutex and a vector. Any number of producers, one consumer. Nothing is ever dropped.
class EventQueue final : public EventSink
{
public:
    /// How long settle() waits for a consumer that cannot keep what it took.
    static constexpr std::chrono::milliseconds settlePatience {5000};

    /// Ignored after close().
    void publish(TrainingEvent event) override;
    /// Waits for confirm(), at most for settlePatience. Of no use where the consumer does not.
    void settle() override;

    /// Everything published since the last drain, in order; empty when there is nothing.
    [[nodiscard]] std::vector<TrainingEvent> drain();

    /// Waits until there are `count` events, the time is over or the queue is closed; then drains.
    [[nodiscard]] std::vector<TrainingEvent> waitAndDrain(std::size_t count,
                                                          std::chrono::milliseconds timeout);

    /// The consumer says that all that it has drained so far is kept.
    void confirm();
    /// A producer waits for that.
    [[nodiscard]] bool isAwaited() const;

    /// No more events are accepted; what is there can still be drained.
    void close();
    /// True when closed and empty.
    [[nodiscard]] bool isExhausted() const;

private:
    [[nodiscard]] std::vector<TrainingEvent> take();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::condition_variable m_confirmed;
    std::vector<TrainingEvent> m_events;
    std::uint64_t m_drainedCount = 0;
    std::uint64_t m_confirmedCount = 0;
    int m_waiting = 0; ///< producers in settle()
    bool m_closed = false;
};

} // namespace mocoscope::training
