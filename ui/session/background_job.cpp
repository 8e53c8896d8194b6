// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/background_job.h"

#include <utility>

namespace mocoscope::ui {

BackgroundJob::BackgroundJob(QObject* parent)
    : QObject(parent)
    , m_mailbox(this)
    , m_thread([this](const std::stop_token& stop) { loop(stop); })
{
}

BackgroundJob::~BackgroundJob()
{
    m_mailbox.close();
    {
        const std::scoped_lock lock(m_mutex);
        m_next = {};
        m_current.request_stop();
    }
    m_thread.request_stop();
    m_thread.join();
}

void BackgroundJob::run(Work work)
{
    m_isBusy = true;
    ++m_number;
    {
        const std::scoped_lock lock(m_mutex);
        m_next = std::move(work);
        m_nextNumber = m_number;
        m_current.request_stop();
    }
    m_changed.notify_one();
}

void BackgroundJob::cancel()
{
    m_isBusy = false;
    ++m_number;
    const std::scoped_lock lock(m_mutex);
    m_next = {};
    m_current.request_stop();
}

void BackgroundJob::loop(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        Work work;
        quint64 number = 0;
        std::stop_token token;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return static_cast<bool>(m_next); })) {
                return;
            }
            work = std::exchange(m_next, {});
            number = m_nextNumber;
            m_current = {};
            token = m_current.get_token();
        }
        Answer answer = work(token);
        m_mailbox.post([this, number, answer = std::move(answer)] { deliver(number, answer); });
    }
}

void BackgroundJob::deliver(quint64 number, const Answer& answer)
{
    if (number != m_number) {
        return;
    }
    m_isBusy = false;
    if (answer) {
        answer();
    }
}

} // namespace mocoscope::ui
