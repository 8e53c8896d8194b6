// SPDX-License-Identifier: GPL-3.0-or-later
// What a SpikeWatch hands on to the one that watches the rest of the run.
#include "training/api/spike_watch.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace mocoscope::training {

namespace {

using nlohmann::json;

template <typename Value> json toJson(const std::optional<Value>& value)
{
    return value ? json(*value) : json();
}

template <typename Value> std::optional<Value> optionalOf(const json& node)
{
    return node.is_null() ? std::nullopt : std::optional(node.get<Value>());
}

json toJson(const LayerSpike& spike)
{
    return {spike.layer, spike.onset, spike.peakStep, spike.peakDeviation, spike.peakFactor};
}

LayerSpike spikeOf(const json& node)
{
    return {node.at(0).get<std::size_t>(), node.at(1).get<std::int64_t>(),
            node.at(2).get<std::int64_t>(), node.at(3).get<double>(), node.at(4).get<double>()};
}

json toJson(const SpikeIncident& incident)
{
    json spikes = json::array();
    for (const LayerSpike& spike : incident.layers) {
        spikes.push_back(toJson(spike));
    }
    return {{"spikes", spikes},
            {"last_step", incident.lastStep},
            {"lag", toJson(incident.lag)},
            {"dip", incident.dip ? json {incident.dip->step, incident.dip->points} : json()},
            {"open", incident.isOpen}};
}

SpikeIncident incidentOf(const json& node)
{
    SpikeIncident incident;
    for (const json& spike : node.at("spikes")) {
        incident.layers.push_back(spikeOf(spike));
    }
    incident.lastStep = node.at("last_step").get<std::int64_t>();
    incident.lag = optionalOf<std::int64_t>(node.at("lag"));
    if (const json& dip = node.at("dip"); !dip.is_null()) {
        incident.dip = {dip.at(0).get<std::int64_t>(), dip.at(1).get<double>()};
    }
    incident.isOpen = node.at("open").get<bool>();
    return incident;
}

bool isOf(const SpikeIncident& incident, std::size_t layers)
{
    return !incident.layers.empty()
        && std::ranges::all_of(incident.layers,
                               [layers](const LayerSpike& spike) { return spike.layer < layers; });
}

} // namespace

std::string SpikeWatch::save() const
{
    json state {{"layers", m_layers},
                {"best_accuracy", training::toJson(m_bestAccuracy)},
                {"drop", m_drop},
                {"evaluated_step", training::toJson(m_evaluatedStep)},
                {"detectors", json::array()},
                {"incidents", json::array()}};
    for (const SpikeDetector& detector : m_detectors) {
        const SpikeDetector::Memory memory = detector.memory();
        state["detectors"].push_back({{"recent", memory.recent}, {"spike", memory.isSpike}});
    }
    for (std::size_t i = 0; i < m_incidents.size(); ++i) {
        const auto awaited = std::ranges::find(m_awaited, i, &Awaited::incident);
        const bool isAwaited = awaited != m_awaited.end();
        if (!m_incidents[i].isOpen && !isAwaited) {
            continue; // nothing more comes of it
        }
        json incident = training::toJson(m_incidents[i]);
        if (isAwaited) {
            incident["awaited"] = {awaited->dropBefore, awaited->evaluationsLeft};
        }
        state["incidents"].push_back(std::move(incident));
    }
    return state.dump();
}

bool SpikeWatch::restore(const std::string& saved)
{
    SpikeWatch restored(m_options, m_layers);
    try {
        const json state = json::parse(saved);
        const json& detectors = state.at("detectors");
        if (state.at("layers").get<std::vector<std::string>>() != m_layers
            || detectors.size() != m_detectors.size()) {
            return false;
        }
        for (std::size_t layer = 0; layer < m_detectors.size(); ++layer) {
            restored.m_detectors[layer].restore(
                {detectors[layer].at("recent").get<std::vector<double>>(),
                 detectors[layer].at("spike").get<bool>()});
        }
        for (const json& node : state.at("incidents")) {
            if (const auto awaited = node.find("awaited"); awaited != node.end()) {
                restored.m_awaited.push_back({restored.m_incidents.size(),
                                              awaited->at(0).get<double>(),
                                              awaited->at(1).get<int>()});
            }
            restored.m_incidents.push_back(incidentOf(node));
            if (!isOf(restored.m_incidents.back(), m_layers.size())) {
                return false;
            }
        }
        restored.m_bestAccuracy = optionalOf<double>(state.at("best_accuracy"));
        restored.m_drop = state.at("drop").get<double>();
        restored.m_evaluatedStep = optionalOf<std::int64_t>(state.at("evaluated_step"));
    } catch (const json::exception&) {
        return false;
    }
    *this = std::move(restored);
    return true;
}

} // namespace mocoscope::training
