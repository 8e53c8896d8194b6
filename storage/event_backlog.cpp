// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/event_backlog.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mocoscope::storage {

using namespace training;

namespace {

/// How often the queues of the running runs are looked at. A queue is a mutex and a vector and
/// wakes nobody, so that publishing costs a trainer nothing.
constexpr std::chrono::milliseconds lookInterval {20};

std::size_t samplesOf(const TrainingEvent& event)
{
    const auto* batch = std::get_if<MetricBatch>(&event);
    return batch ? batch->values.size() : 0;
}

/// Others wait for these: they are not held back until the next flush.
bool isUrgent(const TrainingEvent& event)
{
    return !std::holds_alternative<MetricBatch>(event)
        && !std::holds_alternative<MetricsDeclared>(event)
        && !std::holds_alternative<Progress>(event);
}

} // namespace

void EventBacklog::add(std::shared_ptr<RecordedStream> stream)
{
    m_streams.push_back(std::move(stream));
}

void EventBacklog::collect(UtcMilliseconds now, std::chrono::milliseconds flushInterval)
{
    const bool wasEmpty = m_events.empty();
    for (const auto& stream : m_streams)
        collectFrom(stream, now);
    std::erase_if(m_streams, [](const auto& stream) { return stream->queue->isExhausted(); });
    if (wasEmpty)
        m_dueAt = std::chrono::steady_clock::now() + flushInterval;
}

void EventBacklog::collectFrom(const std::shared_ptr<RecordedStream>& stream, UtcMilliseconds now)
{
    if (stream->queue.use_count() == 1)
        stream->queue->close(); // nobody is left who could publish or close it
    for (TrainingEvent& event : stream->queue->drain()) {
        if (const auto* declared = std::get_if<MetricsDeclared>(&event))
            std::ranges::copy(declared->metrics, std::back_inserter(stream->metrics));
        m_samples += samplesOf(event);
        m_isUrgent = m_isUrgent || isUrgent(event);
        m_events.push_back({stream, std::move(event), now});
    }
    m_isAwaited = m_isAwaited || stream->queue->isAwaited();
}

bool EventBacklog::isDue(std::size_t flushSamples) const
{
    if (m_events.empty())
        return false;
    if (std::chrono::steady_clock::now() >= m_dueAt)
        return true;
    // After a failure only the time counts, or a full disk would be tried 50 times a second.
    return !m_isPostponed && (m_isUrgent || m_isAwaited || m_samples >= flushSamples);
}

std::optional<EventBacklog::Time> EventBacklog::nextLook() const
{
    if (!m_streams.empty())
        return std::chrono::steady_clock::now() + lookInterval;
    return m_events.empty() ? std::nullopt : std::optional(m_dueAt);
}

void EventBacklog::clear()
{
    for (const auto& stream : m_streams)
        stream->queue->confirm();
    m_events.clear();
    m_samples = 0;
    m_isUrgent = false;
    m_isAwaited = false;
    m_isPostponed = false;
}

void EventBacklog::postpone(std::chrono::milliseconds retryInterval)
{
    m_isPostponed = true;
    m_dueAt = std::chrono::steady_clock::now() + retryInterval;
    for (const Event& event : m_events)
        event.stream->forgetRows();
}

} // namespace mocoscope::storage
