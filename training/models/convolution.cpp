// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/convolution.h"

#include <cmath>

namespace mocoscope::training {

using torch::Tensor;

ConvNorm::ConvNorm(std::int64_t from, std::int64_t to, std::int64_t kernel, std::int64_t stride)
    : convolution(
        torch::nn::Conv2dOptions(from, to, kernel).stride(stride).padding(kernel / 2).bias(false))
    , norm(to)
{
}

Tensor ConvNorm::operator()(const Tensor& x, Precision precision)
{
    return norm->forward(convolve(x, convolution, precision));
}

Tensor convolve(const Tensor& x, const torch::nn::Conv2d& layer, Precision precision)
{
    const auto type = typeOf(precision);
    const Tensor bias = layer->bias.defined() ? layer->bias.to(type) : Tensor {};
    const auto padding = std::get<torch::ExpandingArray<2>>(layer->options.padding());
    return at::conv2d(x.to(type), layer->weight.to(type), bias, layer->options.stride(), padding);
}

void drawHeFanOut(const Tensor& weight, torch::Generator generator)
{
    const torch::NoGradGuard noGradient;
    const auto fanOut = static_cast<double>(weight.size(0) * weight[0][0].numel());
    weight.normal_(0, std::sqrt(2.0 / fanOut), std::move(generator));
}

} // namespace mocoscope::training
