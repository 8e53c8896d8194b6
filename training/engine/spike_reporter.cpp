// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/spike_reporter.h"

#include <algorithm>

namespace mocoscope::training {

SpikeReporter::SpikeReporter(const MonitorConfig& options, const std::vector<std::string>& layers,
                             EventSink& events)
    : m_watch(options, layers)
    , m_values(layers.size())
    , m_events(events)
{
}

bool SpikeReporter::addStep(std::int64_t step, const float* l2)
{
    std::copy_n(l2, m_values.size(), m_values.begin());
    const std::size_t before = m_watch.incidents().size();
    publish(m_watch.addStep(step, m_values));
    return m_watch.incidents().size() > before;
}

void SpikeReporter::addEvaluation(std::int64_t step, double accuracy)
{
    publish(m_watch.addEvaluation(step, accuracy));
}

void SpikeReporter::publish(const SpikeWatch::Changes& changes)
{
    for (const std::size_t index : changes) {
        m_events.publish(m_watch.toEvent(m_watch.incidents()[index]));
    }
}

} // namespace mocoscope::training
