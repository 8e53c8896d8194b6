// SPDX-License-Identifier: GPL-3.0-or-later
// Gradient magnitudes as a ViT's look, with incidents of known place and time.
#pragma once

#include "training/api/spike_watch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <numbers>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace mocoscope::testing {

/// The same numbers with any standard library.
class Noise
{
public:
    explicit Noise(unsigned seed)
        : m_bits(seed)
    {
    }
    /// In (0, 1).
    double uniform() { return (static_cast<double>(m_bits() >> 11) + 0.5) * 0x1p-53; }
    double uniform(double from, double to) { return from + (to - from) * uniform(); }
    int whole(int from, int to) { return from + static_cast<int>(uniform() * (to - from + 1)); }
    double normal()
    {
        return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
    }
    /// Student's t.
    double heavy(int degrees)
    {
        double squares = 0;
        for (int i = 0; i < degrees; ++i) {
            const double one = normal();
            squares += one * one;
        }
        return normal() / std::sqrt(squares / degrees);
    }

private:
    std::mt19937_64 m_bits;
};

struct InjectedIncident
{
    std::int64_t onset = 0;
    std::size_t firstLayer = 0;
    std::int64_t lag = 0; ///< of the last block
};

struct SpikeCurves
{
    std::vector<std::string> layers;
    std::vector<std::vector<double>> steps; ///< magnitudes of all layers, step by step
    std::vector<InjectedIncident> injected;
};

struct CurveNoise
{
    double deviation = 0.15; ///< of a layer's logarithm
    int tails = 0; ///< degrees of freedom of Student's t: the fewer, the more outliers; 0: normal
    double smallestFactor = 4; ///< of the injected spikes; the largest is five times that
    unsigned seed = 1;
};

/// Logarithms of 15 layers over 3,000 steps: a warm-up, a decay, slow waves, noise that neighbours
/// in time and all layers share in part. Single steps far *below* usual are no spikes.
inline std::vector<std::vector<double>> makeQuietLogarithms(const CurveNoise& kind, Noise& noise,
                                                            std::size_t layers)
{
    constexpr std::int64_t length = 3000;
    std::vector<std::vector<double>> steps;
    std::vector<double> slow(layers, 0);
    for (std::int64_t step = 0; step < length; ++step) {
        const double done = static_cast<double>(step) / length;
        const double trend
            = std::min(1.0, done / 0.1) - 1.5 * done + 0.1 * std::sin(40 * done); // of all layers
        const double shared = kind.deviation * 0.5 * noise.normal();
        std::vector<double>& values = steps.emplace_back();
        for (std::size_t layer = 0; layer < layers; ++layer) {
            const double own = kind.tails > 0 ? noise.heavy(kind.tails) : noise.normal();
            slow[layer] = 0.7 * slow[layer] + 0.3 * kind.deviation * noise.normal();
            values.push_back(-4 + 0.15 * static_cast<double>(layer) + trend + shared + slow[layer]
                             + 0.75 * kind.deviation * own);
        }
        if (noise.uniform() < 0.005) {
            values[static_cast<std::size_t>(noise.whole(0, static_cast<int>(layers) - 1))] -= 3;
        }
    }
    return steps;
}

/// Begins in a layer, most often the first, and wanders to the last block; each layer rises at
/// once and falls back within 1 to 8 steps.
inline InjectedIncident inject(std::vector<std::vector<double>>& logarithms, std::int64_t onset,
                               const CurveNoise& kind, Noise& noise, std::size_t lastBlock)
{
    InjectedIncident incident;
    incident.onset = onset;
    incident.firstLayer = noise.uniform() < 0.8
        ? 0
        : static_cast<std::size_t>(noise.whole(1, std::min(5, static_cast<int>(lastBlock) - 1)));
    incident.lag = noise.whole(2, 8);
    const double height = std::log(kind.smallestFactor * noise.uniform(1, 5));
    const int lasts = noise.whole(1, 8);
    for (std::size_t layer = incident.firstLayer; layer <= lastBlock; ++layer) {
        const double way = static_cast<double>(layer - incident.firstLayer)
            / static_cast<double>(lastBlock - incident.firstLayer);
        const auto begin = onset + std::llround(way * static_cast<double>(incident.lag));
        for (int i = 0; i < lasts; ++i) {
            logarithms[static_cast<std::size_t>(begin + i)][layer]
                += height * (1 - static_cast<double>(i) / lasts);
        }
    }
    return incident;
}

inline SpikeCurves makeSpikeCurves(const CurveNoise& kind)
{
    Noise noise(kind.seed);
    SpikeCurves curves;
    curves.layers.emplace_back("patch_embed");
    for (int block = 0; block < 12; ++block) {
        curves.layers.push_back("blocks." + std::to_string(block));
    }
    curves.layers.insert(curves.layers.end(), {"norm", "projector"});
    const std::size_t lastBlock = *training::SpikeWatch::lastBlock(curves.layers);
    curves.steps = makeQuietLogarithms(kind, noise, curves.layers.size());
    const auto length = static_cast<std::int64_t>(curves.steps.size());
    for (std::int64_t onset = 150; onset < length - 40; onset += noise.whole(120, 260)) {
        curves.injected.push_back(inject(curves.steps, onset, kind, noise, lastBlock));
    }
    for (auto& step : curves.steps) {
        std::transform(step.begin(), step.end(), step.begin(),
                       [](double logarithm) { return std::exp(logarithm); });
    }
    return curves;
}

/// Gradients of a real run, a step a line below the names of the layers:
/// train --preset demo --set model.freeze_patch_embed=false --set train.epochs=16
///       --set train.warmup_epochs=2 --set evaluation.knn_every_epochs=0.5
inline SpikeCurves readRecordedCurves(const std::string& file)
{
    std::ifstream lines(file);
    SpikeCurves curves;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream cells(line);
        std::vector<double>* step = curves.layers.empty() ? nullptr : &curves.steps.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');) {
            if (step) {
                step->push_back(std::stod(cell));
            } else {
                curves.layers.push_back(cell);
            }
        }
    }
    return curves;
}

/// Incidents of known place and time on top of what the run has recorded.
inline void injectInto(SpikeCurves& curves, const CurveNoise& kind)
{
    Noise noise(kind.seed);
    const std::size_t lastBlock = *training::SpikeWatch::lastBlock(curves.layers);
    for (auto& step : curves.steps) {
        std::transform(step.begin(), step.end(), step.begin(),
                       [](double magnitude) { return std::log(magnitude); });
    }
    const auto length = static_cast<std::int64_t>(curves.steps.size());
    for (std::int64_t onset = noise.whole(60, 120); onset < length - 40;
         onset += noise.whole(60, 120)) {
        curves.injected.push_back(inject(curves.steps, onset, kind, noise, lastBlock));
    }
    for (auto& step : curves.steps) {
        std::transform(step.begin(), step.end(), step.begin(),
                       [](double logarithm) { return std::exp(logarithm); });
    }
}

inline std::vector<training::SpikeIncident> watchCurves(const SpikeCurves& curves,
                                                        const training::MonitorConfig& options)
{
    training::SpikeWatch watch(options, curves.layers);
    for (std::size_t step = 0; step < curves.steps.size(); ++step) {
        watch.addStep(static_cast<std::int64_t>(step), curves.steps[step]);
    }
    return watch.incidents();
}

/// How what was found agrees with what was injected.
struct Score
{
    int injected = 0;
    int found = 0;
    int matched = 0; ///< found within two steps of an injected onset
    int rightLayer = 0;
    int rightLag = 0; ///< within one step
    int steps = 0;

    void add(const SpikeCurves& curves, const std::vector<training::SpikeIncident>& incidents)
    {
        steps += static_cast<int>(curves.steps.size());
        injected += static_cast<int>(curves.injected.size());
        found += static_cast<int>(incidents.size());
        for (const InjectedIncident& truth : curves.injected) {
            const auto match = std::find_if(incidents.begin(), incidents.end(),
                                            [&](const training::SpikeIncident& one) {
                                                return std::abs(one.onset() - truth.onset) <= 2;
                                            });
            if (match == incidents.end()) {
                continue;
            }
            ++matched;
            rightLayer += match->firstLayer() == truth.firstLayer ? 1 : 0;
            rightLag += match->lag && std::abs(*match->lag - truth.lag) <= 1 ? 1 : 0;
        }
    }
    [[nodiscard]] double precision() const { return share(matched, found); }
    [[nodiscard]] double recall() const { return share(matched, injected); }
    [[nodiscard]] double firstLayerShare() const { return share(rightLayer, matched); }
    [[nodiscard]] double lagShare() const { return share(rightLag, matched); }
    [[nodiscard]] std::string text() const
    {
        std::ostringstream text;
        text.precision(3);
        text << std::fixed << injected << " injected incidents in " << steps << " steps: precision "
             << precision() << ", recall " << recall() << ", first layer right "
             << firstLayerShare() << ", lag of the last block within one step " << lagShare();
        return text.str();
    }

private:
    [[nodiscard]] static double share(int part, int whole)
    {
        return whole > 0 ? static_cast<double>(part) / whole : 0;
    }
};

} // namespace mocoscope::testing
