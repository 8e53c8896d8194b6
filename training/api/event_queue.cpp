// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/event_queue.h"

#include <utility>

namespace mocoscope::training {

void EventQueue::publish(TrainingEvent event)
{
    const std::scoped_lock lock(m_mutex);
    if (m_closed) {
        return;
    }
    m_events.push_back(std::move(event));
    m_changed.notify_one();
}

std::vector<TrainingEvent> EventQueue::drain()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_events, {});
}

std::vector<TrainingEvent> EventQueue::waitAndDrain(std::size_t count,
                                                    std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, timeout, [&] { return m_closed || m_events.size() >= count; });
    return std::exchange(m_events, {});
}

void EventQueue::close()
{
    const std::scoped_lock lock(m_mutex);
    m_closed = true;
    m_changed.notify_all();
}

bool EventQueue::isExhausted() const
{
    const std::scoped_lock lock(m_mutex);
    return m_closed && m_events.empty();
}

} // namespace mocoscope::training
