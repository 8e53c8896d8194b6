// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/spike_watch.h"

namespace mocoscope::training {

/// Tells the gradient spikes of a run while they happen. Thread: trainer.
class SpikeReporter
{
public:
    /// `layers` in the order of GradientMagnitude; `events` outlives this.
    SpikeReporter(const MonitorConfig& options, const std::vector<std::string>& layers,
                  EventSink& events);

    /// `l2`: gradient norms of the layers at `step`. True: an incident has begun.
    bool addStep(std::int64_t step, const float* l2);
    /// Accuracy in % after `step` updates.
    void addEvaluation(std::int64_t step, double accuracy);

    /// For the run that goes on from here.
    [[nodiscard]] std::string save() const { return m_watch.save(); }
    /// Without it the first steps are not judged.
    void restore(const std::string& saved) { (void)m_watch.restore(saved); }

private:
    void publish(const SpikeWatch::Changes& changes);

    SpikeWatch m_watch;
    std::vector<double> m_values; ///< of the step at hand
    EventSink& m_events;
};

} // namespace mocoscope::training
