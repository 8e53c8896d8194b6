// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/heads.h"

#include <cmath>

namespace mocoscope::training {

HeadImpl::HeadImpl(const HeadShape& shape, torch::Generator generator)
{
    for (std::int64_t i = 0; i < shape.layers; ++i) {
        const bool isLast = i + 1 == shape.layers;
        const std::int64_t from = i == 0 ? shape.input : shape.hidden;
        const std::int64_t to = isLast ? shape.output : shape.hidden;
        Layer layer {torch::nn::Linear(torch::nn::LinearOptions(from, to).bias(false)), nullptr};
        {
            const torch::NoGradGuard noGradient;
            const double bound = 1.0 / std::sqrt(double(from));
            layer.linear->weight.uniform_(-bound, bound, generator);
        }
        register_module(std::to_string(3 * i), layer.linear);
        if (!isLast || shape.normaliseOutput) {
            layer.norm = torch::nn::BatchNorm1d(torch::nn::BatchNormOptions(to).affine(!isLast));
            register_module(std::to_string(3 * i + 1), layer.norm);
        }
        m_layers.push_back(std::move(layer));
    }
}

namespace {

torch::Tensor product(const torch::Tensor& x, const torch::Tensor& weight, Precision precision)
{
    if (precision == Precision::Fp32) {
        return at::linear(x, weight);
    }
    return at::linear(x.to(torch::kBFloat16), weight.to(torch::kBFloat16)).to(torch::kFloat32);
}

} // namespace

torch::Tensor HeadImpl::forward(torch::Tensor x, Precision precision)
{
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        x = product(x, m_layers[i].linear->weight, precision);
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
