// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optim/optimizer.h"

namespace mocoscope::training {

using torch::Tensor;

namespace {

/// "vectors" are biases and the γ, β of norms; "tokens" the class token and learned positions.
bool isSpared(const std::string& exclusions, const std::string& name, const Tensor& parameter)
{
    const bool isVector = parameter.dim() <= 1;
    const bool isToken = name.ends_with("cls_token") || name.ends_with("pos_embed");
    return (exclusions != "none" && isVector) || (exclusions == "vectors_and_tokens" && isToken);
}

} // namespace

Optimizer::Optimizer(const NamedTensors& parameters, const OptimizerConfig& config)
    : m_config(config)
{
    for (const auto& [name, parameter] : parameters) {
        if (parameter.requires_grad()) {
            m_parameters.emplace_back(name, parameter);
            m_weightDecay.push_back(
                isSpared(config.decayExclusions, name, parameter) ? 0 : config.weightDecay);
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
        clip(slice.gradients);
        update(slice, learningRate);
    }
}

/// Elements first, then the norm of what is left. Nothing is read back from the device.
void Optimizer::clip(const std::vector<Tensor>& gradients) const
{
    if (m_config.clipValue > 0) {
        for (const Tensor& gradient : gradients) {
            gradient.clamp_(-m_config.clipValue, m_config.clipValue);
        }
    }
    if (m_config.clipNorm > 0) {
        const Tensor norm = torch::stack(at::_foreach_norm(gradients)).norm();
        // 1e-6 as in torch.nn.utils.clip_grad_norm_
        at::_foreach_mul_(gradients, (m_config.clipNorm / (norm + 1e-6)).clamp_max(1.0));
    }
}

std::pair<Optimizer::Slice, Optimizer::Slice> Optimizer::byDecay(const Slice& slice) const
{
    std::pair<Slice, Slice> parts;
    for (std::size_t i = 0; i < slice.indices.size(); ++i) {
        Slice& part = weightDecay(slice.indices[i]) > 0 ? parts.first : parts.second;
        part.parameters.push_back(slice.parameters[i]);
        part.gradients.push_back(slice.gradients[i]);
        part.indices.push_back(slice.indices[i]);
    }
    return parts;
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
        LambOptions options;
        options.maxGradientNorm = config.clipNorm > 0 ? 0 : options.maxGradientNorm;
        return makeLamb(parameters, config, options);
    }
    if (config.name == "sgd") {
        return makeSgd(parameters, config);
    }
    TORCH_CHECK(config.name == "adamw", "unknown optimizer ", config.name);
    return makeAdamW(parameters, config);
}

} // namespace mocoscope::training
