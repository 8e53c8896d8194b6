// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/trainer.h"

#include <utility>

namespace mocoscope::training {

void RunControl::requestPause()
{
    const std::scoped_lock lock(m_mutex);
    m_pause = true;
}

void RunControl::requestResume()
{
    const std::scoped_lock lock(m_mutex);
    m_pause = false;
    m_changed.notify_all();
}

void RunControl::hold(std::string reason)
{
    const std::scoped_lock lock(m_mutex);
    m_holdReason = std::move(reason);
}

void RunControl::release()
{
    const std::scoped_lock lock(m_mutex);
    m_holdReason.clear();
    m_changed.notify_all();
}

void RunControl::requestStop()
{
    const std::scoped_lock lock(m_mutex);
    m_stop = true;
    m_changed.notify_all();
}

void RunControl::requestAbort()
{
    const std::scoped_lock lock(m_mutex);
    m_stop = true;
    m_abort = true;
    m_changed.notify_all();
}

bool RunControl::isStopRequested() const
{
    const std::scoped_lock lock(m_mutex);
    return m_stop;
}

bool RunControl::isAbortRequested() const
{
    const std::scoped_lock lock(m_mutex);
    return m_abort;
}

bool RunControl::isPauseRequested() const
{
    const std::scoped_lock lock(m_mutex);
    return m_pause || !m_holdReason.empty();
}

std::string RunControl::holdReason() const
{
    const std::scoped_lock lock(m_mutex);
    return m_holdReason;
}

void RunControl::waitWhilePaused(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, patience,
                       [this] { return (!m_pause && m_holdReason.empty()) || m_stop; });
}

} // namespace mocoscope::training
