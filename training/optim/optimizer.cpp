// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/optimizer.h"

namespace mocoscope::training {

using torch::Tensor;

Optimizer::Optimizer(const NamedTensors& parameters)
{
    for (const auto& [name, parameter] : parameters) {
        if (parameter.requires_grad()) {
            m_parameters.emplace_back(name, parameter);
        }
    }
}

std::vector<Tensor>& Optimizer::addState(const std::string& kind)
{
    auto tensors = std::make_unique<std::vector<Tensor>>();
    for (const auto& [name, parameter] : m_parameters) {
        tensors->push_back(torch::zeros_like(parameter, torch::MemoryFormat::Preserve).detach());
    }
    return *m_states.emplace_back(kind, std::move(tensors)).second;
}

void Optimizer::step(double learningRate)
{
    const torch::NoGradGuard noGradient;
    Slice slice;
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        const Tensor& parameter = m_parameters[i].second;
        if (parameter.grad().defined()) {
            slice.parameters.push_back(parameter);
            slice.gradients.push_back(parameter.grad());
            slice.indices.push_back(i);
        }
    }
    ++m_updates;
    if (!slice.parameters.empty()) {
        update(slice, learningRate);
    }
}

void Optimizer::zeroGradients()
{
    for (auto& [name, parameter] : m_parameters) {
        parameter.mutable_grad().reset();
    }
}

Optimizer::NamedTensors Optimizer::state() const
{
    NamedTensors all;
    for (const auto& [kind, tensors] : m_states) {
        for (std::size_t i = 0; i < m_parameters.size(); ++i) {
            all.emplace_back(kind + "/" + m_parameters[i].first, (*tensors)[i]);
        }
    }
    return all;
}

std::vector<Tensor> Optimizer::pick(const std::vector<Tensor>& all,
                                    const std::vector<std::size_t>& indices)
{
    std::vector<Tensor> picked;
    picked.reserve(indices.size());
    for (const std::size_t index : indices) {
        picked.push_back(all[index]);
    }
    return picked;
}

std::unique_ptr<Optimizer> makeOptimizer(const Optimizer::NamedTensors& parameters,
                                         const OptimizerConfig& config)
{
    if (config.name == "lars") {
        return makeLars(parameters, config);
    }
    if (config.name == "lamb") {
        return makeLamb(parameters, config);
    }
    if (config.name == "sgd") {
        return makeSgd(parameters, config);
    }
    TORCH_CHECK(config.name == "adamw", "unknown optimizer ", config.name);
    return makeAdamW(parameters, config);
}

} // namespace mocoscope::training
