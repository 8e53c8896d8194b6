// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/running_trainer.h"

#include "training/api/event_tee.h"

#include <atomic>
#include <exception>
#include <utility>

namespace mocoscope::ui {

using namespace training;

namespace {

/// Notes whether the last event has been told.
class Tee final : public EventTee
{
public:
    using EventTee::EventTee;
    void publish(TrainingEvent event) override
    {
        if (std::holds_alternative<Failed>(event) || std::holds_alternative<Finished>(event)) {
            m_isOver = true;
        }
        EventTee::publish(std::move(event));
    }
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    std::atomic<bool> m_isOver = false;
};

} // namespace

RunningTrainer::RunningTrainer(std::unique_ptr<Trainer> trainer, RunRequest request,
                               std::shared_ptr<RunControl> control,
                               std::shared_ptr<EventQueue> recorded, std::function<void()> onEnd)
    : m_trainer(std::move(trainer))
    , m_request(std::move(request))
    , m_control(std::move(control))
    , m_recorded(std::move(recorded))
    , m_onEnd(std::move(onEnd))
    , m_thread([this] { work(); })
{
}

RunningTrainer::~RunningTrainer()
{
    m_control->requestStop();
    join();
}

void RunningTrainer::join()
{
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void RunningTrainer::work()
{
    Tee tee(*m_recorded, m_shown);
    try {
        m_trainer->run(m_request, tee, *m_control);
        if (!tee.isOver()) {
            tee.publish(Failed {{ErrorCode::Internal, "The trainer ended without a result", {}}});
        }
    } catch (const std::exception& problem) {
        tee.publish(Failed {{ErrorCode::Internal, "The trainer broke off", problem.what()}});
    }
    m_recorded->close();
    m_shown.close();
    m_trainer.reset(); // its memory is given back before the run counts as ended
    m_onEnd();
}

} // namespace mocoscope::ui
