// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/event_writer.h"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace mocoscope::storage {

/// What was taken from the queues of the runs that are on and is not written yet. Grows without
/// a limit while writing fails: nothing is dropped. Thread: recorder.
class EventBacklog
{
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Event
    {
        std::shared_ptr<RecordedStream> stream;
        training::TrainingEvent event;
        UtcMilliseconds at = 0;
    };

    void add(std::shared_ptr<RecordedStream> stream);
    /// Takes all that is in the queues; streams that can bring nothing more are let go. The first
    /// event of an empty backlog is due after `flushInterval`.
    void collect(UtcMilliseconds now, std::chrono::milliseconds flushInterval);

    /// In the order in which they came.
    [[nodiscard]] const std::vector<Event>& events() const { return m_events; }
    [[nodiscard]] std::size_t samples() const { return m_samples; }
    /// A trainer waits until what it told is written: the checkpoint that it writes next has to
    /// find those values in the history, after a power cut as well.
    [[nodiscard]] bool isAwaited() const { return m_isAwaited; }
    [[nodiscard]] bool isDue(std::size_t flushSamples) const;
    /// When to collect or write next; empty: nothing comes until a stream is added.
    [[nodiscard]] std::optional<Time> nextLook() const;

    /// Everything is written.
    void clear();
    /// Nothing was written, the transaction is rolled back.
    void postpone(std::chrono::milliseconds retryInterval);

private:
    void collectFrom(const std::shared_ptr<RecordedStream>& stream, UtcMilliseconds now);

    std::vector<std::shared_ptr<RecordedStream>> m_streams;
    std::vector<Event> m_events;
    std::size_t m_samples = 0; ///< in m_events
    bool m_isUrgent = false;
    bool m_isAwaited = false;
    bool m_isPostponed = false;
    Time m_dueAt;
};

} // namespace mocoscope::storage
