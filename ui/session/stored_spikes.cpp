// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/stored_spikes.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace mocoscope::ui {

namespace {

constexpr std::string_view prefix = "grad/l2/";
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// Walks along a curve, which may be missing.
class Cursor
{
public:
    explicit Cursor(const storage::Curve* curve)
        : m_curve(curve)
    {
    }
    [[nodiscard]] std::int64_t step() const
    {
        return m_curve && m_next < m_curve->steps.size() ? m_curve->steps[m_next] : never;
    }
    /// The value at `step`, which is then behind; NaN where there is none.
    double take(std::int64_t step)
    {
        return this->step() == step ? m_curve->values[m_next++]
                                    : std::numeric_limits<double>::quiet_NaN();
    }

private:
    const storage::Curve* m_curve;
    std::size_t m_next = 0;
};

Cursor cursorOf(const std::vector<storage::Curve>& curves, const std::string& metric)
{
    const auto found = std::find_if(curves.begin(), curves.end(),
                                    [&](const auto& curve) { return curve.metric == metric; });
    return Cursor(found == curves.end() ? nullptr : &*found);
}

} // namespace

std::vector<std::string> gradientLayers(const std::vector<std::string>& names)
{
    std::vector<std::string> layers;
    for (const std::string& name : names) {
        if (name.starts_with(prefix)) {
            layers.push_back(name.substr(prefix.size()));
        }
    }
    return layers;
}

training::SpikeWatch watchStored(const training::MonitorConfig& options,
                                 const std::vector<std::string>& layers,
                                 const std::vector<storage::Curve>& curves, std::int64_t untilStep,
                                 const std::stop_token& stop)
{
    training::SpikeWatch watch(options, layers);
    std::vector<Cursor> gradients;
    for (const std::string& layer : layers) {
        gradients.push_back(cursorOf(curves, std::string(prefix) + layer));
    }
    Cursor accuracy = cursorOf(curves, "eval/knn_top1");
    std::vector<double> values(layers.size());
    while (!stop.stop_requested()) {
        std::int64_t step = never;
        for (const Cursor& cursor : gradients) {
            step = std::min(step, cursor.step());
        }
        // An evaluation after n updates comes before iteration n.
        const std::int64_t evaluated = accuracy.step();
        if (std::min(step, evaluated) >= untilStep) {
            break;
        }
        if (evaluated <= step) {
            watch.addEvaluation(evaluated, accuracy.take(evaluated));
            continue;
        }
        std::transform(gradients.begin(), gradients.end(), values.begin(),
                       [step](Cursor& cursor) { return cursor.take(step); });
        watch.addStep(step, values);
    }
    return watch;
}

} // namespace mocoscope::ui
