// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/spike_watch.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

namespace mocoscope::training {

namespace {

/// A dip that an incident has brought about shows in the next evaluations or not at all.
constexpr int evaluationsOfADip = 3;

/// Whatever the locale.
std::string numberText(double number, std::chars_format format, int digits)
{
    std::array<char, 64> text {};
    const auto end
        = std::to_chars(text.data(), text.data() + text.size(), number, format, digits).ptr;
    return {text.data(), end};
}

bool isHead(const std::string& layer)
{
    return layer == "norm" || layer.starts_with("projector") || layer.starts_with("predictor")
        || layer.starts_with("classifier");
}

} // namespace

double SpikeIncident::peakFactor() const
{
    return std::max_element(
               layers.begin(), layers.end(),
               [](const LayerSpike& a, const LayerSpike& b) { return a.peakFactor < b.peakFactor; })
        ->peakFactor;
}

SpikeWatch::SpikeWatch(const MonitorConfig& options, std::vector<std::string> layers)
    : m_options(options)
    , m_layers(std::move(layers))
    , m_lastBlock(lastBlock(m_layers))
{
    if (options.spikeThreshold > 0) {
        m_detectors.assign(m_layers.size(), SpikeDetector(options));
    }
}

std::optional<std::size_t> SpikeWatch::lastBlock(const std::vector<std::string>& layers)
{
    const auto last = std::find_if_not(layers.rbegin(), layers.rend(), isHead);
    return last == layers.rend()
        ? std::nullopt
        : std::optional(static_cast<std::size_t>(layers.rend() - last) - 1);
}

SpikeWatch::Changes SpikeWatch::addStep(std::int64_t step, std::span<const double> magnitudes)
{
    Changes changes;
    if (m_detectors.empty()) {
        return changes;
    }
    assert(magnitudes.size() == m_detectors.size());
    if (!m_incidents.empty() && m_incidents.back().isOpen
        && step - m_incidents.back().lastStep > m_options.spikeGap) {
        m_incidents.back().isOpen = false;
        changes.push_back(m_incidents.size() - 1);
    }
    bool isNews = false;
    for (std::size_t layer = 0; layer < m_detectors.size(); ++layer) {
        const SpikeDetector::Reading reading = m_detectors[layer].add(magnitudes[layer]);
        isNews = (reading.isSpike && note(layer, step, reading)) || isNews;
    }
    if (isNews) {
        changes.push_back(m_incidents.size() - 1);
    }
    return changes;
}

/// True when an incident began or the last block has followed: what is worth telling at once.
bool SpikeWatch::note(std::size_t layer, std::int64_t step, const SpikeDetector::Reading& reading)
{
    bool isNews = false;
    if (m_incidents.empty() || !m_incidents.back().isOpen) {
        m_awaited.push_back({m_incidents.size(), m_drop, evaluationsOfADip});
        m_incidents.emplace_back();
        isNews = true;
    }
    SpikeIncident& incident = m_incidents.back();
    incident.lastStep = step;
    auto spike = std::find_if(incident.layers.begin(), incident.layers.end(),
                              [layer](const LayerSpike& known) { return known.layer == layer; });
    if (spike == incident.layers.end()) {
        incident.layers.push_back({layer, step, step, 0, 0});
        spike = incident.layers.end() - 1;
        if (layer == m_lastBlock) {
            incident.lag = step - incident.onset();
            isNews = true;
        }
    }
    if (reading.deviation > spike->peakDeviation) {
        spike->peakStep = step;
        spike->peakDeviation = reading.deviation;
        spike->peakFactor = reading.factor;
    }
    return isNews;
}

SpikeWatch::Changes SpikeWatch::addEvaluation(std::int64_t step, double accuracy)
{
    Changes changes;
    if (!std::isfinite(accuracy) || step == m_evaluatedStep) {
        return changes;
    }
    m_evaluatedStep = step;
    const double drop = m_bestAccuracy ? std::max(0.0, *m_bestAccuracy - accuracy) : 0.0;
    for (Awaited& awaited : m_awaited) {
        SpikeIncident& incident = m_incidents[awaited.incident];
        if (incident.onset() >= step) {
            continue;
        }
        --awaited.evaluationsLeft;
        // What had fallen before the incident is not its doing.
        const bool isDip = drop - awaited.dropBefore >= m_options.spikeDip && drop > 0;
        if (isDip && (!incident.dip || drop > incident.dip->points)) {
            incident.dip = AccuracyDip {step, drop};
            changes.push_back(awaited.incident);
        }
    }
    std::erase_if(m_awaited, [](const Awaited& awaited) { return awaited.evaluationsLeft == 0; });
    m_bestAccuracy = std::max(m_bestAccuracy.value_or(accuracy), accuracy);
    m_drop = drop;
    return changes;
}

std::string SpikeWatch::describe(const SpikeIncident& incident) const
{
    const std::size_t first = incident.firstLayer();
    std::string text = "Gradient spike: it began in " + m_layers[first];
    const auto atOnce
        = std::count_if(incident.layers.begin() + 1, incident.layers.end(),
                        [&](const LayerSpike& spike) { return spike.onset == incident.onset(); });
    if (atOnce > 0) {
        text += " and " + std::to_string(atOnce) + (atOnce == 1 ? " other layer" : " other layers")
            + " at once";
    }
    text += ", at most " + numberText(incident.peakFactor(), std::chars_format::general, 3)
        + " times the usual magnitude of a layer";
    if (incident.lag && *incident.lag > 0) {
        text += "; " + m_layers[*m_lastBlock] + " followed " + std::to_string(*incident.lag)
            + (*incident.lag == 1 ? " iteration later" : " iterations later");
    } else if (!incident.lag && !incident.isOpen && m_lastBlock) {
        text += "; " + m_layers[*m_lastBlock] + " did not follow";
    }
    text += ". " + std::to_string(incident.layers.size()) + " of " + std::to_string(m_layers.size())
        + " layers were reached.";
    if (incident.dip) {
        text += " The kNN accuracy then fell by "
            + numberText(incident.dip->points, std::chars_format::fixed, 1) + " points (step "
            + std::to_string(incident.dip->step) + ").";
    }
    return text;
}

Incident SpikeWatch::toEvent(const SpikeIncident& incident) const
{
    SpikeFacts facts {
        incident.peakFactor(), static_cast<std::int64_t>(incident.layers.size()), incident.lag, {}};
    if (incident.dip) {
        facts.dip = incident.dip->points;
    }
    return {incident.onset(), "spike", m_layers[incident.firstLayer()], describe(incident), facts};
}

} // namespace mocoscope::training
