// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/spike_detector.h"
#include "training/api/training_event.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mocoscope::training {

/// What an incident did to one layer.
struct LayerSpike
{
    std::size_t layer = 0; ///< index, in depth order
    std::int64_t onset = 0; ///< first step beyond the threshold
    std::int64_t peakStep = 0;
    double peakDeviation = 0; ///< robust deviations above the running median
    double peakFactor = 0; ///< times the running median
};

/// A fall of the kNN accuracy after an incident.
struct AccuracyDip
{
    std::int64_t step = 0; ///< of the deepest evaluation
    double points = 0; ///< below the best evaluation before it; %
};

/// Spikes that belong together, in the layers that they reached.
struct SpikeIncident
{
    /// By onset, and by depth where several began in the same step. Never empty.
    std::vector<LayerSpike> layers;
    std::int64_t lastStep = 0; ///< the last one in which a layer was beyond its release
    /// Steps from the onset until the last block followed, 0: at once; empty: it did not.
    std::optional<std::int64_t> lag;
    std::optional<AccuracyDip> dip;
    bool isOpen = true; ///< spikes may still join it

    [[nodiscard]] std::int64_t onset() const { return layers.front().onset; }
    [[nodiscard]] std::size_t firstLayer() const { return layers.front().layer; }
    /// The largest of all layers, times their own usual magnitude.
    [[nodiscard]] double peakFactor() const;
};

/// Watches the gradients of all layers and the accuracy of a run, step by step, and puts the spikes
/// together: the study's figure 4 as an instrument. The same steps give the same incidents, live
/// or from a stored run. Any thread, not shared. Source: Chen, Xie, He 2021, section 4.2.
class SpikeWatch
{
public:
    /// Indices of the incidents that began, or of which more is known now.
    using Changes = std::vector<std::size_t>;

    /// `layers` in depth order, as in RunFacts.
    SpikeWatch(const MonitorConfig& options, std::vector<std::string> layers);

    [[nodiscard]] const std::vector<std::string>& layers() const { return m_layers; }
    /// Gradient magnitudes of one step, one a layer; NaN: not measured. Steps ascend.
    Changes addStep(std::int64_t step, std::span<const double> magnitudes);
    /// Accuracy in % of the weights after `step` updates. Told again of the same step, as a run
    /// does that goes on from there, it changes nothing.
    Changes addEvaluation(std::int64_t step, double accuracy);

    /// All that the next steps depend on, as JSON; of the incidents those of which more may come.
    [[nodiscard]] std::string save() const;
    /// Goes on from what save() wrote. False, and nothing is changed, when it is not that, or of
    /// other layers.
    bool restore(const std::string& saved);

    [[nodiscard]] const std::vector<SpikeIncident>& incidents() const { return m_incidents; }
    /// An incident in a sentence or two.
    [[nodiscard]] std::string describe(const SpikeIncident& incident) const;
    /// An incident as it is published: `spike`, at its onset, in its first layer.
    [[nodiscard]] Incident toEvent(const SpikeIncident& incident) const;

    /// Index of the last block: the deepest layer before the final norm and the heads. Empty where
    /// there is none.
    [[nodiscard]] static std::optional<std::size_t>
    lastBlock(const std::vector<std::string>& layers);

private:
    bool note(std::size_t layer, std::int64_t step, const SpikeDetector::Reading& reading);

    /// An incident that the next evaluations may still show a dip of.
    struct Awaited
    {
        std::size_t incident = 0;
        double dropBefore = 0; ///< m_drop when it began
        int evaluationsLeft = 0;
    };

    MonitorConfig m_options;
    std::vector<std::string> m_layers;
    std::optional<std::size_t> m_lastBlock;
    std::vector<SpikeDetector> m_detectors; ///< none: switched off
    std::vector<SpikeIncident> m_incidents;
    std::optional<double> m_bestAccuracy;
    std::optional<std::int64_t> m_evaluatedStep; ///< the last one
    double m_drop = 0; ///< of the last evaluation below the best one; %
    std::vector<Awaited> m_awaited; ///< by onset
};

} // namespace mocoscope::training
