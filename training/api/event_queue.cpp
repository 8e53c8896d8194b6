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

void EventQueue::settle()
{
    std::unique_lock lock(m_mutex);
    const std::uint64_t published = m_drainedCount + m_events.size();
    ++m_waiting;
    m_confirmed.wait_for(lock, settlePatience,
                         [&] { return m_closed || m_confirmedCount >= published; });
    --m_waiting;
}

void EventQueue::confirm()
{
    const std::scoped_lock lock(m_mutex);
    m_confirmedCount = m_drainedCount;
    m_confirmed.notify_all();
}

bool EventQueue::isAwaited() const
{
    const std::scoped_lock lock(m_mutex);
    return m_waiting > 0;
}

std::vector<TrainingEvent> EventQueue::take()
{
    m_drainedCount += m_events.size();
    return std::exchange(m_events, {});
}

std::vector<TrainingEvent> EventQueue::drain()
{
    const std::scoped_lock lock(m_mutex);
    return take();
}

std::vector<TrainingEvent> EventQueue::waitAndDrain(std::size_t count,
                                                    std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, timeout, [&] { return m_closed || m_events.size() >= count; });
    return take();
}

void EventQueue::close()
{
    const std::scoped_lock lock(m_mutex);
    m_closed = true;
    m_changed.notify_all();
    m_confirmed.notify_all();
}

bool EventQueue::isExhausted() const
{
    const std::scoped_lock lock(m_mutex);
    return m_closed && m_events.empty();
}

} // namespace mocoscope::training
