// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/monitors/gradient_magnitude.h"

#include <limits>
#include <map>

namespace mocoscope::training {

using torch::Tensor;

GradientMagnitude::GradientMagnitude(const NamedTensors& parameters,
                                     const std::function<std::string(const std::string&)>& layerOf,
                                     const std::vector<std::string>& order)
{
    std::map<std::string, std::vector<Tensor>> byLayer;
    for (const auto& [name, parameter] : parameters) {
        if (parameter.requires_grad()) {
            byLayer[layerOf(name)].push_back(parameter);
        }
    }
    for (const std::string& layer : order) {
        if (auto own = byLayer.extract(layer)) {
            m_layers.push_back(layer);
            m_parameters.push_back(std::move(own.mapped()));
        }
    }
    std::vector<Tensor> rest;
    for (const auto& [layer, own] : byLayer) {
        rest.insert(rest.end(), own.begin(), own.end());
    }
    m_parameters.push_back(std::move(rest));
}

Tensor GradientMagnitude::measure() const
{
    const torch::NoGradGuard noGradient;
    std::vector<Tensor> gradients;
    std::vector<std::size_t> counts;
    for (const auto& parameters : m_parameters) {
        const std::size_t before = gradients.size();
        for (const Tensor& parameter : parameters) {
            if (parameter.grad().defined()) {
                gradients.push_back(parameter.grad());
            }
        }
        counts.push_back(gradients.size() - before);
    }
    if (gradients.empty()) {
        return torch::zeros({2, static_cast<std::int64_t>(m_parameters.size())});
    }
    const auto norms = at::_foreach_norm(gradients, 2);
    const auto largest = at::_foreach_norm(gradients, std::numeric_limits<double>::infinity());
    std::vector<Tensor> l2, max;
    const Tensor zero = torch::zeros_like(norms.front());
    std::size_t at = 0;
    for (const std::size_t count : counts) {
        const auto from = static_cast<std::ptrdiff_t>(at);
        const auto to = static_cast<std::ptrdiff_t>(at + count);
        const std::vector<Tensor> l2s(norms.begin() + from, norms.begin() + to);
        const std::vector<Tensor> maxes(largest.begin() + from, largest.begin() + to);
        // A norm of norms is the norm over all of the layer's elements.
        l2.push_back(count > 0 ? torch::stack(l2s).norm() : zero);
        max.push_back(count > 0 ? torch::stack(maxes).max() : zero);
        at += count;
    }
    // In place of the last, those of no layer, goes the sum of all.
    l2.back() = torch::stack(l2).norm();
    max.back() = torch::stack(max).max();
    return torch::stack({torch::stack(l2), torch::stack(max)});
}

} // namespace mocoscope::training
