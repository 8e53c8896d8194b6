// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/trainer.h"

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
    return m_pause;
}

void RunControl::waitWhilePaused()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_pause || m_stop; });
}

} // namespace mocoscope::training
