// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/training_event.h"

#include <utility>

namespace mocoscope::training {

/// Publishes to who keeps the events, and to who shows them. From any thread of the trainer.
class EventTee : public EventSink
{
public:
    /// Both outlive this.
    EventTee(EventSink& kept, EventSink& shown)
        : m_kept(kept)
        , m_shown(shown)
    {
    }
    void publish(TrainingEvent event) override
    {
        m_kept.publish(event);
        m_shown.publish(std::move(event));
    }
    void settle() override { m_kept.settle(); }

private:
    EventSink& m_kept;
    EventSink& m_shown;
};

} // namespace mocoscope::training
