// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/mailbox.h"

#include <QObject>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace mocoscope::ui {

/// One background thread of which only the newest request counts: it cancels the one that is on,
/// whose answer is then dropped. For previews and the like. Lives on the window's thread.
class BackgroundJob final : public QObject
{
    Q_OBJECT

public:
    explicit BackgroundJob(QObject* parent = nullptr);
    /// Cancels and joins.
    ~BackgroundJob() override;

    /// `work` runs on the background thread and is to look at its token; what it returns runs on
    /// the window's thread, unless a newer request came meanwhile.
    using Answer = std::function<void()>;
    using Work = std::function<Answer(const std::stop_token&)>;
    void run(Work work);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

private:
    void loop(const std::stop_token& stop);
    void deliver(quint64 number, const Answer& answer);

    Mailbox m_mailbox;
    bool m_isBusy = false; ///< window's thread
    quint64 m_number = 0; ///< window's thread; of the newest request

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    Work m_next; ///< guarded
    quint64 m_nextNumber = 0; ///< guarded
    std::stop_source m_current; ///< guarded; of the request that is on

    std::jthread m_thread; // last: it uses all of the above
};

} // namespace mocoscope::ui
