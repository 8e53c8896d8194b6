// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/heads.h"

#include <cmath>

namespace mocoscope::training {

using torch::Tensor;

namespace {

/// Uniform within ±1/√inputs, weight and bias alike: LibTorch's own bounds, from our generator.
torch::nn::Linear makeLinear(std::int64_t from, std::int64_t to, bool hasBias,
                             const torch::Generator& generator)
{
    torch::nn::Linear linear(torch::nn::LinearOptions(from, to).bias(hasBias));
    const torch::NoGradGuard noGradient;
    const double bound = 1.0 / std::sqrt(double(from));
    linear->weight.uniform_(-bound, bound, generator);
    if (hasBias) {
        linear->bias.uniform_(-bound, bound, generator);
    }
    return linear;
}

Tensor linearOf(const Tensor& x, const torch::nn::LinearImpl& layer, Precision precision)
{
    if (precision == Precision::Fp32) {
        return at::linear(x, layer.weight, layer.bias);
    }
    const auto type = typeOf(precision);
    const auto low = [type](const Tensor& t) { return t.defined() ? t.to(type) : t; };
    return at::linear(low(x), low(layer.weight), low(layer.bias)).to(torch::kFloat32);
}

} // namespace

HeadImpl::HeadImpl(const HeadShape& shape, torch::Generator generator)
{
    for (std::int64_t i = 0; i < shape.layers; ++i) {
        const bool isLast = i + 1 == shape.layers;
        const std::int64_t from = i == 0 ? shape.input : shape.hidden;
        const std::int64_t to = isLast ? shape.output : shape.hidden;
        Layer layer {makeLinear(from, to, !shape.normaliseHidden, generator), nullptr};
        register_module(std::to_string(3 * i), layer.linear);
        if (isLast ? shape.normaliseOutput : shape.normaliseHidden) {
            layer.norm = SpanningNorm1d(torch::nn::BatchNormOptions(to).affine(!isLast));
            register_module(std::to_string(3 * i + 1), layer.norm);
        }
        m_layers.push_back(std::move(layer));
    }
}

Tensor HeadImpl::forward(torch::Tensor x, Precision precision)
{
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        x = linearOf(x, *m_layers[i].linear, precision);
        if (m_layers[i].norm) {
            x = m_layers[i].norm->forward(x);
        }
        if (i + 1 < m_layers.size()) {
            x = torch::relu(x);
        }
    }
    return x;
}

} // namespace mocoscope::training
